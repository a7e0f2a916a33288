/**
 * The proxy: what passes unchanged, and what each fault does to caller and callee.
 */
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk } from '../../src/live/http/desk.js';
import { Ledger } from '../../src/live/http/ledger.js';
import { newNaming } from '../../src/live/http/naming.js';
import { ServiceProxy } from '../../src/live/http/proxy.js';
import { firstHeaders, tokenOf } from '../../src/live/http/trace.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const EXPERIMENT = '3f9c21d07ab4';
const NAME = 'callee POST /work';

let callee: Server;
let proxy: ServiceProxy;
let desk: Desk;
/** What the callee was asked. */
let asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  asked = [];
  callee = createServer(async (incoming, response) => {
    let body = '';
    for await (const piece of incoming) body += piece;
    asked.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body });
    if (incoming.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      incoming.socket.once('close', () => response.end());
      return;
    }
    response.writeHead(201, { 'x-own': 'yes', 'set-cookie': ['a=1', 'b=2'] });
    response.end(`done ${body}`);
  });
  await new Promise<void>((done) => callee.listen(0, '127.0.0.1', done));
  desk = new Desk(false);
  proxy = new ServiceProxy({
    name: 'callee',
    url: new URL(`http://127.0.0.1:${(callee.address() as AddressInfo).port}`),
    desk,
    settings: { status: 503, delayMs: 50, hangMs: 100 },
    isOwn: true,
  });
  await proxy.listen(0, '127.0.0.1');
});

afterEach(async () => {
  await proxy.close();
  callee.closeAllConnections();
  await new Promise((done) => callee.close(done));
});

interface Got {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  readonly error: string | undefined;
}

function call(path: string, headers: Record<string, string> = {}, body: string | undefined = 'x', method = 'POST') {
  return new Promise<Got>((resolve) => {
    let [status, text, got] = [0, '', {} as IncomingMessage['headers']];
    const finish = (error?: string): void => resolve({ status, body: text, headers: got, error });
    const it = request({ host: '127.0.0.1', port: proxy.port, path, method, headers, agent: false }, (answer) => {
      status = answer.statusCode ?? 0;
      got = answer.headers;
      answer.on('data', (piece) => {
        text += piece;
      });
      answer.on('error', ({ message }) => finish(message));
      answer.on('end', () => finish(answer.complete ? undefined : 'cut'));
    });
    it.on('error', ({ message }) => finish(message));
    it.end(body);
  });
}

function experiment(kind?: string): Ledger {
  const faults = kind === undefined ? [] : [{ call: `${NAME} #1`, kind }];
  const naming = newNaming([[NAME, 'none']]);
  const ledger = new Ledger(EXPERIMENT, TRACE, faults, naming, () => performance.now());
  desk.open(ledger);
  return ledger;
}
const own = firstHeaders(TRACE, '00f067aa0ba902b7', tokenOf(EXPERIMENT, 0));

describe('without an experiment', () => {
  test('everything passes, and what looks like ours is taken away', async () => {
    const got = await call('/work?a=1', { tracestate: `ldfi=${EXPERIMENT}.1,v=1`, 'x-mine': '1' });
    expect(got).toMatchObject({
      status: 201,
      body: 'done x',
      headers: { 'x-own': 'yes', 'set-cookie': ['a=1', 'b=2'] },
    });
    expect(asked).toMatchObject([{ method: 'POST', url: '/work?a=1', headers: { 'x-mine': '1', tracestate: 'v=1' } }]);
  });

  test('streams pass as they come', async () => {
    const first = await new Promise<string>((resolve) => {
      const it = request({ host: '127.0.0.1', port: proxy.port, path: '/events', agent: false }, (answer) => {
        answer.once('data', (piece) => {
          resolve(String(piece));
          it.destroy();
        });
        answer.on('error', () => undefined);
      });
      it.end();
    });
    expect(first).toBe('data: 1\n\n');
  });

  test('large bodies of unknown length pass', async () => {
    const got = await new Promise<string>((resolve) => {
      const it = request({ host: '127.0.0.1', port: proxy.port, path: '/work', method: 'POST' }, (answer) => {
        let text = '';
        answer.on('data', (piece) => {
          text += piece;
        });
        answer.on('end', () => resolve(text));
      });
      for (let i = 0; i < 20; i++) it.write('y'.repeat(10_000));
      it.end();
    });
    expect(got).toBe(`done ${'y'.repeat(200_000)}`);
  });

  test('a callee that is not there is a bad gateway', async () => {
    callee.closeAllConnections();
    await new Promise((done) => callee.close(done));
    expect(await call('/work')).toMatchObject({ status: 502 });
    await new Promise<void>((done) => callee.listen(0, '127.0.0.1', done));
  });
});

describe('in an experiment', () => {
  test('a call is written down and its own token passed on', async () => {
    const ledger = experiment();
    expect(await call('/work', own)).toMatchObject({ status: 201, body: 'done x' });
    expect(ledger.calls).toMatchObject([{ id: `${NAME} #1`, status: 201, fired: false, parent: undefined }]);
    expect(ledger.open).toEqual([]);
    expect(asked[0]?.headers).toMatchObject({
      traceparent: own.traceparent,
      tracestate: `ldfi=${EXPERIMENT}.1`,
      baggage: `ldfi=${EXPERIMENT}.1`,
    });
  });

  test.each([
    ['status', { status: 503 }, 0, 0],
    ['reset', { status: 0, error: 'socket hang up' }, 0, 0],
    ['hang', { status: 0, error: 'socket hang up' }, 0, 0],
    ['delay', { status: 201, body: 'done x' }, 1, 201],
    ['lost', { status: 0, error: 'socket hang up' }, 1, 201],
    ['cut', { status: 201, body: expect.stringMatching(/^d/), error: 'aborted' }, 1, 201],
  ])('%s', async (kind, seen, times, status) => {
    const ledger = experiment(kind);
    expect(await call('/work', own)).toMatchObject(seen);
    expect(asked).toHaveLength(times);
    expect(ledger.calls).toMatchObject([{ fault: kind, fired: true, status }]);
    await expect.poll(() => ledger.open.length).toBe(0);
  });

  test('a call of the trace alone belongs to it, during an unknown call', async () => {
    const ledger = experiment();
    await call('/work', { traceparent: own.traceparent ?? '' });
    expect(ledger.calls).toMatchObject([{ parent: '?' }]);
    expect([...ledger.problems]).toEqual([]);
  });

  test('a call without headers belongs to none, passes, and is a problem', async () => {
    const ledger = experiment('status');
    expect(await call('/work')).toMatchObject({ status: 201 });
    expect(ledger.calls).toEqual([]);
    expect([...ledger.problems]).toEqual([
      'POST /work at callee belongs to no experiment: it came without trace headers',
    ]);
  });

  test('a call of an experiment that is over passes, and is late', async () => {
    const ledger = experiment('status');
    desk.close(ledger);
    expect(await call('/work', own)).toMatchObject({ status: 201 });
    expect(desk.late).toBe(1);
    expect(asked[0]?.headers.tracestate).toBeUndefined();
  });

  test('what hangs is let go when the experiment is over', async () => {
    const ledger = new Ledger(
      EXPERIMENT,
      TRACE,
      [{ call: `${NAME} #1`, kind: 'hang' }],
      newNaming([[NAME, 'none']]),
      () => 0,
    );
    desk.open(ledger);
    const got = call('/work', own);
    await expect.poll(() => ledger.open.length).toBe(1);
    ledger.over();
    expect(await got).toMatchObject({ error: 'socket hang up' });
  });
});
