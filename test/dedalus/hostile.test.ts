/**
 * Whatever the input, loading and rendering finish soon, without a throw, with a program exactly when there is no
 * error.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LoadResult, parseProgram } from '../../src/dedalus/load.js';
import { renderDiagnostics } from '../../src/dedalus/render.js';
import { sized } from '../size.js';
import { load, summary } from './support.js';

/** Generous for a machine under load; what is quadratic in a few megabytes takes hours. */
const SOON = 30_000;

function check(result: LoadResult): void {
  const { diagnostics, files, program } = result;
  expect(program === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  expect(diagnostics.length).toBeLessThanOrEqual(101);
  for (const { span } of diagnostics) {
    const length = files[span.file]?.text.length ?? -1;
    expect(span.start >= 0 && span.start <= span.end && span.end <= length).toBe(true);
  }
  const text = renderDiagnostics(diagnostics, files);
  expect(text).not.toMatch(/(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]/u);
  // The underline stands under what it means only if every character of a line of source is one column wide.
  for (const line of text.split('\n').filter((line) => /^ *\d+ \|/.test(line)))
    expect(line).not.toMatch(/[^ -\u052f\u2010-\u2027\u2190-\u21ff…]|[\x7f-\x9f]/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(2000);
}

describe('hostile input', () => {
  const megabytes = (text: string, size = 1_000_000) => text.repeat(size / text.length);
  it.each<[string, string, string]>([
    ['10 MB of facts', megabytes('node("a", "b")@1;\n', 10_000_000), 'file-too-large'],
    ['100,000 parentheses', `a(X) :- b(X), X > ${'('.repeat(100_000)}1${')'.repeat(100_000)};`, 'too-deep'],
    ['100,000 parentheses in a head', `a(${'('.repeat(100_000)}`, 'too-deep'],
    ['100,000 nested atoms', 'a('.repeat(100_000), 'syntax'],
    ['a sum of 100,000 terms', `a(X) :- b(X), X > 1${'+1'.repeat(100_000)};`, 'too-deep'],
    ['100,000 arguments', `a(${'X,'.repeat(100_000)}X) :- b(X);`, 'too-many-arguments'],
    ['100,000 subgoals', `a(X) :- b(X)${', b(X)'.repeat(100_000)};`, 'body-too-long'],
    ['a missing ; on every line', megabytes('a(X) :- b(X)\n'), 'missing-semicolon'],
    ['an open parenthesis on every line', megabytes('x(1)@1\na((\n'), 'missing-semicolon'],
    ['open quotes', megabytes('a("\n'), 'syntax'],
    ['a string that never ends', `"${megabytes('x\n')}`, 'unterminated-string'],
    ['a comment that never ends', `/* ${megabytes('/* * /')}`, 'unterminated-comment'],
    ['strange characters', megabytes('$ '), 'unknown-character'],
    ['semicolons', megabytes(';'), 'empty-clause'],
    ['too many tokens', megabytes('+', 2_000_001), 'too-many-tokens'],
    ['bad directives', megabytes('//! check eot=0\n'), 'directive-value'],
    ['NUL', 'a("x")@1;\0', 'binary-file'],
  ])('%s', { timeout: SOON }, (_, text, code) => {
    const result = parseProgram(text);
    check(result);
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it.each<[string, string, string | undefined]>([
    ['a megabyte of facts', Array.from({ length: 20_000 }, (_, i) => `node("a", ${i})@1;\n`).join(''), undefined],
    [
      '20,000 relations, all misspelt',
      Array.from({ length: 20_000 }, (_, i) => `r${i}(X) :- s${i}(X);`).join(''),
      'never-derived',
    ],
    [
      'a chain of 20,000 rules',
      Array.from({ length: 20_000 }, (_, i) => `r${i}(X) :- r${i + 1}(X);`).join(''),
      'never-derived',
    ],
    [
      'a cycle of 20,000 rules',
      Array.from({ length: 20_000 }, (_, i) => `r${i}(X) :- r${(i + 1) % 20_000}(X), notin r${i}(X);`).join(''),
      'not-stratified',
    ],
    [
      'equalities in the worst order',
      `a(X, A0) :- b(X, A400)${Array.from({ length: 400 }, (_, i) => `, A${i} == A${i + 1}`).join('')}; b("n", 1)@1;`.repeat(
        200,
      ),
      undefined,
    ],
  ])('%s', { timeout: SOON }, (_, text, code) => {
    const result = parseProgram(text);
    check(result);
    expect(result.diagnostics[0]?.code).toBe(code);
  });

  it('includes: cycles, thousands of names, names that are no path', () => {
    const names = ['', '/', '..', '../../etc/passwd', '.', 'a\nb', '\u001b[2J', '__proto__', 'constructor'];
    const result = load({ 'm.ded': names.map((name) => `include "${name}";`).join('\n') });
    check(result);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(names.map(() => 'cannot-read'));
    const cycle = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`f${i}.ded`, `include "f${(i + 1) % 500}.ded";`]),
    );
    expect(load(cycle).files).toHaveLength(500);
    expect(load(cycle).diagnostics).toEqual([]);
    const long = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`f${i}.ded`, `include "f${i + 1}.ded";`]));
    expect(summary(load(long))).toEqual(['f999.ded:1:1 too-many-includes']);
  });

  it('random text never throws', { timeout: SOON }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => check(parseProgram(text))),
      { numRuns: sized(1_000, 50) },
    );
  });

  it('random bytes never throw', { timeout: SOON }, () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => String.fromCharCode(...array.map((b) => b || 32)));
    fc.assert(
      fc.property(bytes, (text) => check(parseProgram(text))),
      { numRuns: sized(1_000, 50) },
    );
  });

  it('random token soup never throws, and always comes to a verdict', { timeout: SOON }, () => {
    const words = [
      'a',
      'b',
      'X',
      '_',
      'notin',
      'include',
      'count',
      'crash',
      'pre',
      'post',
      '@1',
      '@next',
      '@async',
      '@',
      '(',
      ')',
      ',',
      ';',
      ':-',
      '==',
      '<',
      '>',
      '+',
      '-',
      '/',
      '1',
      '0',
      '"s"',
      '"',
      '//! check eot=3\n',
      '//',
      '/*',
      '*/',
      '\n',
      '\r\n',
      '.',
      '#',
    ];
    const phrases = [
      'a(X) :- b(X)',
      'a("n")@1;',
      'b(X, Y)',
      'notin a(X)',
      ', X == Y',
      'a(X, count<Y>) :-',
      'a(Y)@async :- b(X, Y);',
      'b("n", 1)@1;',
    ];
    let programs = 0;
    const numRuns = sized(3_000, 150);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words, ...phrases, ...phrases), { maxLength: 25 }),
        fc.constantFrom('', ' '),
        (soup, glue) => {
          const result = parseProgram(soup.join(glue));
          check(result);
          if (result.program) programs++;
        },
      ),
      { numRuns },
    );
    expect(programs).toBeGreaterThan(numRuns / 100);
  });

  it('a valid program with one character changed never throws', { timeout: SOON }, () => {
    const text = 'node("a", "b")@1; a(X, count<Y>) :- b(X, Y)@1, notin c(X, _), Y + 1 > (2 * Y); pre(X) :- a(X, 1);';
    const edit = fc.record({
      at: fc.nat({ max: text.length }),
      cut: fc.nat({ max: 3 }),
      add: fc.constantFrom(...'();,:-@"_<>/*=. \n9aX'),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const changed = edits.reduce((now, { at, cut, add }) => now.slice(0, at) + add + now.slice(at + cut), text);
        check(parseProgram(changed));
      }),
      { numRuns: sized(2_000, 100) },
    );
  });
});
