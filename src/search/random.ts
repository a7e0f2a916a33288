/**
 * The random strategy: seeded scenarios within the bounds, each violated one shrunk to a minimal counterexample. It never proves anything;
 * it is there to be compared with.
 */
import { pause } from '../core/pause.js';
import { prng } from '../core/prng.js';
import type { Fault, Scenario } from '../faults/fault.js';
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
    const scenario = randomScenario(session, below);
    yield { kind: 'hypothesis', scenario };
    const run = await session.run(scenario);
    yield session.runEvent(run);
    if (run.outcome.kind !== 'violated') continue;
    const minimal = await shrink(scenario, (subset) => session.violates(subset));
    if (known.has(formatScenario(minimal))) continue;
    known.add(formatScenario(minimal));
    yield await session.record(await session.simulate(minimal));
  }
}

/** A random number of crashes at random ticks, and each omission with a random but common probability. */
function randomScenario<R extends SystemRun>(
  { system, options }: Session<R>,
  below: (bound: number) => number,
): Scenario {
  const { faults, bounds } = system.space;
  const crashes = below(bounds.crashes + 1);
  const nodes = [...bounds.nodes];
  const chosen: Fault[] = [];
  for (let i = 0; i < crashes && bounds.eot > 1 && nodes.length > 0; i++) {
    const [node] = nodes.splice(below(nodes.length), 1);
    if (node !== undefined) chosen.push({ kind: 'crash', node, tick: 1 + below(bounds.eot - 1) });
  }
  const percent = below(101);
  for (const fault of faults) if (fault.kind === 'omission' && below(100) < percent) chosen.push(fault);
  const most = options.maxFaults ?? chosen.length;
  while (chosen.length > most) chosen.splice(below(chosen.length), 1);
  return canonical(chosen);
}
