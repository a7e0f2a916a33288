/**
 * The SAT solver port, in the style of IPASIR (Balyo, Biere, Iser, Sinz, "SAT Race 2015"): add, assume, solve, value, failed.
 *
 * Literals are non-zero integers in DIMACS style: `v` and `-v`. One solver lives for a whole search, so everything is incremental.
 */

export type SolveStatus = 'satisfiable' | 'unsatisfiable' | 'unknown';

export interface SolveRequest {
  /** Literals assumed for this call only. */
  readonly assumptions?: readonly number[];
  /** One extra clause for this call only (IPASIR's `constrain`, as in CaDiCaL). */
  readonly constraint?: readonly number[];
  /** Give up with 'unknown' after this many conflicts; no limit if absent. */
  readonly conflicts?: number;
}

export interface SatSolver {
  /** A fresh variable, 1, 2, 3 … */
  newVariable(): number;
  /** Adds a clause for good. */
  addClause(literals: readonly number[]): void;
  solve(request?: SolveRequest): SolveStatus;
  /** Truth of a literal in the model. Only directly after 'satisfiable'; an invariant otherwise. */
  value(literal: number): boolean;
  /** The assumptions used to refute. Only directly after 'unsatisfiable'; not minimal; empty if no assumption was needed. */
  core(): number[];
  /** Counters since creation. */
  readonly statistics: { readonly variables: number; readonly clauses: number; readonly calls: number };
  /** Frees the solver's memory; it must not be used afterwards. Idempotent. */
  dispose(): void;
}

/** Makes a solver; asynchronous because WebAssembly loads so. */
export type SolverFactory = () => Promise<SatSolver>;
