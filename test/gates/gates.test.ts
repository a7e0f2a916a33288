/**
 * What stands before a green: every gate has a spec that trips it, with a place and a remedy; `--strict` lets it fail,
 * and without it a warning fails nothing.
 *
 * A spec says in its first lines what it trips (`// trips: dead-rule`), or which verdict is no green.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { lookUp } from '../../src/explain/groups.js';
import { batch, type Finished, folder, read, resultIn } from '../cli/support.js';

const SPECS = globSync('test/gates/specs/*').sort();
const texts = Object.fromEntries(SPECS.map((path) => [basename(path), readFileSync(path, 'utf8')]));
const names = Object.keys(texts);

const said = (name: string, key: string): string[] =>
  (new RegExp(`^// ${key}: (.*)$`, 'm').exec(texts[name] ?? '')?.[1] ?? '').split(', ').filter((word) => word !== '');

const cwd = folder(texts);
const plain = run([]);
const strict = run(['--strict']);

function run(flags: readonly string[]): ReadonlyMap<string, Finished> {
  const out = (name: string): string => `out/${flags.length}/${name}.json`;
  const finished = batch(
    cwd,
    names.map((name) => ['test', name, '--json', out(name), ...flags]),
  );
  return new Map(names.map((name, i) => [name, finished[i] as Finished]));
}

const checkOf = (name: string, flags: 0 | 1) => {
  const [check] = resultIn(cwd, `out/${flags}/${name}.json`).checks;
  if (!check) throw new Error('there is one check');
  return check;
};

/** What is said under `--strict` alone. */
const STRICT_ONLY = ['hidden-state', 'idle-ticks', 'never-read'];

describe.each(names.filter((name) => said(name, 'trips').length > 0))('%s', (name) => {
  const codes = said(name, 'trips');

  test('trips its gate, and no other', () => {
    const found = (checkOf(name, 1).warnings ?? []).map(({ code }) => code);
    expect([...new Set(found)].sort()).toEqual(codes);
  });

  test('says where, what the line says, and what to do', () => {
    for (const { code, place, message } of checkOf(name, 1).warnings ?? []) {
      if (!place || !('path' in place)) throw new Error(`${code} has no place`);
      expect(place.path).toBe(name);
      const line = (texts[name] ?? '').split('\n')[place.line - 1] ?? '';
      expect(place.text).toBe(line.trim().slice(0, 160));
      expect(message.length).toBeGreaterThan(20);
      expect(lookUp(code).every(({ entry }) => entry.remedy !== undefined)).toBe(true);
      const { stdout } = strict.get(name) as Finished;
      expect(stdout).toContain(`Warning [${code}]: ${name}:${place.line}:${place.column}: `);
    }
  });

  test('fails under --strict alone, with the code of a false green', () => {
    expect(strict.get(name)?.code).toBe(4);
    const { stdout } = strict.get(name) as Finished;
    for (const code of codes) expect(stdout).toContain(code);
    expect(plain.get(name)?.code).toBe(0);
    const without = (checkOf(name, 0).warnings ?? []).map(({ code }) => code);
    expect([...new Set(without)].sort()).toEqual(codes.filter((code) => !STRICT_ONLY.includes(code)));
  });
});

test('what is no green by its verdict', () => {
  for (const name of names.filter((name) => said(name, 'verdict').length > 0)) {
    expect(checkOf(name, 1).verdict, name).toBe(said(name, 'verdict')[0]);
    expect(strict.get(name)?.code, name).toBe(4);
  }
});

test('what depends on more than it is given is an error', () => {
  const { code, stderr } = plain.get('nondeterminism.ts') as Finished;
  expect(code).toBe(2);
  expect(stderr).toContain('hidden-state');
});

test('a spec in which all is as it should be is green', () => {
  expect(strict.get('silent.ded')?.code).toBe(0);
  expect(checkOf('silent.ded', 1).warnings).toBeUndefined();
});

test('what is known without a search is said by `ldfi check`', () => {
  const foreseen = ['dead-rule.ded', 'excessive-bound.ded', 'idle-losses.ded', 'no-message.ded', 'no-post.ded'];
  const finished = batch(
    cwd,
    [...foreseen, 'unused.ded', 'silent.ded'].flatMap((name) => [
      ['check', name],
      ['check', name, '--strict'],
    ]),
  );
  expect(finished.map(({ code }) => code)).toEqual([...[...foreseen, 'unused.ded'].flatMap(() => [0, 4]), 0, 0]);
  for (const [i, name] of foreseen.entries()) {
    const [code = 'no-post'] = said(name, 'trips');
    expect(finished[2 * i]?.stderr, name).toContain(`[${code}]: ${name}:`);
    expect(finished[2 * i]?.stderr, name).toContain('Remedy: ');
  }
});

describe('under --strict', () => {
  const one = texts['silent.ded'] ?? '';
  const many = folder({
    'silent.ded': one,
    'mute.ded': one.replace(' expect=holds', ''),
    'other.ded': one.replace('expect=holds', 'expect=violated'),
    'ldfi.config.json': '{ "strict": true, "specs": ["mute.ded"] }',
  });

  test('a check says what it expects, and is as expected', () => {
    const finished = batch(many, [
      ['test', 'mute.ded', '--strict'],
      ['test', 'other.ded', '--strict'],
      ['run', 'mute.ded', '--strict'],
    ]);
    expect(finished.map(({ code }) => code)).toEqual([4, 1, 0]);
    expect(finished[0]?.stdout).toContain('Warning [no-expectation]: mute.ded:');
  });

  test('a search that was cut short is no green, though what it found was expected', () => {
    const cut = folder({
      'cut.ded': `//! check eot=4 eff=2 expect=violated
say("a", "b")@1;  say("a", "c")@1;
log(M)@async :- say(_, M);
log(N)@next :- log(N);
peer("b", "a")@1;  peer("c", "a")@1;  peer(N, M)@next :- peer(N, M);
pre(N) :- peer(N, _);
post(N) :- log(N);
`,
    });
    const finished = batch(cut, [
      ['test', 'cut.ded', '--first', '--strict'],
      ['test', 'cut.ded', '--first'],
      ['test', 'cut.ded', '--max-executions', '1', '--strict'],
    ]);
    expect(finished.map(({ code }) => code)).toEqual([4, 0, 3]);
    expect(finished[0]?.stdout).toContain('Warning [cut-short]: cut.ded:');
  });

  test('the configuration may ask for it', () => {
    expect(batch(many, [['test']]).map(({ code }) => code)).toEqual([4]);
  });
});

test('jobs, parts and shards give the same warnings and the same table', () => {
  const files = Object.fromEntries(
    ['excused-crash.ded', 'idle-losses.ts', 'short-eot.ded', 'dead-rule.ded', 'silent.ded'].map((name) => [
      name,
      texts[name] ?? '',
    ]),
  );
  const many = folder(files);
  const finished = batch(many, [
    ['test', '.', '--strict', '--json', 'whole.json'],
    ['test', '.', '--strict', '--jobs', '2', '--json', 'jobs.json'],
    ['test', '.', '--strict', '--split', '2', '--json', 'split.json'],
    ['test', '.', '--strict', '--shard', '1/2'],
    ['test', '.', '--strict', '--shard', '2/2'],
    ['merge', 'reports/shard-1-of-2.json', 'reports/shard-2-of-2.json', '--json', 'merged.json'],
  ]);
  expect(finished.map(({ code }) => code)).toEqual([4, 4, 4, 4, 4, 4]);
  const told = (name: string) =>
    resultIn(many, name).checks.map(({ name, verdict, warnings, coverage, strict }) => ({
      ...{ name, verdict, warnings, coverage, strict },
    }));
  const whole = told('whole.json');
  expect(whole.filter(({ warnings }) => warnings)).toHaveLength(4);
  expect(whole.every(({ coverage }) => coverage && coverage.pieces.all > 0)).toBe(true);
  for (const name of ['jobs.json', 'split.json', 'merged.json']) expect(told(name), name).toEqual(whole);
}, 600_000);

test('Markdown and text have warnings and coverage; SARIF leads to the line', () => {
  const cwd = folder({ 'dead-rule.ded': texts['dead-rule.ded'] ?? '' });
  batch(cwd, [
    ['test', '.', '--strict', ...['markdown', 'text', 'sarif'].flatMap((it) => ['--reporter', `${it}=${it}`])],
  ]);
  const markdown = read(cwd, 'markdown');
  expect(markdown).toContain('<details><summary>1 warning</summary>');
  expect(markdown).toContain('<details><summary>Coverage</summary>');
  expect(markdown).toMatch(/\| rules that fired \| \d+ \| \d+ \| 9 \| without /);
  expect(markdown).toContain('but --strict admits no warning');
  expect(read(cwd, 'text')).toMatch(/Coverage of 1 run: \d of 9 rules fired \(without rest \(dead-rule\.ded:\d+\)/);
  const [place] = checkOf('dead-rule.ded', 1).warnings ?? [];
  const line = place?.place && 'line' in place.place ? place.place.line : 0;
  expect(line).toBeGreaterThan(0);
  expect(read(cwd, 'sarif')).toContain(`"startLine": ${line}`);
});

test('where only runs tell what is promised, the warning claims no more than that', () => {
  const cwd = folder({ 's.ded': texts['only-without-faults.ded'] ?? '' });
  const [all] = batch(cwd, [['test', 's.ded', '--strict', '--strategy', 'exhaustive', '--json', 'o.json']]);
  expect(all?.code).toBe(4);
  const [check] = resultIn(cwd, 'o.json').checks;
  expect(check?.warnings?.map(({ code, message }) => [code, message])).toEqual([
    ['excused-fault', expect.stringMatching(/^In none of the runs with faults that were made/)],
  ]);
});
