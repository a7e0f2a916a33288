/**
 * `ldfi pbs`: figures, models from files, the same bytes by any number of threads, and mistakes.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSamples } from '../../src/cli/jobs/samplers.js';
import { stalenessSchema } from '../../src/report/staleness/schema.js';
import { MODELS } from '../../src/staleness/models.js';
import { batch, folder, ldfi, read, STACK } from './support.js';

const MINUTES = { timeout: 240_000 };

test('says how stale reads are, in text and JSON alike', MINUTES, () => {
  const cwd = folder({});
  const { code, stdout, stderr } = ldfi(cwd, ['pbs', '--model', 'WAN', '--samples', '20000', '--json', 'p.json']);
  expect([code, stderr]).toEqual([0, '']);
  const found = stalenessSchema.parse(JSON.parse(read(cwd, 'p.json')));
  expect(found).toMatchObject({ quorum: { n: 3, r: 1, w: 1 }, model: 'WAN', samples: 20_000, seed: 1 });
  expect(found.versions.map(({ fraction }) => fraction)).toEqual(['1/3', '5/9', '19/27']);
  expect(found.monotonic.probability).toBeCloseTo(5 / 9, 15);
  expect(Math.abs((found.curve[0]?.probability ?? 0) - 1 / 3)).toBeLessThan(0.02);
  const late = found.visible[3]?.ms ?? 0;
  expect(stdout).toContain(`one ${Number(late.toPrecision(3))} ms later with 0.999 (20,000 samples, seed 1)`);
  expect(stdout).toMatch(/^ +0 ms {2}█+.? +0\.\d+ \(0\.\d+–0\.\d+\)$/m);
  expect(stdout).toContain('a read gives one of the last 2 versions');
});

test('the same bytes by one thread and by two, others by another seed', MINUTES, () => {
  const cwd = folder({});
  const words = ['pbs', '--samples', '140000', '--json', '-'];
  const [one, two, other] = batch(cwd, [
    [...words, '--jobs', '1'],
    [...words, '--jobs', '2'],
    [...words, '--jobs', '2', '--seed', '2'],
  ]);
  expect(one?.code).toBe(0);
  expect(two?.stdout).toBe(one?.stdout);
  expect(other?.stdout).not.toBe(one?.stdout);
});

test('models are files, too', MINUTES, () => {
  const cwd = folder({
    'lan.json': '{ "name": "LAN", "W": [{ "constant": 5 }], "A": [{ "constant": 0 }], "R": [{ "constant": 1 }] }',
    'seen.csv': 'W,A\n9,1\n1,1\n',
  });
  const words = ['--samples', '1000', '--n', '2', '--json', '-'];
  const [lan, seen] = batch(cwd, [
    ['pbs', '--model', 'lan.json', ...words],
    ['pbs', '--model', 'seen.csv', ...words],
  ]).map(({ stdout }) => stalenessSchema.parse(JSON.parse(stdout)));
  // Everything takes as long everywhere: no replica is late.
  expect([lan?.curve.map(({ probability }) => probability), lan?.read[0]?.ms]).toEqual([[1], 2]);
  // Whoever reads at the replica that is 9 ms away, after a write that took 2, sees it 9 − 2 − 1 ms later.
  expect([seen?.model, seen?.visible[3]?.ms]).toEqual(['seen.csv', 6]);
  expect(seen?.curve[0]?.probability).toBeGreaterThan(0.6);
});

test('mistakes are told with what to write instead', MINUTES, () => {
  const cwd = folder({ 'm.json': '{"name":"x","W":[{"pareto":{}}]}', 'm.csv': 'W\n1\nx\n', 'p.html': 'mine' });
  const tried = batch(cwd, [
    ['pbs', '--r', '4'],
    ['pbs', '--model', 'fast'],
    ['pbs', '--model', 'm.json'],
    ['pbs', '--model', 'm.csv'],
    ['pbs', '--n', '0'],
    ['pbs', '--writes-per-read', '-1'],
    ['pbs', '--html', 'p.html'],
    ['pbs', '--model', 'm.csv', '--json', 'm.csv', '--force'],
  ]);
  expect(tried.map(({ code, stdout }) => [code, stdout])).toEqual(tried.map(() => [2, '']));
  expect(tried.map(({ stderr }) => stderr)).toEqual(
    [
      '--r 4 is more than the 3 replicas of --n',
      'the models are ssd, disk, ymmr, wan',
      'm.json: it is no model of latencies (W.0.pareto.scale',
      'm.csv:3: "x" is no latency',
      'from 1 to 100',
      'a number from 0',
      'replace it with --force',
      'm.csv',
    ].map((words) => expect.stringContaining(words)),
  );
  expect(tried.filter(({ stderr }) => STACK.test(stderr))).toEqual([]);
  expect(read(join(cwd, 'p.html'))).toBe('mine');
});

test.each([1, 2])('an interrupt ends the samples, by %i threads', MINUTES, async (jobs) => {
  const plan = { quorum: { n: 9, r: 3, w: 3 }, model: MODELS.ssd, samples: 5_000_000, seed: 1 };
  const controller = new AbortController();
  const made = makeSamples(plan, jobs, controller.signal);
  setTimeout(() => controller.abort('stopped'), 50);
  await expect(made).rejects.toBe('stopped');
  await expect(makeSamples(plan, jobs, AbortSignal.abort('before'))).rejects.toBe('before');
});
