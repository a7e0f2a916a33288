/**
 * The random strategy: seeded scenarios within the bounds, each violated one shrunk to a minimal counterexample. It
 * never proves anything; it is there to be compared with.
 */
import { pause } from '../core/event-loop.js';
import { prng } from '../core/prng.js';
import type { Scenario } from '../faults/fault.js';
import { randomScenario } from '../faults/sampling.js';
import { canonical, formatScenario } from '../faults/scenario.js';
import type { SystemRun } from '../lineage/port.js';
import type { SearchEvent } from './events.js';
import type { Session } from './session.js';
import { shrink } from './subsets.js';
import type { StopReason } from './verdict.js';

const DEFAULT_EXECUTIONS = 1_000;

export async function* randomSearch<R extends SystemRun>(session: Session<R>): AsyncGenerator<SearchEvent, StopReason> {
  const below = prng(session.options.seed ?? 1);
  const known = new Set<string>();
  for (;;) {
    const stopped = session.mustStop(DEFAULT_EXECUTIONS);
    if (stopped) return stopped;
    if (session.executions % 32 === 0) await pause();
    const scenario = someScenario(session, below);
    yield { kind: 'hypothesis', scenario };
    const run = await session.run(scenario);
    yield session.runEvent(run);
    if (run.outcome.kind !== 'violated') continue;
    const minimal = await shrink(scenario, (subset) => session.violates(subset));
    if (known.has(formatScenario(minimal))) continue;
    known.add(formatScenario(minimal));
    yield* session.recorded(await session.simulate(minimal));
  }
}

/** A random scenario of any density, with `maxFaults` at most. */
function someScenario<R extends SystemRun>(
  { system, options }: Session<R>,
  below: (bound: number) => number,
): Scenario {
  const chosen = [...randomScenario(system.space, below(101), below)];
  const most = options.maxFaults ?? chosen.length;
  while (chosen.length > most) chosen.splice(below(chosen.length), 1);
  return canonical(chosen);
}
