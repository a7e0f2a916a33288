/**
 * Progress on stderr for long work: one line that is redrawn on a terminal, a plain line now and then elsewhere.
 */
import type { SearchEvent } from '../search/events.js';
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

export function progress(label: string, isTerminal: boolean): Progress {
  const { first, every } = isTerminal ? TTY : PLAIN;
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
    const seconds = ((now - started) / 1000).toFixed(1);
    const line = `${label}: ${phase}, ${executions} executions, ${hypotheses} hypotheses, ${found} counterexamples, ${seconds} s`;
    complain(isTerminal ? `\r\x1b[2K${line}` : `${line}\n`);
    drawn = true;
  };
  return {
    update(event) {
      if (event.kind === 'run') executions = event.execution;
      if (event.kind === 'hypothesis' && event.scenario.length > 0) hypotheses++;
      if (event.kind === 'counterexample') found++;
      draw(event.kind === 'ground' ? `grounding tick ${event.tick}` : 'searching');
    },
    clear() {
      if (isTerminal && drawn) complain('\r\x1b[2K');
      drawn = false;
    },
  };
}
