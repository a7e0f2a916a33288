import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/dedalus/lexer.js';
import { parse } from '../../src/dedalus/parser.js';
import { printClause } from '../../src/dedalus/print.js';
import { format } from '../../src/editor/format/format.js';
import { clause } from '../dedalus/arbitraries.js';
import * as programs from '../dedalus/programs.js';
import { bare } from '../dedalus/support.js';
import { randomSpec } from '../reference/random-program.js';

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The comments of a text, without blanks at their ends, in order. */
function commentsOf(text: string): string[] {
  const { starts, ends } = lex(text, 0, () => undefined);
  return starts.flatMap((start, i) =>
    (text.slice(ends[i - 1] ?? 0, start).match(COMMENT) ?? []).map((it) => it.trimEnd()),
  );
}

/** What a text says: clauses, directives, and what is wrong with it, without places. */
function meaning(text: string) {
  const reported: string[] = [];
  const { clauses, directives } = parse(text, 0, ({ code }) => reported.push(code));
  const said = directives.map(({ start, end }) => text.slice(start, end).trimEnd());
  return { clauses: bare(clauses), directives: said, reported: reported.sort() };
}

/** Formats a text and checks all that must hold of every text. */
function formatted(text: string): string {
  const done = format(text);
  if ('mistakes' in done) throw new Error(JSON.stringify(done.mistakes));
  expect(meaning(done.text)).toEqual(meaning(text));
  expect(commentsOf(done.text)).toEqual(commentsOf(text));
  expect(format(done.text)).toEqual({ text: done.text });
  return done.text;
}

describe('format', () => {
  it.each([
    ['p( X ,Y )@next:-p(X,Y) ;', 'p(X, Y)@next :- p(X, Y);\n'],
    [
      'p(X,count<Y>,T-1)@ async :- q(X,Y),notin r( X , _ )@ 3,T> -1,(T+1)*2<=- 5;',
      'p(X, count<Y>, T - 1)@async :- q(X, Y), notin r(X, _)@3, T > -1, (T + 1) * 2 <= -5;\n',
    ],
    ['c(X, count< * >) :- q(X);', 'c(X, count<*>) :- q(X);\n'],
    ['include   "a  b.ded" ;p("a")@1; p("b")@1;', 'include "a  b.ded";  p("a")@1;  p("b")@1;\n'],
    ['p("a")@1;      p("b")@1;', 'p("a")@1;      p("b")@1;\n'],
    ['\n\n// one\n\n\n\n// two   \np("a")@1; // three\n\n', '// one\n\n// two\np("a")@1; // three\n'],
    ['p("a")@1;\r\n\r\n\r\np("b")@1;\r\n', 'p("a")@1;\r\n\r\np("b")@1;\r\n'],
    ['p(X) :-\n q(X), // why\n // because\n  r(X);', 'p(X) :-\n    q(X), // why\n    // because\n    r(X);\n'],
    ['p(X) :- q(X),\n r(X);', 'p(X) :- q(X), r(X);\n'],
    ['p(X) :- q(X), /* a */ r(X);', 'p(X) :- q(X), /* a */ r(X);\n'],
    ['p(X, // where\n Y) :- q( X,Y);', 'p(X, // where\n Y) :- q( X,Y);\n'],
    ['', ''],
  ])('%j', (text, wanted) => {
    expect(formatted(text)).toBe(wanted);
  });

  it('breaks what is too long at its commas, and facts that share a line where the line is full', () => {
    const long = Array.from({ length: 12 }, (_, i) => `relation_${i}(X, Y)`);
    expect(formatted(`p(X) :- ${long.join(',')};`)).toBe(`p(X) :-\n    ${long.join(',\n    ')};\n`);
    const facts = Array.from({ length: 30 }, (_, i) => `p("a${i}")@1;`);
    const text = formatted(facts.join(' '));
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(text.split('\n').length).toBe(5);
  });

  it('refuses what has mistakes, and says which', () => {
    expect(format('p(X) :- q(X)')).toMatchObject({ mistakes: [{ code: 'missing-semicolon' }] });
    expect(format("p(X) :- 'q'(X);")).toMatchObject({ mistakes: [{ code: 'unknown-character' }] });
  });

  it.each(globSync('specs/**/*.{ded,inc}').sort())('leaves %s as it is', (path) => {
    const text = readFileSync(path, 'utf8');
    expect(formatted(text)).toBe(text);
  });

  it.each(Object.entries(programs))('keeps the meaning of %s', (_, text) => {
    formatted(text);
  });

  it('keeps the meaning of any clauses in any layout, with comments between any two tokens', () => {
    const blank = fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '\r\n',
      ' /* c; "c" // */ ',
      ' // a(X) :- b(X);\n',
      ' /**/ ',
      ' /* a\n b */',
      '\n\n',
      '\n//! check name=x\n',
      '',
    );
    const layout = fc.array(blank, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 4 }), layout, (trees, blanks) => {
        const text = trees.map(printClause).join(' ');
        const { kinds, starts, ends } = lex(text, 0, () => expect.fail('bad token'));
        const isWord = (i: number): boolean => kinds[i] === 1 || kinds[i] === 2;
        const spread = starts.map((start, i) => {
          const wanted = blanks[i % blanks.length] ?? '';
          // Two words, or what would be another token or a comment, must not grow together.
          const apart = wanted === '' && (isWord(i) === isWord(i - 1) || i === 0) ? ' ' : wanted;
          return `${apart}${text.slice(start, ends[i])}`;
        });
        formatted(spread.join(''));
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps the meaning of random programs', () => {
    for (let seed = 1; seed <= 40; seed++) formatted(randomSpec(seed).text);
  });
});
