/**
 * The proxy of a service that talks gRPC, before a server and a client of the usual library.
 */
import type { Client, ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { searchLive } from '../../../src/experiments/search.js';
import type { HttpFaultKind } from '../../../src/live/http/faults.js';
import { HttpSystem } from '../../../src/live/http/system.js';
import { promise } from '../shop/open.js';
import { clientOf, reserve, startShop, startWarehouse, type Warehouse } from './pair.js';

let warehouse: Warehouse;
let shop: Awaited<ReturnType<typeof startShop>>;
let client: Client;
let system: HttpSystem | undefined;

beforeEach(async () => {
  warehouse = await startWarehouse();
  shop = await startShop(() => client);
});

afterEach(async () => {
  client.close();
  shop.close();
  await system?.close();
  warehouse.close();
  system = undefined;
});

async function open(
  kinds: readonly HttpFaultKind[],
  promises: { readonly expect?: string; readonly never?: string } = { expect: 'answer.status == 200' },
): Promise<HttpSystem> {
  const read = (text: string | undefined) => (text === undefined ? undefined : promise(text));
  system = new HttpSystem({
    services: [
      {
        name: 'warehouse',
        url: new URL(`http://127.0.0.1:${warehouse.port}`),
        port: 0,
        protocol: 'grpc',
        required: false,
        isOwn: true,
      },
    ],
    host: '127.0.0.1',
    entry: {
      url: new URL(`http://127.0.0.1:${shop.port}/`),
      method: 'POST',
      headers: {},
      body: undefined,
      timeoutMs: 10_000,
    },
    promises: { expect: read(promises.expect), never: read(promises.never) },
    kinds,
    settings: { status: 503, delayMs: 50, hangMs: 5_000 },
    exclusive: false,
    parallel: 1,
    settleMs: 2_000,
    lingerMs: 0,
    recoveryMs: 10_000,
    reset: { kind: 'none' },
    health: undefined,
    identity: new Map(),
  });
  await system.open();
  client = clientOf(system.proxies[0]?.port ?? 0);
  return system;
}

describe('calls of no experiment pass', () => {
  beforeEach(() => open(['status']));

  test('with their answer, their error and their metadata', async () => {
    expect(await reserve(client, 'lamp')).toEqual({ number: 1 });
    await expect(reserve(client, 'none')).rejects.toMatchObject({ code: 5, details: 'there is no such item' });
    expect(warehouse.reserved).toEqual(['lamp']);
  });

  test('as a stream of answers', async () => {
    const watch = (client as unknown as Record<string, (request: object) => ClientReadableStream<object>>).watch;
    const got: object[] = [];
    for await (const item of watch?.call(client, {}) ?? []) got.push(item as object);
    expect(got).toEqual([{ left: 3 }, { left: 2 }, { left: 1 }]);
  });

  test('as streams in both directions, message by message', async () => {
    const talk = (client as unknown as Record<string, () => ClientDuplexStream<object, { echo: number }>>).talk;
    const stream = talk?.call(client) as ClientDuplexStream<object, { echo: number }>;
    const got: number[] = [];
    stream.write({ word: 1 });
    for await (const { echo } of stream as AsyncIterable<{ echo: number }>) {
      got.push(echo);
      if (echo < 4) stream.write({ word: echo + 1 });
      else stream.end();
    }
    expect(got).toEqual([1, 2, 3, 4]);
  });
});

test('a large message passes', async () => {
  await open(['status']);
  const item = 'x'.repeat(1_000_000);
  expect(await reserve(client, item)).toEqual({ number: 1 });
  expect(warehouse.reserved[0]?.length).toBe(item.length);
});

test('what cannot be reached is said to be unavailable', async () => {
  await open(['status']);
  warehouse.close();
  await expect(reserve(client, 'lamp')).rejects.toMatchObject({ code: 14 });
});

describe('experiments', () => {
  test('the token travels in metadata, and the call has one name each time', async () => {
    const opened = await open(['status']);
    const first = await opened.run([]);
    const second = await opened.run([]);
    expect(first.problems).toEqual([]);
    expect(first.log).toMatchObject([{ service: 'warehouse', method: 'GRPC', status: 200 }]);
    expect(first.calls.map(({ id }) => id)).toEqual(second.calls.map(({ id }) => id));
    expect(first.calls[0]?.id).toMatch(/^warehouse GRPC \/shop\.Warehouse\/Reserve \w{6} #1$/);
    expect(String(warehouse.seen[0]?.get('tracestate'))).toMatch(/^ldfi=[0-9a-f]{12}\.1$/);
  });

  test.each(['status', 'reset', 'hang', 'lost', 'cut'] as const)(
    'a retry survives one %s, and no second one',
    async (kind) => {
      const opened = await open([kind]);
      await opened.rehearse();
      const verdict = await searchLive(opened, { maxFaults: 2 });
      expect(verdict.reasons).toEqual([]);
      expect(
        verdict.counterexamples.map(({ faults, reproduced }) => [faults.map((it) => it.kind), reproduced]),
      ).toEqual([[[kind, kind], 3]]);
    },
  );

  test('a delay changes nothing', async () => {
    const opened = await open(['delay']);
    await opened.rehearse();
    expect(await searchLive(opened, { maxFaults: 2 })).toMatchObject({ kind: 'exact', reasons: [] });
  });

  test('where the answer is lost the work was done, twice', async () => {
    const never = 'calls.filter(c, c.status == 200).size() > 1';
    const opened = await open(['status', 'lost'], { never });
    await opened.rehearse();
    const verdict = await searchLive(opened, { maxFaults: 2, lineage: false });
    expect(verdict.counterexamples.map(({ faults }) => faults.map(({ kind }) => kind))).toEqual([['lost']]);
  });
});
