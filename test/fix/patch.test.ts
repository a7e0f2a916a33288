/**
 * Patches: git applies them, and what comes of it is the edited text to the last character.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited, type Splice } from '../../src/fix/edit.js';
import { patchOf } from '../../src/fix/patch.js';
import { sized } from '../size.js';
import { applied } from './support.js';

const LINES = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);

function holds(text: string, splices: readonly Omit<Splice, 'file'>[], path = 'a.ded'): string {
  const files = [{ path, text }];
  const all = splices.map((one) => ({ ...one, file: 0 }));
  const patch = patchOf(files, all, (name) => name);
  expect(applied(files, patch)).toEqual(edited(files, all));
  return patch;
}

const at = (text: string, line: string): number => text.indexOf(line) + line.length;

describe.each([
  ['with line ends of Unix', LINES.join('\n').concat('\n')],
  ['with line ends of Windows', LINES.join('\r\n').concat('\r\n')],
  ['without a line end at the end', LINES.join('\n')],
])('a text %s', (_, text) => {
  const end = text.includes('\r') ? '\r\n' : '\n';

  test('gets a line after the first, in the middle, and after the last', () => {
    for (const line of ['line 1', 'line 15', 'line 30']) {
      const after = at(`${text}\n`, `${line}${line === 'line 1' ? end : ''}`) - (line === 'line 1' ? end.length : 0);
      holds(text, [{ start: after, end: after, text: `${end}new` }]);
    }
  });

  test('has a word changed in its first and its last line, far apart and side by side', () => {
    const far = ['line 2', 'line 29'].map((line) => at(text, line));
    const patch = holds(
      text,
      far.map((start) => ({ start, end: start, text: '!' })),
    );
    expect(patch.match(/^@@/gm)).toHaveLength(2);
    const near = ['line 5', 'line 6'].map((line) => at(text, line));
    expect(
      holds(
        text,
        near.map((start) => ({ start, end: start, text: '!' })),
      ).match(/^@@/gm),
    ).toHaveLength(1);
  });

  test('loses its last line', () => {
    const start = text.indexOf('line 30');
    holds(text, [{ start, end: text.length, text: '' }]);
  });
});

test('names with blanks, quotes and letters of other scripts', () => {
  for (const path of ['a b/c d.ded', 'it\'s "it".ded', 'größe/日本.ded', 'tab\there.ded'])
    holds('one\ntwo\n', [{ start: 3, end: 3, text: '!' }], path);
});

test('any edits of any text', () => {
  const edits = fc.uniqueArray(fc.nat(200), { maxLength: 8, minLength: 2 });
  const text = fc.array(fc.constantFrom('a', 'b', '\n', '\n', '\r\n', 'ü'), { minLength: 1, maxLength: 120 });
  const words = fc.array(fc.constantFrom('', 'x', '\n', 'y\nz\n'), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(text, edits, words, (parts, offsets, texts) => {
      const whole = parts.join('');
      const places = offsets.filter((one) => one <= whole.length).sort((a, b) => a - b);
      const splices = Array.from({ length: Math.floor(places.length / 2) }, (_, i) => ({
        start: places[2 * i] as number,
        end: places[2 * i + 1] as number,
        text: texts[i % 4] as string,
      }));
      const files = [{ path: 'a.ded', text: whole }];
      const [{ text: now } = { text: '' }] = edited(
        files,
        splices.map((one) => ({ ...one, file: 0 })),
      );
      // git does not take what changes nothing, nor what leaves an empty file.
      fc.pre(now !== whole && now !== '');
      holds(whole, splices);
    }),
    { numRuns: sized(300, 20), seed: 1 },
  );
});
