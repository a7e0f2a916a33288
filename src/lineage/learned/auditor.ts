/**
 * The auditor of a search in a protocol: keeps its first runs, lets fresh hosts run the same scenarios beside it, and
 * compares all of them before a verdict.
 */
import { type Work, wait } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { FaultSpace } from '../../faults/space.js';
import { deliveryOf } from '../../protocol/runtime/delivery.js';
import type { FreshHosts, ProtocolHost } from '../../protocol/runtime/host.js';
import type { LineageStep } from '../port.js';
import { compareOrder, FreshRuns, sameAnswers, tellingScenarios } from './audit-runs.js';
import { audit } from './audit-steps.js';
import type { TracedRun } from './run.js';
import type { Readings, Runner } from './runner.js';
import type { Transitions } from './transitions.js';

/** What a run counts for as work. */
export const RUN_WORK = 50;

/** Runs that are kept: those with which every search begins, and some more. */
const MOST_KEPT = 32;

/** Learns from a run; whether it could. */
type Learn = (run: TracedRun) => Work<boolean>;

/** Fresh hosts, and what they were asked to run. */
type Fresh = FreshHosts & { runs?: FreshRuns };

export class Auditor {
  /** The first runs of the search, by scenario. */
  private readonly runs = new Map<string, TracedRun>();
  /** What was run beside them. */
  private readonly others = new Map<string, TracedRun>();
  private fresh: Fresh | undefined;
  /** Evaluates scenarios; its circuit stays small. */
  private clock: FaultSpace | undefined;

  /** @param readings how the search reads the world now; undefined where runs cannot be asked for ahead */
  constructor(
    private readonly host: ProtocolHost,
    private readonly space: FaultSpace,
    private readonly runner: Runner,
    private readonly transitions: Transitions,
    private readonly readings: () => Readings | undefined,
  ) {}

  /** Has fresh hosts get ready while the search goes on, if there can be any. */
  begin(): void {
    this.fresh ??= this.host.fresh?.();
  }

  /** A run of the search. */
  keep(run: TracedRun): void {
    if (this.runs.size < MOST_KEPT) this.runs.set(formatScenario(run.scenario), run);
  }

  /** What was run so far is not to be compared with. */
  forget(): void {
    this.runs.clear();
    this.others.clear();
  }

  /** Compares a run, step by step, with what was learned, which it adds to. @throws HiddenState */
  *compare(run: TracedRun): Work<void> {
    this.clock ??= new FaultSpace(this.space.bounds);
    yield* audit(this.transitions, run, deliveryOf(this.clock, run.scenario));
  }

  /** Runs that will be needed, where they need not be waited for. */
  askAhead(scenarios: readonly Scenario[]): void {
    const readings = this.readings();
    if (!this.host.fresh || !readings) return;
    const isNew = (scenario: Scenario): boolean => this.known(formatScenario(scenario)) === undefined;
    this.runner.askAhead(scenarios.filter(isNew), readings);
  }

  /** Lets fresh hosts run what will be compared, while the search goes on. */
  *startFresh(): Work<void> {
    this.begin();
    if (!this.fresh || this.fresh.runs) return;
    const runs = yield* this.references(tellingScenarios(this.space, [], false));
    this.fresh.runs = new FreshRuns(this.runner.traced, this.fresh.hosts, runs);
  }

  /**
   * @param found scenarios of the counterexamples
   * @param learn compares a run with what was learned, if anything is; false if that is given up, with all that goes by it
   * @throws LdfiError for handlers and a check that do what they must not
   */
  *audit(found: readonly Scenario[], learn: Learn | undefined): Work<void, LineageStep> {
    yield* wait(this.host.finish());
    yield* this.startFresh();
    const { fresh } = this;
    this.fresh = undefined;
    try {
      const runs = this.rerunning(found, learn, fresh);
      let work = 0;
      for (let step = runs.next(); !step.done; )
        if (step.value instanceof Promise) step = runs.next(yield step.value);
        else {
          yield { tick: this.space.bounds.eot, work: ++work * RUN_WORK };
          step = runs.next();
        }
    } finally {
      fresh?.close();
    }
  }

  /** Yields after each run. */
  private *rerunning(
    found: readonly Scenario[],
    learn: Learn | undefined,
    fresh: Fresh | undefined,
  ): Work<void, 'run'> {
    const runs = yield* this.references(tellingScenarios(this.space, found, learn !== undefined && !fresh));
    for (const run of runs) {
      if (learn && !this.runs.has(formatScenario(run.scenario)) && !(yield* learn(run))) return;
      yield 'run';
    }
    yield* sameAnswers(this.host, runs, 'after another run');
    if (fresh?.runs) yield* fresh.runs.compare(runs);
    // What is learned was compared step by step.
    else if (!learn) yield* compareOrder(this.runner.traced, this.host, runs);
    for (const host of fresh?.hosts ?? [this.host]) yield* wait(host.finish());
  }

  /** What scenarios lead to where the search runs them. */
  private *references(scenarios: readonly Scenario[]): Work<TracedRun[]> {
    this.askAhead(scenarios);
    const runs: TracedRun[] = [];
    for (const scenario of scenarios) {
      const name = formatScenario(scenario);
      const run = this.known(name) ?? (yield* this.runner.traced(this.host, scenario));
      if (!this.runs.has(name)) this.others.set(name, run);
      runs.push(run);
    }
    return runs;
  }

  private known(name: string): TracedRun | undefined {
    return this.runs.get(name) ?? this.others.get(name);
  }
}
