/**
 * `--jobs N`: a pool of processes that search checks, kept for as long as a command needs them.
 *
 * ```
 * const pool = new Pool(4, flags, keeps, signal);
 * pool.expect(jobs); // those begin; modules may be loaded there, too
 * for (const job of jobs) await pool.search(job); // one by one, as if each were searched now
 * pool.close();
 * ```
 *
 * Processes and not threads: a search must be able to run out of memory alone, and an endless handler is known by the
 * computing time of its process (`worker/watched-thread.ts`), in which no other search may have a part. What a search
 * says on stderr is kept until it is asked for, so the order of all that is said is that of the jobs.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { notAsked } from '../../answer/ask.js';
import { type Findings, notReached } from '../../answer/findings.js';
import { invariant } from '../../core/invariant.js';
import { builtFile } from '../../worker/built.js';
import { allParts, complained, type Searcher, type SearchFlags, type Timed } from '../commands/search.js';
import { type Job, originOf } from '../load/load.js';
import { type LoadedProtocols, loadProtocols, type ProtocolLoader } from '../load/protocols.js';
import type { Durations } from '../shards/cut.js';
import { type Ended, Errand } from './errand.js';
import { type FromSearcher, MOST_KEPT, type Request, type ToSearcher, textOf } from './messages.js';
import { weightOf, weightOfFile } from './weight.js';

/** One process, and what it is at. */
interface Place {
  readonly child: ChildProcess;
  errand: Errand | undefined;
  /** The files it has read, those of the last errand at the end. */
  readonly read: Set<string>;
}

export class Pool implements Searcher {
  /** By check: one, or one for each of its parts. */
  private readonly searches = new Map<Job, Errand[]>();
  private readonly loads = new Map<string, Errand<LoadedProtocols>>();
  private readonly all: Errand[] = [];
  private readonly queue: Errand[] = [];
  private readonly places = new Set<Place>();

  /**
   * @param size how many processes there are at most
   * @param keeps whether what was learned of a protocol is kept
   * @param signal ends what is under way, which gives what it has found; the rest is not begun
   * @param durations how long checks took before, where that is known
   */
  constructor(
    private readonly size: number,
    private readonly flags: SearchFlags,
    private readonly keeps: boolean,
    private readonly signal: AbortSignal,
    private readonly durations: Durations = {},
  ) {
    signal.addEventListener('abort', this.abort);
    process.on('exit', this.close);
  }

  readonly expect = (jobs: readonly Job[]): void => {
    for (const job of jobs) {
      if (this.searches.has(job)) continue;
      const { split = 1 } = this.flags;
      const cubes = Array.from({ length: split }, (_, i) => ({ cube: { number: i + 1, of: split } }));
      this.searches.set(job, split === 1 ? [this.asking(job)] : cubes.map((cube) => this.asking(job, cube)));
    }
    this.advance();
  };

  readonly expectModules = (modules: readonly { readonly path: string; readonly part: boolean }[]): void => {
    for (const { path, part } of modules) {
      if (this.loads.has(path)) continue;
      const weight = weightOfFile(path, this.durations);
      this.loads.set(
        path,
        this.add(new Errand({ kind: 'load', id: this.all.length, path, part }, keyOf([path]), weight)),
      );
    }
    this.advance();
  };

  readonly search = async (job: Job): Promise<Timed> => {
    this.expect([job]);
    const errands = this.searches.get(job) as Errand[];
    const { subject, check } = job;
    const start = performance.now();
    const ended = await (errands.length === 1 ? (errands[0] as Errand<Timed>).listen() : this.inParts(job, errands));
    if ('came' in ended) return errands.length === 1 ? ended.came : { ...ended.came, took: performance.now() - start };
    const { reason } = ended;
    return { answer: reason === undefined ? notAsked(subject, check) : complained(subject, check, reason), took: 0 };
  };

  /** The answer to a check of which these search the parts; or why there is none. */
  private async inParts(job: Job, errands: readonly Errand[]): Promise<Ended<Timed>> {
    let failed: Ended<Timed> | undefined;
    const parts = await allParts(errands.length, async ({ number }) => {
      const ended = await (errands[number - 1] as Errand<Findings>).listen();
      if ('came' in ended) return ended.came;
      if (ended.reason !== undefined) failed ??= ended;
      return notReached();
    });
    const isReached = parts.some(({ verdict }) => verdict.statistics.executions > 0);
    if (failed || !isReached) return failed ?? { reason: undefined };
    // An answer is found for what there is, also after an abort.
    const errand = this.asking<Timed>(job, { parts }, true);
    this.advance();
    return errand.listen();
  }

  private asking<T>(job: Job, split?: Request['split'], always = false): Errand<T> {
    const { subject, check, label } = job;
    const origin = originOf(subject);
    invariant(origin, 'a subject was loaded');
    const { flags, keeps } = this;
    const request = { origin, text: textOf(subject), check, label, flags, keeps, split } satisfies Request;
    const task = { kind: 'search', id: this.all.length, request } as const;
    return this.add(new Errand<T>(task, keyOf(origin.paths), weightOf(job, this.durations)), always);
  }

  /** As `loadProtocols` does; where a process has ended over it, here. */
  readonly load: ProtocolLoader = async (path, part, signal) => {
    this.expectModules([{ path, part }]);
    const ended = await (this.loads.get(path) as Errand<LoadedProtocols>).listen();
    if ('came' in ended) return ended.came;
    this.signal.throwIfAborted();
    return loadProtocols(path, part, signal);
  };

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

  /** @param always after an abort, too */
  private add<T>(errand: Errand<T>, always = false): Errand<T> {
    this.all.push(errand as Errand);
    if (this.signal.aborted && !always) errand.end(undefined);
    else this.queue.push(errand as Errand);
    return errand;
  }

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
    tell(place.child, errand.task);
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

const keyOf = (paths: readonly string[]): string => JSON.stringify(paths);

/** A process that has just ended says so by itself. */
const tell = (child: ChildProcess, message: ToSearcher): void => void child.send(message, () => undefined);
