/**
 * Nodes that are declared to be alike: whether they are, as far as that shows.
 *
 * With two of them exchanged the program must be the same, and so must what becomes of the promise: in some scenarios
 * before the search, and in all that break it afterwards. What is declared serves to fold counterexamples, so each of
 * these is tried; nothing is left out of the search for it.
 */
import { pause } from '../core/event-loop.js';
import { LdfiError } from '../core/invariant.js';
import { prng } from '../core/prng.js';
import { exchanged } from '../faults/alike.js';
import type { Scenario } from '../faults/fault.js';
import { heaviestScenarios, randomScenario } from '../faults/sampling.js';
import { formatScenario } from '../faults/scenario.js';
import type { SystemRun } from '../lineage/port.js';
import type { Session } from './session.js';

/** Scenarios that are run before the search, beside those with none and with many faults. */
const TRIED = 12;

/** @throws LdfiError 'bad-bounds' that says what tells two nodes apart */
export async function requireAlike<R extends SystemRun>(session: Session<R>): Promise<void> {
  const { system } = session;
  const exchanges = exchangesOf(session);
  if (exchanges.length === 0) return;
  for (const [one, other] of exchanges) {
    const why = system.asymmetry?.(one, other);
    if (why !== undefined) throw notAlike(one, other, why);
  }
  const below = prng(1);
  const some = Array.from({ length: TRIED }, (_, i) =>
    randomScenario(system.space, [10, 30, 3][i % 3] as number, below),
  );
  await compareExchanged(session, [[], ...heaviestScenarios(system.space), ...some]);
}

/** The same of what was found. */
export async function requireAlikeFound<R extends SystemRun>(session: Session<R>): Promise<void> {
  await compareExchanged(
    session,
    session.counterexamples.map(({ faults }) => faults),
  );
}

/** Exchanges of which all others are made up. */
function exchangesOf<R extends SystemRun>({ system }: Session<R>): [string, string][] {
  const [first, ...others] = system.space.bounds.symmetric ?? [];
  return first === undefined ? [] : others.map((other) => [first, other]);
}

async function compareExchanged<R extends SystemRun>(
  session: Session<R>,
  scenarios: readonly Scenario[],
): Promise<void> {
  const exchanges = exchangesOf(session);
  if (exchanges.length === 0) return;
  const outcomes = new Map<string, string>();
  const outcomeOf = async (scenario: Scenario): Promise<string> => {
    const name = formatScenario(scenario);
    const outcome = outcomes.get(name) ?? (await session.simulate(scenario)).outcome.kind;
    outcomes.set(name, outcome);
    return outcome;
  };
  for (const scenario of scenarios)
    for (const [one, other] of exchanges) {
      await pause();
      session.options.signal?.throwIfAborted();
      const mirrored = exchanged(scenario, one, other);
      const [here, there] = [await outcomeOf(scenario), await outcomeOf(mirrored)];
      if (here === there) continue;
      const why = `with ${formatScenario(scenario)} the outcome is ${here}, with ${formatScenario(mirrored)} ${there}`;
      throw notAlike(one, other, why);
    }
}

const notAlike = (one: string, other: string, why: string): LdfiError =>
  new LdfiError('bad-bounds', `${one} and ${other} are not symmetric: ${why}`);
