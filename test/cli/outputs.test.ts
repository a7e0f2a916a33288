/**
 * What outputs may replace, and what a result file may make the tool do.
 */
import { existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, oneMessage, read, resultIn, SPECS, unprintable } from './support.js';

const PROTOCOL = oneMessage("{ name: 'loss', eot: 4, eff: 2 }");
const MINUTES = { timeout: 120_000 };

test('an output never replaces what the command reads, by whatever name', MINUTES, () => {
  const texts = {
    's.ded': `include "part.inc";\n${SPECS.violated}`,
    'part.inc': '// a part\n',
    'p.ts': PROTOCOL.replace('import { define', "import './helper.js';\nimport { define"),
    'helper.ts': 'export const nothing = 0;\n',
    'ldfi.config.json': '{ "specs": ["s.ded"] }',
  };
  const cwd = folder(texts);
  symlinkSync('s.ded', join(cwd, 'link.json'));
  linkSync(join(cwd, 'part.inc'), join(cwd, 'hard.json'));
  const done = batch(cwd, [
    ['run', 's.ded', '--json', 's.ded', '--force'],
    ['run', 's.ded', '--json', 'link.json', '--force'],
    ['run', 's.ded', '--json', 'hard.json', '--force'],
    ['run', 's.ded', '--reporter', 'junit=./part.inc', '--force'],
    ['run', 'p.ts', '--json', 'helper.ts', '--force'],
    ['test', 's.ded', '--json', 'part.inc', '--force'],
    ['test', 's.ded', '--reporter', 'tap=s.ded', '--force'],
    ['test', '--json', 'ldfi.config.json', '--force'],
  ]);
  for (const { code, stderr, stdout } of done)
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('is read by this command')]);
  for (const [name, text] of Object.entries(texts)) expect(read(cwd, name)).toBe(text);
  // A result is an input, too.
  const again = batch(cwd, [
    ['run', 's.ded', '--json', 'o.json'],
    ['report', 'o.json', '--out', 'o.json', '--force'],
    ['replay', 'o.json', '--emit', 'json', '--out', 's.ded', '--force'],
    ['report', 'o.json', '--format', 'svg', '--out', 's.ded', '--force'],
  ]);
  expect(again.map(({ code }) => code)).toEqual([1, 2, 2, 2]);
  expect(resultIn(cwd, 'o.json').checks).toHaveLength(1);
  expect(read(cwd, 's.ded')).toBe(texts['s.ded']);
});

const OUTPUTS: readonly (readonly string[])[] = [
  ['run', 's.ded', '--json', 'out'],
  ['run', 's.ded', '--report', 'out.html'],
  ...['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'].map((name) => [
    'run',
    's.ded',
    '--reporter',
    `${name}=out`,
  ]),
  ['report', 'o.json', '--out', 'out'],
  ...['svg', 'mermaid', 'dot'].flatMap((form) => [
    ['report', 'o.json', '--format', form, '--out', 'out'],
    ['report', 'p.json', '--format', form, '--out', 'out'],
  ]),
  ...['vitest', 'jest', 'node:test', 'json'].map((form) => ['replay', 'o.json', '--emit', form, '--out', 'out']),
];

test('a file that ldfi has not written is replaced with --force only; its own are replaced', MINUTES, () => {
  const cwd = folder({ 's.ded': SPECS.violated, 'p.ts': PROTOCOL });
  batch(cwd, [
    ['run', 's.ded', '-q', '--json', 'o.json'],
    ['run', 'p.ts', '-q', '--json', 'p.json'],
  ]);
  for (const command of OUTPUTS) {
    const path = join(cwd, command.at(-1)?.replace(/.*=/, '') ?? '');
    writeFileSync(path, 'precious');
    const [refused, forced, again] = batch(cwd, [command, [...command, '--force'], command]);
    expect([command, refused?.code, refused?.stderr]).toEqual([
      command,
      2,
      expect.stringContaining('was not written by ldfi; name another file, or replace it with --force'),
    ]);
    expect([command, forced?.stderr.includes('error')]).toEqual([command, false]);
    expect(read(path)).not.toBe('precious');
    expect([command, again?.code, again?.stderr]).toEqual([command, forced?.code, forced?.stderr]);
  }
});

test('a folder of pages: what ldfi has not written there is kept, and said; a spec is no folder', MINUTES, () => {
  const cwd = folder({ 's/a.ded': SPECS.holds, 's/b.ded': SPECS.violated, 'o/s/b.html': 'precious' });
  const [refused, forced, again, mistaken] = batch(cwd, [
    ['test', 's', '--html', 'o'],
    ['test', 's', '--html', 'o', '--force'],
    ['test', 's', '--html', 'o'],
    ['test', 's', '--html', 's/a.ded'],
  ]);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('o/s/b.html is there and was not written'),
  });
  expect([forced?.code, again?.code]).toEqual([1, 1]);
  expect(read(cwd, 'o/s/b.html')).toContain('<!doctype html>');
  expect(mistaken).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('It is a file: name a folder'),
  });
  expect(read(cwd, 's/a.ded')).toBe(SPECS.holds);
  expect(resultIn(cwd, 'o/ldfi.json').checks).toHaveLength(2);
});

test('reports of other files are left alone: by default they get another name', MINUTES, () => {
  const cwd = folder({ 'x.ded': SPECS.violated, 'x.ts': PROTOCOL, 'old/x.ded': SPECS.holds });
  const run = (path: string): string | undefined =>
    batch(cwd, [['run', path]])[0]?.stdout.match(/^JSON {2}(.*)$/m)?.[1];
  const all = ['x.ded', 'x.ts', 'old/x.ded', 'x.ded', 'x.ts', 'old/x.ded'].map(run);
  const names = ['reports/x.json', 'reports/x.ts.json', 'reports/x.ded.json'];
  expect(all).toEqual([...names, ...names]);
  writeFileSync(join(cwd, 'reports/x.json'), 'notes');
  const [kept] = batch(cwd, [['run', 'x.ded']]);
  expect(kept).toMatchObject({ code: 1, stderr: expect.stringContaining('warning: reports/x.json is there and was') });
  expect(read(cwd, 'reports/x.json')).toBe('notes');
});

/** A module that leaves a file behind when it is loaded. */
const MARKER = `${PROTOCOL}\nimport { writeFileSync } from 'node:fs';\nwriteFileSync('LOADED', '');\n`;

test('a result does not decide which code is run', MINUTES, () => {
  const cwd = folder({ 'work/s.ded': SPECS.violated, 'work/p.ts': PROTOCOL, 'm.ts': MARKER });
  const work = join(cwd, 'work');
  writeFileSync(join(work, 'm.ts'), MARKER);
  symlinkSync('../m.ts', join(work, 'linked.ts'));
  batch(work, [
    ['run', 's.ded', '-q', '--json', 'o.json'],
    ['run', 'p.ts', '-q', '--json', 'p.json'],
  ]);
  const naming = (json: string, from: string, to: string): void =>
    writeFileSync(join(work, json), read(work, from.startsWith('s') ? 'o.json' : 'p.json').replaceAll(from, to));
  naming('dedalus-names-module.json', 's.ded', 'm.ts');
  naming('outside.json', 'p.ts', '../m.ts');
  naming('link.json', 'p.ts', 'linked.ts');
  const loaded = (...args: string[]): [number | null, string, boolean] => {
    const [{ code, stderr } = { code: null, stderr: '' }] = batch(work, [args]);
    return [code, stderr, existsSync(join(work, 'LOADED'))];
  };
  for (const json of ['dedalus-names-module.json', 'outside.json', 'link.json'])
    for (const command of [
      ['replay', json],
      ['replay', json, '--emit', 'vitest'],
      ['report', json, '--out', '-'],
    ])
      expect([command, loaded(...command)]).toEqual([command, [expect.any(Number), expect.any(String), false]]);
  expect(loaded('replay', 'dedalus-names-module.json')).toEqual([
    2,
    'error: m.ts is a module, and the result is of a Dedalus program\n',
    false,
  ]);
  expect(loaded('replay', 'outside.json')[1]).toContain('if you trust it, name it: --spec ../m.ts');
  // Below the working folder, or named, it is run, and said so.
  naming('inside.json', 'p.ts', 'm.ts');
  expect(loaded('report', 'inside.json')).toEqual([0, '', false]);
  expect(loaded('replay', 'inside.json')).toEqual([1, 'note: this runs m.ts\n', true]);
});

test(
  'a result has what was learned: a page needs no module, and is the same from run, report and test',
  MINUTES,
  () => {
    const cwd = folder({ 'p.ts': PROTOCOL, 'ldfi.config.json': '{ "specs": ["p.ts"], "reports": "kept" }' });
    mkdirSync(join(cwd, 'out'));
    const done = batch(cwd, [
      ['run', 'p.ts', '--json', 'o.json', '--report', 'o.html'],
      ['report', 'o.json', '--out', 'out/again.html'],
      ['test'],
      ['report', 'kept/ldfi.json', '--out', 'out/'],
    ]);
    expect(done.map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
    expect(read(cwd, 'out/again.html')).toBe(read(cwd, 'o.html'));
    for (const page of ['index.html', 'p.html']) expect(read(cwd, 'out', page)).toBe(read(cwd, 'kept/test', page));
    expect(read(cwd, 'kept/test/p.html')).toContain('"learned":[{"table":');
    // Without it, the page says so.
    const result = resultIn(cwd, 'o.json');
    writeFileSync(
      join(cwd, 'bare.json'),
      JSON.stringify({ ...result, checks: result.checks.map(({ learned: _, ...check }) => check) }),
    );
    const [bare, drawn] = batch(cwd, [
      ['report', 'bare.json', '--out', 'bare.html'],
      ['report', 'bare.json', '--format', 'svg'],
    ]);
    expect(bare).toMatchObject({ code: 0, stderr: expect.stringContaining('does not have what was learned of one') });
    expect(drawn).toMatchObject({ code: 2, stderr: expect.stringContaining('search it again') });
  },
);

test('hostile names stay visible in pictures, logs and reports', MINUTES, () => {
  const name = 'b\u202egnp\u2066\x07';
  const cwd = folder({
    's.ded': SPECS.violated
      .replaceAll('"b"', JSON.stringify(name).replaceAll('\\u0007', '\x07'))
      .replace('nodes=a,b', 'nodes=a,x'),
    'p.ts': PROTOCOL.replaceAll("'b'", JSON.stringify(name)),
  });
  const [, ...done] = batch(cwd, [
    ['run', 'p.ts', '-q', '--json', 'p.json'],
    ['run', 'p.ts', '-v'],
    ...['svg', 'mermaid', 'dot'].map((form) => ['report', 'p.json', '--format', form]),
    ...['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'].map((form) => [
      'run',
      'p.ts',
      '--reporter',
      form,
    ]),
    ['report', 'p.json', '--out', '-'],
    ['replay', 'p.json', '--emit', 'vitest'],
    ['test', 'p.ts'],
  ]);
  for (const [i, { stdout, stderr }] of done.entries())
    expect([
      i,
      unprintable(i < 11 ? stdout : stdout.replace(/<script[\s\S]*?<\/script>/g, '')),
      unprintable(stderr),
    ]).toEqual([i, [], []]);
  expect(done[1]?.stdout).toContain('b\\u{202e}gnp\\u{2066}\\u{7}');
});
