import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/dedalus/lexer.js';
import { printClause, printClauses } from '../../src/dedalus/print.js';
import { clause } from './arbitraries.js';
import * as programs from './programs.js';
import { bare, parseText } from './support.js';

describe('print and parse', () => {
  it('parse(print(tree)) is the tree', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 4 }), (clauses) => {
        const { clauses: again, diagnostics } = parseText(printClauses(clauses));
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(bare(again)).toEqual(bare(clauses));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on layout: blanks and comments may stand between any two tokens', () => {
    const blank = fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '\r\n',
      ' /* c; "c" // */ ',
      ' // a(X) :- b(X);\n',
      ' /**/ ',
      '\n\n',
    );
    fc.assert(
      fc.property(clause, fc.array(blank, { minLength: 1, maxLength: 30 }), (tree, blanks) => {
        const text = printClause(tree);
        const { starts, ends } = lex(text, 0, () => expect.fail('bad token'));
        const spread = starts.map((start, i) => `${blanks[i % blanks.length]}${text.slice(start, ends[i])}`).join('');
        const { clauses, diagnostics } = parseText(spread);
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(bare(clauses)).toEqual([bare(tree)]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.entries(programs))('print(parse(%s)) parses to the same tree', (_, text) => {
    const { clauses, diagnostics } = parseText(text);
    expect(diagnostics).toEqual([]);
    expect(clauses.length).toBeGreaterThan(2);
    const printed = printClauses(clauses);
    expect(bare(parseText(printed).clauses)).toEqual(bare(clauses));
    expect(printClauses(parseText(printed).clauses)).toBe(printed);
  });

  it('keeps what a clause says and no more parentheses than needed', () => {
    const text = 'a(((X)), (X+1)*2-(3-4), count< * >)@async :- b(X,_,"s")@3,notin c(X), X*(2/3)==(-1), (X)<=X-1-1;';
    const printed =
      'a(X, (X + 1) * 2 - (3 - 4), count<_>)@async :- b(X, _, "s")@3, notin c(X), X * (2 / 3) == -1, X <= X - 1 - 1;';
    expect(parseText(text).clauses.map(printClause)).toEqual([printed]);
  });
});
