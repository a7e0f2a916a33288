/** One mistake at a time: its code, where it is reported, and what is suggested. */
import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { locate } from '../../src/dedalus/locate.js';

type Mistake = readonly [text: string, code: string, at: string, hint: RegExp | string | undefined];

/** As written below: the hint may be left out. */
type Listed = readonly [text: string, code: string, at: string, hint?: RegExp | string];
const all = (listed: readonly Listed[]): Mistake[] => listed.map(([text, code, at, hint]) => [text, code, at, hint]);

/** Declares relations, on one line of its own after the mistake, so that nothing else is odd. */
const FACTS = '\nb("n", 1)@1; c("n", 1)@1; d("n", 1)@1;';

const ERRORS: Record<string, readonly Listed[]> = {
  'lexical structure': [
    ['a(X) :- b(X, _), X = 1;', 'unknown-character', '1:20', 'compare with `==`'],
    ["a('x')@1;", 'unknown-character', '1:3', /double quotes/],
    ['# comment\nb("m", 1)@1;', 'unknown-character', '1:1', /`\/\/`/],
    ['a(X) : b(X, _);', 'unknown-character', '1:6', /head :- body/],
    ['a(X) :- b(X, _), !c(X, _);', 'unknown-character', '1:18', /notin/],
    ['a(X) :- b(X, _) && c(X, _);', 'unknown-character', '1:17', /`,`/],
    ['a("é", ∞)@1;', 'unknown-character', '1:8'],
    ['/* a("x")@1;', 'unterminated-comment', '1:1', /\*\//],
    ['a("x", 9007199254740992)@1;', 'number-too-large', '1:8'],
    ['a("x", -9007199254740992)@1;', 'number-too-large', '1:9'],
    ['a("x", 1)@9007199254740992;', 'number-too-large', '1:10'],
  ],
  'missing ;': [
    ['a("x")@1\nb("n", 2)@1;', 'missing-semicolon', '1:9', 'every clause ends with `;`'],
    ['a("x")@1 b("n", 2)@1;', 'missing-semicolon', '1:9'],
    ['a("x")@1 // c\n\n/* d */\nb("n", 2)@1;', 'missing-semicolon', '1:9'],
    ['a("x")@1', 'missing-semicolon', '1:9'],
    ['a(X) :- b(X, _)\n\tc(X, Y) :- b(X, Y);', 'missing-semicolon', '1:16'],
    ['a(X) :- b(X, _), X != 1\nc(X, Y)@next :- b(X, Y);', 'missing-semicolon', '1:24'],
    ['a(X) :- b(X, _)@1\nc("n", 2)@1;', 'missing-semicolon', '1:18'],
    ['a(X) :- b(X, _)\nc("n", 2)@1;', 'missing-semicolon', '1:16'],
    ['a(X) :- b(X, _),\nc(X, Y)@async :- b(X, Y);', 'missing-semicolon', '1:16'],
    ['a(X) :- b(X, _).\nc(X, Y)@async :- b(X, Y);', 'missing-semicolon', '1:16'],
  ],
  syntax: [
    ['a(X) :- b(X, _) c(X, _);', 'syntax', '1:17', 'separate subgoals with `,`'],
    ['a(X) :- b(X, _)\n  c(X, _);', 'syntax', '2:3', 'separate subgoals with `,`'],
    ['a(X) :- b(X, _)\n  c(X, _), d(X, _);', 'syntax', '2:3', 'separate subgoals with `,`'],
    ['a(X) :- b(X, _) notin c(X, _);', 'syntax', '1:17', 'separate subgoals with `,`'],
    ['a(X) :- b(X, _), not c(X, _);', 'syntax', '1:18', 'negation is written `notin`'],
    ['a(X) :- ;', 'syntax', '1:9'],
    ['a(X) :- b(X, _), ;', 'syntax', '1:18'],
    ['a(X :- b(X, _);', 'syntax', '1:5'],
    ['a(X,) :- b(X, _);', 'syntax', '1:5'],
    ['a(X) <- b(X, _);', 'syntax', '1:6', /head :- body/],
    ['a :- b(X, _);', 'syntax', '1:3'],
    ['a(X) :- b;', 'syntax', '1:10', 'a subgoal is written `b(…)`'],
    ['a(X) :- b(X, f(X));', 'syntax', '1:15', /no functions/],
    ['a(X) :- b(X, Y), Y > -X;', 'syntax', '1:23', /subtract it from 0/],
    ['a(X) :- b(X, Y), Y > count<X>;', 'syntax', '1:27', /aggregates stand in heads only/],
    ['a(X, count<Y> + 1) :- b(X, Y);', 'syntax', '1:15', /in one rule and use it in another/],
    ['a(X, count<Y Z>) :- b(X, Y);', 'syntax', '1:14', /count<X>/],
    ['include facts;', 'syntax', '1:9', /include "file.ded"/],
    ['42;', 'syntax', '1:1'],
    ['a("x, "y")@1;', 'syntax', '1:8'],
    ['notin(X) :- b(X, _);', 'reserved-word', '1:1'],
    ['a(X) :- notin notin(X);', 'reserved-word', '1:15'],
    ['a(X, cuont<Y>) :- b(X, Y);', 'unknown-aggregate', '1:6', 'did you mean `count`?'],
    ['a(X, median<Y>) :- b(X, Y);', 'unknown-aggregate', '1:6', /count, min, max, sum, avg/],
  ],
  time: [
    ['a("x", 1);', 'fact-without-tick', '1:10', 'did you mean `@1`?'],
    ['a("x", 1)@next;', 'rule-without-body', '1:10', /`@1` for a fact/],
    ['a(X)@1 :- b(X, _);', 'tick-in-head', '1:5', /@next/],
    ['a(X)@soon :- b(X, _);', 'bad-time', '1:5', /`@next`, `@async`/],
    ['a(X) :- b(X, _)@next;', 'time-in-body', '1:16', /head of the rule/],
    ['a(X) :- b(X, _)@async, c(X, _);', 'time-in-body', '1:16'],
  ],
  arity: [
    ['b("n")@1; b("n", 2)@1;', 'arity-mismatch', '1:1'],
    ['a(X) :- b(X, _), c(X);', 'arity-mismatch', '1:18'],
    ['a(X) :- c(X), c(X, _), d(X, _);', 'arity-mismatch', '1:9'],
    ['a(X) :- b(X, _), notin crash(X, X, _, 1);', 'arity-mismatch', '1:24', /implicit/],
    ['a() :- b(X, _);', 'no-location', '1:1', /first argument/],
    ['pre(X) :- b(X, _); post(X, Y) :- b(X, Y);', 'pre-post-arity', '1:20'],
  ],
  safety: [
    ['a(X, Y) :- b(X, _);', 'unbound-variable', '1:6'],
    ['a(X, Pload) :- b(X, PLoad);', 'unbound-variable', '1:6', 'did you mean `PLoad`?'],
    ['a(X, max<Y>) :- b(X, _);', 'unbound-variable', '1:6'],
    ['a(X, X + Z) :- b(X, _);', 'unbound-variable', '1:10'],
    ['a(X) :- b(X, _), Y > 1;', 'unbound-variable', '1:18', /by `==`/],
    ['a(X) :- b(X, _), Y == Z;', 'unbound-variable', '1:18'],
    ['a(X) :- b(X, _), Y == Y + 1;', 'unbound-variable', '1:18'],
    ['a(X) :- b(X, _), Y + 1 == 2;', 'unbound-variable', '1:18'],
    ['a(X) :- b(X, _), notin c(X, Y), Y > 1;', 'unbound-variable', '1:29', /`_`/],
    ['a(X) :- b(X, _), notin c(X, Y), notin d(X, Y);', 'unbound-variable', '1:29'],
    ['a(X, Y) :- b(X, _), notin c(X, Y);', 'unbound-variable', '1:6'],
    ['a(X, _) :- b(X, _);', 'wildcard', '1:6', /name it/],
    ['a(X) :- b(X, Y), Y > _;', 'wildcard', '1:22'],
    ['a(X) :- b(X, Y), c(X, Y + 1);', 'arithmetic-in-subgoal', '1:23', /X == …/],
    ['b("n", M)@1;', 'fact-not-constant', '1:8', 'did you mean "M"?'],
    ['b("n", _)@1;', 'fact-not-constant', '1:8', 'write the value'],
    ['b("n", 1 + 1)@1;', 'fact-not-constant', '1:8', 'write the value'],
  ],
  location: [
    ['a(X) :- X == 1;', 'no-subgoal', '1:1', /first argument/],
    ['a(X)@async :- notin b(_, 2), c(X, _);', 'unknown-sender', '1:23', /positive subgoal first/],
    ['a(X)@async :- notin b(Y, 2), c(X, _);', 'unknown-sender', '1:23'],
  ],
  stratification: [
    ['a(X) :- b(X, _), notin a(X);', 'not-stratified', '1:18', /@next/],
    ['a(X, count<Y>) :- b(X, Y), a(X, Y);', 'not-stratified', '1:28'],
    ['a(X) :- b(X, _), notin a(X)@1;', 'not-stratified', '1:18'],
    ['a(X) :- b(X, _), e(X);\ne(X) :- f(X);\nf(X) :- c(X, _), notin a(X);', 'not-stratified', '3:18'],
  ],
  crash: [
    ['crash("n", "n", 3)@1;', 'crash-derived', '1:1', /--crashes/],
    ['crash(X, X, 3) :- b(X, _);', 'crash-derived', '1:1'],
  ],
  aggregates: [
    ['a(X, sum<_>) :- b(X, _);', 'aggregate-without-variable', '1:6', /sum<X>/],
    ['a(X, min<*>) :- b(X, _);', 'aggregate-without-variable', '1:6'],
    ['a(max<Y>)@async :- b(_, Y);', 'aggregate-location', '1:3', /rule of its own/],
    ['a(X) :- b(X, count<Y>), c(X, Y);', 'aggregate-in-body', '1:14', /`count<Y>` in its head/],
  ],
};

const WARNINGS: readonly Listed[] = [
  [';', 'empty-clause', '1:1'],
  ['b("n", 2)@0;', 'tick-zero', '1:1', 'did you mean `@1`?'],
  ['a(X) :- b(X, _)@0;', 'tick-zero', '1:9', 'did you mean `@1`?'],
  ['a(X) :- b(X, 1.5);', 'decimal-number', '1:14'],
  ['a(X, "s" + Y) :- b(X, Y);', 'undefined-arithmetic', '1:6'],
  ['a(X) :- b(X, Y), Y > Y / 0;', 'undefined-arithmetic', '1:22'],
  ['bcast("n", 1)@1; a(X) :- bcats(X, _);', 'never-derived', '1:26', 'did you mean `bcast`?'],
  ['a(X) :- unknown(X);', 'never-derived', '1:9'],
  [
    'bcast(X, Y) :- b(X, Y); bcasst(X, Y) :- c(X, Y); a(X) :- bcast(X, _);',
    'near-name',
    '1:25',
    'did you mean `bcast`?',
  ],
  ['pre(X) :- b(X, _);', 'half-a-promise', '1:1'],
  ['post(X) :- b(X, _);', 'half-a-promise', '1:1'],
  ['a(X)@async :- b(X, _), notin crash(X, X, _);', 'crash-in-protocol', '1:24', /time-out/],
  ['e(X) :- crash(X, _, _);\na(X)@async :- e(X);', 'crash-in-protocol', '1:9'],
  ['e(Y) :- b(X, Y);\na(X)@async :- e(X);', 'head-elsewhere', '1:1', 'write `e(…)@async :- …;` to send it'],
  ['e(Y)@next :- b(_, Y);\ne(X)@async :- c(X, _);', 'head-elsewhere', '1:1'],
  ['a(Y, X)@async :- b(X, Y), c(Y, X);', 'mixed-locations', '1:27', /`c_seen\(X, …\)@async :- c\(…\)/],
  ['a(Y, Z)@async :- b(Z, Y), notin c(_, Z);', 'mixed-locations', '1:27'],
];

function found(text: string) {
  const result = parseProgram(text + FACTS);
  return {
    result,
    list: result.diagnostics.map(({ severity, code, span }) => {
      const { line, column } = locate(result.files, span);
      return `${severity} ${code} ${line}:${column}`;
    }),
  };
}

function expectHint(actual: string | undefined, hint: RegExp | string | undefined): void {
  if (typeof hint === 'string') expect(actual).toBe(hint);
  else if (hint) expect(actual).toMatch(hint);
}

describe.each(Object.entries(ERRORS))('errors: %s', (_, mistakes) => {
  it.each(all(mistakes))('%s', (text, code, at, hint) => {
    const { result, list } = found(text);
    expect(list.filter((line) => line.startsWith('error'))).toContain(`error ${code} ${at}`);
    expect(result.program).toBeUndefined();
    const diagnostic = result.diagnostics.find((candidate) => candidate.code === code);
    expectHint(diagnostic?.hint, hint);
  });
});

describe('warnings', () => {
  it.each(all(WARNINGS))('%s', (text, code, at, hint) => {
    const { result, list } = found(text);
    expect(list).toContain(`warning ${code} ${at}`);
    expect(result.program).toBeDefined();
    expectHint(result.diagnostics.find((candidate) => candidate.code === code)?.hint, hint);
  });
});

describe('one mistake, one diagnostic', () => {
  const several = new Set([
    'a("x, "y")@1;', // the rest of the text is inside out
    'a(X) :- b(X, _), Y == Z;', // both are unbound
  ]);
  const single = Object.values(ERRORS)
    .flat()
    .filter(([text]) => !several.has(text));
  it.each(all(single))('%s', (text, code, at) => {
    expect(found(text).list.filter((line) => line.startsWith('error'))).toEqual([`error ${code} ${at}`]);
  });
  it.each(all(WARNINGS))('%s', (text, code, at) => {
    expect(found(text).list).toEqual([`warning ${code} ${at}`]);
  });
});

describe('a string that is never closed', () => {
  it.each([
    ['a("x)@1;', ['unterminated-string 1:3']],
    ['a("x)@1;\nb(1);\n', ['unterminated-string 1:3', 'fact-without-tick 2:5']],
  ])('%s', (text, expected) => {
    const { diagnostics, files } = parseProgram(text);
    const list = diagnostics.map(
      ({ code, span }) => `${code} ${locate(files, span).line}:${locate(files, span).column}`,
    );
    expect(list).toEqual(expected);
  });

  it('is suspected when a string runs over a line end and then nothing fits', () => {
    const { diagnostics } = parseProgram('a("x)@1;\nb("y")@1;');
    expect(diagnostics[0]).toMatchObject({ code: 'syntax', related: [{ span: { start: 2, end: 3 } }] });
  });
});
