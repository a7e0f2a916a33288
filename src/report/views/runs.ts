/**
 * The traced runs of one system. Those asked for last are kept, and are precedents of the next one: a what-if is mostly like the run before it.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { DedalusSystem } from '../../lineage/system.js';
import { Traced } from './traced.js';

/** Most runs that are kept beside the failure-free one, and most that a new run is compared with. */
const MOST_KEPT = 24;
const MOST_PRECEDENTS = 4;

export class Runs {
  readonly good: Traced;
  /** By scenario, the one asked for last at the end. */
  private readonly kept = new Map<string, Traced>();

  constructor(private readonly system: DedalusSystem) {
    this.good = new Traced(system.schema, system.simulate([], { trace: true }));
  }

  /** The run of a canonical scenario within the bounds. */
  of(scenario: Scenario): Traced {
    if (scenario.length === 0) return this.good;
    const key = formatScenario(scenario);
    const run = this.kept.get(key) ?? this.make(scenario);
    this.kept.delete(key);
    this.kept.set(key, run);
    for (const oldest of [...this.kept.keys()].slice(0, -MOST_KEPT)) this.kept.delete(oldest);
    return run;
  }

  private make(scenario: Scenario): Traced {
    const latest = [...this.kept.values()].slice(-MOST_PRECEDENTS);
    const precedents = [...latest, this.good].map(({ run }) => run);
    return new Traced(this.system.schema, this.system.simulate(scenario, { trace: true, precedents }));
  }
}
