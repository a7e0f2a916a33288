/**
 * Smallest models of a growing set of clauses, one after the other: the solver's face to the search.
 *
 * Two notions of small: 'minimum' (fewest true faults of all models, in order of size) and 'minimal' (no model with a
 * proper subset), on one incremental solver and freely mixed. Invariant: the hard clauses only grow, here or in the
 * solver directly, so 'unsatisfiable' is final.
 */
import { invariant } from '../core/invariant.js';
import { Budget } from './budget.js';
import { MinimalSearch } from './minimal.js';
import { MinimumSearch } from './minimum.js';
import type { SatSolver } from './port.js';

export type SmallestMode = 'minimum' | 'minimal';

/** `faults`: the true fault literals of the model found, in the order in which the faults were given. */
export type SmallestResult =
  | { readonly kind: 'model'; readonly faults: readonly number[] }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'unknown' };

export class SmallestModels {
  private readonly solver: SatSolver;
  private readonly faults: number[] = [];
  private readonly known = new Set<number>();
  private readonly minimum: MinimumSearch;
  private readonly minimal: MinimalSearch;
  private refuted = false;
  private probed = false;

  /**
   * @param solver holds the hard clauses; more may be added to it directly (by an `Encoder`, say) at any time
   * @param faults the literals to keep false where possible, of distinct variables of the solver
   */
  constructor(solver: SatSolver, faults: readonly number[] = []) {
    this.solver = solver;
    this.minimum = new MinimumSearch(solver, []);
    this.minimal = new MinimalSearch(solver, this.faults);
    for (const fault of faults) this.addFault(fault);
  }

  /** No model has fewer true faults than this, as far as known; grows with calls of `next('minimum')`. */
  get lowerBound(): number {
    return this.minimum.lowerBound;
  }

  /** One more fault literal, of a variable that is no fault yet. */
  addFault(literal: number): void {
    invariant(!this.known.has(Math.abs(literal)), `fault ${literal} given twice`);
    this.known.add(Math.abs(literal));
    this.faults.push(literal);
    this.minimum.addFault(literal);
  }

  /** Adds a hard clause. */
  addClause(literals: readonly number[]): void {
    this.solver.addClause(literals);
  }

  /** Excludes every model in which all of these faults are true; with no faults, every model. */
  block(faults: readonly number[]): void {
    this.solver.addClause(faults.map((fault) => -fault));
  }

  /**
   * A smallest model of the clauses so far; the same question again may give the same model, see `block`.
   * @param mode what 'smallest' means
   * @param conflicts solver work allowed in this call, in conflicts (each solver call costs some more, see `Budget`);
   * no limit if absent
   * @returns 'unknown' if the work allowed did not suffice: call again to continue where it stopped
   */
  next(mode: SmallestMode, conflicts?: number): SmallestResult {
    if (this.refuted) return { kind: 'unsatisfiable' };
    const budget = new Budget(this.solver, conflicts);
    const result = mode === 'minimum' ? this.nextMinimum(budget) : this.nextMinimal(budget);
    if (result.kind === 'unsatisfiable') this.refuted = true;
    return result;
  }

  private nextMinimum(budget: Budget): SmallestResult {
    // Where there is no model at all, one call without assumptions says so; core after core would take many.
    if (!this.probed) {
      const status = budget.solve({});
      if (status !== 'satisfiable') return { kind: status };
      this.probed = true;
    }
    const kind = this.minimum.next(budget);
    if (kind !== 'satisfiable') return { kind };
    return { kind: 'model', faults: this.faults.filter((fault) => this.solver.value(fault)) };
  }

  private nextMinimal(budget: Budget): SmallestResult {
    const { status, faults } = this.minimal.next(budget);
    return status === 'satisfiable' ? { kind: 'model', faults } : { kind: status };
  }
}
