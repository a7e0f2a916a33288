/**
 * `ldfi blazes`: codes, outputs, and mistakes with their places.
 */
import { expect, test } from 'vitest';
import { blazesSchema } from '../../src/report/blazes/schema.js';
import { batch, folder, PACKAGE, read, STACK, unprintable } from './support.js';

const MINUTES = { timeout: 240_000 };

test('labels, reasons and plan; 1 where something is not deterministic', MINUTES, () => {
  const [run, sealed, poor, json, dot] = batch(PACKAGE, [
    ['blazes', 'specs/blazes/wordcount.yaml'],
    ['blazes', 'specs/blazes/wordcount-sealed.yaml'],
    ['blazes', 'specs/blazes/ad-poor.yaml', '-q'],
    ['blazes', 'specs/blazes/ad-poor.yaml', '--json', '-'],
    ['blazes', 'specs/blazes/ad-poor.yaml', '--dot', '-'],
  ]);
  expect([run?.code, run?.stderr]).toEqual([1, '']);
  expect(run?.stdout).toMatch(/^ {2}counts {2}Run +may differ from run to run$/m);
  expect(run?.stdout).toContain('words: Async through OW(word, batch) is Taint');
  expect(run?.stdout).toContain('sequence  count: put words in one order');
  expect([sealed?.code, sealed?.stderr]).toEqual([0, '']);
  expect(sealed?.stdout).toContain('seal      count: wait for the seals of words before a partition by word, batch');
  expect([poor?.code, poor?.stdout]).toEqual([1, '']);
  const found = blazesSchema.parse(JSON.parse(json?.stdout ?? ''));
  expect([found.deterministic, found.components]).toEqual([
    false,
    [
      { name: 'cache', replicated: true },
      { name: 'report', replicated: true },
    ],
  ]);
  expect(dot?.stdout).toContain('"report" -> "cache" [label="answers: Inst", color=red, fontcolor=red];');
  expect(dot?.stdout).toContain('"cache" [peripheries=2];');
});

test('a page and a picture; the same bytes each time', MINUTES, () => {
  const cwd = folder({ 't.yaml': read(PACKAGE, 'specs/blazes/ad-poor.yaml') });
  const told = batch(cwd, [
    ['blazes', 't.yaml', '--html', 'a.html', '--svg', 'a.svg'],
    ['blazes', 't.yaml', '--html', 'b.html', '--svg', 'b.svg', '-q'],
  ]);
  expect(told.map(({ code, stderr }) => [code, stderr])).toEqual([
    [1, ''],
    [1, ''],
  ]);
  expect(told[0]?.stdout).toContain('Page  a.html\nPicture  a.svg\n');
  for (const end of ['html', 'svg']) expect(read(cwd, `a.${end}`)).toBe(read(cwd, `b.${end}`));
  expect(read(cwd, 'a.svg')).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
});

test('mistakes have their places, and nothing hostile reaches the terminal', MINUTES, () => {
  const good = read(PACKAGE, 'specs/blazes/wordcount.yaml');
  const cwd = folder({
    'label.yaml': good.replace('label: CR', 'label: XR').replace('to: count.words', 'to: nothing'),
    'end.yaml': good.replace('to: count.words', 'to: cuont.words'),
    'hostile.yaml': good.replace('name: streaming', 'name: "\\e[31m\\u202e"\nx: \u001b[31m\u202e #'),
    'name.yaml': good.replace('name: streaming word count', 'name: "\\e[31m\\u202e<script>"'),
    'empty.yaml': '',
    'mine.svg': 'mine',
  });
  const [label, end, hostile, name, empty, missing, kept, twice] = batch(cwd, [
    ['blazes', 'label.yaml'],
    ['blazes', 'end.yaml'],
    ['blazes', 'hostile.yaml'],
    ['blazes', 'name.yaml', '--html', 'n.html', '--svg', 'n.svg'],
    ['blazes', 'empty.yaml'],
    ['blazes', 'missing.yaml'],
    ['blazes', 'end.yaml', '--svg', 'mine.svg'],
    ['blazes', 'name.yaml', '--svg', 'name.yaml', '--force'],
  ]);
  const all = [label, end, hostile, empty, missing, kept, twice];
  expect(all.map((one) => [one?.code, one?.stdout])).toEqual(all.map(() => [2, '']));
  expect(label?.stderr).toContain('error[bad-topology]: components.splitter.paths.0.label: ');
  expect(label?.stderr).toContain(' --> label.yaml:9:43\n');
  expect(label?.stderr).toContain('streams.words.to: it must be component.interface');
  expect(end?.stderr).toContain('help: did you mean count?');
  expect(empty?.stderr).toContain('error[bad-topology]: components');
  expect(missing?.stderr).toContain('cannot read missing.yaml: no such file');
  expect(name?.code).toBe(1);
  const said = [...all, name].map((one) => `${one?.stdout}${one?.stderr}`).join('');
  expect([unprintable(said), STACK.test(said)]).toEqual([[], false]);
  for (const written of ['n.html', 'n.svg']) {
    expect(read(cwd, written)).not.toContain('<script>"');
    expect(unprintable(read(cwd, written))).toEqual([]);
  }
  expect(read(cwd, 'mine.svg')).toBe('mine');
});
