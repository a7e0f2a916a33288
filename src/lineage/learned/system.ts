/**
 * A protocol in TypeScript as a system: plain simulator, audit, and lineage from learned transitions.
 *
 * Every run is a run of the handlers themselves. Each teaches transitions; the formula is unrolled anew from what is
 * known, and the solver is kept. If the handlers keep state where transitions do not see it, but equal scenarios still
 * give equal runs, lineage is that of whole runs (`cone.ts`).
 */

import { FALSE, type Formula } from '../../core/circuit.js';
import { invariant, type LdfiError } from '../../core/invariant.js';
import { atOnce, stepsOf, type Work, wait, whenDone, whilst } from '../../core/work.js';
import { makeBounds } from '../../faults/bounds.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { FaultSpace } from '../../faults/space.js';
import { isProtocol } from '../../protocol/define.js';
import { hostOf, type Runnable } from '../../protocol/host-of.js';
import type { ProtocolHost, ProtocolInfo } from '../../protocol/runtime/host.js';
import { isSystem } from '../../protocol/system/define.js';
import { CREDULOUS, type Oracle } from '../../solver/oracle.js';
import type { Lineage, LineageStep, Part, Reach, Smaller, System, Warning } from '../port.js';
import { Answers } from './answers.js';
import { sameAnswers } from './audit-runs.js';
import { Auditor, RUN_WORK } from './auditor.js';
import { coneLineage } from './cone.js';
import type { TreeData } from './decision-tree.js';
import type { Exploration } from './exploration.js';
import { HiddenState } from './hidden-state.js';
import type { Tried, UnrollLimits } from './moves.js';
import { Prospect } from './prospect.js';
import type { ProtocolRun, TracedRun } from './run.js';
import { type Readings, Runner } from './runner.js';
import { probes } from './scenarios.js';
import { activeHandlers, handlerOf, idleHandlers } from './silence-warnings.js';
import type { TableData } from './table.js';
import { compareTraces } from './trace.js';
import { Transitions } from './transitions.js';

export interface ProtocolOptions {
  /** 'auto' (default): learned transitions, or whole runs where the audit fails; 'run': whole runs. */
  readonly lineage?: 'auto' | 'learned' | 'run';
  /** Work from which on preparing is large: then smaller bounds are searched beside it. Default 60,000. */
  readonly large?: number;
  /** Budgets of what is done before and beside the search. */
  readonly limits?: Partial<Limits>;
}

/** What was learned, to be kept beside a result. */
export interface Knowledge {
  readonly table: TableData;
  /** Undefined if the check was never asked. */
  readonly tree?: TreeData | undefined;
  /** Of what is promised of every tick, where something is; null if it was never asked. */
  readonly always?: TreeData | null | undefined;
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

const LARGE = 60_000;

export class ProtocolSystem implements System<ProtocolRun> {
  readonly space: FaultSpace;
  readonly defect = undefined;
  readonly protocol: ProtocolInfo;
  readonly large: number;
  /** Why lineage is that of whole runs, if the handlers are the reason. */
  fallback: string | undefined;
  /** Whoever calls the protocol's own code. */
  readonly host: ProtocolHost;
  private readonly runner: Runner;
  private readonly auditor: Auditor;
  private readonly transitions: Transitions;
  private readonly answers: Answers;
  /** The same of what is promised of every tick. */
  private readonly always: Answers | undefined;
  private readonly whole: Prospect;
  /** Whether lineage of the whole goes by learned transitions already. */
  private committed = false;
  /** Names of the protocol's handlers, as soon as it was looked at. */
  private handlers: readonly string[] | undefined;
  private readonly limits: Limits;

  /**
   * @param protocol itself, or an asynchronous system, or who calls its code
   * @throws LdfiError 'bad-bounds'
   */
  constructor(
    protocol: Runnable | ProtocolHost,
    bounds: Omit<Bounds, 'nodes'>,
    private readonly options: ProtocolOptions = {},
  ) {
    this.host = isProtocol(protocol) || isSystem(protocol) ? hostOf(protocol) : protocol;
    this.protocol = this.host.protocol;
    const all = makeBounds({ ...bounds, nodes: this.protocol.nodes });
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.space = new FaultSpace(all);
    this.runner = new Runner(this.host, this.space);
    this.transitions = new Transitions(this.host);
    const readings = (): Readings | undefined => (this.handlers && this.learns ? this.readings : undefined);
    this.auditor = new Auditor(this.host, this.space, this.runner, this.transitions, readings);
    this.answers = new Answers(this.host);
    this.always = this.protocol.always ? new Answers(this.host, 'always') : undefined;
    this.large = options.large ?? LARGE;
    this.whole = this.prospect(this.space);
  }

  /**
   * Runs a canonical scenario within the bounds, audited as long as transitions are learned.
   * @throws LdfiError for handlers that do what they must not; see `LdfiErrorCode`
   */
  run(scenario: Scenario): Promise<ProtocolRun> {
    return whenDone(this.running(scenario));
  }

  /** The same at once, for a protocol in this very thread. */
  simulate(scenario: Scenario): ProtocolRun {
    return atOnce(this.running(scenario));
  }

  /** Runs a scenario, and learns nothing from it. */
  trace(scenario: Scenario): Promise<TracedRun> {
    return whenDone(this.runner.traced(this.host, scenario));
  }

  /** The same at once, without its slots, for a protocol in this very thread. */
  plain(scenario: Scenario): ProtocolRun {
    return atOnce(this.runner.ran(this.host, scenario, false));
  }

  /**
   * What a verdict would be wrong about: work that handlers left behind, and whatever depends on what was run before.
   * @throws LdfiError for handlers and a check that do what they must not
   */
  audit(found: readonly Scenario[]): AsyncGenerator<LineageStep, void> {
    return stepsOf(this.auditor.audit(found, this.learns ? (run) => this.compared(run) : undefined));
  }

  /** The check must say of a run what it said before. @throws LdfiError 'impure-handler' */
  judgingAgain(run: ProtocolRun): Work<unknown> {
    return sameAnswers(this.host, [run], 'after another run');
  }

  /** Only where all is known that handlers do within the bounds. */
  warnings(): readonly Warning[] {
    return this.knowsAll ? idleHandlers(this.transitions, this.handlers ?? []) : [];
  }

  private get knowsAll(): boolean {
    return this.whole.isWhole && this.fallback === undefined;
  }

  reach(): Reach {
    const active = this.knowsAll ? activeHandlers(this.transitions) : undefined;
    const pieces = (this.handlers ?? []).map((handler) => ({
      name: handler,
      place: { handler },
      ...(active && !active.has(handler) && { never: true as const }),
    }));
    const { idle, lastSent } = (this.knowsAll ? this.whole.silence() : undefined) ?? {};
    return { noun: 'handler', pieces, idle, lastSent };
  }

  reached(run: ProtocolRun): number[] {
    const called = new Set((run as Partial<TracedRun>).slots?.map(({ kind }) => handlerOf(kind)));
    return (this.handlers ?? []).flatMap((handler, i) => (called.has(handler) ? [i] : []));
  }

  /**
   * All that is known of the handlers and the check, as data: enough to follow scenarios without them. Undefined if the
   * handlers cannot be learned.
   */
  knowledge(): Knowledge | undefined {
    if (!this.learns) return undefined;
    const always = this.always && { always: this.always.tree.data() ?? null };
    return { table: this.transitions.data(), tree: this.answers.tree.data(), ...always };
  }

  /** Whether transitions of single handlers are learned. */
  private get learns(): boolean {
    return this.options.lineage !== 'run' && this.fallback === undefined && this.protocol.kind === 'protocol';
  }

  lineage(oracle: Oracle = CREDULOUS): AsyncGenerator<LineageStep, Lineage<ProtocolRun>> {
    return stepsOf(this.preparing(oracle));
  }

  private *preparing(oracle: Oracle): Work<Lineage<ProtocolRun>, LineageStep> {
    this.auditor.begin();
    let work = 0;
    const scenarios = [...probes(this.space, this.limits.probes)];
    this.askAhead(scenarios);
    for (const scenario of scenarios) {
      yield* this.running(scenario);
      yield { tick: 1, work: ++work * RUN_WORK };
    }
    yield* this.auditor.startFresh();
    return yield* this.looking(this.whole, oracle);
  }

  get basis(): string {
    return this.learns ? 'learned' : 'run';
  }

  /**
   * With few faults, or early ones, few steps are possible; they are learned for larger bounds as well. Of whole runs
   * nothing is.
   */
  within(smaller: Smaller): Part<ProtocolRun> | undefined {
    if (!this.learns) return undefined;
    const prospect = this.prospect(new FaultSpace({ ...this.space.bounds, ...smaller }));
    return {
      space: prospect.space,
      lineage: (oracle = CREDULOUS) => stepsOf(this.looking(prospect, oracle)),
    };
  }

  private prospect(space: FaultSpace): Prospect {
    const { transitions, answers, always, limits } = this;
    return new Prospect(space, { transitions, answers, always, limits, confirm: (tried) => this.confirm(tried) });
  }

  /** Lineage from what is known within some bounds. */
  private *looking(prospect: Prospect, oracle: Oracle): Work<Lineage<ProtocolRun>, LineageStep> {
    if (!this.learns) return this.runWide(prospect);
    let found: { readonly error: HiddenState; readonly scenario: Scenario } | undefined;
    const exploration: Exploration = {
      oracle,
      hidden: (error, scenario) => {
        found ??= { error, scenario };
      },
    };
    let asks = this.limits.checks.first;
    // Hidden state may show anywhere else in the meantime.
    const first = yield* whilst(prospect.known(exploration, asks), () => this.learns);
    if (found && this.mayFallBack) yield* this.fallBack(found.scenario, found.error);
    if (!first || !this.learns) return this.runWide(prospect);
    let known = first;
    this.committed ||= prospect === this.whole;
    const system = this;
    const { transitions } = this;
    return {
      get size() {
        return { mode: 'learned' as const, atoms: transitions.sigmaCount, instances: transitions.size };
      },
      get exact() {
        return known.exact && system.learns;
      },
      get known() {
        return known.holds;
      },
      get promises() {
        return known.exact && system.learns ? prospect.promises() : undefined;
      },
      learn: async (run, signal) => {
        if (!system.learns) return FALSE;
        known = await whenDone(prospect.known(exploration, asks), signal);
        const holds = prospect.space.evaluator(run.scenario)(known.holds);
        invariant(holds === (run.outcome.kind !== 'violated'), 'what a run taught is true of the run');
        return known.holds;
      },
      // Worlds are judged a few at a time, so that a counterexample does not have to wait for all of them.
      async *extend() {
        const { each, most } = system.limits.checks;
        asks = Math.min(most, asks + each);
        known = yield* stepsOf(prospect.known(exploration, asks));
        return known.holds;
      },
    };
  }

  /** Whole runs are not audited step by step. */
  suspect(problem: string): LdfiError | undefined {
    if (this.learns) return undefined;
    return new HiddenState(`runs contradict each other: ${problem}`, this.protocol.kind);
  }

  behaviour({ messages, outcome }: ProtocolRun): string {
    return JSON.stringify([messages.map((m) => [m.from, m.to, m.sent, m.message.text, m.at]), outcome.witnesses]);
  }

  private runWide({ space }: Prospect): Lineage<ProtocolRun> {
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

  /**
   * Goes through what was tried in runs: a node made for the purpose might do otherwise than one in the middle of its
   * life.
   */
  private *confirm(tried: readonly Tried[]): Work<void, LineageStep> {
    let runs = 0;
    // Whoever goes through a late step goes through many before it.
    for (const { step, faults } of [...tried].reverse()) {
      if (runs >= this.limits.audits || this.fallback !== undefined) return;
      if (!faults || this.transitions.isConfirmed(...step)) continue;
      yield* this.running(this.space.lawful(faults));
      yield { tick: this.space.bounds.eot, work: this.transitions.size + ++runs * RUN_WORK };
    }
  }

  /** The same as work that goes on where the protocol's code does. */
  *running(scenario: Scenario): Work<ProtocolRun> {
    if (!this.handlers) yield* this.start();
    if (!this.learns) return yield* this.unaudited(scenario);
    return (yield* this.audited(scenario)) ?? (yield* this.unaudited(scenario));
  }

  /** A run that has taught what it shows; undefined if nothing can be learned. */
  private *audited(scenario: Scenario): Work<TracedRun | undefined> {
    const { readings } = this;
    const run = yield* this.runner.ran(this.host, scenario, true, readings);
    if (!(yield* this.compared(run))) return undefined;
    yield* this.answers.learn(run.finals, { outcome: run.checked, followed: run.followed });
    for (const tick of run.ticks)
      yield* this.always?.learn(tick.finals, this.always.reading === readings.always ? tick : undefined) ?? [];
    this.auditor.keep(run);
    return run;
  }

  /** Compares a run with what was learned; false if that is given up for whole runs. */
  private *compared(run: TracedRun): Work<boolean> {
    try {
      yield* this.auditor.compare(run);
      return true;
    } catch (error) {
      if (!(error instanceof HiddenState) || !this.mayFallBack) throw error;
      yield* this.fallBack(run.scenario, error);
      return false;
    }
  }

  /** The check is asked twice all the same: that it is a function of the world is relied on. */
  private *unaudited(scenario: Scenario): Work<ProtocolRun> {
    const run = yield* this.runner.ran(this.host, scenario, this.protocol.kind === 'protocol');
    if (run.finals.every(({ failure }) => failure === undefined)) yield* this.answers.confirm(run.finals, run.checked);
    if (this.always) for (const { finals, outcome } of run.ticks) yield* this.always.confirm(finals, outcome);
    return run;
  }

  private get mayFallBack(): boolean {
    return this.fallback === undefined && !this.committed && this.options.lineage !== 'learned';
  }

  /** Runs that will be needed, where they need not be waited for. */
  askAhead(scenarios: readonly Scenario[]): void {
    this.auditor.askAhead(scenarios);
  }

  private get readings(): Readings {
    return { reading: this.answers.reading, always: this.always?.reading ?? 'none' };
  }

  /** Before anything else: the very first run must be like the second one. */
  private *start(): Work<void> {
    this.handlers = yield* wait(this.host.start());
    yield* this.isRepeatable([]);
  }

  /** Gives up transitions for whole runs, if those are repeatable at least. */
  private *fallBack(scenario: Scenario, reason: HiddenState): Work<void> {
    yield* this.isRepeatable(scenario);
    this.auditor.forget();
    this.fallback = reason.message;
  }

  /** @throws HiddenState */
  private *isRepeatable(scenario: Scenario): Work<void> {
    const first = yield* this.runner.traced(this.host, scenario);
    const second = yield* this.runner.traced(this.host, scenario);
    compareTraces(first.slots, second.slots, 'in a second run of the same scenario', this.protocol.kind);
  }
}
