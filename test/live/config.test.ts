/**
 * The configuration: everything that is wrong with it is said, each with its line.
 */
import { describe, expect, test } from 'vitest';
import { parseLiveConfig } from '../../src/live/http/config.js';
import { optionsOf } from '../../src/live/http/options.js';

const GOOD = `services:
  stock: { url: http://127.0.0.1:3001, port: 4001 }
entry: { url: 'http://127.0.0.1:3000/orders', method: POST, json: { item: 1 } }
expect: answer.status == 200
`;

const problems = (text: string): string[] => {
  const parsed = parseLiveConfig(text);
  return 'problems' in parsed
    ? parsed.problems.map(({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`)
    : [];
};

describe('a configuration', () => {
  test('has defaults', () => {
    const parsed = parseLiveConfig(GOOD);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.config).toMatchObject({
      kinds: ['status', 'lost', 'hang'],
      maxFaults: 3,
      reset: 'none',
      parallel: 1,
    });
    expect(optionsOf(parsed.config)).toMatchObject({
      host: '127.0.0.1',
      entry: { method: 'POST', body: '{"item":1}', headers: { 'content-type': 'application/json' }, timeoutMs: 10_000 },
      services: [{ name: 'stock', isOwn: true, required: false, port: 4001 }],
    });
  });

  test('is read with its mistakes, all at once', () => {
    expect(
      problems(`services:
  stock:
    url: ftp://x
    prot: 4001
entry: { url: 'http://127.0.0.1:3000', method: get }
kinds: [status, explode]
maxFaults: 99
`),
    ).toEqual([
      expect.stringMatching(/^3:5 services\.stock\.url: it must be an address/),
      expect.stringMatching(/^2:3 services\.stock\.port: /),
      expect.stringMatching(/^4:5 services\.stock\.prot: there is no setting "prot" here/),
      expect.stringMatching(/^5:40 entry\.method: a method is written in capitals/),
      expect.stringMatching(/^6:1 kinds\.1: /),
      expect.stringMatching(/^7:1 maxFaults: /),
    ]);
  });

  test('may name no host but this machine, unless it is allowed', () => {
    const elsewhere = GOOD.replace('127.0.0.1:3001', 'stock.example:80');
    expect(problems(elsewhere)).toEqual([
      '2:12 services.stock.url: stock.example is not this machine: allow it under hosts, if it may be called',
    ]);
    const allowed = parseLiveConfig(`${elsewhere}hosts: [stock.example]\n`);
    expect('config' in allowed && optionsOf(allowed.config).services[0]?.isOwn).toBe(false);
    for (const near of ['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])
      expect(problems(GOOD.replace('127.0.0.1:3001', near))).toHaveLength(1);
  });

  test('must promise something, in expressions that can be read', () => {
    expect(problems(GOOD.replace('expect: answer.status == 200', ''))).toEqual([
      '1:1 : say what is promised: expect, never or promise',
    ]);
    expect(problems(GOOD.replace('== 200', '== '))[0]).toMatch(/^4:1 expect: Unexpected token/);
    expect(problems(`${GOOD}never: anwser.status == 1`)[0]).toBe('5:1 never: Unknown variable: anwser');
    expect(problems(`${GOOD}never: '"text"'`)[0]).toBe('5:1 never: it must be true or false, and is of type string');
  });

  test('gives no port twice', () => {
    const twice = GOOD.replace('entry:', '  cart: { url: http://127.0.0.1:3002, port: 4001 }\nentry:');
    expect(problems(twice)).toEqual(['3:39 services.cart.port: 4001 is the port of the proxy of stock, too']);
    expect(problems(GOOD.replace('4001', '3001'))[0]).toContain('the service itself is at this port');
  });

  test('names databases once, as services have them', () => {
    const base = GOOD.replace('entry:', 'databases:\n  db: { library: pg, address: localhost:5432 }\nentry:');
    const parsed = parseLiveConfig(base);
    expect('config' in parsed && optionsOf(parsed.config).queries).toEqual({
      port: 14_000,
      databases: [{ name: 'db', library: 'pg', address: 'localhost:5432', required: false }],
    });
    const more = (lines: string): string[] => problems(base.replace('entry:', `${lines}\nentry:`));
    expect(more('  cache: { library: ioredis, address: /run/redis.sock }')).toEqual([]);
    expect(more('  again: { library: pg, address: 127.0.0.1:5432 }')).toEqual([
      expect.stringMatching(/^5:\d+ databases\.again\.address: db is the same database/),
    ]);
    expect(more('  stock: { library: pg, address: db:5432 }')).toEqual([
      '5:3 databases.stock: a service has this name, too',
    ]);
    expect(more('  odd: { library: oracle, address: nowhere }')).toEqual([
      expect.stringMatching(/^5:\d+ databases\.odd\.library: /),
      expect.stringMatching(/^5:\d+ databases\.odd\.address: it must be an address like 127\.0\.0\.1:5432/),
    ]);
    expect(more('deskPort: 4001')).toEqual(['5:1 deskPort: 4001 is the port of the proxy of stock, too']);
    expect(problems(base.replace(/services:\n.*\n/, ''))).toEqual([]);
    expect(problems(GOOD.replace(/services:\n.*\n/, ''))).toEqual([
      '1:1 services: name at least one service or database',
    ]);
  });

  test('that is no YAML, or a bomb of aliases, is refused', () => {
    expect(problems('services: [')[0]).toMatch(/^\d+:\d+ : /);
    expect(problems('')).not.toEqual([]);
    expect(problems('- 1')).not.toEqual([]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(problems(bomb)).not.toEqual([]);
  });
});
