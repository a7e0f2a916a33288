/**
 * Faults of whole connections by the API of Toxiproxy, of which a small stand-in is written here: a proxy in TCP that can
 * be taken down, and that can keep answers back.
 */
import { createServer as createHttpServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import { parseLiveConfig } from '../../src/live/http/config.js';
import { optionsOf } from '../../src/live/http/options.js';
import { HttpSystem } from '../../src/live/http/system.js';
import { type Running, serve } from './shop/service.js';

interface Toxic {
  readonly name: string;
  readonly type: string;
  readonly attributes: { readonly latency?: number };
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

class StandIn {
  enabled = true;
  toxics: Toxic[] = [];
  /** What its API was asked. */
  readonly asked: string[] = [];
  port = 0;
  readonly api = createHttpServer((asked, answer) => void this.answer(asked, answer));
  private readonly sockets = new Set<Socket>();
  private readonly tcp = createServer((socket) => this.pass(socket));

  constructor(private readonly upstream: number) {}

  async open(): Promise<number> {
    this.port = await listening(this.tcp);
    return listening(this.api);
  }

  close(): void {
    this.cut();
    this.tcp.close();
    this.api.close();
    this.api.closeAllConnections();
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private pass(socket: Socket): void {
    if (!this.enabled) {
      socket.destroy();
      return;
    }
    const other = connect(this.upstream, '127.0.0.1');
    for (const one of [socket, other]) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => this.sockets.delete(one));
    }
    socket.pipe(other);
    socket.on('close', () => other.destroy());
    // Who waits for an answer that is kept back goes on waiting.
    const later = (act: () => void): void => {
      const [toxic] = this.toxics;
      if (toxic?.type !== 'timeout') setTimeout(act, toxic?.attributes.latency ?? 0);
    };
    other.on('data', (piece) => later(() => socket.writable && socket.write(piece)));
    other.on('close', () => later(() => socket.end()));
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of asked) text += piece;
    const { method, url } = asked;
    this.asked.push(`${method} ${url} ${text}`.trim());
    const say = (status: number, json?: unknown): unknown => answer.writeHead(status).end(JSON.stringify(json));
    if (url === '/proxies/cache' && method === 'POST') {
      this.enabled = JSON.parse(text).enabled;
      if (!this.enabled) this.cut();
    } else if (url === '/proxies/cache/toxics') this.toxics.push(JSON.parse(text));
    else if (url === '/proxies/cache/toxics/ldfi') this.toxics = [];
    else if (url !== '/proxies/cache') {
      say(404, { error: 'proxy not found' });
      return;
    }
    say(200, { name: 'cache', enabled: this.enabled, toxics: this.toxics });
  }
}

let backend: Running;
let front: Running;
let standIn: StandIn;
let system: HttpSystem;
let api = 0;

const get = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, agent: false, timeout: 700 }, (answer) => {
      answer.resume().on('end', () => resolve(true));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });

/** A configuration of the front alone. @param more lines of it */
function systemOf(more: string): HttpSystem {
  const parsed = parseLiveConfig(`
toxiproxy: { url: "http://127.0.0.1:${api}", proxies: [cache] }
exclusive: true
entry: { url: "http://127.0.0.1:${front.port}/" }
${more}`);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return new HttpSystem(optionsOf(parsed.config));
}

beforeEach(async () => {
  backend = await serve(async () => ({ status: 200 }));
  standIn = new StandIn(backend.port);
  api = await standIn.open();
  front = await serve(async () => ({ status: 200, json: { fresh: await get(standIn.port) } }));
});
afterEach(async () => {
  await system?.close();
  standIn.close();
  await Promise.all([front.close(), backend.close()]);
});

describe('a proxy of Toxiproxy', () => {
  test('is a call that can fail in three ways, and is as it was afterwards', async () => {
    system = systemOf(
      'expect: answer.status == 200 && answer.json.fresh\nkinds: [status, reset, hang, delay]\nfaults: { delayMs: 5000 }',
    );
    await system.open();
    await system.rehearse();
    const verdict = await searchLive(system, { maxFaults: 1 });
    expect(verdict.reasons).toEqual([]);
    expect(verdict.baseline?.calls).toEqual([
      { id: 'cache TCP connections #1', parent: undefined, kinds: ['reset', 'hang', 'delay'] },
    ]);
    expect(verdict.counterexamples.map(({ faults }) => faults)).toEqual(
      ['reset', 'hang', 'delay'].map((kind) => [{ call: 'cache TCP connections #1', kind }]),
    );
    expect(standIn).toMatchObject({ enabled: true, toxics: [] });
    expect(await get(standIn.port)).toBe(true);
  });

  test('holds where the service does without', async () => {
    system = systemOf('expect: answer.status == 200\nkinds: [reset]');
    await system.open();
    await system.rehearse();
    expect(await searchLive(system, { maxFaults: 1 })).toMatchObject({ kind: 'exact', reasons: [] });
    expect(standIn.asked).toContain('POST /proxies/cache {"enabled":false}');
    expect(standIn.enabled).toBe(true);
  });

  test('is as it was after an interrupt, too', async () => {
    system = systemOf('expect: answer.status == 200\nkinds: [hang]');
    await system.open();
    const fault = { call: 'cache TCP connections #1', kind: 'hang' };
    const running = system.run([fault], AbortSignal.timeout(100));
    await expect(running).rejects.toThrow();
    expect(standIn.toxics).toEqual([]);
  });

  test('is cleaned of what was left there, and must be up', async () => {
    standIn.toxics = [{ name: 'ldfi', type: 'timeout', attributes: {} }];
    system = systemOf('expect: "true"');
    await system.open();
    expect(standIn.toxics).toEqual([]);
    await system.close();
    standIn.enabled = false;
    system = systemOf('expect: "true"');
    await expect(system.open()).rejects.toThrow('the proxy cache of Toxiproxy is down: enable it first');
  });

  test('must be there', async () => {
    const { port } = standIn.api.address() as AddressInfo;
    standIn.close();
    system = systemOf('expect: "true"');
    await expect(system.open()).rejects.toThrow(
      new RegExp(`Toxiproxy at http://127.0.0.1:${port}/ cannot be used: GET /proxies/cache: connect ECONNREFUSED`),
    );
  });
});

test('a configuration with Toxiproxy is exclusive, and names things once', () => {
  const problemsOf = (text: string): string[] => {
    const parsed = parseLiveConfig(`entry: { url: "http://127.0.0.1:3000" }\nexpect: "true"\n${text}`);
    return 'problems' in parsed ? parsed.problems.map(({ message }) => message) : [];
  };
  const own = 'toxiproxy: { url: "http://127.0.0.1:8474", proxies: [db] }\n';
  expect(problemsOf(`${own}exclusive: true`)).toEqual([]);
  expect(problemsOf(own)).toEqual(['everybody is hit by it, so it needs exclusive: true']);
  expect(problemsOf(`${own}exclusive: true\ndatabases: { db: { library: pg, address: "db:5432" } }`)).toEqual([
    'db is the name of something else, too',
  ]);
  expect(problemsOf(`${own.replace('127.0.0.1', 'toxi.example')}exclusive: true`)).toEqual([
    expect.stringContaining('toxi.example is not this machine'),
  ]);
});
