/**
 * Faults of whole TCP connections, through a Toxiproxy that the user has, for what none of our proxies understands.
 *
 * ```yaml
 * toxiproxy: { url: "http://127.0.0.1:8474", proxies: [shop_kafka] }
 * exclusive: true
 * ```
 * Each of the proxies is a call of every experiment: whether it is used is not known. `reset` takes it down, `hang`
 * lets no answer through, `delay` makes answers late, all for as long as the experiment lasts. By Toxiproxy's HTTP API
 * (https://github.com/Shopify/toxiproxy).
 */
import { SystemFailure } from '../../experiments/experiment.js';
import { type Answer, ask } from './entry.js';
import type { FaultSettings, HttpFaultKind } from './faults.js';
import { EDGE, type Ledger } from './ledger.js';

export interface ToxiproxyOptions {
  /** Of its API. */
  readonly url: URL;
  /** Names of proxies. */
  readonly proxies: readonly string[];
}

const KINDS: readonly HttpFaultKind[] = ['reset', 'hang', 'delay'];

/** The kinds that connections as a whole can be hit by. */
export const tcpKinds = (wanted: readonly HttpFaultKind[]): readonly HttpFaultKind[] =>
  wanted.filter((kind) => KINDS.includes(kind));

/** The name of what we add to a proxy. */
const TOXIC = 'ldfi';
/** Milliseconds for one request: an interrupt waits for it. */
const PATIENCE = 800;

export class Toxiproxy {
  /** What takes back what was done, the last first. */
  private undo: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly options: ToxiproxyOptions,
    private readonly settings: FaultSettings,
  ) {}

  /** Removes what a run that was killed may have left. @throws SystemFailure if a proxy is not there, or is down */
  async prepare(): Promise<void> {
    for (const name of this.options.proxies) {
      const { json } = await this.request('GET', name);
      const { enabled, toxics } = (json ?? {}) as { enabled?: unknown; toxics?: unknown };
      if (enabled !== true) throw new SystemFailure(`the proxy ${name} of Toxiproxy is down: enable it first`);
      const names = Array.isArray(toxics) ? toxics.map((it) => (it as { name?: unknown } | null)?.name) : [];
      if (names.includes(TOXIC)) await this.request('DELETE', `${name}/toxics/${TOXIC}`);
    }
  }

  /**
   * Writes down each proxy as a call, and lets the faults of an experiment happen.
   * @returns whether there was one
   * @throws SystemFailure
   */
  async begin(ledger: Ledger): Promise<boolean> {
    for (const name of this.options.proxies) {
      const call = ledger.begin({ service: name, method: 'TCP', target: 'connections', body: undefined }, EDGE);
      if (call.fault === undefined) call.status = 200;
      else await this.inflict(name, call.fault);
      call.fired = call.fault !== undefined;
      ledger.end(call);
    }
    return this.undo.length > 0;
  }

  /** All is as it was. @throws SystemFailure */
  async end(): Promise<void> {
    for (const act of this.undo.splice(0).reverse()) await act();
  }

  private async inflict(name: string, kind: string): Promise<void> {
    if (kind === 'reset') {
      this.undo.push(() => this.request('POST', name, { enabled: true }));
      await this.request('POST', name, { enabled: false });
      return;
    }
    const toxics: Readonly<Record<string, object>> = {
      hang: { type: 'timeout', attributes: { timeout: 0 } },
      delay: { type: 'latency', attributes: { latency: this.settings.delayMs, jitter: 0 } },
    };
    const toxic = { name: TOXIC, stream: 'downstream', toxicity: 1, ...toxics[kind] };
    this.undo.push(() => this.request('DELETE', `${name}/toxics/${TOXIC}`));
    await this.request('POST', `${name}/toxics`, toxic);
  }

  private async request(method: string, path: string, json?: object): Promise<Answer> {
    const { url } = this.options;
    const answer = await ask(
      {
        url: new URL(`/proxies/${path.split('/').map(encodeURIComponent).join('/')}`, url),
        method,
        headers: json ? { 'content-type': 'application/json' } : {},
        body: json && JSON.stringify(json),
        timeoutMs: PATIENCE,
      },
      {},
    );
    if (answer.status >= 200 && answer.status < 300) return answer;
    const why = answer.error ?? `it answered ${answer.status}`;
    throw new SystemFailure(`Toxiproxy at ${url.href} cannot be used: ${method} /proxies/${path}: ${why}`);
  }
}
