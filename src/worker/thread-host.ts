/**
 * A host in a thread of its own: the module is loaded there, and asked by messages, so that whatever its code does ends
 * there. An abort ends the thread.
 */
import { setMaxListeners } from 'node:events';
import type { BloomProgram } from '../bloom/model.js';
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
import type { Compiled } from './compiled.js';
import { isSelfContained } from './compiled.js';
import { forgetThread, noteThread } from './live-threads.js';
import {
  eachOrError,
  errorFrom,
  finalToWire,
  ProbeReader,
  type Question,
  reachedFrom,
  runFrom,
  stepToWire,
  type Wire,
  type WireError,
} from './messages.js';
import { compilerThread, FRESH, freshThread } from './threads.js';
import type { WatchedThread } from './watched-thread.js';

/** What `load` finds. */
export interface LoadedThread {
  /** The module and the user's own modules that it imports, by absolute path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The same with what the compiler made of them: who has it need not compile them again. */
  readonly compiled: ReadonlyMap<string, Compiled>;
  /** What was thrown, if it could not be loaded. */
  readonly thrown: Error | undefined;
  /** Why there is nothing to search, if so. */
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
  readonly protocols: readonly {
    readonly info: ProtocolInfo;
    readonly names: readonly string[];
    readonly host: ThreadHost;
  }[];
  /** Its Bloom program, if that is what it exports; places name files by their absolute paths. */
  readonly bloom: BloomProgram | undefined;
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
  private thread: WatchedThread | undefined;
  private loading: Promise<unknown> | undefined;
  private compiled: ReadonlyMap<string, Compiled>;
  private all: boolean;
  /** Rejects when the module is given up. */
  private readonly given: Promise<never>;
  private giveUp: (reason: unknown) => void = () => undefined;
  /** Threads of the same module. */
  private readonly others = new Set<ModuleThread>();

  /** @param path absolute */
  constructor(
    readonly path: string,
    private readonly options: ThreadOptions = {},
  ) {
    this.compiled = options.compiled ?? new Map();
    this.all = options.all ?? false;
    this.given = new Promise((_, reject) => {
      this.giveUp = reject;
    });
    this.given.catch(() => undefined);
    // However many threads wait for one signal, none of them is a leak.
    if (options.signal) setMaxListeners(0, options.signal);
    options.signal?.addEventListener('abort', this.abort);
    noteThread(this.close);
    void this.begun();
  }

  /** @throws LoadTimeout, the signal's reason, or an error if the thread broke */
  async load(): Promise<LoadedThread> {
    const found = (await this.begun()) as {
      files: WrittenFiles;
      thrown: WireError | null;
      problems: LoadedThread['problems'];
      protocols: { info: ProtocolInfo; names: string[] }[];
      blooms: unknown[];
    };
    this.compiled = filesFrom(found.files);
    return {
      files: found.files.map(([path, text]) => ({ path, text })),
      compiled: this.compiled,
      thrown: found.thrown ? errorFrom(found.thrown) : undefined,
      problems: found.problems,
      protocols: found.protocols.map((one, number) => ({ ...one, host: new ThreadHost(this, number, one.info) })),
      bloom: found.blooms.length === 1 ? await bloomFrom(found.blooms[0]) : undefined,
    };
  }

  /** The default export, as data. */
  async exported(): Promise<unknown> {
    await this.load();
    return this.ask({ op: 'exports' });
  }

  async ask(question: Question): Promise<unknown> {
    await this.begun();
    return (this.thread as WatchedThread).ask(question);
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
    const reason = new Error('the thread of the protocol was closed');
    this.giveUp(reason);
    this.thread?.end(reason);
    for (const other of this.others) other.close();
    this.others.clear();
  };

  /** What loading finds, in the thread that there is now. */
  private begun(): Promise<unknown> {
    if (!this.loading || this.thread?.ended) {
      this.thread = undefined;
      this.loading = this.begin();
      // Whoever asks for it hears of it.
      this.loading.catch(() => undefined);
    }
    return this.loading;
  }

  private async begin(): Promise<unknown> {
    const { path } = this;
    if (this.compiled.size === 0) {
      const asked = compilerThread()?.ask({ op: 'compile', path });
      // That thread is shared: what ends it may be another module. This one's own thread tells what is wrong with it.
      const files = await Promise.race([asked?.catch(() => undefined), this.given]);
      if (files) this.compiled = filesFrom(files);
    }
    const { compiled, all } = this;
    this.thread = freshThread(!isSelfContained(compiled));
    const found = await this.thread.ask({ op: 'load', module: { path, compiled, all } });
    if (all || (found as { lacks?: unknown }).lacks !== true) return found;
    this.all = true;
    this.thread.end(undefined);
    return this.begin();
  }

  private readonly abort = (): void => {
    this.giveUp(this.options.signal?.reason);
    if (this.thread?.isAsked) this.thread.end(this.options.signal?.reason);
  };
}

type WrittenFiles = readonly (readonly [path: string, source: string, code: string])[];

const filesFrom = (files: unknown): ReadonlyMap<string, Compiled> =>
  new Map((files as WrittenFiles).map(([path, source, code]) => [path, { source, code }]));

/** Code of the module's shares the thread that answers. @throws LdfiError for what is no program */
async function bloomFrom(answer: unknown): Promise<BloomProgram> {
  const { BLOOM } = await import('../bloom/model.js');
  const parsed = BLOOM.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new LdfiError('bad-protocol', 'the Bloom program of the module cannot be read: does its code tamper with it?');
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
