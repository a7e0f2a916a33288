/**
 * `ldfi frontier`, `ldfi run --frontier` and `ldfi diff`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { batch, folder, ldfi } from './support.js';

/** With a relation that keeps sending, losses before EFF are made good; without, one of them breaks it. */
const spec = (
  told: string,
  expected = 'holds',
): string => `//! check name=loss eot=5 eff=2 crashes=0 nodes=a,b expect=${expected}
//! check name=crash eot=5 eff=0 crashes=1 nodes=a,b
log(N, P) :- told(N, P);
log(N, P)@next :- log(N, P);
${told}
pre("x", P) :- log("a", P);
post("x", P) :- log("b", P);
told("a", "p")@1;
peer("a", "b")@1;
peer(A, B)@next :- peer(A, B);
`;
const RETRY = 'told(M, P)@async :- log(N, P), peer(N, M);';
const ONCE = 'told(M, P)@async :- told(N, P), peer(N, M);';

const PROTOCOL = `import { defineProtocol } from 'ldfi';
export default defineProtocol({
  name: 'greeting',
  nodes: ['a', 'b'],
  state: () => ({ greeted: false }),
  actor: () => ({
    init(ctx) { if (ctx.id === 'a') ctx.setPeriodic('again', 1); },
    onTimer(ctx) { ctx.send('b', 'hello'); },
    onMessage(ctx) { ctx.state.greeted = true; },
  }),
  check: (world) => world.state('b').greeted ? 'holds' : { violated: 'b was not greeted' },
  checks: [{ name: 'usual', eot: 5, eff: 2, crashes: 0, expect: 'holds' }],
});
`;

const MINUTES = { timeout: 240_000 };

test('frontier: a sentence and a grid for what the checks ask for, and commands that show it', MINUTES, () => {
  const cwd = folder({ 's.ded': spec(RETRY) });
  const { code, stdout, stderr } = ldfi(cwd, ['frontier', 's.ded', '--timeout', '600']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('s.ded loss, crash\n');
  expect(stdout).toContain('eot 5: tolerates up to eff 4 with no crashes; breaks with 1 crash\n');
  expect(stdout).toContain('    no crashes           ✓   ✓  [✓]  ✓   ✓   ✗\n');
  expect(stdout).toContain('    at most 1 crash     [✗]  ✗   ✗   ✗   ✗   ✗\n');
  expect(stdout).toContain('    eff 0, at most 1 crash: broken by {crash a@1}\n');
  const commands = [...stdout.matchAll(/^ +npx ldfi (run .*)$/gm)].map(([, words = '']) => words.split(' '));
  expect(commands.length).toBe(2);
  for (const run of batch(cwd, commands)) expect([run.code, run.stderr]).toEqual([1, '']);
});

test('frontier: ranges, JSON, Markdown and a page; the same bytes each time', MINUTES, () => {
  const cwd = folder({ 's.ded': spec(RETRY) });
  const flags = ['--eot', '4..5', '--eff', '1..3', '--crashes', '0', '--timeout', '600'];
  const [one, other, markdown, page] = batch(cwd, [
    ['frontier', 's.ded', ...flags, '--json', '-'],
    ['frontier', 's.ded', ...flags, '--json', '-'],
    ['frontier', 's.ded', ...flags, '--markdown', '-'],
    ['frontier', 's.ded', ...flags, '--html', 'f.html'],
  ]);
  expect(one?.stdout).toBe(other?.stdout);
  const [first] = JSON.parse(one?.stdout ?? '').frontiers;
  expect(first.slices.map(({ eot }: { eot: number }) => eot)).toEqual([4, 5]);
  expect(first.slices[1].axes).toEqual([
    { name: 'eff', values: [1, 2, 3] },
    { name: 'crashes', values: [0] },
  ]);
  expect(first.slices[1].cells.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['holds', 'holds', 'holds']);
  expect(markdown?.stdout).toContain('| no crashes | ✓ | **✓** | ✓ |');
  expect(page?.code).toBe(0);
  expect(readFileSync(join(cwd, 'f.html'), 'utf8')).toContain('s.ded loss, crash');
});

test('frontier: what it exits with', MINUTES, () => {
  const cwd = folder({
    'as-expected.ded': spec(ONCE, 'violated'),
    'not-expected.ded': spec(ONCE),
    'vacuous.ded': spec(RETRY).replace('told("a", "p")@1;', 'told("a", "p")@1 :- told("b", "p");'),
    'p.mjs': PROTOCOL,
  });
  writeFileSync(join(cwd, 'vacuous.ded'), spec(RETRY).replace('log("a", P)', 'log("never", P)'));
  const [good, bad, nothing, protocol, backwards, many, missing, late, part] = batch(cwd, [
    ['frontier', 'as-expected.ded', '--timeout', '600'],
    ['frontier', 'not-expected.ded', '--timeout', '600'],
    ['frontier', 'vacuous.ded', '--timeout', '600'],
    ['frontier', 'p.mjs', '--timeout', '600'],
    ['frontier', 'as-expected.ded', '--eff', '3..1'],
    ['frontier', 'as-expected.ded', '--eff', '0..900', '--crashes', '0..9'],
    ['frontier', 'as-expected.ded', '--check', 'no'],
    ['frontier', 'as-expected.ded', '--eot', '1..600', '--eff', '0..1', '--crashes', '0', '--timeout', '1'],
    ['frontier', 'p.mjs', '--eff', '0..3', '--crashes', '0..1'],
  ]);
  expect(good?.code).toBe(0);
  expect([bad?.code, bad?.stdout]).toEqual([1, expect.stringContaining('loss: violated, but expected holds')]);
  expect(nothing?.code).toBe(4);
  expect([protocol?.stderr, protocol?.code]).toEqual(['', 0]);
  expect(protocol?.stdout).toContain('tolerates up to eff 4 with no crashes; breaks with 1 crash');
  expect(part?.stdout).toContain('tolerates at least up to eff 3 with no crashes; breaks with 1 crash');
  expect([backwards?.code, backwards?.stderr]).toEqual([
    2,
    expect.stringContaining('It must be an integer or a range'),
  ]);
  expect([many?.code, many?.stderr]).toEqual([2, expect.stringContaining('give smaller ranges')]);
  expect([missing?.code, missing?.stderr]).toEqual([2, expect.stringContaining('no check is named "no"')]);
  expect([late?.code, late?.stdout]).toEqual([3, expect.stringContaining('not')]);
});

test('run --frontier: the result has it, and so has its page', MINUTES, () => {
  const cwd = folder({ 's.ded': spec(RETRY) });
  const { code, stdout } = ldfi(cwd, ['run', 's.ded', '--frontier', '--json', 'r.json', '--report', 'r.html']);
  expect(code).toBe(1);
  expect(stdout).toContain('✓ HOLDS');
  expect(stdout).toContain('    no crashes           ✓   ✓  [✓]  ✓   ✓   ✗\n');
  const { checks } = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
  expect(checks.map(({ frontier }: { frontier: { eot: number }[] }) => frontier.map(({ eot }) => eot))).toEqual([
    [4, 5, 6],
    [4, 5, 6],
  ]);
  expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toContain('"frontier":');
});

describe('diff', () => {
  test('of results: text, JSON, Markdown and the code', MINUTES, () => {
    const cwd = folder({ 'good/s.ded': spec(RETRY), 'bad/s.ded': spec(ONCE) });
    for (const name of ['good', 'bad']) {
      writeFileSync(join(cwd, 's.ded'), readFileSync(join(cwd, name, 's.ded')));
      ldfi(cwd, ['run', 's.ded', '-q', '--json', `${name}.json`]);
    }
    const [worse, better, same, json, markdown, quiet] = batch(cwd, [
      ['diff', 'good.json', 'bad.json'],
      ['diff', 'bad.json', 'good.json'],
      ['diff', 'good.json', 'good.json'],
      ['diff', 'good.json', 'bad.json', '--json', '-'],
      ['diff', 'good.json', 'bad.json', '--markdown', '-'],
      ['diff', 'good.json', 'bad.json', '-q'],
    ]);
    expect(worse?.code).toBe(1);
    expect(worse?.stdout).toBe(`s.ded loss
  ✗ holds → violated, not as expected
  ✗ 1 counterexample new: {a→b@1}

2 regressions (2 checks compared)
`);
    expect([better?.code, better?.stdout]).toEqual([0, expect.stringContaining('  · violated → holds\n')]);
    expect([same?.code, same?.stdout]).toEqual([0, 'nothing has changed (2 checks compared)\n']);
    expect(JSON.parse(json?.stdout ?? '')).toMatchObject({ of: 'results', regressions: 2, compared: 2 });
    expect(markdown?.stdout).toContain('| ❌ | s.ded loss | holds → violated, not as expected |');
    expect([quiet?.code, quiet?.stdout]).toEqual([1, '']);
  });

  test('of frontiers, and of what cannot be compared', MINUTES, () => {
    const cwd = folder({
      's.ded': spec(RETRY),
      'no.json': '{',
      'strange.json': '{"tool":{"name":"ldfi"},"frontiers":[1]}',
    });
    ldfi(cwd, ['frontier', 's.ded', '-q', '--timeout', '600', '--json', 'good.json']);
    ldfi(cwd, ['run', 's.ded', '-q', '--json', 'result.json']);
    writeFileSync(join(cwd, 's.ded'), spec(ONCE));
    ldfi(cwd, ['frontier', 's.ded', '-q', '--timeout', '600', '--json', 'bad.json']);
    const [worse, better, mixed, broken, strange, none] = batch(cwd, [
      ['diff', 'good.json', 'bad.json'],
      ['diff', 'bad.json', 'good.json'],
      ['diff', 'good.json', 'result.json'],
      ['diff', 'good.json', 'no.json'],
      ['diff', 'strange.json', 'good.json'],
      ['diff', 'good.json', 'missing.json'],
    ]);
    expect([worse?.code, worse?.stdout]).toEqual([
      1,
      expect.stringContaining('no longer tolerated (eff 2, no crashes'),
    ]);
    expect([better?.code, better?.stdout]).toEqual([0, expect.stringContaining('tolerated now')]);
    expect([mixed?.code, mixed?.stderr]).toEqual([2, expect.stringContaining('compare two of a kind')]);
    expect([broken?.code, broken?.stderr]).toEqual([2, expect.stringContaining('it is not JSON')]);
    expect([strange?.code, strange?.stderr]).toEqual([2, expect.stringContaining('it has no frontiers of ldfi')]);
    expect([none?.code, none?.stderr]).toEqual([2, expect.stringContaining('missing.json')]);
  });
});
