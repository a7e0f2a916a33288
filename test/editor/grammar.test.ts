/** The grammar of the VS Code extension, run by the engine of VS Code, against the parser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import type { Term } from '../../src/dedalus/ast.js';
import { Kind, lex } from '../../src/dedalus/lexer.js';
import { parse } from '../../src/dedalus/parser.js';
import { visitTerm } from '../../src/dedalus/terms.js';

const GRAMMAR = 'editors/vscode/syntaxes/ded.tmLanguage.json';

let grammar: textmate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR),
  });
  const loaded = await registry.loadGrammar('source.ded');
  if (!loaded) throw new Error('the grammar cannot be loaded');
  grammar = loaded;
});

/** The scopes of each character of a text, innermost last. */
function scopesOf(text: string): string[][] {
  const scopes: string[][] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    for (const token of tokens)
      for (let at = token.startIndex; at < Math.min(token.endIndex, line.length); at++) scopes.push(token.scopes);
    scopes.push([]);
    state = ruleStack;
  }
  return scopes;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ':-': 'keyword.operator.rule',
  ',': 'punctuation.separator',
  ';': 'punctuation.terminator',
  '(': 'punctuation.parenthesis',
  ')': 'punctuation.parenthesis',
  '+': 'keyword.operator.arithmetic',
  '-': 'keyword.operator.arithmetic',
  '*': 'keyword.operator.arithmetic',
  '/': 'keyword.operator.arithmetic',
};

/** The scope that each token must have, by its offset, as the parser understands it. */
function wanted(text: string): Map<number, string> {
  const found = new Map<number, string>();
  const { clauses } = parse(text, 0, () => undefined);
  const term = (root: Term): void =>
    visitTerm(root, (it) => {
      if (it.kind === 'variable') found.set(it.span.start, 'variable.other');
      if (it.kind === 'wildcard') found.set(it.span.start, 'variable.language.wildcard');
      if (it.kind !== 'aggregate' || !it.variableSpan) return;
      found.set(it.span.start, 'support.function.aggregate');
      found.set(it.variableSpan.start, 'variable.other');
      for (const at of [text.indexOf('<', it.span.start), text.indexOf('>', it.span.start)])
        found.set(at, 'punctuation.definition.aggregate');
    });
  const atom = ({
    relation,
    relationSpan,
    args,
  }: Extract<(typeof clauses)[number], { kind: 'fact' }>['atom']): void => {
    const special = ['crash', 'pre', 'post', 'never'].includes(relation);
    found.set(relationSpan.start, special ? 'support.type.relation' : 'entity.name.function.relation');
    args.forEach(term);
  };
  for (const clause of clauses) {
    if (clause.kind === 'include') found.set(clause.span.start, 'keyword.control.include');
    if (clause.kind === 'fact') {
      atom(clause.atom);
      found.set(clause.tickSpan?.start ?? -1, 'constant.numeric.tick');
    }
    if (clause.kind !== 'rule') continue;
    atom(clause.head);
    if (clause.time !== 'deductive') found.set(text.indexOf('@', clause.head.span.end), 'storage.modifier.time');
    for (const literal of clause.body) {
      if (literal.kind === 'comparison') {
        term(literal.left);
        term(literal.right);
        continue;
      }
      if (literal.negated) found.set(literal.span.start, 'keyword.operator.logical.notin');
      atom(literal.atom);
      if (literal.tickSpan) found.set(literal.tickSpan.start, 'constant.numeric.tick');
    }
  }
  const { kinds, starts, ends, directives } = lex(text, 0, () => undefined);
  for (const [i, kind] of kinds.entries()) {
    const at = starts[i] ?? 0;
    const own = text.slice(at, ends[i]);
    if (kind === Kind.string) found.set(at, 'string.quoted.double');
    if (kind === Kind.number) found.set(at, 'constant.numeric');
    if (kind === Kind.symbol && !found.has(at)) found.set(at, SYMBOLS[own] ?? 'keyword.operator.comparison');
    if (kind === Kind.identifier && !found.has(at)) throw new Error(`nothing is known of ${own} at ${at}`);
  }
  for (const { start } of directives) found.set(start, 'comment.line.directive');
  return found;
}

/** Compares the two. @returns the classes that there are */
function compare(text: string): Set<string> {
  const scopes = scopesOf(text);
  const classes = wanted(text);
  const wrong = [...classes].filter(([at, name]) => !scopes[at]?.some((scope) => scope.startsWith(name)));
  expect(wrong.map(([at, name]) => `${text.slice(at, at + 20)}: ${name}, not ${scopes[at]?.join(' ')}`)).toEqual([]);
  const isCode = (at: number): boolean => !scopes[at]?.some((scope) => /^(?:comment|string)/.test(scope));
  const marked = [...classes].filter(([, name]) => !/^(?:comment|string)/.test(name));
  expect(marked.filter(([at]) => !isCode(at))).toEqual([]);
  return new Set(classes.values());
}

describe('the grammar', () => {
  it.each(globSync('specs/**/*.{ded,inc}').sort())('sees in %s what the parser sees', (path) => {
    expect(compare(readFileSync(path, 'utf8')).size).toBeGreaterThan(3);
  });

  it('knows every class of token', () => {
    const text = `//! check name="a b" eot=4 expect=holds
// a comment with "quotes" and p(X)
/* p(X) :-
   q(X); */
include "a.ded";
p("a // no comment", 1)@1;
p(X, T-1)@next :- p(X, T), T > 1 + 2 * 3 / (4 - 1), X != "b";
n(X, count<Y>, max< Z >) :- p(X, Y), notin q(X, _)@3, p(X, Z), notinq(X), X_1 == X;
m(Y, X) @async :- n(X, Y, _), Y <= 2, Y >= 1, Y < 3;
c(X, count<*>) :- p(X, _);
pre(X) :- p(X, _), notin crash(X, X, _);
post(X) :- pre(X);
never(X) :- q(X, 2?);
`;
    const classes = compare(text);
    expect([...classes].sort()).toEqual(
      [
        ...new Set(Object.values(SYMBOLS)),
        'comment.line.directive',
        'constant.numeric',
        'constant.numeric.tick',
        'entity.name.function.relation',
        'keyword.control.include',
        'keyword.operator.comparison',
        'keyword.operator.logical.notin',
        'punctuation.definition.aggregate',
        'storage.modifier.time',
        'string.quoted.double',
        'support.function.aggregate',
        'support.type.relation',
        'variable.language.wildcard',
        'variable.other',
      ].sort(),
    );
    const scopes = scopesOf(text);
    const at = (word: string): string => scopes[text.indexOf(word)]?.join(' ') ?? '';
    expect(at('a comment')).toContain('comment.line.double-slash');
    expect(at('q(X); */')).toContain('comment.block');
    expect(at('check')).toContain('keyword.control.directive');
    expect(at('eot')).toContain('variable.parameter.directive');
    expect(at('holds')).toContain('constant.other.directive');
  });
});
