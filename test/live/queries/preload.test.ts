/**
 * `node --import ldfi/preload`: queries of real services to real databases are calls, and may fail.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Desk } from '../../../src/live/http/desk.js';
import { Ledger } from '../../../src/live/http/ledger.js';
import { newNaming } from '../../../src/live/http/naming.js';
import { QueryDesk } from '../../../src/live/http/query-desk.js';
import { firstHeaders, tokenOf } from '../../../src/live/http/trace.js';
import { PRELOAD, startProgram } from '../programs/start.js';
import type { Running } from '../shop/service.js';
import { type Server, startPostgres, startRedis } from '../state/servers.js';
import { type MysqlServer, startMysql } from './mysql-server.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const EXPERIMENT = '3f9c21d07ab4';
const HEADERS = firstHeaders(TRACE, '00f067aa0ba902b7', tokenOf(EXPERIMENT, 0));

let postgres: Server;
let redis: Server;
let mysql: MysqlServer;
let desk: Desk;
let queryDesk: QueryDesk;
const services: Record<string, Running> = {};

const psql = (statement: string): string =>
  execFileSync('psql', [`postgres://postgres@127.0.0.1:${postgres.port}/postgres`, '-XqAt', '-c', statement], {
    encoding: 'utf8',
  }).trim();
const rows = (): string => psql('select count(*) from things');
const counter = (): string =>
  execFileSync('redis-cli', ['-p', String(redis.port), 'get', 'counter'], { encoding: 'utf8' }).trim();

async function openDesk(port = 0): Promise<void> {
  const database = (name: string, library: 'pg' | 'ioredis' | 'mysql2', at: number) => ({
    name,
    library,
    address: `localhost:${at}`,
    required: false,
  });
  desk = new Desk(false);
  queryDesk = new QueryDesk(
    [
      database('db', 'pg', postgres.port),
      database('cache', 'ioredis', redis.port),
      database('my', 'mysql2', mysql.port),
    ],
    desk,
    { status: 503, delayMs: 50, hangMs: 60_000 },
  );
  await queryDesk.listen(port, '127.0.0.1');
}

beforeAll(async () => {
  [postgres, redis, mysql] = await Promise.all([startPostgres(), startRedis(), startMysql()]);
  psql('create table things (name text)');
  await openDesk();
  const env = {
    PG_URL: `postgres://postgres@127.0.0.1:${postgres.port}/postgres`,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    MYSQL_PORT: String(mysql.port),
    LDFI_DESK: `127.0.0.1:${queryDesk.port}`,
  };
  for (const name of ['required.cjs', 'imported.js'])
    services[name] = await startProgram(['--import', PRELOAD, name], env);
});
afterAll(async () => {
  await Promise.all(Object.values(services).map((service) => service.close()));
  await queryDesk?.close();
  await Promise.all([postgres, redis, mysql].map((server) => server?.close()));
});

beforeEach(() => {
  psql('truncate things');
  execFileSync('redis-cli', ['-p', String(redis.port), 'del', 'counter', 'bytes', 'hash'], { stdio: 'ignore' });
  mysql.asked.length = 0;
});
afterEach(() => desk.disarm());

/** Begins an experiment with a fault of a kind at the first call of each name. */
function experiment(kind?: string, ...calls: string[]): Ledger {
  const faults = kind === undefined ? [] : calls.map((call) => ({ call, kind }));
  const naming = newNaming(
    ['db INSERT things', 'db SELECT things', 'db SELECT statement', 'my INSERT things', 'cache PIPELINE counter']
      .concat(['cache EVALSHA counter', 'cache MULTI counter', 'cache INCR counter'])
      .map((route) => [route, 'none']),
  );
  const ledger = new Ledger(EXPERIMENT, TRACE, faults, naming, () => performance.now());
  desk.open(ledger);
  return ledger;
}

interface Said {
  readonly value?: unknown;
  readonly error?: { readonly code?: string; readonly message: string; readonly name: string };
}

async function visit(path: string, headers: Record<string, string> = HEADERS, service = 'required.cjs'): Promise<Said> {
  const answer = await fetch(`http://127.0.0.1:${services[service]?.port}${path}`, { headers });
  return (await answer.json()) as Said;
}

const ids = (ledger: Ledger): string[] => ledger.calls.map(({ id }) => id);

describe.each(['required.cjs', 'imported.js'])('in a service with modules %s', (service) => {
  test.each([
    ['/pg', 'db INSERT things #1', ['lamp']],
    ['/pg-callback', 'db INSERT things #1', ['lamp']],
    ['/pg-config', 'db INSERT things #1', ['lamp']],
    ['/redis', 'cache INCR counter #1', 1],
    ['/redis-callback', 'cache INCR counter #1', 1],
    ['/redis-script', 'cache EVALSHA counter #1', 2],
    ['/redis-pipeline', 'cache PIPELINE counter #1', [1, '1']],
    ['/redis-multi', 'cache MULTI counter #1', [1, 2]],
    ['/mysql', 'my INSERT things #1', 1],
    ['/mysql-options', 'my INSERT things #1', 1],
    ['/mysql-callback', 'my INSERT things #1', 1],
  ])('%s is the call %s', async (path, id, value) => {
    const ledger = experiment();
    expect(await visit(path, HEADERS, service)).toEqual({ value });
    expect(ledger.calls).toMatchObject([{ id, parent: undefined, status: 200, fired: false }]);
    expect(ledger.open).toEqual([]);
    expect([...ledger.problems]).toEqual([]);
  });
});

describe('what a library makes of a reply stays', () => {
  test.each([
    ['/redis-buffer', '6c616d70'],
    ['/redis-hash', { a: '1', b: '2' }],
    ['/pg-order', ['BEGIN', 'INSERT', 'SELECT', 'ROLLBACK']],
  ])('%s', async (path, value) => {
    const ledger = experiment();
    expect(await visit(path)).toEqual({ value });
    expect(ledger.calls.length).toBeGreaterThan(1);
  });
});

test.each(['/pg', '/pg-callback', '/mysql', '/mysql-callback'])(
  '%s by many requests at once: each belongs to its own, though it waits for a connection of another',
  async (path) => {
    const experiments = ['3f9c21d07ab4', '5a5a5a5a5a5a'];
    const ledgers = experiments.map((it) => new Ledger(it, it, [], newNaming(), () => performance.now()));
    for (const ledger of ledgers) desk.open(ledger);
    const visits = Array.from({ length: 20 }, (_, i) =>
      visit(path, firstHeaders(TRACE, '00f067aa0ba902b7', tokenOf(experiments[i % 2] ?? '', 0))),
    );
    await Promise.all(visits);
    expect(ledgers.map(({ calls }) => calls.length)).toEqual([10, 10]);
  },
);

describe('a fault', () => {
  test.each([
    ['status', { code: '57014', name: 'error', message: 'an error injected by ldfi' }, '0', 0],
    ['reset', { code: 'ECONNRESET', message: 'read ECONNRESET' }, '0', 0],
    ['lost', { code: 'ECONNRESET', message: 'read ECONNRESET' }, '1', 200],
  ])('%s at pg', async (kind, error, done, status) => {
    const ledger = experiment(kind, 'db INSERT things #1');
    expect(await visit('/pg')).toMatchObject({ error });
    expect(ledger.calls).toMatchObject([{ fault: kind, fired: true, status }]);
    expect(rows()).toBe(done);
    // Its pool has another client for the next.
    expect(await visit('/pg')).toEqual({ value: ['lamp'] });
  });

  test('status at pg aborts the transaction that it is in', async () => {
    experiment('status', 'db INSERT things #1');
    expect(await visit('/pg-caught')).toEqual({ value: ['57014', '25P02'] });
  });

  test('reset at pg ends the transaction that it is in', async () => {
    experiment('reset', 'db INSERT things #1');
    expect(await visit('/pg-caught')).toEqual({ value: ['ECONNRESET', expect.stringContaining('not queryable')] });
  });

  test.each([
    ['status', { name: 'ReplyError', message: expect.stringMatching(/^BUSY/) }, '', 0],
    ['reset', { code: 'ECONNRESET', message: 'Connection is closed.' }, '', 0],
    ['lost', { code: 'ECONNRESET', message: 'Connection is closed.' }, '1', 200],
  ])('%s at ioredis', async (kind, error, done, status) => {
    const ledger = experiment(kind, 'cache INCR counter #1');
    expect(await visit('/redis')).toMatchObject({ error });
    expect(ledger.calls).toMatchObject([{ fault: kind, fired: true, status }]);
    expect(counter()).toBe(done);
    expect(await visit('/redis')).toEqual({ value: Number(done) + 1 });
  });

  test.each(['/redis-callback', '/redis-script', '/redis-multi'])('status at %s', async (path) => {
    experiment('status', 'cache INCR counter #1', 'cache EVALSHA counter #1', 'cache MULTI counter #1');
    expect(await visit(path)).toMatchObject({ error: { name: 'ReplyError' } });
    expect(counter()).toBe('');
  });

  test('lost at a pipeline fails each of its commands, which were done', async () => {
    experiment('lost', 'cache PIPELINE counter #1');
    expect(await visit('/redis-pipeline')).toEqual({ value: ['Connection is closed.', 'Connection is closed.'] });
    expect(counter()).toBe('1');
  });

  test.each([
    ['status', { code: 'ER_LOCK_WAIT_TIMEOUT' }, 0],
    ['reset', { code: 'PROTOCOL_CONNECTION_LOST' }, 0],
    ['lost', { code: 'PROTOCOL_CONNECTION_LOST' }, 1],
  ])('%s at mysql2', async (kind, error, done) => {
    for (const path of ['/mysql', '/mysql-callback']) {
      mysql.asked.length = 0;
      const ledger = experiment(kind, 'my INSERT things #1');
      expect(await visit(path)).toMatchObject({ error });
      expect(ledger.calls).toMatchObject([{ fault: kind, fired: true }]);
      expect(mysql.asked.filter((sql) => sql.startsWith('insert'))).toHaveLength(done);
      // The only connection of the pool is free again, or replaced.
      expect(await visit(path)).toEqual({ value: 1 });
      desk.close(ledger);
    }
  });

  test('a transaction of mysql2 is three calls', async () => {
    const ledger = experiment();
    await visit('/mysql-transaction');
    expect(ids(ledger)).toEqual([...['my START transaction #1', 'my INSERT things #1', 'my COMMIT transaction #1']]);
    expect(mysql.asked).toEqual(['START TRANSACTION', "insert into things values ('lamp')", 'COMMIT']);
  });

  test('delay only takes its time', async () => {
    const ledger = experiment('delay', 'db INSERT things #1');
    expect(await visit('/pg')).toEqual({ value: ['lamp'] });
    expect(ledger.calls).toMatchObject([{ fault: 'delay', fired: true, status: 200 }]);
  });

  test('what hangs is given up by a library that has a limit, and let go at the end otherwise', async () => {
    const ledger = experiment('hang', 'db INSERT things #1');
    expect(await visit('/pg-impatient')).toMatchObject({ error: { message: 'Query read timeout' } });
    await expect.poll(() => ledger.open.length).toBe(0);
    expect(ledger.calls).toMatchObject([{ fired: true, status: 0 }]);
    desk.close(ledger);
    const other = experiment('hang', 'db INSERT things #1');
    const visited = visit('/pg');
    await expect.poll(() => other.open.length).toBe(1);
    other.over();
    expect(await visited).toMatchObject({ error: { code: 'ECONNRESET' } });
    expect(rows()).toBe('0');
  });
});

describe('without', () => {
  test('an experiment nothing is asked', async () => {
    const ledger = experiment('status', 'db INSERT things #1');
    expect(await visit('/pg', {})).toEqual({ value: ['lamp'] });
    expect(ledger.calls).toEqual([]);
    expect([...ledger.problems]).toEqual([]);
  });

  test('a running experiment the query is late, and made', async () => {
    desk.close(experiment());
    expect(await visit('/pg')).toEqual({ value: ['lamp'] });
    expect(desk.late).toBe(1);
  });

  test('ldfi all goes on, even what hangs', async () => {
    const { port } = queryDesk;
    const ledger = experiment('hang', 'db INSERT things #1', 'my INSERT things #1', 'cache INCR counter #1');
    const hanging = Promise.all(['/pg', '/redis', '/mysql'].map((path) => visit(path)));
    await expect.poll(() => ledger.open.length).toBe(3);
    await queryDesk.close();
    expect(await hanging).toEqual([{ value: ['lamp'] }, { value: 1 }, { value: 1 }]);
    expect(await Promise.all(['/pg', '/redis', '/mysql'].map((path) => visit(path)))).toEqual([
      { value: ['lamp'] },
      { value: 2 },
      { value: 1 },
    ]);
    await openDesk(port);
    const again = experiment();
    await visit('/pg');
    expect(ids(again)).toEqual(['db INSERT things #1']);
  });
});
