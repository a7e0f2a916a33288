/**
 * A host in a thread of its own: the module is loaded there, and asked by messages, so that whatever its code does ends
 * there.
 *
 * Who waits for it stays free: an abort, a signal or a timeout ends the thread. A loop is noticed by the computing time
 * that goes by without a step, so that a busy machine makes no loop of an honest handler.
 */
import { setMaxListeners } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { LdfiError } from '../core/invariant.js';
import type {
  FreshHosts,
  HostRun,
  Judge,
  Judgement,
  ProtocolHost,
  ProtocolInfo,
  Reading,
  RunRequest,
  StepRequest,
} from '../protocol/runtime/host.js';
import type { Final, Reached } from '../protocol/runtime/run.js';
import { builtFile } from './built.js';
import type { Compiled } from './compiled.js';
import { isSelfContained } from './compiled.js';
import { forgetThread, LoadTimeout, noteThread } from './live-threads.js';
import {
  eachOrError,
  errorFrom,
  finalToWire,
  isError,
  ProbeReader,
  type Question,
  reachedFrom,
  runFrom,
  stepToWire,
  type ThreadData,
  type Wire,
  type WireError,
} from './messages.js';

/** How long one call, or reading one file, may take: milliseconds of computing, and of doing nothing at all. */
const PATIENCE = { call: 3_000, load: 10_000, idle: 20_000 };

/** Milliseconds between two looks at a thread that is asked something. */
const LOOK = 100;

/** How many threads an audit compares with. */
const FRESH = 2;

/** Megabytes that a module and its handlers may take. */
const MEMORY = 1_024;

/** What `load` finds. */
export interface LoadedThread {
  /** The module and the user's own modules that it imports, by absolute path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What was thrown, if it could not be loaded. */
  readonly thrown: Error | undefined;
  /** Why there is nothing to search, if so. */
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
  readonly protocols: readonly {
    readonly info: ProtocolInfo;
    readonly names: readonly string[];
    readonly host: ThreadHost;
  }[];
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread, until it ends. */
class Thread {
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
    this.worker = new Worker(builtFile('thread.js'), {
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
    const loads = question?.op === 'load' || question?.op === 'exports';
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

/**
 * Threads at once; those that have been asked nothing for longest end first, and are made again when they are asked.
 */
const MOST_THREADS = 8;
const live: Thread[] = [];

/** Threads that are ready for a module; one that compiles loads the compiler first. */
const spare: { readonly thread: Thread; readonly compiles: boolean }[] = [];

const endSpare = (): void => {
  for (const { thread } of spare.splice(0)) thread.end(undefined);
};

/** Has so many threads of a kind ready that a module will need soon. */
function keepReady(count: number, compiles: boolean): void {
  for (let ready = spare.filter((one) => one.compiles === compiles).length; ready < count; ready++)
    spare.push({ thread: new Thread(compiles), compiles });
  noteThread(endSpare);
}

/** Starts the thread that will load a module, before it is known which. */
export const startThread = (): void => keepReady(1, true);

function spawn(compiles: boolean): Thread {
  for (const thread of live.filter(({ isAsked }) => !isAsked).slice(0, live.length - MOST_THREADS + 1))
    thread.end(undefined);
  live.splice(0, live.length, ...live.filter(({ ended }) => !ended));
  const at = spare.findIndex((one) => one.compiles === compiles && !one.thread.ended);
  const thread = spare.splice(at, at < 0 ? 0 : 1)[0]?.thread ?? new Thread(compiles);
  live.push(thread);
  return thread;
}

export interface ThreadOptions {
  /** Ends what is being asked when it is aborted: that rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly compiled?: ReadonlyMap<string, Compiled>;
  /** Whether all of 'ldfi' is to be had from the beginning. */
  readonly all?: boolean;
}

/** A module of the user's, in a thread that is made again when it has ended. */
export class ModuleThread {
  private thread: Thread | undefined;
  private loading: Promise<unknown> | undefined;
  private compiled: ReadonlyMap<string, Compiled>;
  private all: boolean;
  /** Threads of the same module. */
  private readonly others = new Set<ModuleThread>();

  /** @param path absolute */
  constructor(
    readonly path: string,
    private readonly options: ThreadOptions = {},
  ) {
    this.compiled = options.compiled ?? new Map();
    this.all = options.all ?? false;
    // However many threads wait for one signal, none of them is a leak.
    if (options.signal) setMaxListeners(0, options.signal);
    options.signal?.addEventListener('abort', this.abort);
    noteThread(this.close);
    void this.begun();
  }

  /** @throws LoadTimeout, the signal's reason, or an error if the thread broke */
  async load(): Promise<LoadedThread> {
    const loading = this.begun();
    // For the audit, while there is nothing to do but wait.
    keepReady(FRESH, false);
    const found = (await loading) as {
      files: [path: string, source: string, code: string][];
      thrown: WireError | null;
      problems: LoadedThread['problems'];
      protocols: { info: ProtocolInfo; names: string[] }[];
    };
    this.compiled = new Map(found.files.map(([path, source, code]) => [path, { source, code }]));
    return {
      files: found.files.map(([path, text]) => ({ path, text })),
      thrown: found.thrown ? errorFrom(found.thrown) : undefined,
      problems: found.problems,
      protocols: found.protocols.map((one, number) => ({ ...one, host: new ThreadHost(this, number, one.info) })),
    };
  }

  /** The default export, as data. */
  async exported(): Promise<unknown> {
    await this.load();
    return this.ask({ op: 'exports' });
  }

  async ask(question: Question): Promise<unknown> {
    await this.begun();
    return (this.thread as Thread).ask(question);
  }

  /** A thread of the same module in which nothing has run; it ends with this one. */
  anew(): ModuleThread {
    const other = new ModuleThread(this.path, { ...this.options, compiled: this.compiled, all: this.all });
    this.others.add(other);
    return other;
  }

  readonly close = (): void => {
    this.options.signal?.removeEventListener('abort', this.abort);
    forgetThread(this.close);
    this.thread?.end(new Error('the thread of the protocol was closed'));
    for (const other of this.others) other.close();
    this.others.clear();
  };

  /** What loading finds, in the thread that there is now. */
  private begun(): Promise<unknown> {
    if (!this.thread || this.thread.ended || !this.loading) {
      const { path, compiled, all } = this;
      this.thread = spawn(!isSelfContained(compiled));
      this.loading = this.thread.ask({ op: 'load', module: { path, compiled, all } }).then((found) => {
        if (this.all || (found as { lacks?: unknown }).lacks !== true) return found;
        this.all = true;
        this.thread?.end(undefined);
        return this.begun();
      });
      // Whoever asks for it hears of it.
      this.loading.catch(() => undefined);
    }
    return this.loading;
  }

  private readonly abort = (): void => {
    if (this.thread?.isAsked) this.thread.end(this.options.signal?.reason);
  };
}

/** One protocol of a module. */
class ThreadHost implements ProtocolHost {
  private probes = new ProbeReader();
  private readonly written = new WeakMap<Final, Wire>();

  constructor(
    readonly module: ModuleThread,
    private readonly number: number,
    readonly protocol: ProtocolInfo,
  ) {}

  fresh(): FreshHosts {
    const modules = Array.from({ length: FRESH }, () => this.module.anew());
    return {
      hosts: modules.map((module) => new ThreadHost(module, this.number, this.protocol)),
      close: () => {
        for (const module of modules) module.close();
      },
    };
  }

  async start(): Promise<readonly string[]> {
    return (await this.module.ask({ op: 'start', protocol: this.number })) as string[];
  }

  async run(request: RunRequest): Promise<HostRun> {
    const answer = await this.module.ask({ op: 'run', protocol: this.number, request });
    return runFrom(answer, this.protocol.nodes, this.probes);
  }

  async step(requests: readonly StepRequest[]): Promise<readonly (readonly Reached[] | LdfiError)[]> {
    if (requests.length === 0) return [];
    const answer = await this.module.ask({ op: 'step', protocol: this.number, requests: requests.map(stepToWire) });
    return eachOrError(answer, (reached) => (reached as unknown[]).map(reachedFrom));
  }

  async judge(
    worlds: readonly (readonly Final[])[],
    reading: Reading,
    by: Judge,
  ): Promise<readonly (Judgement | LdfiError)[]> {
    if (worlds.length === 0) return [];
    const question = {
      op: 'judge',
      protocol: this.number,
      worlds: worlds.map((it) => it.map(this.write)),
      reading,
      by,
    } as const;
    return eachOrError(await this.module.ask(question), (judgement) => this.probes.read(judgement));
  }

  async finish(): Promise<void> {
    await this.module.ask({ op: 'finish', protocol: this.number });
  }

  private readonly write = (final: Final): Wire => {
    let known = this.written.get(final);
    if (known === undefined) {
      known = finalToWire(final);
      this.written.set(final, known);
    }
    return known;
  };
}
