/**
 * A protocol in TypeScript as a system: plain simulator, audit, and lineage from learned transitions.
 *
 * Every run is a run of the handlers themselves. Each teaches transitions; the formula is unrolled anew from what is known, and the solver is kept.
 * If the handlers keep state where transitions do not see it, but equal scenarios still give equal runs, lineage is that of whole runs (`cone.ts`).
 */
import { FALSE, type Formula } from '../../core/circuit.js';
import { invariant, type LdfiError } from '../../core/invariant.js';
import { pause } from '../../core/pause.js';
import { makeBounds } from '../../faults/bounds.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { FaultSpace } from '../../faults/space.js';
import type { Call } from '../../protocol/call.js';
import { deliveryOf } from '../../protocol/delivery.js';
import { guarded } from '../../protocol/guards.js';
import { refuseLate } from '../../protocol/late.js';
import { refuseMisspelt } from '../../protocol/misspelt.js';
import { type Observer, Simulator } from '../../protocol/simulate.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { judge } from '../../protocol/world.js';
import { CREDULOUS, type Oracle } from '../../solver/oracle.js';
import type { Lineage, LineageStep, System } from '../port.js';
import { Answers } from './answers.js';
import { Audit } from './audit.js';
import { auditCheck } from './check-audit.js';
import { coneLineage } from './cone.js';
import type { Guides } from './guides.js';
import { HiddenState } from './hidden.js';
import { Outcomes } from './outcomes.js';
import type { ProtocolRun } from './run.js';
import { probes, scenarioIn } from './scenarios.js';
import type { TableData } from './table.js';
import { compareTraces, Trace, type TraceLine } from './trace.js';
import { Transitions } from './transitions.js';
import type { TreeData } from './tree.js';
import { type Known, knownToHold, type Tried, type Unrolled, type UnrollLimits, unroll } from './unroll.js';

export interface ProtocolOptions {
  /** 'auto' (default): learned transitions, or whole runs where the audit fails; 'run': whole runs. */
  readonly lineage?: 'auto' | 'learned' | 'run';
  /** Budgets of what is done before and beside the search. */
  readonly limits?: Partial<Limits>;
  /** Runs work that may not come to an end; it may throw. `current`: the call under way. */
  readonly watchdog?: <T>(work: () => T, current: () => Call | undefined) => T;
}

/** What was learned, to be kept beside a result. */
export interface Knowledge {
  readonly table: TableData;
  /** Undefined if the check was never asked. */
  readonly tree: TreeData | undefined;
}

export interface Limits extends UnrollLimits {
  /** Scenarios that are run to see whether the audit passes, before transitions are relied on. */
  readonly probes: number;
  /** Most runs in which transitions that were tried are confirmed. */
  readonly audits: number;
}

export const DEFAULT_LIMITS: Limits = {
  tries: 30_000,
  checks: { first: 2_000, each: 500, most: 50_000 },
  gates: 400_000,
  probes: 12,
  audits: 1_000,
};

/** What a run counts for as work. */
const RUN_WORK = 100;

export class ProtocolSystem implements System<ProtocolRun> {
  readonly space: FaultSpace;
  readonly defect = undefined;
  /** Why lineage is that of whole runs, if the handlers are the reason. */
  fallback: string | undefined;
  /** Evaluates scenarios; apart from `space`, whose circuit grows with the lineage. */
  private readonly faults: FaultSpace;
  private readonly simulator: Simulator;
  private transitions: Transitions;
  private readonly answers: Answers;
  private readonly outcomes: Outcomes;
  /** Whether the search relies on learned transitions already. */
  private committed = false;
  private settled = false;
  private last: Call | undefined;
  private readonly limits: Limits;
  private unrolled: Unrolled | undefined;
  /** How many transitions were known then. */
  private unrolledAt = 0;

  /** @throws LdfiError 'bad-bounds' */
  constructor(
    readonly protocol: AnyProtocol,
    bounds: Omit<Bounds, 'nodes'>,
    private readonly options: ProtocolOptions = {},
  ) {
    const all = makeBounds({ ...bounds, nodes: protocol.nodes });
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.space = new FaultSpace(all);
    this.faults = new FaultSpace(all);
    this.simulator = new Simulator(protocol, all.eot);
    this.transitions = new Transitions(protocol, (call) => {
      this.last = call;
    });
    this.answers = new Answers(protocol);
    this.outcomes = new Outcomes(this.answers);
  }

  /**
   * Runs a canonical scenario within the bounds, audited as long as transitions are learned.
   * @throws LdfiError for handlers that do what they must not; see `LdfiErrorCode`
   */
  async run(scenario: Scenario): Promise<ProtocolRun> {
    return this.simulate(scenario);
  }

  /** The same at once. */
  simulate(scenario: Scenario): ProtocolRun {
    return this.watched(() => {
      if (!this.settled) this.settle();
      if (this.options.lineage === 'run' || this.fallback !== undefined) return this.unaudited(scenario);
      try {
        return this.audited(scenario);
      } catch (error) {
        if (!(error instanceof HiddenState) || this.committed || this.options.lineage === 'learned') throw error;
        this.fallBack(scenario, error);
        return this.unaudited(scenario);
      }
    });
  }

  /** A scenario's run, slot by slot. */
  trace(scenario: Scenario): readonly TraceLine[] {
    const trace = new Trace();
    this.watched(() =>
      this.plain(scenario, {
        call: (call) => {
          this.last = call;
          trace.call(call);
        },
        slot: trace.slot,
      }),
    );
    return trace.lines;
  }

  /** Runs a scenario on the plain simulator alone. */
  plain(scenario: Scenario, observer: Observer = {}): ProtocolRun {
    const { eot } = this.faults.bounds;
    // Guards go up and down once for handlers and check together.
    return guarded(() => {
      const simulation = this.simulator.run(deliveryOf(this.faults, scenario), observer);
      this.last = undefined;
      const end = scenario.length === 0 ? ' without faults' : ` in the scenario ${formatScenario(scenario)}`;
      return { scenario, eot, ...simulation, outcome: judge(this.protocol, simulation.finals, end) };
    });
  }

  /** The same under the watchdog. */
  watchedPlain(scenario: Scenario): ProtocolRun {
    return this.watched(() =>
      this.plain(scenario, {
        call: (call) => {
          this.last = call;
        },
      }),
    );
  }

  /**
   * Work that handlers left behind, and a check that depends on more than the world.
   * @throws LdfiError for handlers and a check that do what they must not
   */
  async *audit(found: readonly Scenario[]): AsyncGenerator<LineageStep, void> {
    // Work that was left behind shows now or never.
    await pause();
    refuseLate(this.protocol);
    let work = 0;
    for (const _run of auditCheck(this, found)) yield { tick: this.space.bounds.eot, work: ++work * RUN_WORK };
  }

  /** All that is known of the handlers and the check, as data: enough to follow scenarios without them. Undefined if the handlers cannot be learned. */
  knowledge(): Knowledge | undefined {
    if (this.options.lineage === 'run' || this.fallback !== undefined) return undefined;
    return { table: this.transitions.data(), tree: this.answers.tree.data() };
  }

  async *lineage(oracle: Oracle = CREDULOUS): AsyncGenerator<LineageStep, Lineage<ProtocolRun>> {
    let work = 0;
    for (const scenario of probes(this.space, this.limits.probes)) {
      this.simulate(scenario);
      yield { tick: 1, work: ++work * RUN_WORK };
    }
    if (this.options.lineage === 'run' || this.fallback !== undefined) return this.runWide();
    let found: { readonly error: HiddenState; readonly scenario: Scenario } | undefined;
    const guides: Guides = {
      oracle,
      hidden: (error, scenario) => {
        found ??= { error, scenario };
      },
      watched: (call) => {
        this.last = undefined;
        return this.watched(call);
      },
    };
    let asks = this.limits.checks.first;
    let known = yield* this.known(guides, asks);
    if (found && this.fallback === undefined && this.options.lineage !== 'learned') {
      const { error, scenario } = found;
      this.watched(() => this.fallBack(scenario, error));
    }
    if (this.fallback !== undefined) return this.runWide();
    this.committed = true;
    const system = this;
    const { transitions } = this;
    return {
      get size() {
        return { mode: 'learned' as const, atoms: transitions.sigmaCount, instances: transitions.size };
      },
      get exact() {
        return known.exact;
      },
      known: known.holds,
      learn: async (run) => {
        // One unrolling is short.
        const steps = this.known(guides, asks);
        let step = steps.next();
        while (!step.done) step = steps.next();
        known = step.value;
        const holds = this.space.evaluator(run.scenario)(known.holds);
        invariant(holds === (run.outcome.kind !== 'violated'), 'what a run taught is true of the run');
        return known.holds;
      },
      // Worlds are judged a few at a time, so that a counterexample does not have to wait for all of them.
      async *extend() {
        const { each, most } = system.limits.checks;
        asks = Math.min(most, asks + each);
        known = yield* system.known(guides, asks);
        return known.holds;
      },
    };
  }

  /** Whole runs are not audited step by step. */
  suspect(problem: string): LdfiError | undefined {
    if (this.options.lineage !== 'run' && this.fallback === undefined) return undefined;
    return new HiddenState(`runs contradict each other: ${problem}`);
  }

  behaviour({ messages, outcome }: ProtocolRun): string {
    return JSON.stringify([messages.map((m) => [m.from, m.to, m.sent, m.message.text, m.at]), outcome.witnesses]);
  }

  private runWide(): Lineage<ProtocolRun> {
    const { space } = this;
    const learn = (run: ProtocolRun): Formula => {
      if (run.outcome.kind === 'violated') return FALSE;
      const formula = coneLineage(space, run);
      invariant(space.evaluator(run.scenario)(formula), 'the lineage of a run is true of the run');
      return formula;
    };
    return {
      size: { mode: 'run', atoms: 0, instances: 0 },
      exact: false,
      known: FALSE,
      learn: async (run) => learn(run),
    };
  }

  /** What is known now. Where nothing is unknown but what the check says, nodes are not unrolled again. */
  private *known(guides: Guides, asks: number): Generator<LineageStep, Known> {
    const { size } = this.transitions;
    if (!this.unrolled || (this.unrolled.gaps.length > 0 && size !== this.unrolledAt)) {
      this.unrolled = yield* unroll(this.space, this.transitions, this.limits, guides);
      this.unrolledAt = this.transitions.size;
      yield* this.confirm(this.unrolled.tried, guides.oracle);
    }
    return yield* knownToHold(this.space, this.unrolled, this.outcomes, asks, guides);
  }

  /** Goes through what was tried in runs: a node made for the purpose might do otherwise than one in the middle of its life. */
  private *confirm(tried: readonly Tried[], oracle: Oracle): Generator<LineageStep> {
    let runs = 0;
    for (const { step, path } of tried) {
      if (runs >= this.limits.audits || this.fallback !== undefined) return;
      if (this.transitions.isConfirmed(...step)) continue;
      const scenario = scenarioIn(this.space, oracle.witness(path));
      if (!scenario) continue;
      this.simulate(scenario);
      if (++runs % 10 === 0) yield { tick: this.space.bounds.eot, work: this.transitions.size + runs * RUN_WORK };
    }
  }

  private audited(scenario: Scenario): ProtocolRun {
    const audit = new Audit(this.transitions);
    const run = this.plain(scenario, {
      call: (call) => {
        this.last = call;
        audit.call(call);
      },
      slot: (...step) => audit.slot(...step),
      tick: (node, number) => audit.tick(node, number),
      end: (finals) => audit.end(finals),
    });
    this.answers.learn(run.finals, run.outcome);
    return run;
  }

  /** The check is asked twice all the same: that it is a function of the world is relied on. */
  private unaudited(scenario: Scenario): ProtocolRun {
    const run = this.plain(scenario, {
      call: (call) => {
        this.last = call;
      },
    });
    if (run.finals.every(({ failure }) => failure === undefined)) this.answers.confirm(run.finals, run.outcome);
    return run;
  }

  /** Before anything else: the very first run must be like the second one. */
  private settle(): void {
    this.settled = true;
    guarded(() => refuseMisspelt(this.protocol));
    compareTraces(this.trace([]), this.trace([]), 'in a second run of the same scenario');
  }

  /** Gives up transitions for whole runs, if those are repeatable at least. */
  private fallBack(scenario: Scenario, reason: HiddenState): void {
    compareTraces(this.trace(scenario), this.trace(scenario), 'in a second run of the same scenario');
    this.fallback = reason.message;
  }

  private watched<T>(work: () => T): T {
    const { watchdog } = this.options;
    return watchdog ? watchdog(work, () => this.last) : work();
  }
}
