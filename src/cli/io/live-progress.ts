/**
 * Progress of experiments on stderr: one line that is redrawn on a terminal, a plain line now and then elsewhere, and a
 * line for each counterexample as it is found.
 */
import { visible } from '../../core/text.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { LiveEvent } from '../../experiments/options.js';
import { plural } from '../../report/words.js';
import { complain } from './terminal.js';

/** Milliseconds between two updates. */
const TTY_EVERY = 100;
const PLAIN_EVERY = 5_000;

export interface LiveProgress {
  update(event: LiveEvent<Experiment>): void;
  /** Removes the line from the terminal. */
  clear(): void;
}

/** @param columns width of the terminal, or undefined if stderr is none */
export function liveProgress(label: string, columns: number | undefined, isQuiet: boolean): LiveProgress {
  const every = columns === undefined ? PLAIN_EVERY : TTY_EVERY;
  const started = Date.now();
  let last = columns === undefined ? started : 0;
  let found = 0;
  const clear = (): void => {
    if (columns !== undefined && !isQuiet) complain('\r\x1b[2K');
  };
  return {
    update(event) {
      if (isQuiet) return;
      if (event.kind === 'counterexample') {
        found++;
        clear();
        const { faults } = event.counterexample;
        complain(`${label}: found ${visible(faults.map(({ kind, call }) => `${kind} @ ${call}`).join('; '))}\n`);
        return;
      }
      const now = Date.now();
      if (now - last < every) return;
      last = now;
      const counts = [plural(event.number, 'experiment'), event.purpose, plural(found, 'counterexample')];
      const line = `${label}: ${counts.join(', ')}, ${((now - started) / 1000).toFixed(1)} s`;
      complain(columns === undefined ? `${line}\n` : `\r\x1b[2K${line.slice(0, columns - 1)}`);
    },
    clear,
  };
}
