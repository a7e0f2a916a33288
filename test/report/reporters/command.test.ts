/**
 * `--reporter`: several at once, to files and to stdout, and what must not be asked for.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, expecting, folder, ldfi, read, SPECS } from '../../cli/support.js';

const REPORTS = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'];

/** A protocol that loses what is sent once. */
const PROTOCOL = `import { defineProtocol } from 'ldfi';
export default defineProtocol({
  name: 'once',
  nodes: ['a', 'b'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init(ctx) {
      if (id === 'a') ctx.send('b', 'hello');
    },
    onMessage(ctx) {
      ctx.state.has = true;
    },
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: 'b has nothing' }),
  checks: [{ eot: 4, eff: 2, crashes: 0, expect: 'holds' }],
});
`;

test('all at once, into files; the text stays on stdout, the exit code what it is', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const flags = REPORTS.flatMap((name) => ['--reporter', `${name}=out/${name}`]);
  const { code, stdout, stderr } = ldfi(cwd, ['run', 's.ded', ...flags]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('VIOLATED');
  expect(stdout).toContain('junit  out/junit\n');
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual([...REPORTS].sort());
  expect(read(cwd, 'out/json')).toBe(read(cwd, 'reports/s.json'));
  expect(read(cwd, 'out/junit')).toContain('failures="1"');
  expect(read(cwd, 'out/sarif')).toContain('"startLine": 6');
  expect(read(cwd, 'out/github')).toMatch(/^::error file=s\.ded,line=6,col=1,title=ldfi%3A s\.ded loss::/);
  expect(read(cwd, 'out/tap')).toMatch(/^TAP version 14\n# ldfi\n1\.\.1\nnot ok 1 - s\.ded loss\n/);
  expect(read(cwd, 'out/markdown')).toContain('```mermaid\nsequenceDiagram\n');
  expect(read(cwd, 'out/text')).toContain('VIOLATED');
  const again = folder({ 's.ded': SPECS.violated });
  ldfi(again, ['run', 's.ded', ...flags]);
  for (const name of REPORTS) expect(read(again, 'out', name)).toBe(read(cwd, 'out', name));
});

test('a document has stdout to itself', () => {
  const cwd = folder({ 's.ded': SPECS.violated, 'h.ded': SPECS.holds });
  const [tap, json, tested] = batch(cwd, [
    ['run', 's.ded', '--reporter', 'tap'],
    ['run', 's.ded', '--reporter', 'json'],
    ['test', '.', '--reporter', 'tap'],
  ]);
  expect(tap?.stdout).toMatch(/^TAP version 14\n(.*\n)+ {2}\.\.\.\n$/);
  expect(json?.stdout).toBe(read(cwd, 'reports/s.json'));
  expect(tested?.stdout).toMatch(/^TAP version 14\n# ldfi\n1\.\.2\nok 1 - h\.ded calm\nnot ok 2 - s\.ded loss\n/);
  expect(tested?.stderr).toContain('expected holds');
  expect([tap?.code, json?.code, tested?.code]).toEqual([1, 1, 1]);
});

test('github: commands after the text, and the summary is appended', () => {
  const cwd = folder({ 's.ded': SPECS.violated, summary: '# before\n' });
  const environment = { GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
  const { stdout } = ldfi(cwd, ['run', 's.ded', '--reporter', 'github'], environment);
  expect(stdout).toMatch(/VIOLATED[\s\S]*\n::error file=s\.ded,/);
  expect(read(cwd, 'summary')).toMatch(/^# before\n## ldfi: 1 check, 0 fine, 1 failed\n/);
  const lost = ldfi(cwd, ['run', 's.ded', '--reporter', 'github'], { GITHUB_STEP_SUMMARY: join(cwd, 'no/summary') });
  expect(lost).toMatchObject({ code: 2, stderr: 'error: cannot append to GITHUB_STEP_SUMMARY: no such file\n' });
});

test('an expected violation is fine for `test`, a failure for `run`', () => {
  const cwd = folder({ 's.ded': expecting(SPECS.violated, 'violated') });
  const [ran, tested] = batch(cwd, [
    ['run', 's.ded', '--reporter', 'junit'],
    ['test', 's.ded', '--reporter', 'junit'],
  ]);
  expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('failures="1"') });
  expect(tested).toMatchObject({ code: 0, stdout: expect.stringContaining('failures="0" errors="0"') });
});

test('a protocol: at the handler that sent what was lost', () => {
  const cwd = folder({ 'once.ts': PROTOCOL });
  const { code, stdout } = ldfi(cwd, ['test', 'once.ts', '--reporter', 'github']);
  expect(code).toBe(1);
  expect(stdout).toContain('::error file=once.ts,line=7,col=5,title=ldfi%3A once.ts once ');
  const story = 'b has nothing: b.has is never true, because the message a→b of tick 1 is lost.';
  expect(stdout).toContain(`::${story} (violated, but expected holds)`);
});

test('every way to break it is told at its own line', () => {
  const asking = PROTOCOL.replace("ctx.send('b', 'hello')", "ctx.setTimer('ask', 1)")
    .replace('ctx.state.has = true;', "ctx.state.has = true;\n      if (ctx.id === 'b') ctx.send('a', 'yes');")
    .replace('onMessage(ctx)', "onTimer(ctx) {\n      ctx.send('b', 'hello');\n    },\n    onMessage(ctx)")
    .replace("world.state('b').has", 'world.nodes.every((node) => world.state(node).has)')
    .replace('eff: 2', 'eff: 4');
  const cwd = folder({ 'ask.ts': asking });
  const { code, stdout } = ldfi(cwd, ['test', 'ask.ts', '--reporter', 'github', '--reporter', 'sarif=sarif']);
  expect(code).toBe(1);
  const lost = (why: string, message: string): string =>
    `::b has nothing: ${why}, because the message ${message} is lost. (violated, but expected holds)`;
  expect(stdout).toMatch(/::error file=ask\.ts,line=10,col=5,/);
  expect(stdout).toContain(lost('a never gets "yes" from b', 'a→b of tick 2'));
  expect(stdout).toMatch(/::error file=ask\.ts,line=13,col=5,/);
  expect(stdout).toContain(lost('a.has is never true', 'b→a of tick 3'));
  const { results } = JSON.parse(read(cwd, 'sarif')).runs[0];
  expect(results.map((one: { properties: { faults: string[] } }) => one.properties.faults)).toEqual([
    ['{"kind":"omission","from":"a","to":"b","tick":2}'],
    ['{"kind":"omission","from":"b","to":"a","tick":3}'],
  ]);
});

test('what cannot be read is an error in every report, never missing', () => {
  const cwd = folder({ 'bad.ded': SPECS.bad, 'h.ded': SPECS.holds });
  const flags = REPORTS.flatMap((name) => ['--reporter', `${name}=${name}`]);
  for (const args of [
    ['test', '.', ...flags],
    ['run', 'bad.ded', ...flags],
  ]) {
    expect(ldfi(cwd, args).code).toBe(2);
    expect(read(cwd, 'junit')).toContain('errors="1"');
    expect(read(cwd, 'tap')).toMatch(/\nnot ok \d - bad\.ded can be read\n/);
    expect(read(cwd, 'github')).toContain('::error file=bad.ded,line=2,col=');
    expect(read(cwd, 'sarif')).toContain('"executionSuccessful": false');
    expect(read(cwd, 'markdown')).toContain('bad.ded could not be read');
    expect(read(cwd, 'text')).toContain('COULD NOT BE READ  bad.ded');
  }
});

test('mistakes are said before anything is run', () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const mistakes: [string[], string][] = [
    [['--reporter', 'nope'], 'There is no reporter "nope"; there are text, json, junit, sarif, github, markdown, tap.'],
    [['--reporter', 'tap='], 'Name the file after the =, as in junit=reports/ldfi.xml.'],
    [['--reporter', 'tap', '--reporter', 'junit'], '--reporter tap and --reporter junit both want stdout'],
    [['--reporter', 'tap', '--json', '-'], '--json and --reporter tap both want stdout'],
    [['--reporter', 'text', '--json', '-'], '--json and --reporter text both want stdout'],
    [['--reporter', 'github', '--reporter', 'sarif'], '--reporter sarif and --reporter github both want stdout'],
    [['--reporter', 'tap=x', '--reporter', 'junit=./x'], 'two reports are to be written to ./x'],
    [['--reporter', 'tap=x', '--json', 'x'], 'two reports are to be written to x'],
  ];
  const finished = batch(
    cwd,
    mistakes.flatMap(([flags]) => [
      ['run', 's.ded', ...flags],
      ['test', 's.ded', ...flags],
    ]),
  );
  expect(finished).toHaveLength(2 * mistakes.length);
  finished.forEach(({ code, stdout, stderr }, i) => {
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(mistakes[i >> 1]?.[1]);
  });
  expect(existsSync(join(cwd, 'reports'))).toBe(false);
  expect(existsSync(join(cwd, 'x'))).toBe(false);
});

test('a report that cannot be written is an error', () => {
  const cwd = folder({ 's.ded': SPECS.holds, file: '' });
  const { code, stderr } = ldfi(cwd, ['run', 's.ded', '--reporter', 'tap=file/x']);
  expect([code, stderr]).toEqual([2, 'error: cannot write file/x: a part of the path is not a directory\n']);
});
