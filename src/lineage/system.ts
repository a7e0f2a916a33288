/**
 * A Dedalus spec as a system: simulator, ground program and lineage over one fault space.
 */
import { type Circuit, FALSE } from '../core/circuit.js';
import { invariant } from '../core/invariant.js';
import type { Program } from '../dedalus/program.js';
import { makeBounds } from '../faults/bounds.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { FaultSpace } from '../faults/space.js';
import { DEFAULT_GUARDS, type Guards } from '../simulator/fixpoint.js';
import type { Invariant } from '../simulator/outcome.js';
import type { Run } from '../simulator/run.js';
import { Schema } from '../simulator/schema.js';
import { type RunOptions, Simulator } from '../simulator/simulator.js';
import type { Ground, PromiseRow } from './ground.js';
import { ground } from './grounder.js';
import type { Mistake } from './mistakes.js';
import { cone, type Unit } from './order.js';
import type { Lineage, LineageSize, LineageStep, System } from './port.js';
import { totalLineage } from './total.js';
import { evaluate } from './truth.js';
import { runLineage } from './why.js';

export interface DedalusOptions {
  /** Default 'strict'. */
  readonly invariant?: Invariant;
  /** 'auto' (default): total up to `totalBudget` ground instances, else run. */
  readonly lineage?: 'auto' | 'total' | 'run';
  /** Ground rule instances up to which 'auto' is total. Default 250,000. */
  readonly totalBudget?: number;
  /** Ground rule instances, or atoms, beyond which grounding stops with LdfiError 'limit-ground'. Default 500,000. */
  readonly mostInstances?: number;
  readonly guards?: Partial<Guards>;
  /** For the tests of the tests only; see `mistakes.ts`. */
  readonly mistake?: Mistake;
}

export class DedalusSystem implements System<Run> {
  readonly space: FaultSpace;
  readonly schema: Schema;
  readonly defect: 'no-post' | undefined;
  private readonly simulator: Simulator;

  /** @throws LdfiError 'bad-bounds' */
  constructor(
    readonly program: Program,
    bounds: Bounds,
    private readonly options: DedalusOptions = {},
  ) {
    this.space = new FaultSpace(makeBounds(bounds));
    this.schema = new Schema(program, this.space.bounds.nodes);
    this.defect = program.relations.has('post') ? undefined : 'no-post';
    this.simulator = new Simulator(this.schema, this.space, options.invariant, {
      ...DEFAULT_GUARDS,
      ...options.guards,
    });
  }

  async run(scenario: Scenario): Promise<Run> {
    return this.simulate(scenario);
  }

  /** The run of a scenario, at once: for those who want runs without a search. */
  simulate(scenario: Scenario, options?: RunOptions): Run {
    return this.simulator.run(scenario, options);
  }

  /** The ground program; a generator that yields after each tick. */
  ground(): Generator<LineageStep, Ground> {
    return ground(this.schema, this.space, { mostInstances: this.options.mostInstances ?? 500_000 });
  }

  async *lineage(): AsyncGenerator<LineageStep, Lineage<Run>> {
    const grounded = yield* this.ground();
    const promise = this.promise(grounded);
    const units = cone(grounded, promise);
    const { lineage = 'auto', totalBudget = 250_000, mistake } = this.options;
    const total = lineage === 'total' || (lineage === 'auto' && grounded.instances <= totalBudget);
    const size: LineageSize = { mode: total ? 'total' : 'run', atoms: grounded.size, instances: grounded.instances };
    const { circuit } = this.space;
    const { holds, promises } = total
      ? totalLineage(circuit, grounded, units, promise, mistake)
      : { holds: FALSE, promises: promise.length === 0 ? FALSE : undefined };
    return {
      size,
      exact: total,
      known: holds,
      promises,
      learn: async (run) => this.learn(circuit, grounded, units, promise, run),
    };
  }

  behaviour(run: Run): string {
    const { messages, outcome } = run.raw;
    return JSON.stringify([messages.map((m) => [m.rule, m.from, m.to, m.sent, m.tuple, m.at]), outcome.witnesses]);
  }

  private learn(circuit: Circuit, grounded: Ground, units: readonly Unit[], promise: readonly PromiseRow[], run: Run) {
    if (run.outcome.kind === 'violated') return FALSE;
    const happens = this.space.evaluator(run.scenario);
    const truth = evaluate(grounded, units, happens);
    const formula = runLineage(circuit, grounded, units, promise, truth, this.options.mistake);
    invariant(this.options.mistake || happens(formula), 'the lineage of a run is true of the run');
    return formula;
  }

  /** The rows that the invariant speaks of. */
  private promise(grounded: Ground): readonly PromiseRow[] {
    if (this.options.invariant !== 'reference') return grounded.promise;
    const promised = this.simulator.promisedRows();
    return grounded.promise.filter(({ row }) => promised.has(row));
  }
}
