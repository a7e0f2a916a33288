/**
 * Emitted tests of real systems as text: valid as JavaScript and as TypeScript, whatever the names.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { emitNodesTest } from '../../src/live/nodes/emit.js';
import type { NodesResult } from '../../src/live/nodes/report/schema.js';
import { emitLiveTest } from '../../src/live/report/emit.js';
import type { LiveResult } from '../../src/live/report/result.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'ldfi-emit-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const HOSTILE = ['a"; process.exit(9); // `$', '{x}` \\ \n*/ \u2028 </script>'].join('');

const nodes = (program: string, call: string): NodesResult =>
  ({
    workload: 'broadcast',
    command: ['node', program],
    bounds: { nodes: ['n0', 'n1'], faults: ['omission'], eff: 9, eot: 59, tickMs: 20, maxFaults: 1, maxRuns: 50 },
    counterexamples: [
      { faults: [{ call, kind: 'omission', words: `${call}  is lost` }], why: ['1 is lost'] },
      { faults: [{ call, kind: 'crash', words: `${call} : n1 crashes` }], why: [] },
    ],
  }) as unknown as NodesResult;

const live = (call: string): LiveResult =>
  ({
    counterexamples: [
      {
        faults: [{ call, kind: 'status' }],
        run: { why: ['expected: answer.status == 200'], calls: [], answer: {} },
      },
    ],
  }) as unknown as LiveResult;

test('of a program, for vitest', () => {
  expect(
    emitNodesTest('vitest', nodes('b.js', 'n0 > n1 tell #1'), '../', true),
  ).toBe(`// Counterexamples that ldfi found, pinned: a test passes once its faults no longer break the promise.
// Run it: npx vitest run FILE
import { test } from 'vitest';
import { defineNodes, assertNodesSurvive } from 'ldfi/nodes';

const system = defineNodes({
  program: ["node","b.js"],
  cwd: new URL("../", import.meta.url),
  workload: "broadcast",
  nodes: 2,
  tickMs: 20,
  eff: 9,
  eot: 59,
});

test("1 is lost, if n0 > n1 tell #1 is lost.", async () => {
  await assertNodesSurvive(system, [
    {"kind":"omission","call":"n0 > n1 tell #1"},
  ]);
}, 300000);

test("the promise is broken, if n0 > n1 tell #1: n1 crashes.", async () => {
  await assertNodesSurvive(system, [
    {"kind":"crash","call":"n0 > n1 tell #1"},
  ]);
}, 300000);
`);
});

test('of services, for node:test', () => {
  const about = { config: '../a b#c/ldfi.live.yaml', exclusive: true, typed: false };
  expect(
    emitLiveTest('node:test', live('pay POST /x #1'), about),
  ).toBe(`// A counterexample that ldfi found, pinned: a test passes once its faults no longer break the promise.
// Run it: node --test FILE
import { test } from 'node:test';
import { assertLiveSurvives } from 'ldfi/live';

// The services of the configuration must be running, and must call each other through its proxies.
const system = new URL("../a%20b%23c/ldfi.live.yaml", import.meta.url);

test("expected: answer.status == 200, if pay POST /x #1: answered with an error.", { timeout: 300000 }, async () => {
  await assertLiveSurvives(system, [
    {"kind":"status","call":"pay POST /x #1"},
  ], { exclusive: true });
});
`);
});

test('valid as TypeScript under strict, for every runner, whatever the names are', () => {
  for (const [i, runner] of (['vitest', 'jest', 'node:test'] as const).entries()) {
    const about = { config: `./${HOSTILE}`, exclusive: i === 0, typed: true };
    writeFileSync(
      join(scratch, `nodes-${i}.mts`),
      emitNodesTest(runner, nodes(HOSTILE, HOSTILE), `./${HOSTILE}/`, true),
    );
    writeFileSync(join(scratch, `live-${i}.mts`), emitLiveTest(runner, live(HOSTILE), about));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'));
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, module: 'NodeNext', target: 'ES2022', noEmit: true },
    ...{ lib: ['ES2023', 'DOM'], types: ['node'], skipLibCheck: true },
    paths: { 'ldfi/*': [join(ROOT, 'src/testing/*.ts')] },
  };
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', scratch], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
