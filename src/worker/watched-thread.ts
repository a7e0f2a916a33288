/**
 * A thread of a module, watched from outside: it is asked by messages, and ended where it does not come to an end.
 *
 * Who waits for it stays free. A loop is noticed by the computing time that goes by without a step, so that a busy
 * machine makes no loop of an honest handler.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { LdfiError } from '../core/invariant.js';
import { builtFile } from './built.js';
import { LoadTimeout } from './live-threads.js';
import { errorFrom, isError, type Question, type ThreadData } from './messages.js';

/** How long one call, or reading one file, may take: milliseconds of computing, and of doing nothing at all. */
const PATIENCE = { call: 3_000, load: 10_000, idle: 20_000 };

/** Milliseconds between two looks at a thread that is asked something. */
const LOOK = 100;

/** Megabytes that a module and its handlers may take. */
const MEMORY = 1_024;

interface Waiting {
  readonly question: Question;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread, until it ends. */
export class WatchedThread {
  ended = false;
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly counter: Int32Array;
  private readonly words: Uint8Array;
  private readonly waiting = new Map<number, Waiting>();
  private readonly clock: NodeJS.Timeout;
  private asked = 0;
  private seen = { steps: -1, cpu: process.cpuUsage(), active: 0, at: Date.now() };

  /** @param compiles whether it will have to compile something */
  constructor(compiles: boolean) {
    const progress = new SharedArrayBuffer(1_032);
    this.counter = new Int32Array(progress, 0, 2);
    this.words = new Uint8Array(progress, 8);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const data: ThreadData = { port: port2, compiles, progress };
    this.worker = new Worker(builtFile('start.cjs'), {
      workerData: data,
      transferList: [port2],
      // Those of this process may be about its own script.
      execArgv: [],
      stdin: true,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    // Stdout is for results: what modules and their handlers print goes to stderr.
    for (const stream of [this.worker.stdout, this.worker.stderr])
      stream.on('data', (chunk: Uint8Array) => void process.stderr.write(chunk));
    this.worker.on('error', (error) => this.end(this.broken(error)));
    this.worker.on('exit', () =>
      this.end(new LdfiError('impure-handler', `${this.where()} ended the process: no verdict would come`)),
    );
    port1.on('message', (message: { id: number; reply: unknown }) => this.receive(message));
    this.clock = setInterval(() => this.look(), LOOK);
    this.clock.unref();
    this.rest();
  }

  ask(question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++this.asked;
      if (this.waiting.size === 0) {
        this.seen.steps = -1;
        this.port.ref();
        this.worker.ref();
      }
      this.waiting.set(id, { question, resolve, reject });
      this.port.postMessage({ id, question });
    });
  }

  get isAsked(): boolean {
    return this.waiting.size > 0;
  }

  /** Ends it; whoever waits for an answer gets the reason instead. */
  end(reason: unknown): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.clock);
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
    this.port.close();
    void this.worker.terminate();
    this.worker.unref();
  }

  /** Does not hold the process open while nobody waits. */
  private rest(): void {
    this.port.unref();
    this.worker.unref();
  }

  private receive({ id, reply }: { id: number; reply: unknown }): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.rest();
    if (isError(reply)) waiting.reject(errorFrom(reply.error));
    else waiting.resolve((reply as { ok: unknown }).ok);
  }

  /** Whether it gets on. */
  private look(): void {
    if (this.waiting.size === 0) return;
    const steps = Atomics.load(this.counter, 0);
    if (steps !== this.seen.steps) {
      this.seen = { steps, cpu: process.cpuUsage(), active: 0, at: Date.now() };
      return;
    }
    const { user, system } = process.cpuUsage(this.seen.cpu);
    const computing = (user + system) / 1_000;
    const [{ question } = { question: undefined }] = this.waiting.values();
    const loads = question?.op === 'compile' || question?.op === 'load' || question?.op === 'exports';
    const most = loads ? PATIENCE.load : PATIENCE.call;
    // Idle is who has computed next to nothing between any two looks for so long, whatever went before.
    const at = computing - this.seen.active > LOOK / 10 ? Date.now() : this.seen.at;
    this.seen = { ...this.seen, active: computing, at };
    const idle = Date.now() - at > PATIENCE.idle;
    if (computing <= most && !idle) return;
    if (loads)
      this.end(
        new LoadTimeout(
          idle
            ? `it was not loaded within ${PATIENCE.idle / 1_000} s: does it wait for something at its top level?`
            : `it was not loaded within ${most / 1_000} s of computing: does it loop for ever at its top level?`,
        ),
      );
    else
      this.end(
        new LdfiError(
          'runaway-handler',
          idle
            ? `${this.where()} did not return within ${PATIENCE.idle} ms: does it wait for something?`
            : `${this.where()} did not return within ${most} ms of computing: does it loop for ever?`,
        ),
      );
  }

  /** The call under way, in words. */
  private where(): string {
    const length = Atomics.load(this.counter, 1);
    const text = new TextDecoder().decode(this.words.slice(0, length));
    return text === '' ? 'the check, or the function that makes an actor,' : text;
  }

  private broken(error: Error & { code?: unknown }): Error {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
    return new LdfiError(
      'runaway-handler',
      `${this.where()} needs more than ${MEMORY} MB of memory: does it loop for ever?`,
    );
  }
}
