/** What is wrong with a topology, with its place: everything at once, and what to write instead. */
import { expect, test } from 'vitest';
import { parseTopology } from '../../src/blazes/parse.js';
import { locate } from '../../src/dedalus/locate.js';
import { renderDiagnostics } from '../../src/dedalus/render.js';

/** `line:column code message (hint)`. */
function mistakes(text: string): string[] {
  const file = { path: 't.yaml', text };
  const parsed = parseTopology(file);
  if ('topology' in parsed) return [];
  return parsed.diagnostics.map(({ code, message, hint, span }) => {
    const { line, column } = locate([file], span);
    return `${line}:${column} ${code} ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}

const GOOD = `components:
  count: { paths: [{ from: words, to: counts, label: OW, gate: [word] }] }
streams:
  words: { to: count.words }
  counts: { from: count.counts }
`;

test('what is right', () => {
  expect(mistakes(GOOD)).toEqual([]);
  expect(mistakes(GOOD.replace('[word]', "'*'"))).toEqual([]);
});

test.each([
  ['', 'label: OW', 'label: XW', '2:54', 'bad-topology components.count.paths.0.label: Invalid option'],
  ['', 'gate: [word]', 'gate: []', '2:58', 'bad-topology components.count.paths.0.gate: name at least one'],
  ['', 'label: OW', 'label: CW', '2:58', 'bad-topology components.count.paths.0.gate: only a path where the order'],
  ['', 'to: counts, ', '', '2:20', 'bad-topology components.count.paths.0.to: Invalid input'],
  ['', 'count.words', 'words', '4:16', 'bad-topology streams.words.to: it must be'],
  [
    '',
    '{ to: count.words }',
    '{ to: count.words, seals: x }',
    '4:36',
    'bad-topology streams.words.seals: there is no such',
  ],
  ['', 'count.words', 'cuont.words', '4:16', 'unknown-end there is no component cuont (did you mean count?)'],
  ['', 'count.words', 'constructor.words', '4:16', 'unknown-end there is no component constructor'],
  ['', 'to: count.words', 'to: [count.counts]', '4:12', 'unknown-end nothing comes in at count.counts'],
  ['', 'from: count.counts', 'from: count.words', '5:19', 'unknown-end nothing goes out at count.words'],
  ['', 'to: count.words', 'from: count.counts', '2:28', 'fed-by-nothing nothing ever comes to count.words'],
  ['', '{ to: count.words }', '{}', '4:3', 'no-streams stream words leads from nowhere'],
  ['', 'counts: {', '__proto__: {', '5:3', 'bad-topology __proto__ cannot be a name here'],
  ['', 'components:', 'components: [', '', 'bad-yaml'],
  ['a: &a [1]\n', 'streams:', 'streams: *b', '', 'bad-yaml'],
])('%s%s → %s is at %s: %s', (before, from, to, place, words) => {
  const [first = ''] = mistakes(before + GOOD.replace(from, () => to));
  expect(first).toContain(words);
  if (place !== '') expect(first.split(' ')[0]).toBe(place);
});

test('all at once, each in a frame', () => {
  const text = GOOD.replace('label: OW', 'label: XW').replace('count.words', 'words');
  const file = { path: 't.yaml', text };
  const parsed = parseTopology(file);
  const shown = 'diagnostics' in parsed ? renderDiagnostics(parsed.diagnostics, [file]) : '';
  expect(shown).toContain(' --> t.yaml:2:54\n');
  expect(shown).toContain('4 |   words: { to: words }\n  |                ^^^^^\n');
});

test('a circle that only feeds itself is fed by nothing; so is what follows it', () => {
  const text = `components:
  a: { paths: [{ from: i, to: o, label: CW }] }
  b: { paths: [{ from: i, to: o, label: CR }] }
streams:
  round: { from: a.o, to: [a.i, b.i] }
  out: { from: b.o }
`;
  expect(mistakes(text).map((line) => line.slice(5))).toEqual([
    expect.stringContaining('fed-by-nothing nothing ever comes to a.i (add a stream'),
    expect.stringContaining('fed-by-nothing nothing ever comes to b.i'),
  ]);
});

test('aliases without measure are refused', () => {
  const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`).join('\n');
  expect(mistakes(`a0: &a0 [x]\n${bomb}\n`)[0]).toContain('bad-yaml aliases');
});
