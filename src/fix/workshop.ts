/**
 * Where edits are tried: the spec as it is, what became of each of its checks, and every scenario that is known to break
 * it or one of its edits.
 */
import { distinctBy } from '../core/distinct.js';
import { LdfiError } from '../core/invariant.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { loadProgram } from '../dedalus/load.js';
import { printClause } from '../dedalus/print.js';
import type { Program } from '../dedalus/program.js';
import { memoryReader } from '../dedalus/reader.js';
import type { Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/ground/system.js';
import type { Check } from '../search/check.js';
import type { Verdict } from '../search/verdict.js';
import { edited, type Splice } from './edit.js';
import { type Doings, doingsOf, lessThan } from './promise.js';
import type { EditKind, Proposal } from './scene.js';

/** A check of the spec as it is. */
export interface Tried {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly system: DedalusSystem;
  readonly doings: Doings;
  /** Whether a check before it has the same run without faults. */
  readonly isTwin: boolean;
}

/** A scenario that has broken a check: of the spec as it is, or of some edit. */
export interface Breaker {
  readonly check: number;
  readonly scenario: Scenario;
  /** Whether it breaks the spec as it is. */
  readonly isKnown: boolean;
}

/** What runs tell of an edit. */
export interface Trial {
  readonly proposal: Proposal;
  readonly program: Program;
  /** How many of the known counterexamples it removes. */
  readonly removed: number;
  /** The first scenario that still breaks it. */
  readonly broken: Breaker | undefined;
}

/** Most counterexamples of each check that edits are tried with. */
const MOST_KNOWN = 12;

/** Equal where a scenario gives the same run. */
const worldOf = ({ bounds: { eot, nodes, perMessage } }: Check): string => JSON.stringify([eot, nodes, perMessage]);

/** How many warnings there are, but for those of what nobody reads any more. */
const doubts = (diagnostics: readonly Diagnostic[]): number =>
  diagnostics.filter(({ code }) => code !== 'never-read').length;

/** Kinds of edits by which a rule may fire less often than before. */
const WAITING: readonly EditKind[] = ['wait', 'after', 'threshold'];

export class Workshop {
  readonly breakers: Breaker[];
  private readonly warnings: number;
  private readonly paths: readonly string[];

  readonly files: readonly SourceFile[];
  readonly tried: readonly Tried[];

  /**
   * @param roots how many of the files were named by the user
   * @param checks with their verdicts; those that are neither violated nor hold are left alone
   * @throws LdfiError 'bad-options' if the program cannot be read from these files alone
   */
  constructor(
    own: Program,
    readonly roots: number,
    checks: readonly { readonly check: Check; readonly verdict: Verdict }[],
  ) {
    this.files = own.files;
    this.tried = checks
      .filter(({ verdict: { kind } }) => kind === 'violated' || kind === 'holds' || kind === 'vacuous')
      .map(({ check, verdict }, i, all) => {
        const system = new DedalusSystem(own, check.bounds);
        const isTwin = all.slice(0, i).some((one) => worldOf(one.check) === worldOf(check));
        return { check, verdict, system, doings: doingsOf(system), isTwin };
      });
    this.paths = own.files.slice(0, roots).map(({ path }) => path);
    const { program, diagnostics } = this.read([]);
    if (!program) throw new LdfiError('bad-options', 'the files of this spec include each other by more than one name');
    this.warnings = doubts(diagnostics);
    const known = this.tried.flatMap(({ verdict }, check) =>
      verdict.counterexamples.slice(0, MOST_KNOWN).map(({ faults }) => ({ check, scenario: faults, isKnown: true })),
    );
    this.breakers = distinctBy(known, ({ check, scenario }) => {
      return `${worldOf((this.tried[check] as Tried).check)} ${formatScenario(scenario)}`;
    });
  }

  private read(splices: readonly Splice[]) {
    const texts = edited(this.files, splices).map(({ path, text }) => [path, text] as const);
    return loadProgram(this.paths, memoryReader(Object.fromEntries(texts)));
  }

  /**
   * What runs tell of an edit; undefined if it is no program, removes nothing, or promises or does less than the spec.
   * @param isWhole whether an edit is wanted only if nothing breaks it
   */
  trial(proposal: Proposal, isWhole = false): Trial | undefined {
    const { program, diagnostics } = this.read(proposal.splices);
    if (!program || doubts(diagnostics) > this.warnings) return undefined;
    try {
      return this.runs(proposal, program, isWhole);
    } catch (error) {
      // A rule may count without end now.
      if (error instanceof LdfiError) return undefined;
      throw error;
    }
  }

  private runs(proposal: Proposal, program: Program, isWhole: boolean): Trial | undefined {
    const systems = this.tried.map(({ check }) => new DedalusSystem(program, check.bounds));
    let removed = 0;
    let broken: Breaker | undefined;
    for (const breaker of this.breakers) {
      const { outcome } = (systems[breaker.check] as DedalusSystem).simulate(breaker.scenario);
      if (outcome.kind === 'violated') broken ??= breaker;
      else if (breaker.isKnown) removed++;
      if (isWhole && broken) return undefined;
    }
    const rules = new Set(program.rules.map(printClause));
    const mayWait = proposal.kinds.some((kind) => WAITING.includes(kind));
    const isLess = this.tried.some(
      ({ doings, isTwin }, i) =>
        !isTwin && lessThan(doings, doingsOf(systems[i] as DedalusSystem), rules, mayWait) !== undefined,
    );
    if (removed === 0 || isLess) return undefined;
    return broken || this.isAlive(program, systems) ? { proposal, program, removed, broken } : undefined;
  }

  /** Whether each rule that an edit has changed or added still fires in some of the runs. */
  private isAlive(program: Program, systems: readonly DedalusSystem[]): boolean {
    const before = new Set((this.tried[0] as Tried).system.program.rules.map(printClause));
    const left = new Set(program.rules.flatMap((rule, i) => (before.has(printClause(rule)) ? [] : [i])));
    const runs = [...systems.keys()].map((check): Breaker => ({ check, scenario: [], isKnown: false }));
    for (const { check, scenario } of [...runs, ...this.breakers]) {
      if (left.size === 0) return true;
      const run = (systems[check] as DedalusSystem).simulate(scenario, { trace: true });
      for (const { firings } of run.raw.made) for (const { rule } of firings) left.delete(rule);
    }
    return left.size === 0;
  }

  /** Whether some scenario that was found since an edit was tried breaks it. @param from number of the first of these */
  breaksBy(program: Program, from: number): boolean {
    return this.breakers.slice(from).some(({ check, scenario }) => {
      const { bounds } = (this.tried[check] as Tried).check;
      return new DedalusSystem(program, bounds).simulate(scenario).outcome.kind === 'violated';
    });
  }
}
