/**
 * Logs for `-v`: pino, JSON lines on stderr, without time, process id or host, so that equal runs log equal lines.
 */
import { printableJson } from '../../report/result.js';
import type { SearchEvent } from '../../search/events.js';
import { complain } from './terminal.js';

/** Logs a search event. */
export type Log = (check: string, event: SearchEvent) => void;

/** A logger, or one that does nothing. pino is loaded only when it is asked for. */
export async function makeLog(verbose: boolean): Promise<Log> {
  if (!verbose) return () => undefined;
  const { pino } = await import('pino');
  const stderr = { write: (line: string) => complain(printableJson(line)) };
  const logger = pino({ base: null, timestamp: false, level: 'debug' }, stderr);
  return (check, { kind, ...rest }) => {
    // A formula means nothing outside of this process.
    if (kind !== 'promises') logger.debug({ check, event: kind, ...rest });
  };
}
