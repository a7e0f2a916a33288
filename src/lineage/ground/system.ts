/**
 * A Dedalus spec as a system: simulator, ground program and lineage over one fault space.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { invariant, LdfiError } from '../../core/invariant.js';
import { atOnce, withPauses } from '../../core/work.js';
import { asymmetry } from '../../dedalus/exchange.js';
import { locate } from '../../dedalus/locate.js';
import type { Program } from '../../dedalus/program.js';
import { makeBounds, underAllKinds } from '../../faults/bounds.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { FaultSpace } from '../../faults/space.js';
import { DEFAULT_GUARDS, type Guards } from '../../simulator/fixpoint.js';
import type { Invariant } from '../../simulator/outcome.js';
import type { Run } from '../../simulator/run.js';
import { Schema } from '../../simulator/schema.js';
import { type RunOptions, Simulator } from '../../simulator/simulator.js';
import type { Lineage, LineageSize, LineageStep, Reach, Smaller, System, Warning } from '../port.js';
import { crowdedSlots, groundWarnings } from '../warnings.js';
import { type Ground, type PromiseRow, STRIDE } from './ground.js';
import { ground } from './grounder.js';
import { idleIn, idleInAny } from './idle.js';
import type { Mistake } from './mistakes.js';
import { cone, type Unit } from './order.js';
import { runLineage } from './run-lineage.js';
import { totalLineage } from './total-lineage.js';
import { evaluate } from './truth.js';

export interface DedalusOptions {
  /** Default 'strict'. */
  readonly invariant?: Invariant;
  /** 'auto' (default): total up to `totalBudget` ground instances, else run. */
  readonly lineage?: 'auto' | 'total' | 'run';
  /** Ground rule instances up to which 'auto' is total. Default: as many as there may be at all. */
  readonly totalBudget?: number;
  /** Ground rule instances, or atoms, beyond which grounding stops with LdfiError 'limit-ground'. Default 500,000. */
  readonly mostInstances?: number;
  /** Atoms from which on grounding is large: smaller bounds are searched beside it. Default 50,000. */
  readonly large?: number;
  readonly guards?: Partial<Guards>;
  /** For the tests of the tests only; see `mistakes.ts`. */
  readonly mistake?: Mistake;
}

/** A ground program, its promise, and the units that this depends on, dependencies first. */
export interface Cone {
  readonly grounded: Ground;
  readonly promise: readonly PromiseRow[];
  readonly units: readonly Unit[];
}

const MOST_INSTANCES = 500_000;
const LARGE = 50_000;

export class DedalusSystem implements System<Run> {
  readonly space: FaultSpace;
  readonly schema: Schema;
  readonly defect: 'no-post' | undefined;
  readonly large: number;
  private readonly guards: Guards;
  private grounded: Ground | undefined;
  private idle: ReadonlySet<number> | undefined;
  /** Simulators without a run under way. One that was left in the middle of a run is not used again. */
  private readonly free: Simulator[] = [];

  /** @throws LdfiError 'bad-bounds' */
  constructor(
    readonly program: Program,
    bounds: Bounds,
    private readonly options: DedalusOptions = {},
  ) {
    this.space = new FaultSpace(makeBounds(bounds));
    this.schema = new Schema(program, this.space.bounds.nodes);
    this.large = options.large ?? LARGE;
    this.guards = { ...DEFAULT_GUARDS, ...options.guards };
    this.defect = program.relations.has('post') || this.schema.never ? undefined : 'no-post';
  }

  run(scenario: Scenario, signal?: AbortSignal): Promise<Run> {
    return withPauses(this.steps(scenario), signal);
  }

  /** The run of a scenario, at once: for those who want runs without a search. @throws LdfiError 'bad-scenario' */
  simulate(scenario: Scenario, options?: RunOptions): Run {
    return atOnce(this.steps(scenario, options));
  }

  private *steps(scenario: Scenario, options?: RunOptions): Generator<unknown, Run> {
    const simulator = this.simulator();
    const run = yield* simulator.steps(this.space.admit(scenario), options);
    this.free.push(simulator);
    return run;
  }

  private simulator(): Simulator {
    const { schema, space, options } = this;
    return this.free.pop() ?? new Simulator(schema, space, options.invariant, this.guards);
  }

  private get mostInstances(): number {
    return this.options.mostInstances ?? MOST_INSTANCES;
  }

  /** The ground program; a generator that yields after each tick. */
  ground(): Generator<LineageStep, Ground> {
    return ground(this.schema, this.space, {
      mostInstances: this.mostInstances,
      stretch: this.guards.stretch,
    });
  }

  *foresee(): Generator<LineageStep, Ground> {
    const grounded = yield* this.ground();
    this.grounded = grounded;
    this.idle = undefined;
    return grounded;
  }

  /** The ground program with what its promise depends on. */
  *cone(): Generator<LineageStep, Cone> {
    const grounded = yield* this.foresee();
    const promise = this.promise(grounded);
    return { grounded, promise, units: yield* this.paced(cone(grounded, promise), grounded) };
  }

  async *lineage(): AsyncGenerator<LineageStep, Lineage<Run>> {
    const { grounded, promise, units } = yield* this.cone();
    const { lineage = 'auto', totalBudget = this.mostInstances, mistake } = this.options;
    const total = lineage === 'total' || (lineage === 'auto' && grounded.instances <= totalBudget);
    const size: LineageSize = { mode: total ? 'total' : 'run', atoms: grounded.size, instances: grounded.instances };
    const { circuit } = this.space;
    const { holds, promises } = total
      ? yield* this.paced(totalLineage(circuit, grounded, units, promise, mistake), grounded)
      : { holds: FALSE, promises: promise.length === 0 ? FALSE : undefined };
    return {
      size,
      exact: total,
      known: holds,
      promises: this.schema.never ? TRUE : promises,
      learn: (run, signal) => withPauses(this.learn(circuit, grounded, units, promise, run), signal),
    };
  }

  /** With few faults the ground program is the same. */
  within({ eff }: Smaller): DedalusSystem | undefined {
    if (eff === undefined) return undefined;
    return new DedalusSystem(this.program, { ...this.space.bounds, eff }, this.options);
  }

  asymmetry(one: string, other: string): string | undefined {
    return asymmetry(this.program, one, other);
  }

  warnings(): Warning[] {
    if (!this.grounded) return [];
    const { nodes, perMessage = 0 } = this.space.bounds;
    const crowded = crowdedSlots(this.grounded.mostInSlot, perMessage);
    return [...crowded, ...groundWarnings(this.program, this.grounded, nodes.length, () => this.firedUnderAll())];
  }

  /** Rules that have an instance where every kind of fault may happen; none if that is too much to find out. */
  private firedUnderAll(): ReadonlySet<number> {
    const { space, guards, schema } = this;
    const mostInstances = Math.max(20_000, 4 * (this.grounded?.instances ?? 0));
    try {
      const all = new FaultSpace(underAllKinds(space.bounds));
      return atOnce(ground(schema, all, { mostInstances, stretch: guards.stretch })).fired;
    } catch (error) {
      if (error instanceof LdfiError) return new Set();
      throw error;
    }
  }

  /** Faults that change no fact in any scenario; before the program is ground, those of which that is plain. */
  private idleFaults(): ReadonlySet<number> {
    this.idle ??= this.grounded ? idleIn(this.space, this.grounded) : idleInAny(this.space, this.program);
    return this.idle;
  }

  reach(): Reach {
    const { rules, files } = this.program;
    const { grounded } = this;
    const pieces = rules.map((rule, i) => ({
      name: rule.head.relation,
      place: locate(files, rule.span),
      ...(grounded && !grounded.fired.has(i) && { never: true as const }),
    }));
    return { noun: 'rule', pieces, idle: this.idleFaults(), lastSent: grounded?.lastSent };
  }

  reached({ raw: { fired } }: Run): number[] {
    return [...fired.keys()].filter((rule) => fired[rule] === 1);
  }

  behaviour(run: Run): string {
    const { messages, outcome } = run.raw;
    return JSON.stringify([messages.map((m) => [m.rule, m.from, m.to, m.sent, m.tuple, m.at]), outcome.witnesses]);
  }

  /** Work on the ground program as steps. */
  private *paced<T>(work: Generator<void, T>, { size }: Ground): Generator<LineageStep, T> {
    let done = size;
    let step = work.next();
    for (; !step.done; step = work.next()) {
      done += STRIDE;
      yield { tick: this.space.bounds.eot, work: done };
    }
    return step.value;
  }

  private *learn(
    circuit: Circuit,
    grounded: Ground,
    units: readonly Unit[],
    promise: readonly PromiseRow[],
    run: Run,
  ): Generator<void, Formula> {
    if (run.outcome.kind === 'violated') return FALSE;
    const happens = this.space.evaluator(run.scenario);
    const truth = yield* evaluate(grounded, units, happens);
    const formula = yield* runLineage(circuit, grounded, units, promise, truth, this.options.mistake);
    invariant(this.options.mistake || happens(formula), 'the lineage of a run is true of the run');
    return formula;
  }

  /** The rows that the invariant speaks of. */
  private promise(grounded: Ground): readonly PromiseRow[] {
    if (this.options.invariant !== 'reference') return grounded.promise;
    const simulator = this.simulator();
    const promised = simulator.promisedRows();
    this.free.push(simulator);
    return grounded.promise.filter(({ row, tick }) => tick !== undefined || promised.has(row));
  }
}
