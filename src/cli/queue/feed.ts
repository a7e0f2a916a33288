/**
 * `ldfi test --queue redis://…`: gives checks, or their parts, to the workers of a queue, and collects what comes.
 *
 * Nothing is lost: a worker that ends in the middle loses its lock on the unit, which goes to another one; and a unit
 * that is nowhere any more (Redis began anew without its data) is given again. What comes twice counts once.
 */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import { complain } from '../io/terminal.js';
import type { Doer } from '../jobs/crew.js';
import type { Errand } from '../jobs/errand.js';
import { type Link, QUEUE } from './link.js';
import { readResult, resultsOf, signOf, unitOf } from './unit.js';

/** Milliseconds between two looks at what has come, and between two at what has become of the rest. */
const EVERY = { results: 200, units: 3_000, sign: 10_000 };

/** Seconds for which workers believe that somebody waits. */
const SIGN = 60;

/** Milliseconds after which it is said that there is no worker. */
const PATIENCE = 5_000;

/** Milliseconds for tidying up, if Redis does not answer. */
const FAREWELL = 5_000;

export class Feed implements Doer {
  readonly loads = false;
  private readonly run = randomUUID();
  private readonly queue: Queue;
  private readonly open = new Map<number, Errand>();
  /** How often in a row a unit was nowhere. */
  private readonly missing = new Map<number, number>();
  private readonly timers: NodeJS.Timeout[] = [];
  private count = 0;
  private isClosed = false;

  /** @param signal ends it: what has not come will not */
  constructor(
    private readonly link: Link,
    private readonly signal: AbortSignal,
  ) {
    this.queue = new link.bull.Queue(QUEUE, { connection: link.options });
    this.queue.on('error', () => undefined);
    signal.addEventListener('abort', this.abort);
    this.sign();
    this.every(EVERY.results, () => this.collect());
    this.every(EVERY.units, () => this.look());
    this.every(EVERY.sign, async () => this.sign());
    this.timers.push(setTimeout(() => void this.askForWorkers(), PATIENCE));
  }

  add(errands: readonly Errand[]): void {
    for (const errand of errands) {
      const id = this.count++;
      this.open.set(id, errand);
      if (this.signal.aborted) this.end(id, undefined);
      else this.give(id, errand);
    }
  }

  /** Leaves nothing behind. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.signal.removeEventListener('abort', this.abort);
    for (const timer of this.timers) clearInterval(timer);
    const { redis } = this.link;
    const tidy = async (): Promise<void> => {
      await redis.del(signOf(this.run), resultsOf(this.run));
      // One that is being searched cannot be removed; its worker sees that nobody waits.
      // Also what came while Redis was away, and was given to another worker again.
      for (let id = 0; id < this.count; id++) await this.queue.remove(this.nameOf(id)).catch(() => undefined);
      await this.queue.close();
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL);
    });
    await Promise.race([tidy().catch(() => undefined), late]);
    clearTimeout(timer);
    redis.disconnect();
    void this.queue.disconnect().catch(() => undefined);
  }

  private readonly abort = (): void => {
    for (const errand of this.open.values()) errand.end(undefined);
  };

  private nameOf(id: number): string {
    return `${this.run}-${id}`;
  }

  private give(id: number, { task }: Errand): void {
    if (task.kind !== 'search') return;
    const options = { jobId: this.nameOf(id), removeOnComplete: true, removeOnFail: { age: 3_600 } };
    void this.queue.add('unit', unitOf(this.run, id, task.request), options).catch(() => undefined);
  }

  private end(id: number, reason: string | undefined): void {
    this.open.get(id)?.end(reason);
    this.open.delete(id);
    this.missing.delete(id);
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    let isAtIt = false;
    const turn = async (): Promise<void> => {
      if (isAtIt || this.isClosed) return;
      isAtIt = true;
      await work().catch(() => undefined);
      isAtIt = false;
    };
    this.timers.push(setInterval(() => void turn(), milliseconds));
  }

  private sign(): void {
    void this.link.redis.set(signOf(this.run), '1', 'EX', SIGN).catch(() => undefined);
  }

  private async collect(): Promise<void> {
    const texts = (await this.link.redis.lpop(resultsOf(this.run), 100)) ?? [];
    for (const text of texts) {
      const result = readResult(text);
      const errand = result && this.open.get(result.id);
      if (!errand) continue;
      const { id, said, came, reason } = result;
      for (const line of said) errand.hear({ kind: 'said', id, text: line });
      if (came === undefined) this.end(id, reason ?? 'its worker said nothing');
      else {
        errand.hear({ kind: 'came', id, came });
        this.open.delete(id);
      }
    }
  }

  /** What became of units of which nothing has come. */
  private async look(): Promise<void> {
    for (const [id, errand] of [...this.open]) {
      const name = this.nameOf(id);
      const state = await this.queue.getJobState(name);
      if (!this.open.has(id) || this.isClosed) continue;
      if (state === 'failed') {
        await this.queue.remove(name);
        this.end(
          id,
          'the workers that searched it ended again and again; if they ran out of memory, try smaller bounds',
        );
      } else if (state === 'unknown') {
        const times = (this.missing.get(id) ?? 0) + 1;
        this.missing.set(id, times % 2);
        // It may have come between two looks.
        if (times === 2) this.give(id, errand);
      } else this.missing.delete(id);
    }
  }

  private async askForWorkers(): Promise<void> {
    const workers = await this.queue.getWorkersCount().catch(() => 1);
    if (workers === 0 && !this.isClosed)
      complain(
        `note: nobody takes from the queue at ${this.link.where}; begin with: npx ldfi worker --queue redis://${this.link.where}\n`,
      );
  }
}
