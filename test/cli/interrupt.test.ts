import { expect, test } from 'vitest';
import { acknowledged, batch, folder, interrupted, ldfi, resultIn, SPECS, STACK } from './support.js';

/** Work without end. */
const ENDLESS = ['--strategy', 'random', '--max-executions', '1000000000'];

const two = (spec: string) =>
  `//! check name=first eot=4 eff=2 nodes=a,b\n//! check name=second eot=5 eff=2 nodes=a,b\n${spec.replace(/.*\n/, '')}`;

test('Ctrl-C during a long search: exit code 3, the result is printed and saved', async () => {
  const cwd = folder({ 'heavy.ded': acknowledged(7, 'name=heavy eot=12 eff=6 crashes=1') });
  const { code, stdout, stderr } = await interrupted(
    cwd,
    ['run', 'heavy.ded', '--lineage', 'run', '-v'],
    /"execution":3/,
  );
  expect(code).toBe(3);
  expect(stderr).toContain('Interrupted: finishing with what was found');
  expect(stderr).not.toMatch(STACK);
  expect(stdout).toContain('! INCONCLUSIVE  heavy');
  expect(resultIn(cwd, 'reports/heavy.json').checks).toMatchObject([
    { verdict: 'inconclusive', complete: false, stopped: 'aborted' },
  ]);
});

test('Ctrl-C after a counterexample: it is not lost, and the checks that were not reached are named', async () => {
  const cwd = folder({ 's.ded': two(SPECS.violated) });
  const { code, stdout } = await interrupted(cwd, ['run', 's.ded', '-v', ...ENDLESS], /"event":"counterexample"/);
  expect(code).toBe(3);
  expect(stdout).toContain('✗ VIOLATED  first');
  expect(stdout).toContain('stopped by an interrupt or a timeout: there may be more');
  expect(stdout).toContain('Not run: the interrupt or the timeout came first.');
  expect(resultIn(cwd, 'reports/s.json').checks).toMatchObject([
    { name: 'first', verdict: 'violated', complete: false, stopped: 'aborted', counterexamples: [{}] },
    { name: 'second', verdict: 'inconclusive', executions: 0, stopped: 'aborted' },
  ]);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends test in the same way', async (signal) => {
  const cwd = folder({ 's.ded': two(SPECS.holds) });
  const args = ['test', 's.ded', '-v', '--json', 'o.json', ...ENDLESS];
  const { code, stdout } = await interrupted(cwd, args, /"execution":3/, signal);
  expect(code).toBe(3);
  expect(stdout).toContain('2 checks of 1 spec: 0 as expected, 1 not, 1 not run');
  expect(resultIn(cwd, 'o.json').checks.map(({ executions }) => executions > 0)).toEqual([true, false]);
});

test('--timeout: 3, or 1 if a counterexample was found; never 0 for checks that were not run', () => {
  const green = two(SPECS.holds).replace(
    '//! check name=first',
    '//! check name=zero eot=4 eff=0 nodes=a,b\n//! check name=first',
  );
  const cwd = folder({ 'red.ded': two(SPECS.violated), 'green.ded': green });
  const [red, run, tested] = batch(cwd, [
    ['run', 'red.ded', '--timeout', '1', ...ENDLESS],
    ['run', 'green.ded', '--timeout', '1', ...ENDLESS],
    ['test', '.', '--timeout', '1', ...ENDLESS],
  ]);
  expect([red?.code, run?.code, tested?.code]).toEqual([1, 3, 3]);
  expect(red?.stderr).toBe('');
  expect(resultIn(cwd, 'reports/green.json').checks.map(({ verdict }) => verdict)).toEqual(
    Array(3).fill('inconclusive'),
  );
  expect(tested?.stdout).toMatch(/5 checks of 2 specs: 0 as expected, 1 not, 4 not run/);
});

test('a timeout that does not come keeps nobody waiting', () => {
  const cwd = folder({ 's.ded': SPECS.holds });
  const started = Date.now();
  expect(ldfi(cwd, ['run', 's.ded', '--timeout', '100']).code).toBe(0);
  expect(ldfi(cwd, ['run', 'nope.ded', '--timeout', '100']).code).toBe(2);
  expect(Date.now() - started).toBeLessThan(50_000);
});
