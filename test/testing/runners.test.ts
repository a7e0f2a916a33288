/**
 * Matchers and pinned counterexamples in the real test runners, with the built package: they fail with the story, and
 * pass once the spec is mended.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environment, type Finished, folder, ldfi, PACKAGE, ROOT, read, resultIn } from '../cli/support.js';
import { firstOf } from '../size.js';

const MODULES = join(ROOT, 'node_modules');

const protocol = (mended: boolean): string => `
import { defineProtocol } from 'ldfi';
export const retry = defineProtocol({
  name: 'retry',
  nodes: ['a', 'b', 'c'],
  state: (id) => ({ has: id === 'a' }),
  actor: () => ({
    init(ctx) {
      if (!ctx.state.has) return;
      ctx.broadcast('msg');
      ctx.setPeriodic('again', 1);
    },
    onMessage(ctx) {
      ${mended ? "if (!ctx.state.has) ctx.setPeriodic('again', 1);" : ''}
      ctx.state.has = true;
    },
    onTimer(ctx) {
      ctx.broadcast('msg');
    },
  }),
  check: (world) => {
    const lacking = world.alive.filter((node) => !world.state(node).has);
    if (lacking.length === world.alive.length) return 'vacuous';
    return lacking.length === 0 ? 'holds' : { violated: lacking.map((node) => [node, 'lacks it']) };
  },
  checks: [{ eot: 6, eff: 3, crashes: 1 }],
});
`;

/** The same as a Dedalus program of two files. */
const SPEC = `//! check eot=6 eff=3 crashes=1
include "rules.inc";
node("a", "b")@1; node("a", "c")@1; node("b", "a")@1; node("b", "c")@1; node("c", "a")@1; node("c", "b")@1;
log("a", "hello")@1;
missing(M, P) :- log(N, P), node(N, M), notin log(M, P), notin crash(N, M, _);
pre(N, P) :- log(N, P), notin crash(N, N, _);
post(N, P) :- log(N, P), notin missing(_, P);
`;
const rules = (mended: boolean): string => `
node(N, M)@next :- node(N, M);
log(N, P)@next :- log(N, P);
log(M, P)@async :- log(N, P), node(N, M)${mended ? '' : ', N == "a"'};
`;

const NAME = 'b: lacks it, when what a sends to b at tick 1 is lost and a crashes at tick 2';
const SENTENCE = 'b: lacks it – b.has is never true, because the message a→b of tick 1 is lost';
const BOUNDS = '{ eot: 6, eff: 3, crashes: 1 }';

const matchers = (imports: string, clock: string): string => `${imports}
import { retry } from './specs/retry.mjs';
test('without crashes', async () => {
  await expect(retry).toTolerate({ eot: 6, eff: 3 });
  expect(retry).toSurvive([{ kind: 'omission', from: 'a', to: 'b', tick: 1 }]);
});
test('with a crash', async () => {
  await expect(retry).toTolerate(${BOUNDS});
});
test('without a clock', async () => {
  ${clock}.useFakeTimers();
  await expect(retry).toTolerate({ eot: 6, eff: 3 });
});
`;

const RUNNERS = {
  vitest: {
    run: ['vitest/vitest.mjs', 'run', '--color=false'],
    own: matchers("import { expect, test, vi } from 'vitest';\nimport 'ldfi/vitest';", 'vi'),
    counts: [/3 failed \| 2 passed/, / 5 passed/],
  },
  jest: {
    run: ['jest/bin/jest.js', '--color=false', '--testMatch=**/*.test.mjs'],
    own: matchers("import { expect, jest, test } from '@jest/globals';\nimport 'ldfi/jest';", 'jest'),
    counts: [/3 failed, 2 passed/, /Tests: +5 passed/],
  },
  'node:test': {
    run: ['--test'],
    own: `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertTolerates, check } from 'ldfi';
import { retry } from './specs/retry.mjs';
test('without crashes', async () => assert.equal((await check(retry, { eot: 6, eff: 3 })).kind, 'holds'));
test('with a crash', () => assertTolerates(retry, ${BOUNDS}));
`,
    counts: [/pass 1\n.*fail 3/s, /pass 4\n.*fail 0/s],
  },
} as const;

/** Runs a runner over a project to its end. */
function runner(cwd: string, [program = '', ...args]: readonly string[]): Finished {
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, VITEST, JEST_WORKER_ID, ...env } = environment({ NO_COLOR: '1' });
  const isJest = program.startsWith('jest');
  const main = program.startsWith('-')
    ? [program]
    : [...(isJest ? ['--experimental-vm-modules'] : []), join(MODULES, program)];
  const options = { cwd, env: { ...env, NODE_ENV: 'test' }, encoding: 'utf8', timeout: 110_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...main, ...args], options);
  return { code: status, stdout, stderr };
}

/** A project that has the package and the runners linked. */
function project(files: Readonly<Record<string, string>>): string {
  const cwd = folder({
    'package.json': '{ "name": "user", "private": true, "type": "module", "jest": { "transform": {} } }',
    'specs/retry.mjs': protocol(false),
    'specs/retry.ded': SPEC,
    'specs/rules.inc': rules(false),
    ...files,
  });
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(PACKAGE, join(cwd, 'node_modules/ldfi'));
  for (const name of ['vitest', 'jest', '@jest', 'tsx', 'esbuild'])
    symlinkSync(join(MODULES, name), join(cwd, 'node_modules', name));
  return cwd;
}

const ok = (finished: Finished, code = 0): void =>
  expect([finished.code, finished.code === code ? '' : finished.stdout + finished.stderr]).toEqual([code, '']);

describe.each(firstOf(['vitest', 'jest', 'node:test'] as const))('%s', (name) => {
  test('fails with the story, pins it, passes once it is mended', { timeout: 300_000 }, () => {
    const { run, own, counts } = RUNNERS[name];
    const cwd = project({ 'own.test.mjs': own });
    ok(ldfi(cwd, ['run', 'specs/retry.mjs', '--json', 'protocol.json']), 1);
    ok(ldfi(cwd, ['run', 'specs/retry.ded', '--json', 'dedalus.json']), 1);
    mkdirSync(join(cwd, 'pins'));
    for (const kind of ['protocol', 'dedalus'])
      ok(ldfi(cwd, ['replay', `${kind}.json`, '--emit', name, '--out', `pins/${kind}.test.mjs`]));

    const broken = runner(cwd, run);
    const text = broken.stdout + broken.stderr;
    expect(text).toMatch(counts[0]);
    expect(broken.code).toBe(1);
    expect(text).toContain(`retry breaks its promise: ${SENTENCE}`);
    expect(text).toContain('a → b  "msg"  LOST');
    expect(text).toContain('Report  reports/retry-eot6-eff3-crashes1.json');
    expect(text).toContain('does not, when what a sends to b at tick 1 is lost');
    expect(resultIn(cwd, 'reports/retry-eot6-eff3-crashes1.json').checks[0]?.verdict).toBe('violated');
    if (name !== 'node:test')
      expect(resultIn(cwd, 'reports/retry-eot6-eff3-crashes1.json').checks[0]?.spec.roots).toEqual(['own.test.mjs']);
    ok(ldfi(cwd, ['replay', 'reports/retry-eot6-eff3-crashes1.json', '--spec', 'specs/retry.mjs']), 1);

    writeFileSync(join(cwd, 'specs/retry.mjs'), protocol(true));
    writeFileSync(join(cwd, 'specs/rules.inc'), rules(true));
    const mended = runner(cwd, run);
    ok(mended);
    expect(mended.stdout + mended.stderr).toMatch(counts[1]);
    expect(readdirSync(join(cwd, 'reports')).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe.each(['vitest', 'jest'] as const)('%s', (name) => {
  test('a matcher that is not awaited fails its test', { timeout: 120_000 }, () => {
    const [imports] = RUNNERS[name].own.split('import { retry }');
    const own = `${imports}import { retry } from './specs/retry.mjs';
test('careless', () => { expect(retry).toTolerate(${BOUNDS}); });
test('another', () => {});
`;
    const { code, stdout, stderr } = runner(project({ 'own.test.mjs': own }), RUNNERS[name].run);
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/(?:FAIL|●).*careless[\s\S]*toTolerate was not awaited/);
  });
});

/** jest knows no TypeScript by itself. */
const JEST_TRANSFORM = {
  'jest.config.mjs':
    "export default { extensionsToTreatAsEsm: ['.ts'], transform: { '\\\\.ts$': '<rootDir>/transform.mjs' }, testMatch: ['**/*.test.ts'] };\n",
  'transform.mjs': `import { transformSync } from 'esbuild';
export default { process: (code) => ({ code: transformSync(code, { loader: 'ts', format: 'esm' }).code }) };
`,
};

const IN_TYPESCRIPT = [
  ['vitest', ['vitest/vitest.mjs', 'run', '--color=false'], {}],
  ['jest', ['jest/bin/jest.js', '--color=false', '--config=jest.config.mjs'], JEST_TRANSFORM],
  ['node:test', ['--import=tsx', '--test', 'pins/p.test.ts'], {}],
] as const;

describe.each(firstOf(IN_TYPESCRIPT))('%s', (name, run, files) => {
  test('a pin in TypeScript of a protocol in TypeScript', { timeout: 200_000 }, () => {
    const cwd = project({
      'package.json': '{ "name": "user", "private": true, "type": "module" }',
      'specs/retry.ts': protocol(false),
      ...files,
    });
    ok(ldfi(cwd, ['run', 'specs/retry.ts', '--json', 'r.json']), 1);
    ok(ldfi(cwd, ['replay', 'r.json', '--emit', name, '--out', 'pins/p.test.ts']));
    const broken = runner(cwd, run);
    ok(broken, 1);
    expect(broken.stdout + broken.stderr).toContain(`retry breaks its promise: ${SENTENCE}`);
    writeFileSync(join(cwd, 'specs/retry.ts'), protocol(true));
    ok(runner(cwd, run));
  });
});

test('a project in CommonJS, with tsx', { timeout: 120_000 }, () => {
  const cwd = project({
    'package.json': '{ "name": "user", "private": true }',
    'specs/retry.ts': protocol(true),
    'own.test.ts': RUNNERS['node:test'].own.replace('.mjs', ''),
  });
  const tests = runner(cwd, ['--import=tsx', '--test', 'own.test.ts']);
  ok(tests);
  expect(tests.stdout).toMatch(/pass 2\n.*fail 0/s);
});

test('a pin as JSON, and to stdout', () => {
  const cwd = project({});
  ok(ldfi(cwd, ['run', 'specs/retry.mjs', '--json', 'r.json']), 1);
  const { stdout, code } = ldfi(cwd, ['replay', 'r.json', '--emit', 'json']);
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      name: NAME,
      spec: ['./specs/retry.mjs'],
      bounds: { eot: 6, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'] },
      faults: [
        { kind: 'omission', from: 'a', to: 'b', tick: 1 },
        { kind: 'crash', node: 'a', tick: 2 },
      ],
    },
  ]);
  ok(ldfi(cwd, ['replay', 'r.json', '--emit', 'vitest', '--out', 'pins/deep/p.test.ts']));
  expect(read(cwd, 'pins/deep/p.test.ts')).toContain('import { retry as protocol } from "../../specs/retry.mjs";');
  ok(ldfi(cwd, ['replay', 'r.json', '--emit', 'mocha']), 2);
});

/** The same protocol in a package that is CommonJS. */
const inCommonJs = (mended: boolean): string =>
  protocol(mended)
    .replace("import { defineProtocol } from 'ldfi'", "const { defineProtocol } = require('ldfi')")
    .replace('export const retry', 'exports.retry');

const IN_COMMON_JS = [
  ['node:test', ['--test', 'pins/protocol.test.js', 'pins/dedalus.test.js'], 'js'],
  ['vitest', ['vitest/vitest.mjs', 'run', '--color=false', 'pins'], 'js'],
  ['jest', ['jest/bin/jest.js', '--color=false', 'pins'], 'js'],
  ['node:test', ['--import=tsx', '--test', 'pins/protocol.test.ts', 'pins/dedalus.test.ts'], 'ts'],
] as const;

describe.each(firstOf(IN_COMMON_JS))('%s', (name, run, extension) => {
  test(`pins in .${extension} fit a package in CommonJS`, { timeout: 300_000 }, () => {
    // jest cannot require an ES module, as `ldfi` is one, before Node 24.9.
    const [spec, text] = name === 'jest' ? ['specs/retry.mjs', protocol] : ['specs/retry.js', inCommonJs];
    const cwd = project({
      'package.json': '{ "name": "user", "private": true, "jest": { "transform": {} } }',
      [spec]: text(false),
    });
    ok(ldfi(cwd, ['run', spec, '--json', 'protocol.json']), 1);
    ok(ldfi(cwd, ['run', 'specs/retry.ded', '--json', 'dedalus.json']), 1);
    for (const kind of ['protocol', 'dedalus'])
      ok(ldfi(cwd, ['replay', `${kind}.json`, '--emit', name, '--out', `pins/${kind}.test.${extension}`]));
    const broken = runner(cwd, run);
    ok(broken, 1);
    const said = broken.stdout + broken.stderr;
    expect(said).toContain(`retry breaks its promise: ${SENTENCE}`);
    expect(said).toContain('does not, when what a sends to b at tick 1 is lost');
    writeFileSync(join(cwd, spec), text(true));
    writeFileSync(join(cwd, 'specs/rules.inc'), rules(true));
    ok(runner(cwd, run));
  });
});

test('a pin that was edited is not replaced', { timeout: 120_000 }, () => {
  const cwd = project({});
  ok(ldfi(cwd, ['run', 'specs/retry.mjs', '--json', 'r.json']), 1);
  const pin = ['replay', 'r.json', '--emit', 'vitest', '--out', 'p.test.mjs'];
  ok(ldfi(cwd, pin));
  ok(ldfi(cwd, pin));
  const edited = read(cwd, 'p.test.mjs').replace('lost', 'lost on the way');
  writeFileSync(join(cwd, 'p.test.mjs'), edited);
  const { code, stderr } = ldfi(cwd, pin);
  expect(code).toBe(2);
  expect(stderr).toContain('error: p.test.mjs was edited since ldfi wrote it; name another file, or replace it with');
  expect(read(cwd, 'p.test.mjs')).toBe(edited);
  ok(ldfi(cwd, [...pin, '--force']));
  expect(read(cwd, 'p.test.mjs')).not.toBe(edited);
});
