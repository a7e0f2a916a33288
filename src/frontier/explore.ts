/**
 * Settles the cells within one, with one system, one lineage and one solver.
 *
 * Each question is for a scenario within a cell that breaks every way of succeeding known so far. Broken in its run, it
 * settles all cells that admit it; kept, its lineage is learned; none, and the cell and all smaller ones keep the
 * promise. It is the loop of the search, asked of many bounds at once.
 */
import { FALSE } from '../core/circuit.js';
import type { Outcome } from '../core/outcome.js';
import type { Bounds } from '../faults/fault.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageStep, System, SystemRun } from '../lineage/port.js';
import { paced } from '../search/paced.js';
import { Session } from '../search/session.js';
import { requireAlike, requireAlikeFound } from '../search/symmetry.js';
import { createCadical } from '../solver/cadical.js';
import { Questions } from './questions.js';
import type { Staircase } from './staircase.js';

/** What becomes known beside the cells. */
export interface Tally {
  /** Runs of scenarios. */
  executions: number;
  /** The outcome without faults, or that nothing can be promised at all. */
  failureFree: Outcome['kind'] | 'no-post' | undefined;
}

/**
 * @param system within the bounds of the cell `top`
 * @throws LdfiError 'limit-…' and what the system throws; the signal's reason when it is aborted. What is settled by
 * then stays so, but for what an audit has yet to confirm.
 */
export async function explore<R extends SystemRun>(
  system: System<R>,
  staircase: Staircase,
  top: number,
  signal: AbortSignal,
  tally: Tally,
): Promise<void> {
  if (system.defect) {
    tally.failureFree = system.defect;
    return;
  }
  const session = new Session(system, { signal });
  tally.executions++;
  const failureFree = await session.run([]);
  session.failureFree = failureFree.outcome.kind;
  tally.failureFree = failureFree.outcome.kind;
  if (failureFree.outcome.kind === 'violated') {
    await session.record(failureFree);
    await audited(session);
    staircase.breaks([]);
    return;
  }
  await requireAlike(session);
  const unsure = new Set(system.audit ? staircase.openWithin(top) : []);
  try {
    const asking = await Asking.of(session, failureFree, staircase, top, tally);
    try {
      await asking.settle();
      await audited(session);
      unsure.clear();
      const before = session.counterexamples.length;
      await asking.shrink();
      if (session.counterexamples.length > before) await audited(session);
    } finally {
      asking.close();
    }
  } finally {
    staircase.reopen(unsure);
  }
}

async function audited<R extends SystemRun>(session: Session<R>): Promise<void> {
  await requireAlikeFound(session);
  for await (const _ of session.audit());
}

/** What asks. */
class Asking<R extends SystemRun> {
  private constructor(
    private readonly session: Session<R>,
    private readonly lineage: Lineage<R>,
    private readonly questions: Questions,
    private readonly staircase: Staircase,
    private readonly top: number,
    private readonly tally: Tally,
    readonly close: () => void,
  ) {}

  static async of<R extends SystemRun>(
    session: Session<R>,
    failureFree: R,
    staircase: Staircase,
    top: number,
    tally: Tally,
  ): Promise<Asking<R>> {
    const { system, options } = session;
    const oracle = await oracleOf(system.space, options.signal);
    const solver = await createCadical();
    const close = (): void => {
      solver.dispose();
      oracle.dispose();
    };
    try {
      const lineage = await lastOf(system.lineage(oracle), options.signal);
      const questions = new Questions(system.space, solver, options.signal);
      await questions.exclude(lineage.known);
      await questions.exclude(lineage.exact ? FALSE : await lineage.learn(failureFree, options.signal));
      return new Asking(session, lineage, questions, staircase, top, tally, close);
    } catch (error) {
      close();
      throw error;
    }
  }

  /** Until no cell is open. */
  async settle(): Promise<void> {
    const { staircase, top } = this;
    for (let cell = staircase.next(top); cell !== undefined; cell = staircase.next(top))
      if (!(await this.breaks(this.boundsOf(cell)))) staircase.holds(cell);
  }

  /** The smallest counterexample of each broken cell, those of the large cells first: smaller ones have none smaller. */
  async shrink(): Promise<void> {
    const { staircase, top } = this;
    for (let cell = top; cell >= 0; cell--) {
      if (!staircase.isBroken(cell) || !staircase.isWithin(cell, top)) continue;
      while (!staircase.isSmallest(cell)) {
        const { faults } = staircase.found[staircase.smallestOf(cell) as number] ?? { faults: [] };
        if (!(await this.breaks(this.boundsOf(cell), faults.length))) staircase.provenSmallest(cell);
      }
    }
  }

  private boundsOf(cell: number): Bounds {
    return (this.staircase.cells[cell] as { bounds: Bounds }).bounds;
  }

  /** Looks for a counterexample within bounds, and says whether there is one. @param fewer it has fewer faults */
  private async breaks(bounds: Bounds, fewer?: number): Promise<boolean> {
    const { session, lineage, questions, staircase } = this;
    const { signal } = session.options;
    for (;;) {
      const scenario = await questions.next(bounds, fewer);
      if (!scenario) return false;
      this.tally.executions++;
      const run = await session.run(scenario);
      const isBroken = run.outcome.kind === 'violated';
      if (isBroken) await session.record(run);
      if (!lineage.exact) await questions.exclude(await lineage.learn(run, signal));
      if (isBroken) {
        questions.block(scenario);
        staircase.breaks(scenario);
        return true;
      }
      if (!lineage.exact && lineage.extend) await questions.exclude(await lastOf(lineage.extend(), signal));
    }
  }
}

async function lastOf<T>(steps: AsyncGenerator<LineageStep, T>, signal: AbortSignal | undefined): Promise<T> {
  const rested = paced(steps, signal);
  let step = await rested.next();
  while (!step.done) step = await rested.next();
  return step.value;
}
