/**
 * The configuration of `ldfi live` and the system that it describes, for all its commands.
 */
import { dirname } from 'node:path';
import { visible } from '../../../core/text.js';
import { SystemFailure } from '../../../experiments/experiment.js';
import { failedCheck, stoppedCheck } from '../../../live/checks.js';
import { type LiveConfig, parseLiveConfig } from '../../../live/http/config.js';
import type { HttpFaultKind } from '../../../live/http/faults.js';
import { optionsOf } from '../../../live/http/options.js';
import { HttpSystem } from '../../../live/http/system.js';
import type { PromisePlace } from '../../../live/report/checks.js';
import type { UnreadableSpec } from '../../../report/reporters/index.js';
import type { ExperimentOutputs } from '../../io/experiment-outputs.js';
import { readText, shown } from '../../io/files.js';
import { complain } from '../../io/terminal.js';

/** What the flags of `run`, `doctor` and `replay` change. */
export interface SystemFlags {
  readonly config: string;
  readonly kinds?: readonly HttpFaultKind[];
  readonly exclusive?: boolean;
  readonly parallel?: number;
}

/** The configuration of a file, and where its promises stand. */
export interface LoadedConfig {
  readonly config: LiveConfig;
  readonly placeOf: PromisePlace;
}

/**
 * The configuration of a file; undefined, and a complaint for each thing that is wrong with it.
 * @param unread is told what could not be read
 */
export function loadConfig(
  { config: path, kinds, exclusive, parallel }: SystemFlags,
  unread?: (spec: UnreadableSpec) => void,
): LoadedConfig | undefined {
  const file = shown(path);
  const read = readText(path);
  if (!read.ok) {
    complain(`error: cannot read ${visible(file)}: ${read.reason}\n`);
    unread?.({ path: file, problems: [{ message: read.reason, place: { file, line: 1, column: 1 } }] });
    return undefined;
  }
  const parsed = parseLiveConfig(read.text);
  if ('config' in parsed) {
    const config = {
      ...parsed.config,
      ...(kinds && { kinds: [...kinds] }),
      ...(exclusive && { exclusive }),
      ...(parallel !== undefined && { parallel }),
    };
    return { config, placeOf: (why) => ({ file, ...parsed.positionOf(promiseIn(config, why)) }) };
  }
  const problems = parsed.problems.map(({ line, column, at, message }) => ({
    message: at === '' ? message : `${at}: ${message}`,
    place: { file, line, column },
  }));
  for (const { message, place } of problems)
    complain(`${visible(file)}:${place.line}:${place.column}: error: ${visible(message)}\n`);
  unread?.({ path: file, problems });
  return undefined;
}

/** The setting with the promise that is broken; the first one there is, if none is. */
function promiseIn({ expect, never }: LiveConfig, why: string | undefined): 'expect' | 'never' | 'promise' {
  if (why === undefined) return expect !== undefined ? 'expect' : never !== undefined ? 'never' : 'promise';
  if (expect !== undefined && why.startsWith(`expected: ${expect}`)) return 'expect';
  return never !== undefined && why.startsWith(`never: ${never}`) ? 'never' : 'promise';
}

/** What is told to reporters if there is no result. */
interface Reports {
  failed(message: string): void;
  stopped(): void;
}

/** @param name of the check */
export const reportsOf = (
  outputs: Pick<ExperimentOutputs<never>, 'writeCheck'>,
  subject: string,
  name: string,
  placeOf: PromisePlace,
): Reports => ({
  failed: (message) => outputs.writeCheck({ ...failedCheck(subject, name, message), place: placeOf(undefined) }),
  stopped: () => outputs.writeCheck({ ...stoppedCheck(subject, name), place: placeOf(undefined) }),
});

/**
 * Does some work with the system that a configuration describes; all proxies are closed in the end, whatever happens.
 * @param reports are told why it could not be done
 * @returns undefined, and a complaint, if a proxy cannot listen or the system fails before the work begins
 */
export async function withSystem<T>(
  config: LiveConfig,
  flags: SystemFlags,
  work: (system: HttpSystem) => Promise<T>,
  signal?: AbortSignal,
  reports?: Reports,
): Promise<T | undefined> {
  const system = new HttpSystem(optionsOf(config, dirname(flags.config)));
  try {
    await system.open();
    return await work(system);
  } catch (error) {
    if (signal?.aborted) reports?.stopped();
    if (!(error instanceof SystemFailure)) throw error;
    complain(`error: ${visible(error.message)}\n`);
    if (!signal?.aborted) reports?.failed(error.message);
    return undefined;
  } finally {
    await system.close();
  }
}
