/**
 * The examples of diagnostics: each gives the code that it is there to show and no other, and the mended one gives none.
 */
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/dedalus/diagnostic.js';
import { type LoadResult, loadProgram, parseProgram } from '../../src/dedalus/load.js';
import { parse } from '../../src/dedalus/parser.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { DIRECTIVES } from '../../src/explain/directives.js';
import { FILES } from '../../src/explain/files.js';
import { PROGRAM } from '../../src/explain/program.js';
import { RULES } from '../../src/explain/rules.js';
import { SYNTAX } from '../../src/explain/syntax.js';

const codesOf = ({ diagnostics }: Pick<LoadResult, 'diagnostics'>): string[] => [
  ...new Set(diagnostics.map(({ code }) => code)),
];

/** What is too long to be shown. */
const LARGE: Readonly<Record<string, () => readonly string[]>> = {
  'binary-file': () => codesOf(parseProgram('a("x")@1;\0')),
  'file-too-large': () => codesOf(parseProgram(' '.repeat(4 * 1024 * 1024 + 1))),
  'too-many-includes': () => {
    const names = Array.from({ length: 1_001 }, (_, i) => `${i}.ded`);
    const main = names.map((name) => `include "${name}";`).join('\n');
    const others = Object.fromEntries(names.map((name) => [name, '']));
    return codesOf(loadProgram(['main.ded'], memoryReader({ 'main.ded': main, ...others })));
  },
  'too-many-tokens': () => codesOf(parseProgram('('.repeat(2_000_001))),
  // Half a million of them take their time.
  'too-many-clauses': () => {
    const diagnostics: Diagnostic[] = [];
    parse('a("x")@1;\n'.repeat(3), 0, (one) => diagnostics.push(one), 2);
    return codesOf({ diagnostics });
  },
  'too-many-arguments': () => codesOf(parseProgram(`a(${Array(257).fill('1').join()})@1;`)),
  'body-too-long': () => codesOf(parseProgram(`a(1)@1; b(X) :- ${Array(501).fill('a(X)').join()};`)),
  'too-deep': () => codesOf(parseProgram(`a(1)@1; b(X) :- a(X), X == ${'('.repeat(101)}1${')'.repeat(101)};`)),
};

describe('examples', () => {
  const shown = Object.entries({ ...SYNTAX, ...RULES, ...PROGRAM, ...DIRECTIVES });
  const readable = Object.entries(FILES).filter(([code]) => code === 'cannot-read');
  test.each([...shown, ...readable])('of %s', (code, { example, mended }) => {
    expect(codesOf(parseProgram(example ?? ''))).toEqual([code]);
    expect(codesOf(parseProgram(mended ?? 'there is none'))).toEqual([]);
  });

  test.each(Object.entries(LARGE))('of %s, which is large', (code, codes) => {
    expect(Object.keys(FILES)).toContain(code);
    expect(codes()).toContain(code);
  });

  test('of more-diagnostics', () => {
    expect(codesOf(parseProgram('a(X)@1;'.repeat(150)))).toEqual(['fact-not-constant', 'more-diagnostics']);
  });
});
