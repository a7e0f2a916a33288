/**
 * The default solver: CaDiCaL (Biere, Faller, Fazekas, Fleury, Froleyks, Pollitt, "CaDiCaL 2.0", CAV 2024) as
 * WebAssembly.
 *
 * CaDiCaL aborts its process, here the WebAssembly module with every solver in it, when a value or a core is asked for
 * in the wrong state or a variable was never declared. So this adapter keeps its own state and checks each call first.
 * It also aborts when its 2 GiB of memory are used up: that is a limit, and the next solver gets a new module. The
 * package is for `import` alone, which is why it is imported when it is needed: a test suite in CommonJS can load this
 * file then. Invariant: CaDiCaL sees only declared variables, and is asked only what its last answer allows.
 */
import type { Cadical, CadicalModule } from 'cadical-wasm';
import { invariant, LdfiError } from '../core/invariant.js';
import type { SatSolver, SolveRequest, SolverStatistics, SolveStatus } from './port.js';

/**
 * Decide variables false first, so that first models are small already. `lucky` would try constant assignments before
 * any search and ignore `phase`; local search and inprocessing cost more than they give on many short incremental
 * calls.
 */
const OPTIONS = { quiet: true, phase: false, lucky: false, walk: false, inprocessing: false } as const;

const ANY_LENGTH = 0x7fffffff;

const cadical = () => import('cadical-wasm');

/** In place of the module that solvers share by default: once that has aborted, or where another one was given. */
let spare: Promise<CadicalModule> | undefined;
/** What was given. */
let compiled: WebAssembly.Module | undefined;

const newModule = async (): Promise<CadicalModule> => (await cadical()).createModule(compiled && { instantiateWasm });

/** As Emscripten asks for it. */
const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): void => {
  if (compiled) done(new WebAssembly.Instance(compiled, imports));
};

/** Solvers come from this module from now on: for workers of a page, which have no file beside them. */
export async function useCompiled(module: WebAssembly.Module): Promise<void> {
  compiled = module;
  spare = newModule();
  await spare;
}

/** A new CaDiCaL solver; all solvers share one WebAssembly heap, so `dispose` matters. */
export const createCadical = async (): Promise<SatSolver> => (await cadicalMaker())();

/** What makes CaDiCaL solvers, at once. */
export async function cadicalMaker(): Promise<() => SatSolver> {
  const { Cadical, loadCadical } = await cadical();
  const module = await (spare ?? loadCadical());
  return () => new CadicalSolver(new Cadical(module, OPTIONS));
}

/**
 * Starts to compile the WebAssembly module in the background, so that it is there when the first solver is made.
 * Optional; a failure shows when a solver is made.
 */
export function warmUp(): void {
  cadical()
    .then(({ loadCadical }) => loadCadical())
    .catch(() => undefined);
}

/** Clauses up to which no call within its limit takes long, so that its conflicts need no counting. */
const SMALL = 5_000;

type State = 'open' | 'disposed' | SolveStatus;

class CadicalSolver implements SatSolver {
  private readonly native: Cadical;
  private readonly counters = { variables: 0, clauses: 0, calls: 0, conflicts: 0 };
  private state: State = 'open';
  private isCounting = false;

  constructor(native: Cadical) {
    this.native = native;
  }

  get statistics(): SolverStatistics {
    return { ...this.counters };
  }

  newVariable(): number {
    this.change();
    return ++this.counters.variables;
  }

  addClause(literals: readonly number[]): void {
    this.check(literals);
    this.change();
    this.counters.clauses++;
    this.guarded(() => this.native.addClause(literals));
  }

  solve(request: SolveRequest = {}): SolveStatus {
    const { assumptions = [], constraint, conflicts } = request;
    this.check(assumptions);
    if (constraint) this.check(constraint);
    invariant(conflicts === undefined || (Number.isSafeInteger(conflicts) && conflicts > 0), 'conflict limit below 1');
    this.change();
    this.counters.calls++;
    if (conflicts !== undefined && this.counters.clauses > SMALL) this.count();
    this.state = this.guarded(() => {
      this.native.ensureVars(this.counters.variables);
      // Holds for the next solve only; CaDiCaL drops it afterwards, whatever the answer.
      if (constraint) this.native.constrain(constraint);
      return this.native.solve(
        conflicts === undefined ? { assumptions } : { assumptions, conflicts: Math.min(conflicts, ANY_LENGTH) },
      );
    });
    if (this.state === 'unknown' && !this.isCounting) this.counters.conflicts += conflicts ?? 0;
    return this.state;
  }

  /** Counts conflicts from now on. CaDiCaL learns one clause per conflict. */
  private count(): void {
    if (this.isCounting) return;
    this.isCounting = true;
    // This must not throw.
    this.native.setLearn(ANY_LENGTH, () => {
      this.counters.conflicts++;
    });
  }

  value(literal: number): boolean {
    invariant(this.state === 'satisfiable', `no model to read: the solver is ${this.state}`);
    this.check([literal]);
    return this.native.value(literal);
  }

  core(): number[] {
    invariant(this.state === 'unsatisfiable', `no core to read: the solver is ${this.state}`);
    return this.native.failedAssumptions();
  }

  dispose(): void {
    this.state = 'disposed';
    try {
      this.native.dispose();
    } catch (error) {
      // Of a module that has aborted there is nothing left to free.
      if (!isAbort(error)) throw error;
    }
  }

  /** @throws LdfiError 'limit-solver' if the module aborts, which takes all its solvers along */
  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isAbort(error)) throw error;
      spare = newModule();
      throw new LdfiError(
        'limit-solver',
        `the SAT solver has used up its memory (${this.counters.variables} variables, ${this.counters.clauses} clauses): choose smaller bounds`,
      );
    }
  }

  /** Forgets the last answer. */
  private change(): void {
    invariant(this.state !== 'disposed', 'the solver was disposed');
    this.state = 'open';
  }

  private check(literals: readonly number[]): void {
    for (const literal of literals) {
      const variable = Math.abs(literal);
      invariant(
        Number.isInteger(literal) && variable > 0 && variable <= this.counters.variables,
        `literal ${literal} is not of a variable of this solver`,
      );
    }
  }
}

/** By its name: some test runners have a WebAssembly of their own in every test file. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'RuntimeError';
