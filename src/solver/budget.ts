/**
 * A slice of solving work, counted in conflicts over several solver calls, so that a search can be stopped and resumed.
 *
 * Invariant: a call costs its conflicts and a price of its own, so every budget ends, however easy its calls, and a
 * fresh budget admits at least one call.
 */
import { invariant } from '../core/invariant.js';
import type { SatSolver, SolveRequest, SolveStatus } from './port.js';

/** Price of one call, in conflicts: on a large instance an easy call takes about as long. */
const CALL = 20;

export class Budget {
  private readonly solver: SatSolver;
  private left: number;

  /**
   * @param solver does the work
   * @param conflicts an integer, at least 1; no limit if absent
   */
  constructor(solver: SatSolver, conflicts?: number) {
    invariant(conflicts === undefined || (Number.isSafeInteger(conflicts) && conflicts > 0), 'conflict slice below 1');
    this.solver = solver;
    this.left = conflicts ?? Number.POSITIVE_INFINITY;
  }

  /** Solves within what is left; 'unknown' if nothing is. `request.conflicts` limits this call further. */
  solve(request: SolveRequest): SolveStatus {
    if (this.left <= 0) return 'unknown';
    const conflicts = Math.min(this.left, request.conflicts ?? Number.POSITIVE_INFINITY);
    const before = this.solver.statistics.conflicts;
    const status = this.solver.solve(Number.isFinite(conflicts) ? { ...request, conflicts } : request);
    this.left -= CALL + this.solver.statistics.conflicts - before;
    return status;
  }
}
