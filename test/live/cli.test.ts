/**
 * `ldfi live` as a user runs it, on the shop.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BIN, environment, type Finished, folder, ldfi, PACKAGE, read } from '../cli/support.js';
import { junitProblems, sarifProblems } from '../report/reporters/validate.js';
import { freePorts } from './free-port.js';
import { startRecommendations } from './shop/python.js';
import type { Running } from './shop/service.js';
import { type Shop, startShop } from './shop/shop.js';

let shop: Shop;
let python: Running;
let where: string;
let config: Record<string, unknown>;

beforeAll(async () => {
  const ports = await freePorts(4);
  const at = (i: number): string => `http://127.0.0.1:${ports[i]}`;
  shop = await startShop({ catalog: at(0), stock: at(1), payments: at(2), recommendations: at(3) });
  python = await startRecommendations(at(0));
  const real = [shop.catalog, shop.stock, shop.payments, python].map(({ port }) => `http://127.0.0.1:${port}`);
  const services = Object.fromEntries(
    ['catalog', 'stock', 'payments', 'recommendations'].map((name, i) => [name, { url: real[i], port: ports[i] }]),
  );
  const edge = `http://127.0.0.1:${shop.edge.port}`;
  config = {
    services,
    entry: { url: `${edge}/orders`, method: 'POST', json: { item: '7' } },
    health: `${edge}/health`,
    expect: 'answer.status == 201',
    kinds: ['status'],
  };
  where = folder();
});
afterAll(async () => {
  await Promise.all([shop?.close(), python?.close()]);
});

/** Runs `ldfi live`, while the shop in this process goes on; `changes` are to the configuration. */
function live(args: readonly string[], changes: Record<string, unknown> = {}): Promise<Finished> {
  writeFileSync(join(where, 'ldfi.live.yaml'), JSON.stringify({ ...config, ...changes }));
  return finished([BIN, 'live', ...args]);
}

/** Runs node, while the shop in this process goes on. */
function finished(args: readonly string[]): Promise<Finished> {
  // What a test runner tells its children is not for a runner of their own.
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = environment();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: where, env, timeout: 90_000 });
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (piece) => {
      text.stdout += piece;
    });
    child.stderr.on('data', (piece) => {
      text.stderr += piece;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

const FRONT = () => ({
  entry: { url: `http://127.0.0.1:${shop.edge.port}/front/7` },
  expect: 'answer.status == 200 && answer.json.price == 42',
});

describe('ldfi live run', () => {
  test('finds what breaks an order, tells it, saves it and replays it', async () => {
    const run = await live(['run', '--json', 'result.json', '--html', 'report.html']);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toMatch(/^✗ VIOLATED {2}ldfi\.live\.yaml\n/);
    expect(run.stdout).toContain(
      'Counterexample 1 (reproduced 3 of 3)\n    1. stock PUT /items/7/reserved #1: answered',
    );
    expect(run.stdout).toMatch(/├ stock PUT \/items\/7\/reserved #1 +200 +answered with an error\n/);
    expect(run.stdout).toMatch(/└ payments POST \/charges #2 +— +answered with an error\n/);
    expect(run.stdout).toContain('Exact up to 2 faults');
    expect(run.stdout).toContain('Next  npx ldfi live replay result.json -c ldfi.live.yaml');
    const result = JSON.parse(read(where, 'result.json'));
    expect(result).toMatchObject({ schemaVersion: 1, kind: 'live', verdict: 'counterexamples', exact: 2, reasons: [] });
    expect(result.counterexamples).toHaveLength(2);
    expect(read(where, 'report.html')).toContain('<li class="bad">stock PUT /items/7/reserved #1: answered');

    const results = JSON.parse((await live(['schema', '--result'])).stdout);
    expect(new Ajv2020({ strict: false }).compile(results)(result)).toBe(true);

    const replay = await live(['replay', 'result.json']);
    expect(replay).toMatchObject({ code: 1, stderr: '' });
    expect(replay.stdout.match(/still broken, 3 of 3/g)).toHaveLength(2);
    const tolerant = await live(['replay', 'result.json'], { expect: 'answer.status > 0' });
    expect(tolerant).toMatchObject({ code: 0, stderr: '' });
    expect(tolerant.stdout.match(/the promise holds, 3 of 3/g)).toHaveLength(2);

    const elsewhere = ldfi(where, ['replay', 'result.json']);
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('npx ldfi live replay result.json') });
    expect(ldfi(where, ['report', 'result.json', '--out', 'again.html'])).toMatchObject({ code: 0 });
    expect(read(where, 'again.html')).toBe(read(where, 'report.html'));
  });

  test('tells all reporters, at the line of the promise, and so does a replay', async () => {
    const names = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'];
    const flags = (folder: string): string[] => names.flatMap((name) => ['--reporter', `${name}=${folder}/${name}`]);
    expect(await live(['run', '--json', 'result.json', ...flags('run')])).toMatchObject({ code: 1, stderr: '' });
    expect(await live(['replay', 'result.json', ...flags('again')])).toMatchObject({ code: 1, stderr: '' });
    for (const folder of ['run', 'again']) {
      expect(await junitProblems([read(where, folder, 'junit')])).toEqual([]);
      expect(sarifProblems(read(where, folder, 'sarif'))).toEqual([]);
      expect(read(where, folder, 'github')).toMatch(/^::error file=ldfi\.live\.yaml,line=\d+,col=\d+,title=ldfi%3A /);
    }
    expect(read(where, 'run/json')).toBe(read(where, 'result.json'));
    expect(read(where, 'run/junit')).toContain('<testcase name="POST /orders" classname="ldfi.live"');
    expect(read(where, 'again/tap')).toMatch(/^TAP version 14\n# ldfi\n1\.\.2\nnot ok 1 - ldfi\.live\.yaml stock PUT /);
    // Its own files are replaced; a document has stdout to itself.
    const alone = await live(['run', '--reporter', 'tap', ...flags('run')]);
    expect(alone).toMatchObject({ code: 1, stdout: read(where, 'run/tap') });
    const both = await live(['run', '--reporter', 'tap', '--json', '-']);
    expect(both).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('both want stdout') });
  });

  test('says in every report that its configuration cannot be read, and at which line', async () => {
    const flags = ['--reporter', 'github=g', '--reporter', 'junit=j', '--reporter', 'json=no.json'];
    expect(await live(['run', ...flags], { kinds: ['explode'] })).toMatchObject({ code: 2, stdout: '' });
    expect(read(where, 'g')).toMatch(
      /^::error file=ldfi\.live\.yaml,line=1,col=\d+,title=ldfi cannot read ldfi\.live\.yaml::kinds/,
    );
    expect(read(where, 'j')).toContain('errors="1"');
    expect(existsSync(join(where, 'no.json'))).toBe(false);
  });

  test('writes a test that fails until what it found is mended', async () => {
    expect(await live(['run', '--emit', 'node:test=pins/order.test.mjs'])).toMatchObject({ code: 1, stderr: '' });
    mkdirSync(join(where, 'node_modules'));
    symlinkSync(PACKAGE, join(where, 'node_modules/ldfi'));
    const pins = (): Promise<Finished> => finished(['--test', 'pins/order.test.mjs']);
    expect(await pins()).toMatchObject({ code: 1, stdout: expect.stringMatching(/^# pass 0\n# fail 2$/m) });
    writeFileSync(join(where, 'ldfi.live.yaml'), JSON.stringify({ ...config, expect: 'answer.status > 0' }));
    expect(await pins()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^# pass 2\n# fail 0$/m) });
    const none = await live(['run', '--emit', 'pins/none.test.ts'], FRONT());
    expect(none).toMatchObject({ code: 0, stderr: expect.stringContaining('so pins/none.test.ts was not written') });
    expect(existsSync(join(where, 'pins/none.test.ts'))).toBe(false);
  });

  test('says how far it is sure that the front page holds', async () => {
    const { code, stdout, stderr } = await live(['run'], FRONT());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ HOLDS {2}ldfi\.live\.yaml\n/);
    expect(stdout).toContain('Exact up to 2 faults');
  });

  test('finds a second charge by one lost answer', async () => {
    const never = 'calls.filter(c, c.service == "payments" && c.status == 200).size() > 1';
    const { code, stdout } = await live(['run', '--kinds', 'lost'], { expect: undefined, never });
    expect(code).toBe(1);
    expect(stdout).toContain('1. payments POST /charges #1: done, but the answer was lost\n    never: calls.filter');
  });

  test('takes a promise that is written in TypeScript', async () => {
    const of = (code: string): Promise<Finished> => {
      writeFileSync(join(where, 'promise.ts'), code);
      return live(['run'], { expect: undefined, promise: './promise.ts' });
    };
    const type = '{ answer, calls }: { answer: { status: number }; calls: { service: string }[] }';
    const found = await of(
      `export default (${type}) => answer.status === 201 || [\`\${calls.length} calls for nothing\`];`,
    );
    expect(found).toMatchObject({ code: 1, stderr: '' });
    expect(found.stdout).toContain('2 calls for nothing');
    const kept = await of(`export default async (${type}) => answer.status > 200;`);
    expect(kept).toMatchObject({ code: 0, stderr: '' });
    const throwing = await of('export default ({ answer }) => answer.json.no.such;');
    expect(throwing).toMatchObject({ code: 3, stdout: expect.stringContaining('UNRELIABLE') });
    expect(throwing.stdout).toContain('promise.ts cannot be judged: Cannot read properties');
    expect(await of('export const x = 1;')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('is no function'),
    });
    expect(await of('export default () => process.exit(0);')).toMatchObject({ code: 2 });
    expect(await of('export default () => { syntax')).toMatchObject({ code: 3 });
  });

  test('only looks with --dry-run', async () => {
    const charges = shop.charges.length;
    const { code, stdout } = await live(['run', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('Faults  3 single ones');
    expect(stdout).toMatch(/Tried first\n( {2}\w+ [A-Z]+ \S+ \w{6} #1: answered with an error\n){3}/);
    expect(shop.charges.length - charges).toBe(5);
  });

  test('is not green if the promise is broken without faults, or nothing passes a proxy', async () => {
    const broken = await live(['run'], { expect: 'answer.status == 200' });
    expect(broken).toMatchObject({ code: 4, stdout: expect.stringContaining('! BROKEN WITHOUT FAULTS') });
    const entry = { url: `http://127.0.0.1:${shop.edge.port}/health` };
    const vacuous = await live(['run'], { entry, expect: 'answer.status == 200' });
    expect(vacuous).toMatchObject({ code: 4, stdout: expect.stringContaining('! NOTHING TO INJECT') });
  });

  test('keeps what was found when the budget or the time ends', async () => {
    expect(await live(['run', '--max-runs', '3'])).toMatchObject({ code: 3 });
    const timed = await live(['run', '--timeout', '1', '--kinds', 'hang'], { faults: { hangMs: 60_000 } });
    expect([1, 3]).toContain(timed.code);
    expect(timed.stderr).not.toContain('bug');
  });

  test('ends at once when it is interrupted, and leaves no proxy behind', async () => {
    const seen = shop.charges.length;
    writeFileSync(join(where, 'ldfi.live.yaml'), JSON.stringify({ ...config, kinds: ['hang'] }));
    const child = spawn(process.execPath, [BIN, 'live', 'run'], { cwd: where, env: environment() });
    let text = '';
    child.stdout.on('data', (piece) => {
      text += piece;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => shop.charges.length, { timeout: 30_000 }).toBeGreaterThan(seen + 10);
    child.kill('SIGINT');
    expect([1, 3]).toContain(await ended);
    expect(text).toContain('It was stopped before it was complete.');
    const { port } = (config.services as Record<string, { port: number }>).stock ?? { port: 0 };
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('says all that is wrong with its configuration', async () => {
    const { code, stdout, stderr } = await live(['run'], { kinds: ['explode'], maxFaults: 0 });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/^ldfi\.live\.yaml:1:\d+: error: kinds\.0: /);
    expect(await live(['run', '-c', 'none.yaml'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file'),
    });
  });

  test('says in every report that a proxy cannot listen', async () => {
    const port = shop.edge.port;
    const services = { stock: { url: 'http://127.0.0.1:1', port } };
    const flags = ['--reporter', 'github=g2', '--reporter', 'junit=j2'];
    const taken = await live(['run', ...flags], { services });
    expect(taken).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`cannot listen at port ${port}`),
    });
    expect(read(where, 'g2')).toMatch(
      /^::error file=ldfi\.live\.yaml,line=1,col=\d+,[^\n]*the proxy of stock cannot listen/,
    );
    expect(read(where, 'j2')).toContain('errors="1"');
  });

  test('does not write over what is not its own', async () => {
    writeFileSync(join(where, 'mine.json'), '{"mine": 1}');
    expect(await live(['run', '--json', 'mine.json'])).toMatchObject({ code: 2 });
    expect(read(where, 'mine.json')).toBe('{"mine": 1}');
    expect(existsSync(join(where, 'nowhere.html'))).toBe(false);
  });
});

describe('ldfi live doctor', () => {
  test('is content with a shop that passes its headers on', async () => {
    const [deskPort] = await freePorts(1);
    const databases = { 'orders-db': { library: 'pg', address: '127.0.0.1:5432' } };
    const { code, stdout } = await live(['doctor'], { ...FRONT(), databases, deskPort });
    expect(code).toBe(0);
    expect(stdout).toContain('· no query of orders-db is seen\n  Node services that use it need LDFI_DESK');
    expect(stdout).toContain('✓ the promise holds in 5 of 5 requests without faults');
    expect(stdout).toContain('· payments is not called through its proxy');
    expect(stdout).toContain('✓ every call says which request it belongs to');
    expect(stdout).toContain('✓ a fault that was planned happened');
  });

  test('says what to do if nothing is called through a proxy', async () => {
    const entry = { url: `http://127.0.0.1:${shop.edge.port}/health` };
    const { code, stdout } = await live(['doctor'], { entry, expect: 'answer.status == 200' });
    expect(code).toBe(3);
    expect(stdout).toContain(
      '! stock is not called through its proxy\n  Whoever calls it must do so at http://127.0.0.1:',
    );
    expect(stdout).toContain('there is no call at which a fault could be injected');
  });
});

describe('setting up', () => {
  test('ldfi live env and compose point at the proxies', async () => {
    const services = {
      'my-stock': { url: 'http://127.0.0.1:3001/api/', port: 4001, env: ['A', 'B'] },
      cart: { url: 'http://127.0.0.1:3002', port: 4002 },
    };
    expect((await live(['env'], { services })).stdout).toBe(
      'A=http://127.0.0.1:4001/api\nB=http://127.0.0.1:4001/api\nCART_URL=http://127.0.0.1:4002\n',
    );
    const { stdout } = await live(['compose', '--services', 'shop', '-o', '-'], { services });
    expect(parse(stdout)).toEqual({
      services: {
        shop: {
          environment: {
            A: 'http://host.docker.internal:4001/api',
            B: 'http://host.docker.internal:4001/api',
            CART_URL: 'http://host.docker.internal:4002',
          },
          extra_hosts: ['host.docker.internal:host-gateway'],
        },
      },
    });
  });

  test('ldfi live compose writes a file, and none over what is not its own', async () => {
    const written = await live(['compose']);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    expect(written.stderr).toBe(
      'compose.ldfi.yaml points 4 services at the proxies: docker compose -f compose.yaml -f compose.ldfi.yaml up -d\n',
    );
    const text = read(where, 'compose.ldfi.yaml');
    expect(Object.keys(parse(text).services)).toEqual(['catalog', 'stock', 'payments', 'recommendations']);
    expect(await live(['compose', '--services', 'shop'])).toMatchObject({ code: 0 });
    expect(Object.keys(parse(read(where, 'compose.ldfi.yaml')).services)).toEqual(['shop']);
    writeFileSync(join(where, 'compose.yaml'), 'services: {}\n');
    const refused = await live(['compose', '-o', 'compose.yaml']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('was not written by ldfi') });
    expect(read(where, 'compose.yaml')).toBe('services: {}\n');
    expect(await live(['compose', '-o', 'compose.yaml', '--force'])).toMatchObject({ code: 0 });
    const own = await live(['compose', '-o', 'ldfi.live.yaml', '--force']);
    expect(own).toMatchObject({ code: 2, stderr: expect.stringContaining('is read by this command') });
  });

  test('ldfi live env tells where to ask about queries, if there are databases', async () => {
    const databases = { 'orders-db': { library: 'pg', address: '127.0.0.1:5432' } };
    expect((await live(['env'], { databases, deskPort: 4100 })).stdout).toMatch(/\nLDFI_DESK=127\.0\.0\.1:4100\n$/);
    const { stdout } = await live(['compose', '--services', 'shop', '-o', '-'], { databases });
    expect(parse(stdout).services.shop.environment).toMatchObject({ LDFI_DESK: 'host.docker.internal:14000' });
  });

  test('ldfi live trace and init read a trace', async () => {
    const span = (id: string, parentId: string | undefined, kind: string, path: string) => ({
      ...{ traceId: 't', id, parentId, kind, timestamp: id.charCodeAt(0), localEndpoint: { serviceName: 'shop' } },
      tags: { 'http.method': 'POST', 'http.url': `http://stock:3002${path}`, 'peer.service': 'stock' },
    });
    writeFileSync(
      join(where, 'trace.json'),
      JSON.stringify([span('a', undefined, 'SERVER', '/orders'), span('b', 'a', 'CLIENT', '/x\u001b[2J')]),
    );
    const { code, stdout } = await live(['trace', 'trace.json']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Calls that it rests on\n {2}stock POST \/x%1B\[:nJ \w{6} #1\nFaults {2}3 single ones/);
    expect(stdout).not.toContain('\u001b[2J');
    expect(parse((await live(['init', 'trace.json'])).stdout)).toMatchObject({
      services: { stock: { url: 'http://127.0.0.1:3002', port: 14_001 } },
    });
    expect(await live(['trace', 'ldfi.live.yaml'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('neither'),
    });
  });

  test('ldfi live schema is a JSON schema of the configuration', async () => {
    const schema = JSON.parse((await live(['schema'])).stdout);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(config)).toBe(true);
    expect(validate({ ...config, kinds: ['explode'] })).toBe(false);
  });
});
