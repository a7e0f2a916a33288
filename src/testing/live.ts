/**
 * `import 'ldfi/live'`: experiments on running services, from a test. See docs/live.md.
 *
 * ```ts
 * const system = new URL('../ldfi.live.yaml', import.meta.url);
 * test('the bank is down', () =>
 *   assertLiveSurvives(system, [{ kind: 'status', call: 'shop POST /orders > bank POST /transfers #1' }]), 60_000);
 * ```
 * `ldfi live run --emit FILE` writes such tests. The services must be running, and must call each other through the
 * proxies of the configuration, which are there while a test runs; two tests at once would want the same ports.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LdfiError } from '../core/invariant.js';
import { type LiveFault, SystemFailure } from '../experiments/experiment.js';
import { reasonOf } from '../files/write.js';
import { parseLiveConfig } from '../live/http/config.js';
import { optionsOf } from '../live/http/options.js';
import { callFaultsOf, replayOnServices, TIMES } from '../live/http/replay.js';
import { HttpSystem } from '../live/http/system.js';
import { faultInWords } from '../live/report/words.js';
import { assertKept, type Replayed, replayedOf } from './replayed.js';

export type { LiveFault } from '../experiments/experiment.js';
export type { Replayed } from './replayed.js';
export { ToleranceError } from './tolerance-error.js';

export interface LiveReplayOptions {
  /** How often the faults are injected, 1 to 1,000. Default 3. */
  readonly times?: number;
  /** Calls without trace headers are given to the experiment. Default: as the configuration says. */
  readonly exclusive?: boolean;
  /** Ends it soon after it is aborted; no proxy is left. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a few requests without faults, then injects the faults some times.
 * @param config the configuration's file: a path, or a URL like `new URL('../ldfi.live.yaml', import.meta.url)`
 * @param faults at most one for each call; `call` is its whole name, as the JSON of `ldfi live run` has it
 * @throws LdfiError 'bad-options' that lists every problem of the configuration or the faults; 'bad-system' if a proxy
 * cannot listen or no experiment can be made; the signal's reason
 */
export async function replayLive(
  config: string | URL,
  faults: readonly LiveFault[],
  { times = TIMES, exclusive, signal }: LiveReplayOptions = {},
): Promise<Replayed> {
  const checked = callFaultsOf(faults);
  const path = typeof config === 'string' ? config : fileURLToPath(config);
  const system = new HttpSystem(optionsOf(configIn(path, exclusive), dirname(path)));
  try {
    await system.open();
    return replayedOf(await replayOnServices(system, [checked], { times, signal }), signal);
  } catch (error) {
    if (error instanceof SystemFailure) throw new LdfiError('bad-system', error.message);
    throw error;
  } finally {
    await system.close();
  }
}

/**
 * Asserts that the services keep their promises in spite of some faults.
 * @throws ToleranceError if they do not, and if that cannot be told: the faults did not all happen, or a promise is
 * broken without them; what `replayLive` throws
 */
export async function assertLiveSurvives(
  config: string | URL,
  faults: readonly LiveFault[],
  options: LiveReplayOptions = {},
): Promise<void> {
  const words = faults.map((fault) => faultInWords(fault)).join('; ');
  assertKept(await replayLive(config, faults, options), words);
}

/** @throws LdfiError 'bad-options' */
function configIn(path: string, exclusive: boolean | undefined) {
  const parsed = parseLiveConfig(textOf(path));
  if ('config' in parsed) return { ...parsed.config, ...(exclusive !== undefined && { exclusive }) };
  const problems = parsed.problems.map(({ line, column, at, message }) => ({
    path: at.split('.').filter((part) => part !== ''),
    message: `${path}:${line}:${column}: ${at === '' ? message : `${at}: ${message}`}`,
  }));
  throw new LdfiError('bad-options', problems.map(({ message }) => message).join('\n'), problems);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new LdfiError('bad-options', `cannot read ${path}: ${reasonOf(error)}`);
  }
}
