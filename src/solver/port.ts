/**
 * The SAT solver port, in the style of IPASIR (Balyo, Biere, Iser, Sinz, "SAT Race 2015"): add, assume, solve, value,
 * failed.
 *
 * Literals are non-zero integers in DIMACS style: `v` and `-v`. One solver lives for a whole search, so everything is
 * incremental. Invariant: clauses are only ever added, so 'unsatisfiable' without assumptions and constraint stays so
 * for good.
 */

export type SolveStatus = 'satisfiable' | 'unsatisfiable' | 'unknown';

export interface SolveRequest {
  /** Literals assumed for this call only. */
  readonly assumptions?: readonly number[];
  /** One extra clause for this call only (IPASIR's `constrain`, as in CaDiCaL); the empty one is false. */
  readonly constraint?: readonly number[];
  /** Give up with 'unknown' after this many conflicts (an integer, at least 1); no limit if absent. */
  readonly conflicts?: number;
}

export interface SolverStatistics {
  /** Variables made. */
  readonly variables: number;
  /** Clauses added for good; constraints do not count. */
  readonly clauses: number;
  /** Calls of `solve`. */
  readonly calls: number;
  /** Conflicts met over all calls, as far as the solver tells; 0 if it does not. */
  readonly conflicts: number;
}

export interface SatSolver {
  /** A fresh variable, 1, 2, 3 …; ends the validity of the last model or core. */
  newVariable(): number;
  /**
   * Adds a clause for good; the empty one makes the solver unsatisfiable. Ends the validity of the last model or core.
   */
  addClause(literals: readonly number[]): void;
  solve(request?: SolveRequest): SolveStatus;
  /** Truth of a literal in the model. Only directly after 'satisfiable'; an invariant otherwise. */
  value(literal: number): boolean;
  /**
   * The assumptions used to refute: clauses, constraint of that call and core together are unsatisfiable. Only directly
   * after 'unsatisfiable', an invariant otherwise; not minimal; empty if no assumption was needed.
   */
  core(): number[];
  /** Counters since creation. */
  readonly statistics: SolverStatistics;
  /** Frees the solver's memory; it must not be used afterwards. Idempotent. */
  dispose(): void;
}

/** Makes a solver; asynchronous because WebAssembly loads so. */
export type SolverFactory = () => Promise<SatSolver>;
