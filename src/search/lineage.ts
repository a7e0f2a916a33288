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
import type { FaultSpace } from '../faults/space.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageStep, Part, SystemRun } from '../lineage/port.js';
import { createCadical } from '../solver/cadical.js';
import type { Oracle } from '../solver/oracle.js';
import { deepening } from './deepening.js';
import type { SearchEvent } from './events.js';
import { Hypotheses } from './hypotheses.js';
import { paced } from './paced.js';
import type { Session } from './session.js';
import type { StopReason } from './verdict.js';

export async function* lineageSearch<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const { system, options } = session;
  const oracle = await oracleOf(system.space);
  try {
    const steps = paced(system.lineage(oracle), options.signal);
    const prepared = yield* deepening(session, steps, (part) => searchPart(session, part, failureFree));
    if ('stopped' in prepared) return prepared.stopped;
    const { lineage } = prepared;
    session.lineage = lineage;
    yield { kind: 'lineage', size: lineage.size };
    const stopped = yield* solve(session, system.space, lineage, failureFree);
    if (stopped === undefined) askForPromises(session, lineage, oracle);
    return stopped;
  } finally {
    oracle.dispose();
  }
}

/** The same within smaller bounds. Every run is one of the system itself. */
async function* searchPart<R extends SystemRun>(
  session: Session<R>,
  part: Part<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const { eff } = part.space.bounds;
  const oracle = await oracleOf(part.space);
  try {
    const steps = paced(part.lineage(oracle), session.options.signal);
    let step = await steps.next();
    for (let before = 0; !step.done; step = await steps.next()) {
      yield { kind: 'deepen', eff, work: step.value.work - before };
      before = step.value.work;
    }
    return yield* solve(session, part.space, step.value, failureFree);
  } finally {
    oracle.dispose();
  }
}

/** Where no run has promised anything: whether one could. */
function askForPromises<R extends SystemRun>(session: Session<R>, { promises }: Lineage<R>, oracle: Oracle): void {
  if (session.promises !== 'unknown' || promises === undefined) return;
  if (!oracle.possible([promises])) session.promises = 'none';
  else if (oracle.witness([promises])) session.promises = 'some';
}

/** Steps as events. */
async function* grounding<T>(
  steps: AsyncGenerator<LineageStep, T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<SearchEvent, T> {
  const rested = paced(steps, signal);
  let step = await rested.next();
  for (; !step.done; step = await rested.next()) yield { kind: 'ground', tick: step.value.tick };
  return step.value;
}

async function* solve<R extends SystemRun>(
  session: Session<R>,
  space: FaultSpace,
  lineage: Lineage<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent, StopReason | undefined> {
  const solver = await createCadical();
  if (space === session.system.space) session.solver = solver;
  try {
    const hypotheses = new Hypotheses(session, space, solver, () => lineage.exact);
    for (const { faults } of session.counterexamples) hypotheses.block(faults);
    return yield* inject(session, lineage, failureFree, hypotheses);
  } finally {
    solver.dispose();
  }
}

/** Injects hypotheses until there is none left, or something stops the search. */
async function* inject<R extends SystemRun>(
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
    await hypotheses.exclude(yield* grounding(lineage.extend(), signal));
  }
}
