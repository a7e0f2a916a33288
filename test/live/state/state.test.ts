/**
 * Bringing state back between experiments, with a real Redis and a real PostgreSQL.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseLiveConfig } from '../../../src/live/http/config.js';
import { resetState } from '../../../src/live/state/reset.js';
import { freePorts } from '../free-port.js';
import { type Server, startPostgres, startRedis } from './servers.js';

const timeoutMs = 60_000;

describe('Redis', () => {
  let redis: Server;
  beforeAll(async () => {
    redis = await startRedis();
  }, timeoutMs);
  afterAll(() => redis.close());

  const cli = (database: number, ...words: string[]): string =>
    execFileSync('redis-cli', ['-p', String(redis.port), '-n', String(database), ...words], {
      encoding: 'utf8',
    }).trim();
  const reset = (path: string): Promise<void> =>
    resetState({ kind: 'redis-flush', url: new URL(`redis://127.0.0.1:${redis.port}${path}`), timeoutMs });

  test('one database is emptied, and no other', async () => {
    cli(0, 'set', 'a', '1');
    cli(2, 'set', 'b', '2');
    await reset('/2');
    expect([cli(0, 'get', 'a'), cli(2, 'get', 'b')]).toEqual(['1', '']);
    await reset('');
    expect(cli(0, 'get', 'a')).toBe('');
  });

  test('what the server refuses is said', async () => {
    await expect(reset('/999')).rejects.toThrow(/the reset failed: 127\.0\.0\.1:\d+ answered: ERR/);
  });

  test('a password that is not needed is an error of the server', async () => {
    const url = new URL(`redis://someone:secret@127.0.0.1:${redis.port}/`);
    await expect(resetState({ kind: 'redis-flush', url, timeoutMs })).rejects.toThrow(/WRONGPASS/);
  });

  test('nobody there', async () => {
    const [port] = await freePorts(1);
    const url = new URL(`redis://127.0.0.1:${port}/`);
    await expect(resetState({ kind: 'redis-flush', url, timeoutMs })).rejects.toThrow('cannot be reached');
  });

  test('an abort is obeyed', async () => {
    const url = new URL(`redis://127.0.0.1:${redis.port}/`);
    const reason = new Error('enough');
    await expect(resetState({ kind: 'redis-flush', url, timeoutMs }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('PostgreSQL', () => {
  let postgres: Server;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, timeoutMs);
  afterAll(() => postgres.close());

  const address = (database: string): URL => new URL(`postgres://postgres@127.0.0.1:${postgres.port}/${database}`);
  const psql = (database: string, statement: string): string =>
    execFileSync('psql', [address(database).href, '-XqAt', '-c', statement], { encoding: 'utf8' }).trim();
  const reset = (database: string, template: string): Promise<void> =>
    resetState({ kind: 'pg-template', url: address(database), template, timeoutMs });

  test(
    'a database is made anew, though somebody is connected to it',
    async () => {
      psql('postgres', 'create database "shop-seed"');
      psql('shop-seed', "create table items (name text); insert into items values ('lamp')");
      await reset('shop', 'shop-seed');
      psql('shop', 'delete from items');
      expect(psql('shop', 'select count(*) from items')).toBe('0');
      await reset('shop', 'shop-seed');
      expect(psql('shop', 'select name from items')).toBe('lamp');
    },
    timeoutMs,
  );

  test('a template that is not there is said', async () => {
    await expect(reset('other', 'nothing')).rejects.toThrow(/psql for other at .* ended with exit code .*nothing/s);
  });
});

test('a configuration names the database', () => {
  const problemsOf = (reset: string): string[] => {
    const read = parseLiveConfig(
      `services: { a: { url: http://127.0.0.1:1, port: 2 } }\nentry: { url: http://127.0.0.1:3 }\nexpect: "true"\nreset: ${reset}\n`,
    );
    return 'problems' in read ? read.problems.map(({ message }) => message) : [];
  };
  expect(problemsOf('{ redisFlush: "redis://127.0.0.1/1" }')).toEqual([]);
  expect(problemsOf('{ pgTemplate: "postgres://127.0.0.1/shop", template: seed }')).toEqual([]);
  expect(problemsOf('{ pgTemplate: "postgres://127.0.0.1/seed", template: seed }')).toEqual([
    expect.stringContaining('seed would be dropped'),
  ]);
  expect(problemsOf('{ redisFlush: "redis://db.example.com/1" }')).toEqual([
    expect.stringContaining('db.example.com is not this machine'),
  ]);
});
