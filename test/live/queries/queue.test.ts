/**
 * A job of BullMQ on a real Redis is a part of the request that it was added for: its calls are below that request, and
 * may fail.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { searchLive } from '../../../src/experiments/search.js';
import type { LiveCounterexample } from '../../../src/experiments/verdict.js';
import { type HttpExperiment, HttpSystem, type HttpSystemOptions } from '../../../src/live/http/system.js';
import { isWhole } from '../../size.js';
import { freePorts } from '../free-port.js';
import { PRELOAD, startProgram } from '../programs/start.js';
import { promise } from '../shop/open.js';
import { type Running, serve } from '../shop/service.js';
import { type Server, startRedis } from '../state/servers.js';

let redis: Server;
let mail: Running;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
  mail = await serve(async () => ({ status: 200, json: {} }));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await mail?.close();
  await redis?.close();
});

/** The two programs, and a system of them. @param options changes of it; `preload` to see commands of Redis, too */
async function open(options: Partial<HttpSystemOptions>, preload = false): Promise<HttpSystem> {
  const [mailPort = 0, deskPort = 0, ordersPort = 0] = await freePorts(3);
  const env = {
    REDIS_PORT: String(redis.port),
    MAIL_URL: `http://127.0.0.1:${mailPort}`,
    LDFI_DESK: `127.0.0.1:${deskPort}`,
  };
  const words = preload ? ['--import', PRELOAD] : [];
  const orders = await startProgram([...words, 'orders.cjs'], env);
  closing.push(orders.close);
  const worker = await startProgram([...words, 'worker.cjs'], env);
  closing.push(worker.close);
  const database = { name: 'queue', library: 'ioredis' as const, address: `127.0.0.1:${redis.port}`, required: false };
  const system = new HttpSystem({
    services: [
      {
        name: 'orders',
        url: new URL(`http://127.0.0.1:${orders.port}`),
        port: ordersPort,
        required: true,
        isOwn: true,
      },
      { name: 'mail', url: new URL(`http://127.0.0.1:${mail.port}`), port: mailPort, required: false, isOwn: true },
    ],
    queries: preload ? { port: deskPort, databases: [database] } : undefined,
    host: '127.0.0.1',
    entry: {
      url: new URL(`http://127.0.0.1:${ordersPort}/`),
      method: 'POST',
      headers: {},
      body: undefined,
      timeoutMs: 10_000,
    },
    promises: {
      expect: undefined,
      never: promise('calls.filter(c, c.service == "mail" && c.status == 200).size() > 1'),
    },
    kinds: ['status', 'lost', 'hang'],
    settings: { status: 503, delayMs: 50, hangMs: 60_000 },
    exclusive: false,
    parallel: 1,
    lingerMs: 1_000,
    settleMs: 5_000,
    reset: { kind: 'none' },
    health: undefined,
    recoveryMs: 1_000,
    identity: new Map(),
    ...options,
  });
  closing.push(() => system.close());
  await system.open();
  await system.rehearse();
  return system;
}

/** Without a digest. */
const plain = (id: string): string => id.replace(/ [0-9a-f]{6}(?= #)/, '');

const inWords = ({ faults, reproduced, attempts }: LiveCounterexample<HttpExperiment>): string =>
  `${faults.map(({ call, kind }) => `${kind} ${plain(call)}`).join(' + ')}, ${reproduced} of ${attempts}`;

describe('a job', () => {
  test('is tried again after a lost answer, which sends the invoice twice', async () => {
    const verdict = await searchLive(await open({}), { maxFaults: 1, lineage: false });
    expect(verdict.reasons).toEqual([]);
    expect(verdict.baseline?.calls.map(({ id }) => plain(id))).toEqual([
      'orders POST / #1',
      'orders POST / #1 > mail POST /invoices #1',
    ]);
    expect(verdict).toMatchObject({ kind: 'counterexamples', exact: 1 });
    expect(verdict.counterexamples.map(inWords)).toEqual(['lost orders POST / #1 > mail POST /invoices #1, 3 of 3']);
  });

  test.runIf(isWhole)('is added and finished by calls, too, where Redis is seen', async () => {
    const accepted = promise('answer.status == 202');
    const system = await open({ promises: { expect: accepted, never: undefined }, kinds: ['status'] }, true);
    const verdict = await searchLive(system, { maxFaults: 1 });
    expect(verdict.reasons).toEqual([]);
    expect(verdict.baseline?.calls.map(({ id }) => plain(id))).toEqual([
      'orders POST / #1',
      'orders POST / #1 > queue EVALSHA bull:invoices:wait #1',
      'orders POST / #1 > mail POST /invoices #1',
      'orders POST / #1 > queue EVALSHA bull:invoices:wait #1',
    ]);
    expect(verdict.counterexamples.map(inWords)).toEqual([
      'status orders POST / #1 > queue EVALSHA bull:invoices:wait #1, 3 of 3',
    ]);
    // It is the one that adds the job, before any invoice.
    expect(verdict.counterexamples[0]?.faults[0]?.call).toBe(verdict.baseline?.calls[1]?.id);
  });
});
