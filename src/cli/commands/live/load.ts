/**
 * The configuration of `ldfi live` and the system that it describes, for all its commands.
 */
import { dirname } from 'node:path';
import { visible } from '../../../core/text.js';
import { SystemFailure } from '../../../experiments/experiment.js';
import { type LiveConfig, parseLiveConfig } from '../../../live/http/config.js';
import type { HttpFaultKind } from '../../../live/http/faults.js';
import { optionsOf } from '../../../live/http/options.js';
import { HttpSystem } from '../../../live/http/system.js';
import { readText, shown } from '../../io/files.js';
import { complain } from '../../io/terminal.js';

/** What the flags of `run`, `doctor` and `replay` change. */
export interface SystemFlags {
  readonly config: string;
  readonly kinds?: readonly HttpFaultKind[];
  readonly exclusive?: boolean;
  readonly parallel?: number;
}

/** The configuration of a file; undefined, and a complaint for each thing that is wrong with it. */
export function loadConfig({ config: path, kinds, exclusive, parallel }: SystemFlags): LiveConfig | undefined {
  const name = visible(shown(path));
  const read = readText(path);
  if (!read.ok) {
    complain(`error: cannot read ${name}: ${read.reason}\n`);
    return undefined;
  }
  const parsed = parseLiveConfig(read.text);
  if ('config' in parsed)
    return {
      ...parsed.config,
      ...(kinds && { kinds: [...kinds] }),
      ...(exclusive && { exclusive }),
      ...(parallel !== undefined && { parallel }),
    };
  for (const { line, column, at, message } of parsed.problems)
    complain(`${name}:${line}:${column}: error: ${visible(at === '' ? message : `${at}: ${message}`)}\n`);
  return undefined;
}

/**
 * Does some work with the system that a configuration describes; all proxies are closed in the end, whatever happens.
 * @returns undefined, and a complaint, if a proxy cannot listen or the system fails before the work begins
 */
export async function withSystem<T>(
  config: LiveConfig,
  flags: SystemFlags,
  work: (system: HttpSystem) => Promise<T>,
): Promise<T | undefined> {
  const system = new HttpSystem(optionsOf(config, dirname(flags.config)));
  try {
    await system.open();
    return await work(system);
  } catch (error) {
    if (!(error instanceof SystemFailure)) throw error;
    complain(`error: ${visible(error.message)}\n`);
    return undefined;
  } finally {
    await system.close();
  }
}
