/**
 * Provenance of a Dedalus program: the simulator's traced runs, and what its rules say of them.
 */

import { LdfiError } from '../../../core/invariant.js';
import { isBrokenAt } from '../../../core/outcome.js';
import { compareRows, formatFact } from '../../../core/value.js';
import type { Work } from '../../../core/work.js';
import type { Scenario } from '../../../faults/fault.js';
import type { DedalusSystem } from '../../../lineage/ground/system.js';
import { type Case, type Item, Provenance, type SupportList } from '../case.js';
import type { FactKey, WhyView } from '../views.js';
import { claimOf } from './claim.js';
import { Grounded } from './grounded.js';
import { Names } from './names.js';
import { Possible } from './possible.js';
import { helpersOf, recordsOf } from './relations.js';
import { sliceOf } from './slice.js';
import { supportsOf } from './supports.js';
import { clauseOf } from './telling.js';
import { Traced } from './traced.js';
import { why } from './why.js';

/** Most runs that a new one is compared with: a what-if is mostly like one with a fault more or less. */
const MOST_PRECEDENTS = 4;

export class DedalusProvenance extends Provenance<Traced> {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly relations: readonly string[];
  override readonly helpers: ReadonlySet<string>;
  override readonly records: ReadonlySet<string>;
  private readonly names: Names;
  private grounding: Work<Grounded, void> | undefined;
  private grounded: Grounded | undefined;
  private refusal: LdfiError | undefined;
  private possible: Possible | undefined;

  constructor(readonly system: DedalusSystem) {
    super();
    this.names = new Names(system);
    this.nodes = system.schema.nodes;
    this.eot = system.space.bounds.eot;
    this.relations = system.schema.relations.map(({ name }) => name);
    this.helpers = helpersOf(system.schema);
    this.records = recordsOf(system.schema, this.helpers);
  }

  isTold({ relation }: FactKey): boolean {
    return !this.helpers.has(relation) && !this.records.has(relation);
  }

  isFault({ relation }: FactKey): boolean {
    return relation === this.system.schema.crash.name;
  }

  protected run(scenario: Scenario): Traced {
    const known = scenario.length > 0 ? [...this.nearest(scenario, MOST_PRECEDENTS), this.good.run] : [];
    const precedents = known.map(({ run }) => run);
    return new Traced(this.names, this.system.simulate(scenario, { trace: true, precedents }));
  }

  text({ relation, row }: Pick<FactKey, 'relation' | 'row'>): string {
    return formatFact(relation, row).replaceAll('"\0"', '_');
  }

  order() {
    return (a: Item, b: Item): number =>
      a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : compareRows(a.row, b.row);
  }

  readonly why = (it: Case<Traced>, fact: FactKey): WhyView => why(it, fact);
  override whyPossible(it: Case<Traced>, fact: FactKey): WhyView {
    return why(it, fact, this.possible);
  }
  readonly slice = sliceOf;
  readonly claim = claimOf;
  readonly clause = clauseOf;
  readonly supports = (it: Case<Traced>): Work<SupportList, void> => supportsOf(it, () => this.ground());

  /** Of a program that is too large to be grounded nothing is found out. */
  override *prepare(): Work<void, void> {
    try {
      this.possible ??= new Possible(this.system.schema, (yield* this.ground()).ground);
    } catch (error) {
      if (!(error instanceof LdfiError && error.code === 'limit-ground')) throw error;
    }
  }

  /** Goes on where it was left: what a reader no longer waits for is done for the next time. */
  private *ground(): Work<Grounded, void> {
    // Work that has thrown ends with nothing when it is asked again.
    if (this.refusal) throw this.refusal;
    this.grounding ??= Grounded.of(this.system);
    while (!this.grounded) {
      const step = this.groundingStep(this.grounding);
      if (step.done) this.grounded = step.value;
      else yield;
    }
    return this.grounded;
  }

  private groundingStep(grounding: Work<Grounded, void>) {
    try {
      return grounding.next();
    } catch (error) {
      if (error instanceof LdfiError) this.refusal = error;
      throw error;
    }
  }

  readonly roots = ({ run, run: { outcome } }: Case<Traced>): FactKey[] => {
    const rows = outcome.kind === 'violated' ? outcome.witnesses : run.keptRows();
    return rows.map((row) =>
      isBrokenAt(row) ? { ...row, relation: 'never' } : { relation: 'post', row, tick: this.eot },
    );
  };

  readonly ends = (it: Case<Traced>): FactKey[] =>
    this.roots(it).flatMap((root) => (root.relation === 'post' ? [{ ...root, relation: 'pre' }, root] : [root]));
}
