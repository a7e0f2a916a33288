/**
 * Progress on stderr for long work: one line that is redrawn on a terminal, a plain line now and then elsewhere.
 */
import type { LineageSize } from '../../lineage/port.js';
import { plural } from '../../report/words.js';
import type { SearchEvent } from '../../search/events.js';
import { complain } from './terminal.js';

/** Milliseconds before anything is shown, and between two updates. */
const TTY = { first: 400, every: 100 };
const PLAIN = { first: 5_000, every: 5_000 };

export interface Progress {
  update(event: SearchEvent): void;
  /** Removes the line from the terminal. */
  clear(): void;
}

/** Shows nothing. */
export const silent: Progress = { update: () => undefined, clear: () => undefined };

/**
 * @param label printable, one line
 * @param columns width of the terminal, or undefined if stderr is none
 * @param say writes to stderr
 */
export function progress(label: string, columns: number | undefined, say = complain): Progress {
  let size: LineageSize | undefined;
  const { first, every } = columns === undefined ? PLAIN : TTY;
  const started = Date.now();
  let last = started + first - every;
  let drawn = false;
  let executions = 0;
  let hypotheses = 0;
  let found = 0;
  const draw = (phase: string): void => {
    const now = Date.now();
    if (now - last < every) return;
    last = now;
    const seconds = `${((now - started) / 1000).toFixed(1)} s`;
    const counts = [
      plural(executions, 'execution'),
      plural(hypotheses, 'hypothesis', 'hypotheses'),
      plural(found, 'counterexample'),
      ...(size?.mode === 'learned' ? [`learned transitions: ${size.instances}`] : []),
    ];
    const line = `${label}: ${[phase, ...counts, seconds].join(', ')}`;
    // A line that wraps could not be redrawn.
    say(columns === undefined ? `${line}\n` : `\r\x1b[2K${line.slice(0, columns - 1)}`);
    drawn = true;
  };
  return {
    update(event) {
      if (event.kind === 'run') executions = event.execution;
      if (event.kind === 'hypothesis' && event.scenario.length > 0) hypotheses++;
      if (event.kind === 'counterexample') found++;
      if (event.kind === 'lineage') size = event.size;
      draw(event.kind === 'ground' ? `grounding tick ${event.tick}` : 'searching');
    },
    clear() {
      if (columns !== undefined && drawn) say('\r\x1b[2K');
      drawn = false;
    },
  };
}
