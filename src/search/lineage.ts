/**
 * The lineage-driven strategy: Φ = bounds ∧ ¬H ∧ no superset of a counterexample found, in one incremental solver.
 *
 * A smallest model of Φ is the next hypothesis. If its run is violated it is a minimal counterexample: every smaller
 * violated set would be a smaller model, because H is sound. If it holds, its lineage joins H. Φ unsatisfiable: there
 * is nothing more within the bounds. With exact lineage: fewest faults first until the first counterexample, then
 * subset-minimal in any order, which is cheaper. A minimum that takes the solver too long is given up for a
 * subset-minimal hypothesis. As long as lineage grows, hypotheses are subset-minimal from the start: the larger ones
 * teach more per run. All that changes the order of what is found, never the set.
 */

import { invariant } from '../core/invariant.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageStep, SystemRun } from '../lineage/port.js';
import { createCadical } from '../solver/cadical.js';
import type { Oracle } from '../solver/oracle.js';
import type { SearchEvent } from './events.js';
import { Hypotheses } from './hypotheses.js';
import { paced } from './paced.js';
import type { Session } from './session.js';
import type { StopReason } from './verdict.js';

export async function* lineageSearch<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const oracle = await oracleOf(session.system.space);
  try {
    return yield* searchWith(session, failureFree, oracle);
  } finally {
    oracle.dispose();
  }
}

async function* searchWith<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
  oracle: Oracle,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const lineage = yield* grounding(session, session.system.lineage(oracle));
  session.lineage = lineage;
  yield { kind: 'lineage', size: lineage.size };
  const solver = await createCadical();
  session.solver = solver;
  try {
    const stopped = yield* solve(session, lineage, failureFree, new Hypotheses(session, solver));
    if (stopped === undefined) askForPromises(session, lineage, oracle);
    return stopped;
  } finally {
    solver.dispose();
  }
}

/** Where no run has promised anything: whether one could. */
function askForPromises<R extends SystemRun>(session: Session<R>, { promises }: Lineage<R>, oracle: Oracle): void {
  if (session.promises !== 'unknown' || promises === undefined) return;
  if (!oracle.possible([promises])) session.promises = 'none';
  else if (oracle.witness([promises])) session.promises = 'some';
}

/** Steps as events. */
async function* grounding<R extends SystemRun, T>(
  session: Session<R>,
  steps: AsyncGenerator<LineageStep, T>,
): AsyncGenerator<SearchEvent, T> {
  const rested = paced(steps, session.options.signal);
  let step = await rested.next();
  for (; !step.done; step = await rested.next()) yield { kind: 'ground', tick: step.value.tick };
  return step.value;
}

async function* solve<R extends SystemRun>(
  session: Session<R>,
  lineage: Lineage<R>,
  failureFree: R,
  hypotheses: Hypotheses<R>,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const { signal } = session.options;
  await hypotheses.exclude(lineage.known);
  if (!lineage.exact) await hypotheses.exclude(await lineage.learn(failureFree, signal));
  for (;;) {
    const next = await hypotheses.next();
    if (next === 'exhausted') return undefined;
    const stopped = session.mustStop();
    if (stopped) return stopped;
    yield { kind: 'hypothesis', scenario: next };
    const run = await session.run(next);
    yield session.runEvent(run);
    const violated = run.outcome.kind === 'violated';
    invariant(violated || !lineage.exact, 'exact lineage predicts outcomes');
    // Recording runs further scenarios, which may teach as well.
    const event = violated ? await session.record(run) : undefined;
    if (violated) hypotheses.block(next);
    if (!lineage.exact) await hypotheses.exclude(await lineage.learn(run, signal));
    if (event) yield event;
    if (lineage.exact || !lineage.extend) continue;
    await hypotheses.exclude(yield* grounding(session, lineage.extend()));
  }
}
