/**
 * A case: the run of one scenario beside the runs it is compared with. All views are computed from a case.
 *
 * It is compared with the failure-free run and with the runs that have one fault less. Of a minimal counterexample each fault makes the difference to one of
 * them, so following the differences reaches every fault.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import { canonical } from '../../faults/scenario.js';
import type { DedalusSystem } from '../../lineage/system.js';
import type { Schema } from '../../simulator/schema.js';
import type { Facts } from './attempts.js';
import { Lexicon } from './lexicon.js';
import type { Pattern } from './pattern.js';
import { Runs } from './runs.js';
import { steadyRelations } from './steady.js';
import type { Traced } from './traced.js';

/** Most faults whose removal is tried. */
export const MOST_REMOVED = 12;

export class Case {
  readonly schema: Schema;
  readonly run: Traced;
  readonly good: Traced;
  private readonly runs: Runs;
  readonly names: Lexicon;
  /** Relations that no fault can change. */
  readonly steady: ReadonlySet<number>;
  private less: readonly Case[] | undefined;

  /**
   * @param scenario canonical and within the bounds of the system
   * @param other another case of the same system, to share its runs and names
   */
  constructor(
    readonly system: DedalusSystem,
    readonly scenario: Scenario,
    other?: Case,
  ) {
    this.schema = system.schema;
    this.steady = other?.steady ?? steadyRelations(system.schema);
    this.names = other?.names ?? new Lexicon(system);
    this.runs = other?.runs ?? new Runs(system);
    this.good = this.runs.good;
    this.run = this.runs.of(scenario);
  }

  /** The cases with one fault less, for the first `MOST_REMOVED` faults. */
  get withoutEach(): readonly Case[] {
    this.less ??=
      this.scenario.length < 2
        ? []
        : this.scenario
            .slice(0, MOST_REMOVED)
            .map(
              (_, removed) =>
                new Case(this.system, canonical(this.scenario.filter((_fault, i) => i !== removed)), this),
            );
    return this.less;
  }

  /** The other runs: failure-free, and with one fault less. Empty for the failure-free run. */
  get others(): readonly Traced[] {
    return this.isGood ? [] : [this.good, ...this.withoutEach.map(({ run }) => run)];
  }

  /** What holds here or in the failure-free run. */
  readonly eitherRun: Facts = {
    matches: (pattern) => {
      const [here, there] = [this.run.matches(pattern), this.good.matches(pattern)];
      if (there.length === 0) return here;
      return here.length === 0 ? there : [...new Set([...here, ...there])];
    },
    holds: (pattern) => this.run.holds(pattern) || this.good.holds(pattern),
  };

  /** Whether the truth of something here is another one in one of the other runs. */
  differs(pattern: Pattern): boolean {
    if (this.steady.has(pattern.relation)) return false;
    const holds = this.run.holds(pattern);
    return this.others.some((other) => other.holds(pattern) !== holds);
  }

  /** Whether this is the failure-free run. */
  get isGood(): boolean {
    return this.run === this.good;
  }

  /** The fault that loses what node `from` sends to node `to` (numbers) at a tick, if any. */
  faultOn({
    from,
    to,
    sent,
  }: {
    readonly from: number;
    readonly to: number;
    readonly sent: number;
  }): Fault | undefined {
    if (from === to) return undefined;
    const [a, b] = [this.schema.nodes[from], this.schema.nodes[to]];
    return this.scenario.find((fault) =>
      fault.kind === 'crash'
        ? fault.node === a && fault.tick <= sent
        : fault.from === a && fault.to === b && fault.tick === sent,
    );
  }
}
