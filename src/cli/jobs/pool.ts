/**
 * `--jobs N`: a pool of processes that search checks, kept for as long as a command needs them.
 *
 * ```
 * const pool = new Pool(4, flags, keeps, signal);
 * pool.expect(jobs); // those begin
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
import { stripVTControlCharacters } from 'node:util';
import { notAsked } from '../../answer/ask.js';
import { invariant } from '../../core/invariant.js';
import { builtFile } from '../../worker/built.js';
import { complained, type Searcher, type SearchFlags, type Timed } from '../commands/search.js';
import { complain, complainOnce } from '../io/terminal.js';
import { type Job, originOf } from '../load/load.js';
import { type FromSearcher, type Request, type ToSearcher, textOf } from './messages.js';

/** A job, on its way to its answer. */
class Errand {
  readonly answer: Promise<Timed>;
  private settle: (timed: Timed) => void = () => undefined;
  private said: string[] | undefined = [];

  constructor(
    readonly id: number,
    readonly job: Job,
  ) {
    this.answer = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** It is its turn: says what has been said, and from now on says it at once. */
  async listen(): Promise<Timed> {
    for (const text of this.said ?? []) say(text);
    this.said = undefined;
    return this.answer;
  }

  hear(message: FromSearcher): void {
    if (message.kind === 'said') this.say(message.text);
    else if (message.kind === 'progress') {
      if (!this.said) complain(message.text);
    } else if (message.kind === 'answer') this.settle(message);
    else this.end(message.reason);
  }

  /** @param reason why there is no answer; undefined: it was not reached */
  end(reason: string | undefined): void {
    const { subject, check } = this.job;
    const answer =
      reason === undefined ? notAsked(subject, check) : complained(subject, check, reason, (text) => this.say(text));
    this.settle({ answer, took: 0 });
  }

  private say(text: string): void {
    if (this.said) this.said.push(text);
    else say(text);
  }
}

/** An error of a handler is said by each process that meets it. */
const say = (text: string): void =>
  stripVTControlCharacters(text).startsWith('error[') ? complainOnce(text) : complain(text);

/** One process, and what it is at. */
interface Place {
  readonly child: ChildProcess;
  errand: Errand | undefined;
  /** The files it has read last. */
  text: string;
}

export class Pool implements Searcher {
  private readonly errands = new Map<Job, Errand>();
  private readonly all: Errand[] = [];
  private readonly queue: Errand[] = [];
  private readonly places = new Set<Place>();

  /**
   * @param size how many processes there are at most
   * @param keeps whether what was learned of a protocol is kept
   * @param signal ends what is under way, which gives what it has found; the rest is not begun
   */
  constructor(
    private readonly size: number,
    private readonly flags: SearchFlags,
    private readonly keeps: boolean,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.abort);
    process.on('exit', this.close);
  }

  readonly expect = (jobs: readonly Job[]): void => {
    for (const job of jobs) {
      if (this.errands.has(job)) continue;
      const errand = new Errand(this.all.length, job);
      this.all.push(errand);
      this.errands.set(job, errand);
      if (this.signal.aborted) errand.end(undefined);
      else this.queue.push(errand);
    }
    this.advance();
  };

  readonly search = (job: Job): Promise<Timed> => {
    this.expect([job]);
    return (this.errands.get(job) as Errand).listen();
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

  /** Gives work to who has none. */
  private advance(): void {
    while (this.queue.length > 0) {
      const idle =
        [...this.places].find(({ errand }) => !errand) ?? (this.places.size < this.size ? this.begin() : undefined);
      if (!idle) return;
      this.give(idle, this.next(idle));
    }
  }

  /** What has been read is not read again if that can be: first the spec at hand, then one that nobody else is at. */
  private next({ text }: Place): Errand {
    const others = new Set([...this.places].filter(({ errand }) => errand).map((place) => place.text));
    const at = (wanted: (text: string) => boolean): number =>
      this.queue.findIndex(({ job }) => wanted(textOf(job.subject)));
    const own = at((it) => it === text);
    const free = own >= 0 ? own : at((it) => !others.has(it));
    const [errand] = this.queue.splice(Math.max(free, 0), 1);
    invariant(errand, 'somebody waits');
    return errand;
  }

  private give(place: Place, errand: Errand): void {
    const { id, job } = errand;
    const { subject, check, label } = job;
    const origin = originOf(subject);
    invariant(origin, 'a subject was loaded');
    place.errand = errand;
    place.text = textOf(subject);
    const { flags, keeps } = this;
    tell(place.child, {
      kind: 'search',
      request: { id, origin, text: place.text, check, label, flags, keeps } satisfies Request,
    });
  }

  private begin(): Place {
    const child = fork(fileURLToPath(builtFile('../../bin/searcher.js')), {
      // Flags of this process may be about its own script.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const place: Place = { child, errand: undefined, text: '' };
    this.places.add(place);
    child.on('message', (message: FromSearcher) => this.receive(place, message));
    child.on('error', ({ message }) => this.lose(place, `(${message})`));
    child.on('exit', (code, signal) => this.lose(place, signal ? `by ${signal}` : `with exit code ${code}`));
    return place;
  }

  private receive(place: Place, message: FromSearcher): void {
    this.all[message.id]?.hear(message);
    if (message.kind !== 'answer' && message.kind !== 'failed') return;
    place.errand = undefined;
    this.advance();
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
