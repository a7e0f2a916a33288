import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginning, visible, visibleLines } from '../../src/core/text.js';

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

test('names are shown as people write them, whatever the script', () => {
  const names = ['Київ', '東京', 'القاهرة', 'می\u200cخواهم', 'क्\u200dष', 'e\u0301\u0323', '한국어'];
  const emoji = ['👩\u200d💻', '❤\ufe0f', '👍🏽', '1\ufe0f\u20e3', '🏳\ufe0f\u200d🌈', '🇩🇪', '👩🏽\u200d🚀'];
  for (const text of [...names, ...emoji, [...names, ...emoji].join(' ')]) expect(visible(text)).toBe(text);
});

test('joiners and selectors that join and select nothing are written out', () => {
  expect(visible('👩\u200d')).toBe('👩\\u{200d}');
  expect(visible('\u200d💻')).toBe('\\u{200d}💻');
  expect(visible('a\ufe0f 1\ufe0f')).toBe('a\\u{fe0f} 1\\u{fe0f}');
  expect(visible('م\u200c')).toBe('م\\u{200c}');
  expect(visible('❤\ufe0f\ufe0f')).toBe('❤\ufe0f\\u{fe0f}');
});

test('a text is cut between characters', () => {
  expect(beginning('abc', 2)).toBe('ab');
  expect(beginning('a🙂', 2)).toBe('a');
  expect(beginning('می\u200cخ', 3)).toBe('می');
  expect(beginning('👩\u200d💻', 3)).toBe('👩');
  expect(beginning('abc', -1)).toBe('');
});

test('the result is safe, well-formed, and changed no more by a second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/(?![ \u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});
