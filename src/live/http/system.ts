/**
 * Services that talk HTTP, as a system for experiments: one request at the edge is one experiment.
 *
 * ```ts
 * const system = new HttpSystem(config);
 * await system.open();
 * const verdict = await searchLive(system, …);
 * await system.close();
 * ```
 * Before the first experiment some requests are made without faults, to find out how the calls of each route are best
 * named.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { type Experiment, type LiveFault, type LiveSystem, SystemFailure } from '../../experiments/experiment.js';
import { GrpcProxy } from '../grpc/proxy.js';
import { isHealthy, type Reset, resetState } from '../state/reset.js';
import { Desk } from './desk.js';
import { type Answer, ask, type Entry } from './entry.js';
import { arrives, type FaultSettings, type HttpFaultKind, kindsFor, queryKinds } from './faults.js';
import { type Precision, precisionsOf } from './identity.js';
import { type Call, EDGE, Ledger } from './ledger.js';
import { type Naming, newNaming } from './naming.js';
import { judge, type Promises } from './promise.js';
import { PromiseThread } from './promise-thread.js';
import { type ReverseProxy, ServiceProxy } from './proxy.js';
import { type DatabaseOptions, QueryDesk } from './query-desk.js';
import { Toxiproxy, type ToxiproxyOptions, tcpKinds } from './toxiproxy.js';
import { firstHeaders, tokenOf } from './trace.js';

interface ServiceOptions {
  readonly name: string;
  readonly url: URL;
  readonly protocol?: 'http' | 'grpc';
  /** Where its proxy listens; 0 for a port that the system chooses. */
  readonly port: number;
  /** Never to fail. */
  readonly required: boolean;
  /** On this machine, or allowed to be sent requests that change something each time. */
  readonly isOwn: boolean;
}

export interface HttpSystemOptions {
  readonly services: readonly ServiceOptions[];
  /** Queries to these are calls, too, in services that ask at a port about them; 0 for one that the system chooses. */
  readonly queries?: { readonly port: number; readonly databases: readonly DatabaseOptions[] } | undefined;
  /** Proxies of others that may be taken down, which needs `exclusive`. */
  readonly toxiproxy?: ToxiproxyOptions | undefined;
  /** The address that proxies listen at. */
  readonly host: string;
  readonly entry: Entry;
  readonly promises: Promises;
  readonly kinds: readonly HttpFaultKind[];
  readonly settings: FaultSettings;
  /** One experiment at a time, to which calls without headers are given. */
  readonly exclusive: boolean;
  /** Experiments at once. */
  readonly parallel: number;
  /** Milliseconds in which no call must have been under way after the answer, for work in the background. */
  readonly lingerMs: number;
  /** Milliseconds after that for which calls may go on. */
  readonly settleMs: number;
  readonly reset: Reset;
  /** Answers 2xx as long as the system works at all. */
  readonly health: URL | undefined;
  /** Milliseconds that it may take to be healthy again. */
  readonly recoveryMs: number;
  /** How the calls of some routes are named. */
  readonly identity: ReadonlyMap<string, Precision>;
}

/** An experiment with what is shown of it. */
export interface HttpExperiment extends Experiment {
  readonly answer: Answer;
  readonly log: readonly Call[];
}

/** Requests that are made to find out how to name calls. */
const REHEARSALS = 3;
/** Milliseconds in which late calls of theirs are waited for. */
const LATE = 500;

export class HttpSystem implements LiveSystem<HttpExperiment> {
  readonly desk: Desk;
  readonly proxies: readonly ReverseProxy[];
  readonly queryDesk: QueryDesk | undefined;
  private readonly toxiproxy: Toxiproxy | undefined;
  readonly parallel: number;
  private naming: Naming = newNaming();
  private mayBeBroken = false;
  private thread: PromiseThread | undefined;

  constructor(private readonly options: HttpSystemOptions) {
    const { services, exclusive, parallel, settings } = options;
    this.desk = new Desk(exclusive);
    // Experiments that share a state would disturb each other.
    this.parallel = exclusive || options.reset.kind !== 'none' ? 1 : parallel;
    this.proxies = services.map(({ name, url, isOwn, protocol }) => {
      const its = { name, url, isOwn, desk: this.desk, settings };
      return protocol === 'grpc' ? new GrpcProxy(its) : new ServiceProxy(its);
    });
    this.toxiproxy = options.toxiproxy && new Toxiproxy(options.toxiproxy, settings);
    this.queryDesk = options.queries && new QueryDesk(options.queries.databases, this.desk, settings);
  }

  /** @throws SystemFailure if a port is taken, or Toxiproxy is not there */
  async open(): Promise<void> {
    const { file } = this.options.promises;
    if (file !== undefined) this.thread = new PromiseThread(file);
    await this.toxiproxy?.prepare();
    const { services, queries, host } = this.options;
    const ports: [string, ReverseProxy | QueryDesk, number][] = this.proxies.map((proxy, i) => [
      `the proxy of ${proxy.name}`,
      proxy,
      services[i]?.port ?? 0,
    ]);
    if (this.queryDesk) ports.push(['the desk for queries', this.queryDesk, queries?.port ?? 0]);
    for (const [name, listener, port] of ports)
      await listener.listen(port, host).catch((error: Error) => {
        throw new SystemFailure(`${name} cannot listen at port ${port}: ${error.message}`);
      });
  }

  /** Nothing is injected from now on, and all connections end. */
  async close(): Promise<void> {
    this.desk.disarm();
    const others = [this.queryDesk, this.thread].filter((part) => part !== undefined);
    await Promise.all([...this.proxies, ...others].map((part) => part.close()));
  }

  /** Names of calls that cannot be told apart. */
  get alike(): readonly string[] {
    return [...this.naming.alike].sort();
  }

  /** How the calls of each route are named. */
  get precisions(): ReadonlyMap<string, Precision> {
    return this.naming.precisions;
  }

  /** Finds out how to name calls. @throws the signal's reason when it is aborted; SystemFailure */
  async rehearse(signal?: AbortSignal): Promise<void> {
    const runs: HttpExperiment[] = [];
    for (let i = 0; i < REHEARSALS; i++) runs.push(await this.run([], signal));
    const found = precisionsOf(runs.map(({ log }) => log));
    this.naming = newNaming([...found, ...this.options.identity]);
    // Which calls are alike depends on the names.
    await this.run([], signal);
    // Work that begins in the background is noticed now, and not only after the verdict.
    await pauseFor(LATE, undefined, signal && { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  }

  async run(faults: readonly LiveFault[], signal?: AbortSignal): Promise<HttpExperiment> {
    const { entry, promises, reset } = this.options;
    if (this.mayBeBroken) await this.recover(signal);
    await resetState(reset, signal);
    const experiment = randomBytes(6).toString('hex');
    const trace = randomBytes(16).toString('hex');
    const ledger = new Ledger(experiment, trace, faults, this.naming, () => performance.now());
    this.desk.open(ledger);
    try {
      if (await this.toxiproxy?.begin(ledger)) this.mayBeBroken = true;
      const headers = firstHeaders(trace, randomBytes(8).toString('hex'), tokenOf(experiment, EDGE));
      const answer = await ask(entry, headers, signal);
      ledger.over();
      await this.settle(ledger, signal);
      const { outcome, problems } = await judge(promises, this.thread, answer, ledger.calls);
      this.mayBeBroken ||= outcome.kind === 'bad';
      return this.experimentOf(faults, ledger, { answer, outcome, problems: [...ledger.problems, ...problems] });
    } finally {
      this.desk.close(ledger);
      await this.toxiproxy?.end();
    }
  }

  doubts(): readonly string[] {
    const { late } = this.desk;
    return late === 0
      ? []
      : [`${late} ${late === 1 ? 'call' : 'calls'} came after the experiment was over: raise lingerMs`];
  }

  private experimentOf(
    faults: readonly LiveFault[],
    { calls }: Ledger,
    rest: Pick<HttpExperiment, 'answer' | 'outcome' | 'problems'>,
  ): HttpExperiment {
    const { services, kinds, queries, toxiproxy } = this.options;
    const databases = queries?.databases ?? [];
    const required = new Set([...services, ...databases].filter(({ required }) => required).map(({ name }) => name));
    const isQuery = new Set(databases.map(({ name }) => name));
    const kindsAt = (service: string, method: string): readonly HttpFaultKind[] => {
      if (required.has(service)) return [];
      if (toxiproxy?.proxies.includes(service)) return tcpKinds(kinds);
      return kindsFor(method, isQuery.has(service) ? queryKinds(kinds) : kinds);
    };
    const first = calls.filter(({ id }, i) => calls.findIndex((call) => call.id === id) === i);
    const fired = faults.filter(({ call }) => calls.some(({ id, fired }) => id === call && fired));
    const isHit = (id: string): boolean =>
      fired.some(({ call, kind }) => id === call || (!arrives(kind) && id.startsWith(`${call} > `)));
    return {
      faults,
      fired,
      calls: first.map(({ id, parent, service, method }) => ({
        id,
        parent,
        kinds: kindsAt(service, method),
      })),
      support: first.map(({ id }) => id).filter((id) => !isHit(id)),
      log: calls,
      ...rest,
    };
  }

  /** Waits for calls that go on after the answer, and for those of work in the background. */
  private async settle(ledger: Ledger, signal: AbortSignal | undefined): Promise<void> {
    const { lingerMs, settleMs } = this.options;
    const end = ledger.elapsed + lingerMs + settleMs;
    for (let wait = lingerMs; wait > 0; wait = Math.min(lingerMs - ledger.quiet, end - ledger.elapsed)) {
      await pauseFor(Math.ceil(wait), undefined, signal && { signal }).catch(() => undefined);
      signal?.throwIfAborted();
      // A call that hangs must not hang for longer than is waited for.
      ledger.over();
    }
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, end - ledger.elapsed));
      signal?.addEventListener('abort', done, { once: true });
      ledger.whenIdle(done);
    });
    signal?.throwIfAborted();
    for (const { id } of ledger.open)
      ledger.problems.add(`${id} was still under way ${lingerMs + settleMs} ms after the answer: raise settleMs`);
  }

  /** A system that no longer works at all is of no use. */
  private async recover(signal: AbortSignal | undefined): Promise<void> {
    this.mayBeBroken = false;
    const { health, recoveryMs } = this.options;
    if (health && !(await isHealthy(health, recoveryMs, signal)))
      throw new SystemFailure(`the system has not recovered: ${health.href} gave no good answer for ${recoveryMs} ms`);
  }
}
