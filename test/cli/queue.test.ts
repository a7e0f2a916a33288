/**
 * `ldfi test --queue` and `ldfi worker`, with a real Redis: the same bytes as without, and nothing lost when workers or
 * Redis itself are killed in the middle.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../live/free-port.js';
import { isWhole } from '../size.js';
import { manySpecs, reportsIn, WRITING } from './many.js';
import { BIN, environment, type Finished, folder, ldfi, oneMessage, SPECS, STACK } from './support.js';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 240_000; !(await isSo()); await wait(50))
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
}

const data = mkdtempSync(join(tmpdir(), 'ldfi-queue-'));
let port = 0;
let server: ChildProcess;
let redis: Redis;

/** With a file to which every command is written before it is answered. */
async function startServer(): Promise<void> {
  const options = { port, bind: '127.0.0.1', dir: data, save: '', appendonly: 'yes', appendfsync: 'always' };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value.toString()]);
  server = spawn('redis-server', words, { stdio: 'ignore' });
  const accepts = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
  await until('redis-server starts', accepts);
}

beforeAll(async () => {
  [port = 0] = await freePorts(1);
  await startServer();
  redis = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
}, 300_000);

const running = new Set<ChildProcess>();
const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('close', () => resolve());
    child.kill('SIGKILL');
  });

afterEach(async () => {
  for (const child of running) await end(child);
  running.clear();
  await redis.flushall();
}, 60_000);

afterAll(async () => {
  redis.disconnect();
  await end(server);
  rmSync(data, { recursive: true, force: true });
}, 60_000);

const url = (): string => `redis://127.0.0.1:${port}`;

interface Running {
  readonly child: ChildProcess;
  readonly text: { stdout: string; stderr: string };
  readonly done: Promise<Finished>;
}

function begin(cwd: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: environment() });
  running.add(child);
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk;
  });
  return { child, text, done: new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text }))) };
}

const worker = (cwd: string, ...flags: string[]): Running =>
  begin(cwd, ['worker', '.', '--queue', url(), '--lock', '4', ...flags]);
const feeder = (cwd: string, ...flags: string[]): Running => begin(cwd, ['test', '.', '--queue', url(), ...flags]);

/** A protocol whose module says that it is being loaded, and waits as long as there is a file `hold`. */
const HELD = `import { existsSync, writeFileSync } from 'node:fs';
if (existsSync('hold')) writeFileSync('began', '');
while (existsSync('hold')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
${oneMessage("{ name: 'calm', eot: 4, eff: 0 }, { name: 'loss', eot: 4, eff: 2, expect: 'violated' }")}`;

const heldSpecs = (): string =>
  folder({ 'a.ts': HELD, 'b.ded': SPECS.violated, 'c.ded': SPECS.holds, 'd.ded': SPECS.vacuous });

/** Another machine's checkout, in which the module waits. */
function holding(cwd: string): string {
  const other = folder();
  cpSync(cwd, other, { recursive: true });
  writeFileSync(join(other, 'hold'), '');
  return other;
}

const withoutQueue = (cwd: string): Finished => ldfi(cwd, ['test', '.']);

test('two workers: the same bytes as without, reports, stdout, stderr and exit code', async () => {
  const cwd = manySpecs();
  const split = isWhole ? ['--split', '3'] : ['--split', '2'];
  const one = { ...ldfi(cwd, ['test', '.', ...split, ...WRITING]), reports: reportsIn(cwd) };
  const workers = [worker(cwd), worker(cwd, '--jobs', '2')];
  const said = await feeder(cwd, ...split, ...WRITING).done;
  expect(said).toEqual({ code: one.code, stdout: one.stdout, stderr: one.stderr });
  for (const [i, { name, text }] of reportsIn(cwd).entries()) expect(text === one.reports[i]?.text, name).toBe(true);
  expect(workers.map(({ text }) => text.stderr)).toEqual(['', '']);
  expect(await redis.keys('ldfi:*')).toEqual([]);
  expect(await redis.keys('bull:ldfi:*-*-*')).toEqual([]);
}, 300_000);

test('a worker that is killed in the middle loses nothing', async () => {
  const cwd = heldSpecs();
  const other = holding(cwd);
  const first = worker(other);
  const fed = feeder(cwd);
  await until('the module is loaded', () => existsSync(join(other, 'began')));
  await end(first.child);
  worker(cwd);
  // On a loaded machine it takes the second worker some time to begin.
  const { stderr, ...said } = await fed.done;
  const alone = withoutQueue(cwd);
  expect({ ...said, stderr: stderr.replace(/^note: nobody takes from the queue .*\n/m, '') }).toEqual(alone);
}, 300_000);

test('Redis is killed in the middle and comes back: nothing is lost, and it is said', async () => {
  const cwd = heldSpecs();
  const other = holding(cwd);
  const taking = worker(other);
  const fed = feeder(cwd);
  await until('the module is loaded', () => existsSync(join(other, 'began')));
  await end(server);
  await until('it is noticed', () => fed.text.stderr.includes('is lost') && taking.text.stderr.includes('is lost'));
  rmSync(join(other, 'hold'));
  await startServer();
  const { code, stdout, stderr } = await fed.done;
  const without = withoutQueue(cwd);
  expect({ code, stdout }).toEqual({ code: without.code, stdout: without.stdout });
  expect(stderr).toContain(`127.0.0.1:${port} is there again`);
}, 300_000);

test.runIf(isWhole)(
  'two who ask at once do not mix, and Redis without its data is given them again',
  async () => {
    const [a, b] = [heldSpecs(), folder({ 'b.ded': SPECS.holds, 'z.ded': SPECS.noPost })];
    const fed = [feeder(a), feeder(b)];
    await until('both have asked', async () => (await redis.llen('bull:ldfi:wait')) >= 7);
    await redis.flushall();
    worker(a);
    // It has no `z.ded`, and nobody searches what is not here.
    const [one, two] = await Promise.all(fed.map(({ done }) => done));
    const without = withoutQueue(a);
    expect({ code: one?.code, stdout: one?.stdout }).toEqual({ code: without.code, stdout: without.stdout });
    expect(two?.code).toBe(2);
    expect(two?.stderr).toContain('it has no spec z.ded');
  },
  300_000,
);

test('a worker with other files refuses, and says which', async () => {
  const cwd = heldSpecs();
  const other = folder({
    'a.ts': HELD,
    'b.ded': `${SPECS.violated}// edited\n`,
    'c.ded': SPECS.holds,
    'd.ded': SPECS.vacuous,
  });
  worker(other);
  const { code, stderr } = await feeder(cwd).done;
  expect(code).toBe(2);
  expect(stderr).toMatch(/error: b\.ded loss: the worker on \S+ \(process \d+\) cannot search it: its files of b\.ded/);
  expect(stderr).toContain('the same commit');
  expect(stderr).not.toContain('c.ded');
}, 300_000);

test('Ctrl-C leaves nothing behind', async () => {
  const cwd = heldSpecs();
  const other = holding(cwd);
  const taking = worker(other);
  const fed = feeder(cwd);
  await until('the module is loaded', () => existsSync(join(other, 'began')));
  fed.child.kill('SIGINT');
  const { code, stderr } = await fed.done;
  expect(code).toBe(3);
  expect(stderr).not.toMatch(STACK);
  rmSync(join(other, 'hold'));
  const mine = async (): Promise<string[]> => [
    ...(await redis.keys('ldfi:*')),
    ...(await redis.keys('bull:ldfi:*-*-*')),
    ...(await redis.keys('bull:ldfi:wait')),
  ];
  await until('the unit at hand is gone, too', async () => (await mine()).length === 0);
  taking.child.kill('SIGINT');
  expect((await taking.done).code).toBe(0);
}, 300_000);

test('a Redis that cannot be used is said, never its password', () => {
  const cwd = folder({ 'a.ded': SPECS.holds });
  for (const [given, said] of [
    ['redis://me:geheim@127.0.0.1:1', 'cannot use the Redis at 127.0.0.1:1: '],
    ['http://me:geheim@127.0.0.1', '--queue takes a URL like'],
    ['geheim', '--queue takes a URL like'],
    [`redis://me:geheim@127.0.0.1:${port}`, `cannot use the Redis at 127.0.0.1:${port}: `],
  ])
    for (const command of isWhole || given === 'geheim' ? ['test', 'worker'] : ['test']) {
      const { code, stdout, stderr } = ldfi(cwd, [command, '.', '--queue', given as string]);
      expect(code).toBe(2);
      expect(stderr).toContain(said);
      expect(stdout + stderr).not.toContain('geheim');
      expect(stderr).not.toMatch(STACK);
    }
}, 300_000);

test.runIf(isWhole)(
  'that nobody takes from the queue is said, and --timeout ends it',
  async () => {
    const { code, stderr } = await feeder(folder({ 'a.ded': SPECS.holds }), '--timeout', '10').done;
    expect(code).toBe(3);
    expect(stderr).toContain('npx ldfi worker --queue redis://');
  },
  300_000,
);
