/**
 * Subset-minimal models, by shrinking any model (the minimal-model loop of Ben-Eliyahu & Dechter 1996 and Koshimura et
 * al. 2009, with one temporary clause per step: Froleyks & Biere, "Single clause assumption without activation
 * literals", FMCAD 2021).
 *
 * Everything outside the current set is assumed false and the constraint asks for one member less, until there is none.
 * Invariant: while no clause and no fault is added, `candidate` is the set of true faults of some model.
 */
import type { Budget } from './budget.js';
import type { SatSolver, SolveStatus } from './port.js';

export class MinimalSearch {
  private readonly solver: SatSolver;
  private readonly faults: readonly number[];
  private candidate: readonly number[] | undefined;
  /** How many clauses and faults there were when `candidate` was found, and what was assumed. */
  private seen = '';

  /**
   * @param solver holds the hard clauses; others may add more between calls
   * @param faults literals, each at most once; may grow between calls
   */
  constructor(solver: SatSolver, faults: readonly number[]) {
    this.solver = solver;
    this.faults = faults;
  }

  /**
   * The set found if 'satisfiable'; after 'unknown' call again to continue.
   * @param given literals that are assumed true: minimal is what has no proper subset with which they are
   */
  next(
    budget: Budget,
    given: readonly number[] = [],
  ): { readonly status: SolveStatus; readonly faults: readonly number[] } {
    const now = `${this.solver.statistics.clauses} ${this.faults.length} ${given.join()}`;
    if (now !== this.seen) this.candidate = undefined;
    this.seen = now;
    if (this.candidate === undefined) {
      const status = budget.solve({ assumptions: given });
      if (status !== 'satisfiable') return { status, faults: [] };
      this.candidate = this.trueFaults();
    }
    for (;;) {
      const inside = new Set(this.candidate);
      const status = budget.solve({
        assumptions: [...given, ...this.faults.filter((fault) => !inside.has(fault)).map(negate)],
        constraint: this.candidate.map(negate),
      });
      if (status === 'unknown') return { status, faults: [] };
      if (status === 'unsatisfiable') return { status: 'satisfiable', faults: this.candidate };
      this.candidate = this.trueFaults();
    }
  }

  private trueFaults(): number[] {
    return this.faults.filter((fault) => this.solver.value(fault));
  }
}

function negate(literal: number): number {
  return -literal;
}
