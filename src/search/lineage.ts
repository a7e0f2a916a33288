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

import { FALSE, type Formula } from '../core/circuit.js';
import { invariant } from '../core/invariant.js';
import type { FaultSpace } from '../faults/space.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageStep, Part, SystemRun } from '../lineage/port.js';
import { createCadical } from '../solver/cadical.js';
import type { Oracle } from '../solver/oracle.js';
import { type Cube, literalsOf } from './cube.js';
import { deepening, type Searching } from './deepening.js';
import type { SearchEvent } from './events.js';
import { excusedKinds } from './gates.js';
import { Hypotheses } from './hypotheses.js';
import { paced } from './paced.js';
import type { Session } from './session.js';

export const lineageSearch = <R extends SystemRun>(session: Session<R>, failureFree: R): Searching =>
  deepening(session, searchIn(session, session.system, failureFree), (part) => searchIn(session, part, failureFree));

/** Searches the system, or a part of it. Every run is one of the system itself. */
async function* searchIn<R extends SystemRun>(session: Session<R>, part: Part<R>, failureFree: R): Searching {
  const isWhole = part === session.system;
  const oracle = await oracleOf(part.space, session.options.signal);
  const solver = await createCadical();
  try {
    const lineage = yield* grounding(part.lineage(oracle), session.options.signal);
    if (isWhole) {
      session.lineage = lineage;
      session.solver = solver;
      yield { kind: 'lineage', size: lineage.size };
    }
    const hypotheses = new Hypotheses(session, part.space, solver, () => lineage.exact);
    const cube = isWhole ? session.options.cube : undefined;
    const begin = (known: Formula): void => {
      if (cube) hypotheses.restrict(within(part.space, known, cube));
    };
    const stopped = yield* inject(session, lineage, failureFree, hypotheses, begin);
    const { promises } = isWhole ? lineage : {};
    if (promises !== undefined) {
      yield { kind: 'promises', promises };
      if (stopped === undefined) askForPromises(session, promises, oracle);
    }
    return stopped;
  } finally {
    solver.dispose();
    oracle.dispose();
  }
}

/** Where no run has promised anything: whether one could; and with which faults none does. */
function askForPromises<R extends SystemRun>(session: Session<R>, promises: Formula, oracle: Oracle): void {
  if (session.promises === 'unknown') {
    if (!oracle.possible([promises])) session.promises = 'none';
    else if (oracle.witness([promises])) session.promises = 'some';
  }
  // Where nothing is promised at all, the verdict says so.
  session.excused = session.promises === 'none' ? [] : excusedKinds(session.system.space, promises, oracle);
}

function within({ circuit, faults }: FaultSpace, known: Formula, cube: Cube): Formula {
  const literals = literalsOf(circuit, known, faults.length, cube);
  return literals ? circuit.and(literals) : FALSE;
}

/** Steps as events. */
async function* grounding<T>(
  steps: AsyncGenerator<LineageStep, T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<SearchEvent, T> {
  const rested = paced(steps, signal);
  let step = await rested.next();
  for (; !step.done; step = await rested.next()) yield { kind: 'ground', ...step.value };
  return step.value;
}

/**
 * Injects hypotheses until there is none left, or something stops the search.
 * @param begin is told what is known when nothing but the run without faults has taught anything
 */
async function* inject<R extends SystemRun>(
  session: Session<R>,
  lineage: Lineage<R>,
  failureFree: R,
  hypotheses: Hypotheses<R>,
  begin: (known: Formula) => void,
): Searching {
  const { signal } = session.options;
  const { known } = lineage;
  await hypotheses.exclude(known);
  const learned = lineage.exact ? FALSE : await lineage.learn(failureFree, signal);
  await hypotheses.exclude(learned);
  begin(learned === FALSE ? known : learned);
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
    if (!lineage.exact) await hypotheses.exclude(await lineage.learn(run, signal));
    if (event) yield event;
    if (lineage.exact || !lineage.extend) continue;
    await hypotheses.exclude(yield* grounding(lineage.extend(), signal));
  }
}
