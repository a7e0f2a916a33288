import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible, visibleLines } from '../../src/core/text.js';

test('what is invisible, turns text around or drives a terminal is written out', () => {
  expect(visible('\u202egnp.exe\u2066')).toBe('\\u{202e}gnp.exe\\u{2066}');
  expect(visible('\x1b[2J\u009b\r\n')).toBe('\\u{1b}[2J\\u{9b}\\u{d}\\u{a}');
  expect(visible('a\u200db\u3164c\u{e0041}\u00a0')).toBe('a\\u{200d}b\\u{3164}c\\u{e0041}\\u{a0}');
  expect(visible('\ud800')).toBe('\\u{d800}');
  expect(visibleLines('a\u202e\nb')).toBe('a\\u{202e}\nb');
});

test('all else stays as it is', () => {
  for (const text of ['a → b', 'größer', '北京', 'Ωμέγα', '✗ ☠ ·', '🙂', '']) expect(visible(text)).toBe(text);
});

test('the result is safe, well-formed, and changed no more by a second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});
