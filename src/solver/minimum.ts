/**
 * Minimum models: as few true fault literals as possible, by core-guided search. OLL (Andres, Kaufmann, Matheis,
 * Schaub, ICLP 2012; Morgado, Dodaro, Marques-Silva, CP 2014), with the core reduction and core exhaustion of RC2
 * (Ignatiev, Morgado, Marques-Silva, "RC2: an efficient MaxSAT solver", JSAT 2019).
 *
 * All cost literals are assumed false. A core says that one of its members is true: it is paid for, and a totalizer
 * over the core takes its place, of which only 'at least two' is assumed false from then on, and so on upwards.
 * Invariant: in every model, the number of true faults = `lowerBound` + number of true cost literals, with totalizer
 * outputs and the tails of their totalizers read as exact counts. As clauses are only added, nothing found is ever
 * lost.
 */
import type { Budget } from './budget.js';
import type { SatSolver, SolveStatus } from './port.js';
import { Totalizer } from './totalizer.js';

/** Conflicts allowed per attempt to drop one literal from a core. */
const REDUCE_CONFLICTS = 100;
/** Conflicts allowed per attempt to raise the bound of a core. */
const EXHAUST_CONFLICTS = 100;
/** Longer cores are trimmed, not minimised. */
const LONGEST_TO_MINIMISE = 200;

export class MinimumSearch {
  private readonly solver: SatSolver;
  /** Cost literals, assumed false: faults and totalizer outputs. */
  private open: number[];
  /** The count that a cost literal stands for, if it is a totalizer's output. */
  private readonly counts = new Map<number, { readonly totalizer: Totalizer; readonly count: number }>();
  /** No model has fewer true faults. */
  lowerBound = 0;

  /**
   * @param solver holds the hard clauses; others may add more between calls
   * @param faults literals, each at most once
   */
  constructor(solver: SatSolver, faults: readonly number[]) {
    this.solver = solver;
    this.open = [...faults];
  }

  /** Counts one more fault literal from now on. */
  addFault(literal: number): void {
    this.open.push(literal);
  }

  /** After 'satisfiable' the solver holds a minimum model; after 'unknown' call again to continue. */
  next(budget: Budget): SolveStatus {
    for (;;) {
      const status = budget.solve({ assumptions: this.open.map(negate) });
      if (status !== 'unsatisfiable') return status;
      const core = this.solver.core().map(negate);
      if (core.length === 0) return status;
      this.relax(this.reduce(core, budget), budget);
    }
  }

  /** A smaller core if that is cheap: solve again under the core alone, then try without each of its members. */
  private reduce(start: readonly number[], budget: Budget): readonly number[] {
    if (start.length === 1) return start;
    let core = start;
    for (;;) {
      const smaller = this.attempt(core, budget);
      if (smaller === undefined || smaller.length === core.length) break;
      core = smaller;
    }
    if (core.length > LONGEST_TO_MINIMISE) return core;
    for (const literal of core) {
      // What an earlier attempt dropped is gone from `core` already.
      if (core.length === 1 || !core.includes(literal)) continue;
      core =
        this.attempt(
          core.filter((other) => other !== literal),
          budget,
        ) ?? core;
    }
    return core;
  }

  /** A core within `literals`, if they are quickly shown to hold one. */
  private attempt(literals: readonly number[], budget: Budget): readonly number[] | undefined {
    const status = budget.solve({ assumptions: literals.map(negate), conflicts: REDUCE_CONFLICTS });
    return status === 'unsatisfiable' ? this.solver.core().map(negate) : undefined;
  }

  /** Pays for a core and puts what it leaves to pay in its place. */
  private relax(core: readonly number[], budget: Budget): void {
    this.lowerBound++;
    this.solver.addClause(core);
    const gone = new Set(core);
    this.open = this.open.filter((literal) => !gone.has(literal));
    for (const literal of core) {
      const counted = this.counts.get(literal);
      if (counted) this.count(counted.totalizer, counted.count + 1);
    }
    if (core.length > 1) {
      const totalizer = new Totalizer(this.solver, core);
      this.count(totalizer, this.exhaust(totalizer, budget));
    }
  }

  /** The least count, at least 2, that the totalizer's inputs are not quickly shown to reach in every model. */
  private exhaust(totalizer: Totalizer, budget: Budget): number {
    for (let count = 2; ; count++) {
      if (count > totalizer.size) return count;
      const output = totalizer.atLeast(count);
      if (budget.solve({ assumptions: [-output], conflicts: EXHAUST_CONFLICTS }) !== 'unsatisfiable') return count;
      this.solver.addClause([output]);
      this.lowerBound++;
    }
  }

  /** Makes 'at least `count` inputs' a cost literal; nothing if there are not so many. */
  private count(totalizer: Totalizer, count: number): void {
    if (count > totalizer.size) return;
    const output = totalizer.atLeast(count);
    this.counts.set(output, { totalizer, count });
    this.open.push(output);
  }
}

function negate(literal: number): number {
  return -literal;
}
