/**
 * `--jobs N`: a pool of processes that search checks, kept for as long as somebody needs them.
 *
 * Processes and not threads: a search must be able to run out of memory alone, and an endless handler is known by the
 * computing time of its process (`worker/watched-thread.ts`), in which no other search may have a part.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtFile } from '../../worker/built.js';
import type { Doer } from './crew.js';
import type { Errand } from './errand.js';
import { type FromSearcher, MOST_KEPT, type ToSearcher } from './messages.js';

/** One process, and what it is at. */
interface Place {
  readonly child: ChildProcess;
  errand: Errand | undefined;
  /** The files it has read, those of the last errand at the end. */
  readonly read: Set<string>;
}

export class Pool implements Doer {
  readonly loads = true;
  private readonly all: Errand[] = [];
  private readonly queue: Errand[] = [];
  private readonly places = new Set<Place>();

  /**
   * @param size how many processes there are at most
   * @param signal ends what is under way, which gives what it has found; the rest is not begun
   */
  constructor(
    private readonly size: number,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.abort);
    process.on('exit', this.close);
  }

  add(errands: readonly Errand[]): void {
    this.queue.push(...errands);
    this.advance();
  }

  /** Ends all processes at once. */
  readonly close = (): void => {
    this.signal.removeEventListener('abort', this.abort);
    process.off('exit', this.close);
    this.queue.length = 0;
    for (const { child } of this.places) {
      child.removeAllListeners().on('error', () => undefined);
      child.kill('SIGKILL');
    }
    this.places.clear();
  };

  private readonly abort = (): void => {
    for (const errand of this.queue.splice(0)) errand.end(undefined);
    for (const { child, errand } of this.places) if (errand) tell(child, { kind: 'abort' });
  };

  /** Gives work to who has none. */
  private advance(): void {
    while (this.queue.length > 0) {
      const idle =
        [...this.places].find(({ errand }) => !errand) ?? (this.places.size < this.size ? this.begin() : undefined);
      if (!idle) return;
      this.give(idle, this.next(idle));
    }
  }

  /**
   * The longest first, so that none is left alone at the end. But what has been read is not read again if that can be:
   * first come searches of files that this process has read, then modules that nobody has, then files of no other one.
   */
  private next({ read }: Place): Errand {
    const others = new Set([...this.places].flatMap((place) => [...place.read]));
    const rank = ({ task, key }: Errand): number => {
      if (read.has(key)) return 0;
      return task.kind === 'load' ? 1 : others.has(key) ? 3 : 2;
    };
    const best = this.queue.reduce((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      return b < a || (a === b && other.weight > one.weight) ? other : one;
    });
    this.queue.splice(this.queue.indexOf(best), 1);
    return best;
  }

  private give(place: Place, errand: Errand): void {
    place.errand = errand;
    place.read.delete(errand.key);
    place.read.add(errand.key);
    for (const old of [...place.read].slice(0, -MOST_KEPT)) place.read.delete(old);
    const id = this.all.push(errand) - 1;
    tell(place.child, { ...errand.task, id });
  }

  private begin(): Place {
    const child = fork(fileURLToPath(builtFile('../../bin/searcher.js')), {
      // Flags of this process may be about its own script.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const place: Place = { child, errand: undefined, read: new Set() };
    this.places.add(place);
    child.on('message', (message: FromSearcher) => this.receive(place, message));
    child.on('error', ({ message }) => this.lose(place, `(${message})`));
    child.on('exit', (code, signal) => this.lose(place, signal ? `by ${signal}` : `with exit code ${code}`));
    return place;
  }

  private receive(place: Place, message: FromSearcher): void {
    this.all[message.id]?.hear(message);
    if (message.kind !== 'came' && message.kind !== 'failed') return;
    place.errand = undefined;
    // Whoever waits for a module may have searches for the process that has loaded it.
    setImmediate(() => this.advance());
  }

  /** A process has ended by itself: its check has no answer, and the others go to another one. */
  private lose(place: Place, how: string): void {
    if (!this.places.delete(place)) return;
    place.errand?.end(
      `the process that searched it ended ${how}; if it ran out of memory, try smaller bounds, fewer --jobs, or NODE_OPTIONS=--max-old-space-size=8192`,
    );
    this.advance();
  }
}

/** A process that has just ended says so by itself. */
const tell = (child: ChildProcess, message: ToSearcher): void => void child.send(message, () => undefined);
