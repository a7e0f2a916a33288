/**
 * Where the time of a search goes, seen from outside the engine: a `System` that times its calls, and a CaDiCaL class
 * whose methods do.
 *
 * The last step of a lineage generator is counted as 'formula' (cone and total lineage), the steps before it as
 * 'ground'. What is in no phase (encoding, the search loop, pauses) is the rest.
 */
import { Cadical } from 'cadical-wasm';
import type { Scenario } from '../../src/faults/fault.js';
import type { FaultSpace } from '../../src/faults/space.js';
import type { DedalusSystem } from '../../src/lineage/ground/system.js';
import type { System } from '../../src/lineage/port.js';
import type { Run } from '../../src/simulator/run.js';
import { Meter } from './clock.js';

/** One meter per phase. */
class Phases {
  /** Making the system and the solver, which the first time in a process is loading it. */
  readonly start = new Meter();
  readonly simulate = new Meter();
  readonly ground = new Meter();
  readonly formula = new Meter();
  /** Handing clauses over to CaDiCaL. */
  readonly clauses = new Meter();
  readonly solve = new Meter();
}

let current = new Phases();

/** Makes CaDiCaL count into the phases of the search that is running. Call once. */
export function instrumentSolver(): void {
  const { solve, addClause } = Cadical.prototype;
  const create = Cadical.create.bind(Cadical);
  Cadical.create = async (options) => {
    const from = performance.now();
    const solver = await create(options);
    current.start.total += performance.now() - from;
    return solver;
  };
  Cadical.prototype.solve = function (this: Cadical, ...args: Parameters<typeof solve>) {
    return current.solve.time(() => solve.apply(this, args));
  };
  Cadical.prototype.addClause = function (this: Cadical, ...args: Parameters<typeof addClause>) {
    return current.clauses.time(() => addClause.apply(this, args));
  };
}

/** A system that times what the search asks of it. One search at a time. */
export class TimedSystem implements System<Run> {
  readonly phases = new Phases();
  readonly space: FaultSpace;
  readonly defect: 'no-post' | undefined;
  /** Facts of the first run, the failure-free one. */
  facts = 0;
  private readonly system: DedalusSystem;

  constructor(make: () => DedalusSystem) {
    current = this.phases;
    this.system = this.phases.start.time(make);
    this.space = this.system.space;
    this.defect = this.system.defect;
  }

  async run(scenario: Scenario, signal?: AbortSignal): Promise<Run> {
    const run = await this.phases.simulate.wait(() => this.system.run(scenario, signal));
    if (this.phases.simulate.count === 1) this.facts = run.size;
    return run;
  }

  async *lineage(): ReturnType<System<Run>['lineage']> {
    const steps = this.system.lineage();
    for (;;) {
      const from = performance.now();
      const step = await steps.next();
      const spent = performance.now() - from;
      if (step.done) {
        this.phases.formula.total += spent;
        return { ...step.value, learn: (run) => this.phases.formula.wait(() => step.value.learn(run)) };
      }
      this.phases.ground.total += spent;
      yield step.value;
    }
  }

  behaviour(run: Run): string {
    return this.system.behaviour(run);
  }
}
