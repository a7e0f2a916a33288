/**
 * What the strategies share: running scenarios, keeping count, confirming counterexamples, and summing up.
 *
 * Invariant: a counterexample is recorded only if its own run was violated and the run without each single fault was
 * not.
 */
import { bug, invariant } from '../core/invariant.js';
import type { Outcome } from '../core/outcome.js';
import type { VerdictKind } from '../dedalus/program.js';
import { undominated } from '../faults/dominance.js';
import type { Scenario } from '../faults/fault.js';
import { canonical, compareScenarios, familyOf, formatFault, formatScenario } from '../faults/scenario.js';
import type { Lineage, System, SystemRun, Warning } from '../lineage/port.js';
import type { SatSolver } from '../solver/port.js';
import { type Coverage, Tally } from './coverage.js';
import type { SearchEvent, SearchOptions } from './events.js';
import { excuses, foreseenOf } from './gates.js';
import { paced } from './paced.js';
import {
  type Counterexample,
  type Exact,
  type MinimalityWitness,
  type Promises,
  renumbered,
  type StopReason,
  type Verdict,
} from './verdict.js';

type VerdictEvent = SearchEvent & { readonly kind: 'verdict' };

export class Session<R extends SystemRun> {
  executions = 0;
  /** The outcome of the failure-free run, once there is one. */
  failureFree: Outcome['kind'] | undefined;
  lineage: Lineage<R> | undefined;
  solver: SatSolver | undefined;
  /** Whether some scenario promises anything, as far as it is known. */
  promises: Promises = 'unknown';
  /** Kinds of faults of which it is proven that with them nothing is promised; undefined before that is known. */
  excused: readonly string[] | undefined;
  readonly counterexamples: Counterexample[] = [];
  /** The scenarios of which no superset is of interest: those of the counterexamples, and in a part of a search more. */
  readonly broken: Scenario[] = [];
  /** How far the search is exact, if what it rests on is as it seems; and how far that is audited. */
  private proved: Exact = {};
  private audited: Exact = {};
  /** What lineage goes by, and whether some of it was void. */
  private basis: string | undefined;
  private wasVoid = false;
  private minimalityRuns = 0;
  private readonly tally: Tally<R>;
  private readonly passing = new Map<string, 'holds' | 'vacuous'>();
  private readonly classes = new Map<string, number>();

  constructor(
    readonly system: System<R>,
    readonly options: SearchOptions,
  ) {
    this.basis = system.basis;
    this.tally = new Tally(system);
  }

  /** Why the search has to stop before the next execution, if it has to. */
  mustStop(defaultExecutions = Number.POSITIVE_INFINITY): StopReason | undefined {
    if (this.options.signal?.aborted) return 'aborted';
    if (this.options.first && this.counterexamples.length > 0) return 'first';
    if (this.executions >= (this.options.maxExecutions ?? defaultExecutions)) return 'executions';
    return undefined;
  }

  /** Runs a scenario and counts it. */
  async run(scenario: Scenario): Promise<R> {
    this.executions++;
    const run = await this.simulate(scenario);
    this.tally.add(run);
    if (run.outcome.kind !== 'violated') this.passing.set(formatScenario(scenario), run.outcome.kind);
    return run;
  }

  /** Whether a scenario is violated, as a step on the way to a minimal one: not an execution of the search itself. */
  async violates(scenario: Scenario): Promise<boolean> {
    this.minimalityRuns++;
    return (await this.simulate(scenario)).outcome.kind === 'violated';
  }

  /** Runs a scenario without counting it. @throws the signal's reason when it is aborted */
  async simulate(scenario: Scenario): Promise<R> {
    const run = await this.system.run(scenario, this.options.signal);
    if (run.outcome.kind !== 'vacuous') this.promises = 'some';
    return run;
  }

  /** How far the search is exact: nothing that an audit may still refute. */
  get exact(): Exact | undefined {
    this.dropVoid();
    const exact = this.system.audit ? this.audited : this.proved;
    return Object.keys(exact).length > 0 ? exact : undefined;
  }

  /** All minimal counterexamples are found up to here. */
  prove(exact: Exact): void {
    this.dropVoid();
    const most = (name: keyof Exact): Exact => {
      const known = Math.max(exact[name] ?? 0, this.proved[name] ?? 0);
      return known > 0 ? { [name]: known } : {};
    };
    this.proved = { ...most('eff'), ...most('cost'), ...most('faults') };
  }

  /** What was proved by lineage that is void is not. */
  private dropVoid(): void {
    if (this.basis === this.system.basis) return;
    this.basis = this.system.basis;
    this.wasVoid = true;
    this.proved = {};
    this.audited = {};
  }

  /** Whether something is proved of which it is not known yet whether what it rests on is as it seems. */
  get isUnaudited(): boolean {
    this.dropVoid();
    return this.system.audit !== undefined && JSON.stringify(this.proved) !== JSON.stringify(this.audited);
  }

  /** Audits what was found and proved, if there is anything to audit; how much work that was. */
  async *audit(): AsyncGenerator<SearchEvent, number> {
    const { system, options, counterexamples, proved } = this;
    let work = 0;
    if (system.audit) {
      yield { kind: 'audit' };
      const steps = paced(system.audit(counterexamples.map(({ faults }) => faults)), options.signal);
      for await (const step of steps) ({ work } = step);
    }
    this.audited = proved;
    return work;
  }

  runEvent(run: R): SearchEvent {
    return { kind: 'run', execution: this.executions, scenario: run.scenario, outcome: run.outcome };
  }

  /**
   * Records a violated run of a minimal scenario. What is minimal within a cube may not be so without: then nothing is
   * recorded, for another part finds what it contains.
   */
  async record(run: R): Promise<SearchEvent | undefined> {
    invariant(run.outcome.kind === 'violated', 'a counterexample is violated');
    this.broken.push(run.scenario);
    const minimality: MinimalityWitness[] = [];
    for (const fault of run.scenario) {
      const witness = await this.without(run.scenario, fault);
      if (!witness) return undefined;
      minimality.push(witness);
    }
    const counterexample: Counterexample = {
      faults: run.scenario,
      witnesses: run.outcome.witnesses,
      minimality,
      class: this.classOf(run),
    };
    this.counterexamples.push(counterexample);
    return { kind: 'counterexample', counterexample };
  }

  async *recorded(run: R): AsyncGenerator<SearchEvent, void> {
    const event = await this.record(run);
    if (event) yield event;
  }

  /** The last event. */
  verdict(kind: VerdictKind, stopped?: StopReason, detail?: string): VerdictEvent {
    const statistics = this.solver?.statistics;
    const found = this.wasVoid ? minimal(this.counterexamples) : this.counterexamples;
    const behaviours = [...this.classes.keys()];
    const kept = undominated(found, this.system.space.bounds).sort((a, b) => compareScenarios(a.faults, b.faults));
    const coverage = this.tally.coverage(this.excused);
    const verdict: Verdict = {
      kind,
      counterexamples: renumbered(kept, ({ class: number }) => behaviours[number - 1] as string),
      behaviours: this.options.cube && [...new Set(kept.map(({ class: number }) => behaviours[number - 1] as string))],
      complete: stopped === undefined,
      stopped,
      detail,
      promises: kind === 'vacuous' ? this.promises : undefined,
      warnings: this.warnings(coverage),
      coverage,
      statistics: {
        executions: this.executions,
        minimalityRuns: this.minimalityRuns,
        lineage: this.lineage?.size,
        variables: statistics?.variables ?? 0,
        clauses: statistics?.clauses ?? 0,
        solverCalls: statistics?.calls ?? 0,
        exact: stopped === undefined ? undefined : this.exact,
      },
    };
    return { kind: 'verdict', verdict };
  }

  /** The verdict of a search that ended: by exhaustion, or because of `stopped`. */
  conclude(stopped: StopReason | undefined, detail?: string): VerdictEvent {
    if (this.isInconclusive(stopped)) return this.verdict('inconclusive', stopped, detail);
    if (this.failureFree === 'violated') return this.verdict('violated-failure-free');
    if (this.counterexamples.length > 0) return this.verdict('violated', stopped, detail);
    return this.failureFree === 'vacuous' ? this.verdict('vacuous') : this.verdict('holds');
  }

  /** Whether a search that ends so says neither that the promise holds nor that it breaks. */
  isInconclusive(stopped: StopReason | undefined): boolean {
    return stopped !== undefined && this.failureFree !== 'violated' && this.counterexamples.length === 0;
  }

  private warnings(coverage: Coverage | undefined): Warning[] {
    const found = [...(coverage ? excuses(coverage) : []), ...foreseenOf(this.system, coverage)];
    if (this.failureFree !== 'vacuous' || this.counterexamples.length === 0) return found;
    const message = 'Without faults nothing is promised: what breaks here is promised only because of faults.';
    return [{ code: 'vacuous-failure-free', message }, ...found];
  }

  private async without(scenario: Scenario, fault: Scenario[number]): Promise<MinimalityWitness | undefined> {
    const rest = canonical(scenario.filter((other) => other !== fault));
    const key = formatScenario(rest);
    let outcome = this.passing.get(key);
    if (outcome === undefined) {
      this.minimalityRuns++;
      const run = await this.simulate(rest);
      if (run.outcome.kind === 'violated') {
        if (this.options.cube) return undefined;
        const problem = `${key}, a part of the counterexample ${formatScenario(scenario)}, is violated as well`;
        throw this.system.suspect?.(problem) ?? bug(problem);
      }
      outcome = run.outcome.kind;
      this.passing.set(key, outcome);
    }
    return { without: fault, outcome };
  }

  /**
   * Class number by order of appearance: the same faults but for what their kinds leave out, and the same behaviour.
   */
  private classOf(run: R): number {
    const key = `${familyOf(run.scenario)} ${this.system.behaviour(run)}`;
    const known = this.classes.get(key);
    if (known !== undefined) return known;
    this.classes.set(key, this.classes.size + 1);
    return this.classes.size;
  }
}

/** Without supersets of others, which void lineage may have led to. */
function minimal(found: readonly Counterexample[]): readonly Counterexample[] {
  const all = found.map(({ faults }) => faults.map(formatFault));
  const isPart = (one: readonly string[], whole: readonly string[]): boolean =>
    one.length < whole.length && one.every((fault) => whole.includes(fault));
  return found.filter((_, i) => !all.some((other) => isPart(other, all[i] as readonly string[])));
}
