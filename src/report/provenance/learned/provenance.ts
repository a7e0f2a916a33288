/**
 * Provenance of a protocol: walks over what was learned of its handlers. A scenario that leads somewhere new has no
 * known outcome.
 */
import type { SourceFile } from '../../../dedalus/ast.js';
import type { Bounds, Scenario } from '../../../faults/fault.js';
import { FaultSpace } from '../../../faults/space.js';
import type { Knowledge } from '../../../lineage/learned/system.js';
import { walk } from '../../../lineage/learned/walk.js';
import { type Case, type Item, type Items, Provenance } from '../case.js';
import type { FactKey } from '../views.js';
import { contrastsOf, rootsOf, writtenReads } from './check-reads.js';
import { claimOf, clauseOf, isFault, isTold } from './claim.js';
import { Walked } from './history.js';
import { Known } from './known.js';
import { caseSlice } from './slice.js';
import { handlersAt } from './steps.js';
import { supportsOf } from './supports.js';
import { why } from './why.js';

export class LearnedProvenance extends Provenance<Walked> {
  override readonly kind = 'protocol';
  readonly relations = ['state', 'log', 'history', 'threw', 'timer'];
  readonly known: Known;
  readonly nodes: readonly string[];
  readonly eot: number;
  private readonly space: FaultSpace;

  /** @param protocol its name, to find its handlers in the files */
  constructor(knowledge: Knowledge, bounds: Bounds, files: readonly SourceFile[], protocol: string) {
    super();
    this.known = new Known(knowledge, files, protocol);
    this.nodes = this.known.nodes;
    this.eot = bounds.eot;
    this.space = new FaultSpace({ ...bounds, nodes: this.nodes });
  }

  protected run(scenario: Scenario): Walked {
    const { table, tree, always } = this.known;
    return new Walked(walk(table, tree, this.space, scenario, always), this.known);
  }

  text(fact: Pick<FactKey, 'relation' | 'row'>): string {
    return this.known.text(fact);
  }

  /** As in the state; what is gone stands before what came in its place. */
  order(now: Items, before: Items) {
    const paths = [...now.values(), ...before.values()].map(({ row }) => row[1]);
    const places = new Map([...new Set(paths)].map((path, i) => [path, i]));
    const place = ({ row }: Item): number => places.get(row[1]) ?? Number.MAX_SAFE_INTEGER;
    return (a: Item, b: Item): number => place(a) - place(b);
  }

  readonly why = why;
  readonly slice = caseSlice;
  readonly claim = claimOf;
  readonly clause = clauseOf;
  readonly isTold = isTold;
  readonly isFault = isFault;
  readonly supports = supportsOf;
  readonly roots = rootsOf;
  readonly ends = (it: Case<Walked>): FactKey[] => [...rootsOf(it), ...writtenReads(it)];
  override readonly contrasts = contrastsOf;
  override readonly handlers = handlersAt;
}
