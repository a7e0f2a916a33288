/**
 * Colours of a spec's text: what each piece is, and that nothing is covered twice, whatever the text.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import { pieces } from '../../src/editor/highlight.js';

const looks = (text: string): string[] =>
  pieces(text).map(({ start, end, look }) => `${look} ${text.slice(start, end)}`);

it('tells words, relations, variables, comments and directives apart', () => {
  expect(looks('//! check eot=4\nlog(X, 1)@next :- notin log(X, "a"); // so')).toEqual([
    'directive //! check eot=4',
    'relation log',
    'symbol (',
    'variable X',
    'symbol ,',
    'number 1',
    'symbol )',
    'word @next',
    'symbol :-',
    'word notin',
    'relation log',
    'symbol (',
    'variable X',
    'symbol ,',
    'string "a"',
    'symbol )',
    'symbol ;',
    'comment // so',
  ]);
  expect(looks('/* a\n b */ n(count<X>)@12;')).toEqual([
    'comment /* a',
    'comment b */',
    'relation n',
    'symbol (',
    'word count',
    'symbol <',
    'variable X',
    'symbol >',
    'symbol )',
    'word @12',
    'symbol ;',
  ]);
  expect(looks('p(a) & "')).toContain('bad &');
});

/** In order, without overlaps, with nothing left out but blanks. */
function expectWhole(text: string): void {
  let end = 0;
  for (const piece of pieces(text)) {
    expect(piece.start).toBeGreaterThanOrEqual(end);
    expect(piece.end).toBeGreaterThan(piece.start);
    expect(text.slice(end, piece.start)).toMatch(/^[\s\ufeff]*$/);
    end = piece.end;
  }
  expect(text.slice(end)).toMatch(/^[\s\ufeff]*$/);
}

it('covers every spec', () => {
  const specs = globSync('specs/**/*.{ded,inc}');
  expect(specs.length).toBeGreaterThan(50);
  for (const spec of specs) expectWhole(readFileSync(spec, 'utf8'));
});

it('covers any text', () => {
  const parts = fc.constantFrom(
    'log',
    '(',
    '"',
    '//',
    '/*',
    '*/',
    '\n',
    '//!',
    ' ',
    '@next',
    '@',
    '3',
    'é',
    '\r\n',
    '#',
  );
  fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 3 }))), (all) => expectWhole(all.join(''))));
});
