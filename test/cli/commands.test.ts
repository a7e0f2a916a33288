/**
 * Every command that is printed works as it is printed, from where it was printed: whatever files and checks are called.
 */
import { expect, test } from 'vitest';
import { ODD_CHECK, ODD_PATH, oddSpecs, runShown } from './odd.js';
import { batch, folder, ldfi, oneMessage, read, SPECS, unprintable } from './support.js';

const MINUTES = { timeout: 240_000 };

/** The commands after a word at the beginning of a line. */
const commandsAfter = (word: string, text: string): string[] =>
  [...text.matchAll(new RegExp(`^ *${word}  (npx ldfi .*)$`, 'gm'))].map(([, command = '']) => command);

test('run: each check says how to replay it', MINUTES, () => {
  const cwd = oddSpecs();
  const wanted = [
    { args: ['run', ODD_PATH], checks: 2 },
    { args: ['run', 'c/several.ts'], checks: 2 },
    { args: ['run', 'b/one.ts', 'b/other.ts'], checks: 2 },
    { args: ['run', ODD_PATH, '--json', "it's $HOME.json", '--check', ODD_CHECK], checks: 1 },
    { args: ['run', './-flag.ded'], checks: 1 },
  ];
  for (const { args, checks } of wanted) {
    const { stdout } = ldfi(cwd, args);
    const commands = commandsAfter('Replay', stdout);
    expect([args, new Set(commands).size]).toEqual([args, checks]);
    for (const command of commands)
      expect(runShown(cwd, command)).toMatchObject({ code: 1, stdout: expect.stringMatching(/still violated/) });
  }
});

test('test: each check that is not as expected says how to go on', MINUTES, () => {
  const cwd = oddSpecs();
  const commands = commandsAfter('Next', ldfi(cwd, ['test', '.']).stdout);
  expect(commands).toHaveLength(5);
  for (const command of commands) {
    const { code, stdout } = runShown(cwd, command);
    expect([command, code]).toEqual([command, 1]);
    expect(stdout).toContain('1 found in');
    expect(stdout).toMatch(/^Report {2}reports\/.*\.html$/m);
  }
});

test('test: under the bounds of a configuration, or another reading, so does the command', MINUTES, () => {
  const cwd = folder({
    'sub/my conf.json': '{ "specs": [{ "files": "a b.ded", "eff": 2 }] }',
    'sub/a b.ded': SPECS.holds,
    'alarm.ded': SPECS.disagreeing,
  });
  const [configured, read] = batch(cwd, [
    ['test', '--config', 'sub/my conf.json'],
    ['test', 'alarm.ded', '--invariant', 'reference', '--timeout', '99'],
  ]);
  const [command = ''] = commandsAfter('Next', configured?.stdout ?? '');
  expect(command).toContain("--config 'sub/my conf.json'");
  expect(runShown(cwd, command)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/Report {2}reports\/sub\/a b\.html/),
  });
  const [again] = commandsAfter('Next', read?.stdout ?? '');
  if (again !== undefined) expect(again).toContain('--invariant reference');
});

test('what cannot be shown as it is stands in a command byte by byte', MINUTES, () => {
  const path = "a\u202e\x07\u00a0'b\\.ded";
  const cwd = folder({ [path]: SPECS.violated });
  const { stdout } = ldfi(cwd, ['run', path]);
  expect(unprintable(stdout)).toEqual([]);
  const [command = ''] = commandsAfter('Replay', stdout);
  expect(runShown(cwd, command)).toMatchObject({ code: 1, stdout: expect.stringMatching(/still violated/) });
});

test('warnings are counted in the table, and the command that is given shows them', MINUTES, () => {
  const unused = `${SPECS.holds}got(X)@next :- got(X), send(X, X);\n`;
  const cwd = folder({
    'a b.ded': unused,
    'c.ded': SPECS.holds,
    'p.ts': oneMessage("{ name: 'calm', eot: 4, eff: 0 }"),
  });
  const { stdout, code } = ldfi(cwd, ['test', '.']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/a b\.ded calm .*, 1 warning$/m);
  const [, command = ''] = /^1 warning in 1 check; to see it: (.*)$/m.exec(stdout) ?? [];
  expect(runShown(cwd, command)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Warning \[dead-rule\]: a b\.ded:11:1:/),
  });
});

test('an emitted test says how it is run', MINUTES, () => {
  const cwd = oddSpecs();
  ldfi(cwd, ['run', ODD_PATH, '--json', 'o.json']);
  const { code } = ldfi(cwd, ['replay', 'o.json', '--emit', 'vitest', '--out', 'test/my loss.test.ts']);
  expect(code).toBe(0);
  expect(ldfi(cwd, ['replay', 'o.json', '--emit', 'node:test', '--out', '-']).stdout).toMatch(/Run it.*FILE/);
  expect(read(cwd, 'test/my loss.test.ts')).toContain("// Run it: npx vitest run 'test/my loss.test.ts'");
});
