/**
 * The desk for queries: what it takes, what it does not, and what it answers.
 */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk } from '../../../src/live/http/desk.js';
import { Ledger } from '../../../src/live/http/ledger.js';
import { newNaming } from '../../../src/live/http/naming.js';
import { plainAddress, QueryDesk } from '../../../src/live/http/query-desk.js';
import { statementOf } from '../../../src/live/preload/sql.js';

const EXPERIMENT = '3f9c21d07ab4';
const QUESTION = {
  headers: { tracestate: `ldfi=${EXPERIMENT}.0` },
  library: 'pg',
  address: 'LOCALHOST:5432',
  operation: 'INSERT',
  target: 'charges',
  detail: '',
};

let desk: Desk;
let queryDesk: QueryDesk;
let ledger: Ledger;

function begin(kind?: string): void {
  const faults = kind === undefined ? [] : [{ call: 'db INSERT charges #1', kind }];
  ledger = new Ledger(EXPERIMENT, '', faults, newNaming(), () => performance.now());
  desk.open(ledger);
}

beforeEach(async () => {
  desk = new Desk(false);
  const database = { name: 'db', library: 'pg' as const, address: '127.0.0.1:5432', required: false };
  queryDesk = new QueryDesk([database], desk, { status: 503, delayMs: 1, hangMs: 60_000 });
  await queryDesk.listen(0, '127.0.0.1');
});
afterEach(() => queryDesk.close());

/** What is answered to lines, one after the other, until the connection ends. */
function talk(...lines: unknown[]): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(queryDesk.port, '127.0.0.1').setEncoding('utf8');
    const answers: string[] = [];
    const say = (): void => {
      const line = lines.shift();
      if (line !== undefined) socket.write(typeof line === 'string' ? line : `${JSON.stringify(line)}\n`);
    };
    socket.on('data', (piece: string) => {
      answers.push(...piece.trim().split('\n'));
      say();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answers.map((line) => JSON.parse(line).act)));
    say();
  });
}

describe('a query', () => {
  test.each([
    [undefined, ['go', 'give'], 200, false],
    ['status', ['refuse'], 0, true],
    ['reset', ['reset'], 0, true],
    ['lost', ['go', 'reset'], 200, true],
    ['delay', ['go', 'give'], 200, true],
  ] as const)('with the fault %s', async (kind, answers, status, fired) => {
    begin(kind);
    expect(await talk(QUESTION, { status: 200 })).toEqual(answers);
    expect(ledger.calls).toMatchObject([{ id: 'db INSERT charges #1', status, fired }]);
    expect(ledger.open).toEqual([]);
  });

  test('that a service asks about again at once is not made at the same time', async () => {
    begin();
    for (let i = 0; i < 20; i++) await talk(QUESTION, { status: 200 });
    expect(ledger.calls.at(-1)?.id).toBe('db INSERT charges #20');
  });

  test('of a service that dies is over', async () => {
    begin('hang');
    const socket = connect(queryDesk.port, '127.0.0.1');
    socket.write(`${JSON.stringify(QUESTION)}\n`);
    await expect.poll(() => ledger.open.length).toBe(1);
    socket.destroy();
    await expect.poll(() => ledger.open.length).toBe(0);
  });

  test.each([
    ['of another address', { ...QUESTION, address: '127.0.0.1:5433' }],
    ['of another library', { ...QUESTION, library: 'mysql2' }],
    ['of no experiment', { ...QUESTION, headers: {} }],
  ])('%s is left alone', async (_, question) => {
    begin('status');
    expect(await talk(question)).toEqual(['pass']);
    expect(ledger.calls).toEqual([]);
  });
});

describe('what is no question', () => {
  test.each([
    ['no JSON', 'GET / HTTP/1.1\r\n\r\n'],
    ['another shape', { ...QUESTION, extra: 1 }],
    ['control characters', { ...QUESTION, operation: '\u001b[2J' }],
    ['a line without an end', 'x'.repeat(100_000)],
  ])('%s ends the connection', async (_, line) => {
    begin();
    expect(await talk(line)).toEqual([]);
    expect(ledger.calls).toEqual([]);
  });

  test('a report that is none ends it, too', async () => {
    begin();
    expect(await talk(QUESTION, { status: 'fine' })).toEqual(['go']);
    expect(ledger.calls).toMatchObject([{ status: 0 }]);
    await expect.poll(() => ledger.open).toEqual([]);
  });
});

test('all names of this machine are one', () => {
  for (const name of ['localhost', '127.0.0.1', '127.0.1.1', '[::1]', '::1'])
    expect(plainAddress(`${name}:5432`)).toBe('127.0.0.1:5432');
  expect(plainAddress('db:5432')).toBe('db:5432');
  expect(plainAddress('/tmp/redis.sock')).toBe('/tmp/redis.sock');
});

test.each([
  ['select * from "items" where id = $1', 'SELECT', 'items'],
  ['  /* hint */ INSERT INTO shop.charges (a) VALUES (1)', 'INSERT', 'shop.charges'],
  ['update only `stock` set n = n - 1', 'UPDATE', 'stock'],
  ['-- why\ndelete from carts', 'DELETE', 'carts'],
  ['with x as (select 1 from a) insert into b select * from x', 'WITH', 'a'],
  ['begin', 'BEGIN', 'transaction'],
  ['COMMIT;', 'COMMIT', 'transaction'],
  ['select 1', 'SELECT', 'statement'],
  ['call charge($1)', 'CALL', 'charge'],
  ['', 'QUERY', 'statement'],
  ['(select 1)', 'QUERY', 'statement'],
])('%j is %s %s', (text, operation, target) => {
  expect(statementOf(text, [])).toMatchObject({ operation, target });
});

test('parameters tell statements apart, whatever they are', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const values = [1, null, undefined, new Date(Number.NaN), Buffer.from('x'), 'y'.repeat(10_000), circle, { a: 1n }];
  const details = values.map((value) => statementOf('select $1', [value]).detail);
  expect(new Set(details.slice(0, 6)).size).toBe(6);
  for (const detail of details) expect(detail.length).toBeLessThan(500);
});
