import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cut } from '../../src/cli/shards/cut.js';
import { isWhole } from '../size.js';
import { manySpecs, reportsIn, WRITING } from './many.js';
import { batch, expecting, folder, ldfi, oneMessage, read, SPECS } from './support.js';

/** Runs all shards, and gives the files that they have written. */
function shards(cwd: string, of: number, more: readonly string[] = []): string[] {
  const numbers = Array.from({ length: of }, (_, i) => i + 1);
  batch(
    cwd,
    numbers.map((number) => ['test', '.', '--shard', `${number}/${of}`, ...more]),
  );
  return numbers.map((number) => `reports/shard-${number}-of-${of}.json`);
}

test('shards that are merged are the whole, byte for byte: reports, page, stdout, exit code', () => {
  const cwd = manySpecs();
  const [whole] = batch(cwd, [['test', '.', ...WRITING]]);
  const expected = reportsIn(cwd);
  expect(whole?.code).toBe(2);
  expect(expected.map(({ text }) => text.length > 100)).toEqual(expected.map(() => true));
  for (const of of isWhole ? [1, 4] : [3]) {
    const parts = shards(cwd, of);
    const merged = ldfi(cwd, ['merge', ...parts.reverse(), ...WRITING]);
    for (const [i, { name, text }] of reportsIn(cwd).entries()) expect(text === expected[i]?.text, name).toBe(true);
    expect(merged).toMatchObject({ code: 2, stdout: whole?.stdout });
  }
}, 600_000);

test.runIf(isWhole)(
  'shards of parts of checks are the whole in parts, byte for byte',
  () => {
    const cwd = manySpecs();
    const [whole] = batch(cwd, [['test', '.', '--split', '3', ...WRITING]]);
    const expected = reportsIn(cwd);
    const parts = shards(cwd, 2, ['--split', '3']);
    const merged = ldfi(cwd, ['merge', ...parts, ...WRITING]);
    for (const [i, { name, text }] of reportsIn(cwd).entries()) expect(text === expected[i]?.text, name).toBe(true);
    expect(merged).toMatchObject({ code: 2, stdout: whole?.stdout });
    ldfi(cwd, ['test', '.', '--shard', '2/2', '--split', '2', '--out', 'other.json']);
    const mixed = ldfi(cwd, ['merge', parts[0] as string, 'other.json']);
    expect(mixed).toMatchObject({ code: 2, stdout: '' });
    expect(mixed.stderr).toContain('the checks are not split alike (--split)');
    writeFileSync(join(cwd, 'd/two.ded'), SPECS.holds);
    const edited = ldfi(cwd, ['merge', ...parts]);
    expect(edited.code).toBe(2);
    expect(edited.stderr).toContain('d/two.ded must say what it said then');
  },
  600_000,
);

test('what was learned of protocols is in the merged result exactly where it is in that of the whole', () => {
  const checks = "{ name: 'calm', eot: 4, eff: 0 }, { name: 'loss', eot: 4, eff: 2 }";
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ts': oneMessage(checks) });
  const parts = shards(cwd, 2);
  const junit = ['--reporter', 'junit=out/junit'];
  const [whole] = batch(cwd, [['test', '.', '--json', 'whole.json', ...junit]]);
  const [merged] = batch(cwd, [['merge', ...parts, '--json', 'merged.json', ...junit]]);
  expect(read(cwd, 'merged.json')).toBe(read(cwd, 'whole.json'));
  expect(read(cwd, 'whole.json')).toContain('"learned"');
  expect(merged?.code).toBe(whole?.code);
});

test('the exit code of a shard is that of its checks, and that of the whole is the worst of them', () => {
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ded': SPECS.violated });
  const said = batch(cwd, [
    ['test', '.', '--shard', '1/3'],
    ['test', '.', '--shard', '2/3', '--jobs', '2'],
    ['test', '.', '--shard', '3/3'],
    ['merge', ...[1, 2, 3].map((n) => `reports/shard-${n}-of-3.json`)],
  ]);
  expect(said.map(({ code }) => code)).toEqual([0, 1, 0, 1]);
  expect(said[2]?.stdout).toContain('0 checks of 0 specs');
});

test('a shard that was stopped leaves the whole without an answer', () => {
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ded': SPECS.holds });
  const endless = ['--strategy', 'random', '--max-executions', '1000000000', '--timeout', '1'];
  const said = batch(cwd, [
    ['test', '.', '--shard', '1/2', ...endless],
    ['test', '.', '--shard', '2/2', ...endless],
    ['merge', 'reports/shard-1-of-2.json', 'reports/shard-2-of-2.json', '--json', 'o.json'],
  ]);
  expect(said.map(({ code }) => code)).toEqual([3, 3, 3]);
});

test('the configuration says where the whole is reported, not the shards', () => {
  const cwd = folder({
    'ldfi.config.json': '{ "specs": ["s"], "reports": "kept", "reporters": ["junit=kept/ldfi.xml"] }',
    's/a.ded': SPECS.holds,
    's/b.ded': SPECS.holds,
  });
  const names = ['ldfi.json', 'test/index.html', 'test/s/a.html', 'test/s/b.html', 'ldfi.xml'];
  batch(cwd, [['test'], ['test', '--shard', '1/2', '--out', 'one'], ['test', '--shard', '2/2', '--out', 'two']]);
  const whole = names.map((name) => read(cwd, 'kept', name));
  for (const name of names) writeFileSync(join(cwd, 'kept', name), '');
  expect(batch(cwd, [['merge', 'one', 'two']])).toMatchObject([{ code: 0 }]);
  expect(names.map((name) => read(cwd, 'kept', name))).toEqual(whole);
});

describe('what does not make a whole is refused', () => {
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ded': expecting(SPECS.violated, 'violated'), 'c.ded': SPECS.holds });
  const [one = '', two = '', three = ''] = shards(cwd, 3);
  const other = (name: string, args: readonly string[]): string => {
    batch(cwd, [['test', ...args, '--out', name]]);
    return name;
  };
  /** What is said of parts that are merged. */
  const refusal = (...parts: string[]): string => {
    const [said] = batch(cwd, [['merge', ...parts, '--json', 'o.json']]);
    expect(said).toMatchObject({ code: 2, stdout: '' });
    return said?.stderr ?? '';
  };

  test('missing and doubled shards', () => {
    expect(batch(cwd, [['merge', two, three, one]])).toMatchObject([{ code: 0 }]);
    expect(refusal(one, three)).toBe('error: missing: shard 2/3\n');
    expect(refusal(one, two, two)).toBe(`error: missing: shard 3/3\nerror: shard 2/3 is there twice: ${two}, ${two}\n`);
  });

  test('of other specs, flags, bounds, or another number', () => {
    expect(refusal(one, two, other('n', ['.', '--shard', '1/2']))).toContain(
      'it is one of 2 shards, the other one of 3',
    );
    expect(refusal(one, two, other('f', ['.', '--shard', '3/3', '--first']))).toContain('the flags of the search are');
    expect(refusal(one, two, other('s', ['a.ded', 'b.ded', '--shard', '3/3']))).toContain('the specs are others');
    writeFileSync(join(cwd, 'bounds.json'), '{ "specs": [{ "files": ["a.ded", "b.ded"], "crashes": 1 }, "c.ded"] }');
    const bounds = other('b', ['--config', 'bounds.json', '--shard', '3/3']);
    expect(refusal(one, two, bounds)).toContain('the bounds or the expected verdicts of checks are others');
  });

  test('of another version', () => {
    writeFileSync(join(cwd, 'v'), read(cwd, three).replaceAll(/("name":"ldfi","version":)"[^"]*"/g, '$1"9.9.9"'));
    expect(refusal(one, two, 'v')).toContain('v does not belong to');
    expect(refusal(one, two, 'v')).toContain('it is of ldfi 9.9.9');
  });

  test('cut by other durations', () => {
    writeFileSync(
      join(cwd, 'long.json'),
      '{ "schemaVersion": 1, "tool": { "name": "ldfi", "version": "0" }, "durations": { "a.ded calm": 1, "b.ded loss": 1, "c.ded calm": 9000 } }',
    );
    const long = other('d', ['.', '--shard', '1/3', '--durations-from', 'long.json']);
    expect(refusal(long, two, three)).toBe(
      'error: in no shard: a.ded calm; cut all shards by the same --durations-from\n' +
        'error: in more than one shard: c.ded calm; cut all shards by the same --durations-from\n',
    );
  });

  test('what is no part at all', () => {
    writeFileSync(join(cwd, 'text'), 'hello');
    writeFileSync(join(cwd, 'broken'), read(cwd, three).replace('"promised"', '"premised"'));
    const said = refusal(one, 'text', 'broken', 'nowhere', 'a.ded');
    expect(said).toContain('cannot merge text: it is not JSON');
    expect(said).toContain('cannot merge broken: it is not what `ldfi test --shard` of this version writes (answers.0');
    expect(said).toContain('cannot merge nowhere: no such file');
  });

  test('flags that are for the whole', () => {
    const commands = [
      ['test', '.', '--shard', '4/3'],
      ['test', '.', '--shard', '1/3', '--json', 'o.json'],
      ['test', '.', '--shard', '1/3', '--html', 'pages'],
      ['test', '.', '--shard', '1/3', '--watch'],
      ['test', '.', '--out', 'o.json'],
      ['test', '.', '--watch', '--queue', 'redis://127.0.0.1'],
      ['test', '.', '--shard', '1/3', '--durations-from', 'nowhere.json'],
    ];
    for (const said of batch(cwd, commands)) {
      expect(said).toMatchObject({ code: 2, stdout: '' });
      expect(said.stderr).toMatch(/^error: /);
    }
  });
});

test('durations are written, by a run and by a merge, and read', () => {
  const cwd = folder({ 'a.ded': SPECS.holds, 'b.ded': SPECS.holds });
  const [said] = batch(cwd, [['test', '.', '--durations-to', 'd.json']]);
  expect(said?.code).toBe(0);
  expect(Object.keys(JSON.parse(read(cwd, 'd.json')).durations)).toEqual(['a.ded calm', 'b.ded calm']);
  const parts = shards(cwd, 2, ['--durations-from', 'd.json']);
  // What was asked for is the same from the same parts; what was not is not there.
  const timed = ['one', 'two'].map((name) => {
    batch(cwd, [['merge', ...parts, '--html', name, '--durations']]);
    return read(cwd, name, 'index.html');
  });
  expect(timed[0]).toBe(timed[1]);
  expect(timed[0]).toMatch(/they took \d+\.\d s together/);
  expect(batch(cwd, [['merge', ...parts, '--durations-to', 'd.json']])).toMatchObject([{ code: 0 }]);
  expect(Object.keys(JSON.parse(read(cwd, 'd.json')).durations)).toEqual(['a.ded calm', 'b.ded calm']);
});

describe('a cut', () => {
  test('has every check once, in order, whatever is known of durations', () => {
    const labels = Array.from({ length: 23 }, (_, i) => `c${i}`);
    for (const durations of [{}, { c3: 50, c9: 1, gone: 7 }, Object.fromEntries(labels.map((it, i) => [it, i * i]))])
      for (const of of [1, 2, 7, 40]) {
        const parts = cut(labels, durations, of);
        expect(parts).toHaveLength(of);
        expect(parts.flat().sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
        for (const part of parts) expect(part).toEqual([...part].sort((a, b) => a - b));
      }
  });

  test('is balanced by count where nothing is known, else by time', () => {
    expect(cut(['a', 'b', 'c', 'd', 'e'], {}, 2)).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
    expect(cut(['a', 'b', 'c'], { a: 9, b: 4, c: 4 }, 2)).toEqual([[0], [1, 2]]);
    expect(cut(['a', 'b', 'c', 'constructor'], { a: 30, b: 10, c: 20 }, 2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});
