/**
 * Progress on stderr for long work: one line that is redrawn on a terminal, a plain line now and then elsewhere.
 *
 * `x.ded crash: trying 2 faults; 41 scenarios run, 3 counterexamples; no other counterexample with EFF ≤ 2; 8.0 s`: what
 * is going on, what has been explored, how far that is exact.
 */
import type { Bounds } from '../../faults/fault.js';
import { exactInWords } from '../../report/explain.js';
import { plural } from '../../report/words.js';
import type { SearchEvent } from '../../search/events.js';
import type { Exact } from '../../search/verdict.js';
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
export function progress(label: string, bounds: Bounds, columns: number | undefined, say = complain): Progress {
  const story = new SearchStory(bounds);
  const line = status(label, columns, say);
  return {
    update(event) {
      story.hear(event);
      line.draw(() => story.parts());
    },
    clear: line.clear,
  };
}

/** A line that says what long work has come to, and for how long it has been going on; parameters as of `progress`. */
export function status(label: string, columns: number | undefined, say = complain) {
  const { first, every } = columns === undefined ? PLAIN : TTY;
  const started = Date.now();
  let last = started + first - every;
  let drawn = false;
  return {
    /** Redraws it if it is time. */
    draw(parts: () => readonly string[]): void {
      const now = Date.now();
      if (now - last < every) return;
      last = now;
      const line = `${label}: ${[...parts(), `${((now - started) / 1000).toFixed(1)} s`].join('; ')}`;
      // A line that wraps could not be redrawn.
      say(columns === undefined ? `${line}\n` : `\r\x1b[2K${line.slice(0, columns - 1)}`);
      drawn = true;
    },
    /** Removes the line from the terminal. */
    clear(): void {
      if (columns !== undefined && drawn) say('\r\x1b[2K');
      drawn = false;
    },
  };
}

/**
 * Tells how many of some things are done, `reading specs: 12 of 93 (specs/x.ts)`, on a terminal only.
 * @param columns width of the terminal, or undefined if stderr is none
 */
export function counting(words: string, of: number, columns: number | undefined, say = complain) {
  const started = Date.now();
  let done = 0;
  let drawn = false;
  return {
    /** @param name of the one that is begun, printable */
    next(name: string): void {
      if (columns !== undefined && Date.now() - started >= TTY.first) {
        say(`\r\x1b[2K${`${words}: ${done} of ${of} (${name})`.slice(0, columns - 1)}`);
        drawn = true;
      }
      done++;
    },
    /** Removes the line. */
    clear(): void {
      if (drawn) say('\r\x1b[2K');
    },
  };
}

/** What a search has come to, in the user's words. */
class SearchStory {
  private now = 'starting';
  private scenarios = 0;
  private found = 0;
  private exact: Exact | undefined;

  constructor(private readonly bounds: Bounds) {}

  hear(event: SearchEvent): void {
    if (event.kind === 'ground') this.now = `preparing tick ${event.tick} of ${this.bounds.eot}`;
    if (event.kind === 'lineage') this.now = 'looking for the smallest set of faults';
    if (event.kind === 'hypothesis') this.now = `trying ${plural(event.scenario.length, 'fault')}`;
    if (event.kind === 'audit') this.now = 'running scenarios again, to see that handlers keep nothing';
    if (event.kind === 'run') this.scenarios = event.execution;
    if (event.kind === 'counterexample') this.found++;
    if (event.kind === 'exact') this.exact = event.exact;
  }

  parts(): string[] {
    const hasFound = this.found > 0;
    const found = hasFound ? `, ${plural(this.found, 'counterexample')}` : '';
    const exact = this.exact ? [exactInWords(this.exact, hasFound)] : [];
    return [this.now, `${plural(this.scenarios, 'scenario')} run${found}`, ...exact];
  }
}
