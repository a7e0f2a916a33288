import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, batch, folder, ldfi, resultIn, SPECS, STACK, shell } from './support.js';

/** A protocol in which `a` sends one message to `b`; what the handler of `b` does with it. */
const oneMessage = (name: string, onMessage = 'ctx.state.has = true;', checks = '[{ eot: 4, eff: 2 }]'): string => `
import { defineProtocol } from 'ldfi';

export const protocol = defineProtocol({
  name: '${name}',
  nodes: ['a', 'b'],
  state: (id) => ({ has: id === 'a' }),
  actor: (id) => ({
    init(ctx) {
      if (id === 'a') ctx.send('b', { news: 1 });
    },
    onMessage(ctx, from, message: { news: number }) {
      ${onMessage}
    },
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: ['b', 'has nothing'] }),
  checks: ${checks},
});
`;

const COMMON_JS = oneMessage('common')
  .replace("import { defineProtocol } from 'ldfi'", "const { defineProtocol } = require('ldfi')")
  .replace('export const protocol =', 'module.exports =');
const UNTYPED = /: \{ news: number \}/g;

const STEPS = { timeout: 120_000 };

test('every kind of module is loaded, wherever ldfi is', STEPS, () => {
  const helper = 'export enum Who { A, B }\nexport const wait = (): Promise<number> => Promise.resolve(4);\n';
  const waiting = `import { wait } from './helper.js';\nconst eot: number = await wait();\n${oneMessage('waiting', undefined, '[{ eot, eff: 2 }]')}`;
  const cwd = folder({
    'package.json': '{}',
    'esm.ts': oneMessage('esm').replace('export const protocol =', 'export default'),
    'waiting.mts': waiting,
    'helper.ts': helper,
    'common.cts': COMMON_JS,
    'common.cjs': COMMON_JS.replace(UNTYPED, ''),
    'plain.mjs': oneMessage('plain').replace(UNTYPED, ''),
    'plain.js': oneMessage('plain').replace(UNTYPED, ''),
    'paths.ts': `import { Who } from '@lib/helper';\nexport const b = Who.B;\n${oneMessage('paths')}`,
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./*"], "ldfi": ["./nowhere.ts"] } } }',
  });
  const modules = ['esm.ts', 'waiting.mts', 'common.cts', 'common.cjs', 'plain.mjs', 'plain.js', 'paths.ts'];
  const { code, stdout, stderr } = ldfi(cwd, ['run', ...modules]);
  expect([stderr, code]).toEqual(['', 1]);
  expect(stdout).toContain('7 checks: 7 violated');
  const { checks } = resultIn(cwd, 'reports/esm.json');
  for (const { counterexamples, complete } of checks)
    expect([counterexamples.length, complete, counterexamples[0]?.faults]).toEqual([
      1,
      true,
      [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }],
    ]);
  expect(checks.map(({ name, spec }) => [name, spec.kind, spec.roots[0]])).toEqual(
    modules.map((path) => [path.replace(/\..*/, ''), 'protocol', path]),
  );
  expect(checks[1]?.spec.files).toEqual(['waiting.mts', 'helper.ts']);
});

test('run, replay, report, check and combos speak of the protocol', STEPS, () => {
  const cwd = folder({
    'p.ts': oneMessage('first', undefined, "[{ name: 'loss', eot: 4, eff: 2 }, { eot: 4, eff: 0 }]"),
  });
  const [run, again, check, combos, mermaid, svg, dot] = batch(cwd, [
    ['run', 'p.ts'],
    ['replay', 'reports/p.json'],
    ['check', 'p.ts'],
    ['combos', 'p.ts', '--crashes', '1'],
    ['report', 'reports/p.json', '--format', 'mermaid'],
    ['report', 'reports/p.json', '--format', 'svg'],
    ['report', 'reports/p.json', '--format', 'dot'],
  ]);
  expect(run).toMatchObject({ code: 1, stderr: '' });
  expect(run?.stdout).toContain('✗ VIOLATED  loss  (eot 4, eff 2, no crashes, nodes a b)');
  expect(run?.stdout).toContain('The promise that broke\n    b: has nothing\n');
  expect(run?.stdout).toContain('tick 1   ✗ a → b  { news: 1 }  LOST');
  expect(run?.stdout).toMatch(/Learned \d+ transitions? between \d+ node states/);
  expect(run?.stdout).toContain('✓ HOLDS  check-2');
  expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining('  b: has nothing\n✗ still violated') });
  expect(check?.stdout).toBe('1 file, 1 protocol, 2 checks: no problems\n');
  expect(combos?.stdout).toMatch(/^loss {2}\d+ /);
  expect(mermaid?.stdout).toContain('n0-xn1: #123; news: 1 #125; LOST');
  expect(svg).toMatchObject({ code: 0, stdout: expect.stringMatching(/^<svg/) });
  expect(dot).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^digraph provenance \{/) });
  expect(dot?.stdout).toContain('"a→b@1" -> "no a→b { news: 1 }@2" [color=red');
});

test('several protocols of a module: checks go by both names, and replay finds the right one', STEPS, () => {
  const second = oneMessage('second', 'ctx.state.has = false;')
    .replace(/^import.*$/m, '')
    .replace('protocol', 'other');
  const cwd = folder({ 'p.ts': oneMessage('first') + second });
  const [run, replay, missing] = batch(cwd, [
    ['run', 'p.ts'],
    ['replay', 'reports/p.json', '--check', 'first'],
    ['run', 'p.ts', '--check', 'third'],
  ]);
  expect(run?.stdout).toContain('2 checks: 1 violated-failure-free, 1 violated');
  expect(replay?.stdout).toContain('✗ still violated');
  expect(missing?.stderr).toBe('error: no check is named "third"; there are: second, first\n');
});

test('what is wrong with modules: all of it, with its line, and no stack', STEPS, () => {
  const cwd = folder({
    'syntax.ts': 'const a = 1;\nconst b = [1, 2;\n',
    'throws.ts': 'interface A { b: string }\n\nconst a = undefined as unknown as A;\nconsole.log(a.b);\n',
    'import.ts': "import { x } from './nope.js';\nexport default x;\n",
    'package.ts': "import x from 'no-such-package';\nexport default x;\n",
    'none.ts': 'export const one = 1;\nexport function two() {}\n',
    'empty.ts': '',
    'bad.ts':
      "import { defineProtocol } from 'ldfi';\nexport default defineProtocol({ name: '', nodes: [] } as never);\n",
    'inner.ts': "import './syntax.js';\n",
  });
  const names = ['syntax', 'throws', 'import', 'package', 'none', 'empty', 'bad', 'inner'].map((name) => `${name}.ts`);
  const { code, stdout, stderr } = ldfi(cwd, ['run', ...names, 'gone.ts']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toMatch(STACK);
  for (const said of [
    'error[syntax]: Unexpected token, expected ","\n --> syntax.ts:2:16\n  |\n2 | const b = [1, 2;\n  |                ^\n',
    "error[throws-while-loading]: loading it threw TypeError: Cannot read properties of undefined (reading 'b')\n --> throws.ts:4:15",
    'error[missing-module]: cannot find module "./nope.js"\n --> import.ts:1:19',
    'help: install it: npm install no-such-package',
    'no protocol is exported: it exports one, two\n --> none.ts\n',
    'no protocol is exported: it exports nothing\n --> empty.ts\n',
    'error[bad-protocol]: `actor` is missing: it must be a function\n --> bad.ts:2:16\n',
    'error[bad-protocol]: `name` must be a string that is not empty\n --> bad.ts:2:33\n',
    'error[bad-protocol]: `nodes` must be a list of at least one name\n --> bad.ts:2:43\n',
    'cannot read "gone.ts": no such file',
    '12 errors; nothing was run.\n',
  ])
    expect(stderr).toContain(said);
});

test('mistakes in a definition: each at its property, wherever that stands', STEPS, () => {
  const made =
    "import { defineProtocol } from 'ldfi';\nexport const make = (name: string) =>\n  defineProtocol({ name, nodes: ['a', 'a'] } as any);\n";
  const cwd = folder({
    'here.ts': oneMessage('here', undefined, "[{ eot: 4 }, {\n    eto: 4,\n    expect: 'hold' }]").replace(
      'nodes:',
      'node:',
    ),
    'make.ts': made,
    'there.ts': "import { make } from './make.js';\nexport default make('');\n",
    'handler.ts': oneMessage('handler').replace('onMessage(', 'onMesage('),
    'answer.ts': oneMessage('answer').replace("'holds'", "'hold'"),
    'actor.ts': oneMessage('actor').replace('(id) => ({\n', '(id) => null && ({\n'),
  });
  const [here, there, handler, answer, actor] = batch(
    cwd,
    ['here', 'there', 'handler', 'answer', 'actor'].map((name) => ['run', `${name}.ts`]),
  );
  const places = (text = ''): string[] =>
    [...text.matchAll(/^error\[bad-protocol\]: (.{12}).*\n +--> (.*)$/gm)].map(([, what, where]) => `${where} ${what}`);
  expect(places(here?.stderr)).toEqual([
    'here.ts:4:25 `nodes` is m',
    'here.ts:6:3 there is no ',
    'here.ts:18:5 there is no ',
    'here.ts:19:5 `checks[1].e',
  ]);
  expect(here?.stderr).toContain("19 |     expect: 'hold' }],\n   |     ^^^^^^\n   = help: is it 'holds'?\n");
  expect(places(there?.stderr)).toEqual([
    'make.ts:3:3 `actor` is m',
    'make.ts:3:3 `check` is m',
    'make.ts:3:20 `name` must ',
    'make.ts:3:39 `nodes[1]` n',
  ]);
  expect(places(handler?.stderr)).toEqual(['handler.ts:12:5 the actor of']);
  expect(places(answer?.stderr)).toEqual(['answer.ts:16:3 check must a']);
  expect(places(actor?.stderr)).toEqual(['actor.ts:8:3 the actor of']);
  expect([here, there, handler, answer, actor].map((it) => it?.code)).toEqual([2, 2, 2, 2, 2]);
});

test('handlers that do what they must not: named with their line, exit code 2, and the result is kept', STEPS, () => {
  const cwd = folder({
    'chance.ts': oneMessage('chance', 'ctx.state.has = Math.random() < 2;'),
    'later.ts': oneMessage('later').replace('onMessage(', 'async onMessage('),
    'hidden.ts': `let count = 0;\n${oneMessage('hidden', 'ctx.state.has = count++ % 2 > 0;')}`,
    'settled.ts': `let count = 0;\n${oneMessage('settled', 'ctx.state.has = count++ === 0;')}`.replace(
      "if (id === 'a')",
      "count = 0;\n      if (id === 'a')",
    ),
    'date.ts': oneMessage('date', 'ctx.state.has = new Map() as never; Object.assign(ctx.state, { at: () => 1 });'),
  });
  const [chance, later, hidden, date, table, settled] = batch(cwd, [
    ['run', 'chance.ts'],
    ['run', 'later.ts', '--json', '-'],
    ['run', 'hidden.ts', '-q'],
    ['run', 'date.ts', '-q'],
    ['test', 'chance.ts'],
    ['run', 'settled.ts'],
  ]);
  expect([chance, later, hidden, date, table].map((it) => it?.code)).toEqual([2, 2, 2, 2, 2]);
  expect(chance?.stderr).toMatch(
    /error\[impure-handler\]: onMessage of b at tick 2 \(\{"news":1\} from a\): Math\.random was used.*\n *--> chance\.ts:13:\d+\n.*\n13 \|.*Math\.random/,
  );
  expect(chance?.stdout).toContain('! INCONCLUSIVE  chance');
  expect(later?.stderr).toContain('later.ts:12:11');
  expect(JSON.parse(later?.stdout ?? '')).toMatchObject({ checks: [{ verdict: 'inconclusive', stopped: 'error' }] });
  expect(hidden?.stderr).toContain('error[hidden-state]');
  expect(date?.stderr).toContain('error[not-plain]');
  expect(table?.stdout).toContain('stopped by an error');
  expect(settled?.stdout).toContain(
    'Note: lineage is that of whole runs, which takes more executions, because onMessage of b',
  );
  expect(resultIn(cwd, 'reports/settled.json').checks[0]).toMatchObject({
    notice: expect.stringContaining('ctx.state'),
    lineage: { mode: 'run' },
  });
  expect(resultIn(cwd, 'reports/chance.json').checks[0]).toMatchObject({ stopped: 'error', counterexamples: [] });
});

test('usage: kinds are not mixed, a protocol has its own nodes', STEPS, () => {
  const cwd = folder({ 'p.ts': oneMessage('p'), 'd.ded': SPECS.holds });
  const [mixed, nodes, bounds] = batch(cwd, [
    ['run', 'p.ts', 'd.ded'],
    ['run', 'p.ts', '--nodes', 'a,b'],
    ['run', 'p.ts', '--eff', '1', '--lineage', 'run'],
  ]);
  expect(mixed).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('p.ts is a module and d.ded a Dedalus file'),
  });
  expect(nodes).toMatchObject({ code: 2, stderr: expect.stringContaining('a protocol names its nodes itself') });
  expect(bounds).toMatchObject({ code: 0, stdout: expect.stringContaining('eff 1') });
});

test('what a module prints does not mix with results', STEPS, () => {
  const cwd = folder({
    'p.ts': `console.log('loading');\n${oneMessage('p', "console.log('got it'); ctx.state.has = true;")}`,
  });
  const { stdout, stderr } = shell(cwd, `"${process.execPath}" "${join(BIN)}" run p.ts --json -`);
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toContain('loading\n');
  expect(stderr).toContain('got it\n');
});

test('what a module keeps between runs is found by loading it anew', STEPS, () => {
  const memo = `
import { defineProtocol } from 'ldfi';
// Full after the first run: from then on nothing can be seen to change.
const seen = new Set<string>();
export default defineProtocol({
  name: 'memo',
  nodes: ['a', 'b'],
  state: () => ({ ok: false }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'a') return;
      ctx.send('b', 'prepare');
      ctx.setTimer('commit', 1);
    },
    onTimer(ctx) {
      ctx.send('b', 'commit');
    },
    onMessage(ctx, from, message: string) {
      seen.add(message);
      if (message === 'commit') ctx.state.ok = seen.has('prepare');
    },
  }),
  check: (world) => (world.state('b').ok ? 'holds' : { violated: 'b has committed unprepared' }),
  checks: [{ eot: 5, eff: 2 }],
});
`;
  const run = ldfi(folder({ 'memo.ts': memo }), ['run', 'memo.ts']);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(
    /hidden-state.*onMessage of b at tick 3 \("commit" from a\) does otherwise in a fresh thread/,
  );
});

test('a check that looks at what handlers keep in the module, too', STEPS, () => {
  // Never emptied: in this process, no world is ever judged otherwise.
  const filled = (name: string, answer: string): string =>
    oneMessage(name, 'seen.add(message.news); ctx.state.has = true;')
      .replace('export const', 'const seen = new Set<number>();\nexport const')
      .replace(/check: .*/, `check: (world) => (${answer} ? 'holds' : { violated: 'it is not seen' }),`);
  const cwd = folder({
    'holds.ts': filled('holds', 'seen.has(1)'),
    'violated.ts': filled('violated', "!seen.has(1) || world.state('b').has"),
  });
  const runs = batch(cwd, [
    ['run', 'holds.ts'],
    ['run', 'violated.ts'],
  ]);
  for (const i of [0, 1]) {
    expect(runs[i]?.code).toBe(2);
    expect(runs[i]?.stderr).toContain(
      `error[impure-handler]: check says otherwise of the same world, the end of the run with {a→b@1, b→a@1}, when it is asked in a fresh thread, where no handler has run: it depends on something that was left in a variable`,
    );
    expect(runs[i]?.stderr).toContain('.ts:17:3\n');
  }
});

test('a check that throws: at the line that does it; one that asserts: a broken promise', STEPS, () => {
  const checking = (name: string, statement: string): string =>
    `import assert from 'node:assert/strict';\n${oneMessage(name).replace(/check: .*/, `check: (world) => {\n    ${statement}\n    return 'holds';\n  },`)}`;
  const cwd = folder({
    'throws.ts': checking('throws', "if (!world.state('b').has) throw new Error('x');"),
    'asserts.ts': checking('asserts', "assert.ok(world.state('b').has, 'b has nothing');"),
  });
  const [throws, asserts] = batch(cwd, [
    ['run', 'throws.ts'],
    ['run', 'asserts.ts'],
  ]);
  expect(throws?.stderr).toContain('error[bad-protocol]: check threw Error: x in the scenario {a→b@1}. Answer');
  expect(throws?.stderr).toContain('--> throws.ts:18:');
  expect(asserts).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('The promise that broke\n    b has nothing'),
  });
});

test('a promise that is rejected behind our back is a mistake, not a counterexample', STEPS, () => {
  const cwd = folder({ 'p.ts': oneMessage('p', "ctx.state.has = true; void Promise.reject(new Error('lost'));") });
  for (const command of ['run', 'test']) {
    const { code, stderr } = ldfi(cwd, [command, 'p.ts']);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(stderr).toContain('the module threw Error: lost after it was loaded, outside of any handler');
    expect(stderr).toContain('p.ts:');
    expect(stderr).not.toMatch(STACK);
  }
});

test('a file that is edited during a run is named', STEPS, () => {
  const edit = `import { appendFileSync } from 'node:fs';\nappendFileSync(new URL(import.meta.url), '// later\\n');\n`;
  const cwd = folder({ 'edited.ts': edit + oneMessage('edited') });
  const { code, stderr } = ldfi(cwd, ['run', '--quiet', 'edited.ts']);
  expect([stderr, code]).toEqual([
    'warning: edited.ts was edited during the run: the verdict is about what it said before\n',
    1,
  ]);
});
