/**
 * Tokens -> clauses: a recursive-descent parser with error recovery (reference §2 and §3).
 *
 * Each clause yields at most a few diagnostics and the parser then goes on, so that all mistakes of a file show at
 * once. A missing `;`, the most common mistake, is noticed when a line starts a new clause and reported at the end of
 * the old one. What is well-formed but wrong (an aggregate in a body, say) is left to the checks.
 */
import type { Atom, Clause, Literal, RuleTime, Span } from './ast.js';
import type { Report } from './collector.js';
import { Cursor, FAILED } from './cursor.js';
import { parseArguments, parseExpression } from './expressions.js';
import { Kind, lex } from './lexer.js';
import { MAX_BODY } from './limits.js';

/** What parsing one file gives. */
export interface ParsedFile {
  /** The clauses that could be understood, in source order. */
  readonly clauses: readonly Clause[];
  /** Whether no clause had to be dropped. */
  readonly complete: boolean;
  /** The `//! …` comments, for `parseDirectives`. */
  readonly directives: readonly Span[];
}

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>'] as const;
const END_HINT = 'every clause ends with `;`';

/** `@…` after a `)`. */
type Suffix =
  | { readonly kind: 'next' | 'async'; readonly span: Span }
  | { readonly kind: 'tick'; readonly tick: number; readonly span: Span };

/**
 * Parses the text of file number `file`.
 * @param maxClauses after this many clauses the rest of the file is skipped, with an error
 */
export function parse(text: string, file: number, report: Report, maxClauses = Number.POSITIVE_INFINITY): ParsedFile {
  const cursor = new Cursor(text, file, lex(text, file, report), report);
  const clauses: Clause[] = [];
  let complete = true;
  while (cursor.kind() !== Kind.end) {
    if (clauses.length >= maxClauses) {
      cursor.error('too-many-clauses', 'the program has too many clauses', cursor.span(cursor.pos));
      complete = false;
      break;
    }
    try {
      cursor.clauseStart = cursor.pos;
      const clause = parseClause(cursor);
      if (clause) clauses.push(clause);
    } catch (failure) {
      if (failure !== FAILED) throw failure;
      complete = false;
      recover(cursor);
    }
  }
  return { clauses, complete, directives: cursor.tokens.directives };
}

/**
 * Skips to the next clause: behind the next `;`, or to a line that starts with a rule's head (after text that is no
 * clause at all, or a string that was never closed, also with a fact).
 */
function recover(cursor: Cursor): void {
  const stray = cursor.pos === cursor.clauseStart;
  const resumeAtFact = stray || (cursor.kind() === Kind.bad && cursor.textAt().startsWith('"'));
  if (stray) cursor.pos++;
  for (; cursor.kind() !== Kind.end; cursor.pos++) {
    if (cursor.accept(';')) return;
    if (cursor.startsLine() && (startsRule(cursor) || (resumeAtFact && cursor.is(';', afterAtom(cursor))))) return;
  }
}

/** Whether the tokens here are `ident(…)`, perhaps `@…`, then `:-`. */
function startsRule(cursor: Cursor): boolean {
  return cursor.is(':-', afterAtom(cursor));
}

/** Index of the token after `ident(…)` and a time suffix that may start here, or -1 if there is no such thing. */
function afterAtom(cursor: Cursor): number {
  if (cursor.kind() !== Kind.identifier || !cursor.is('(', cursor.pos + 1)) return -1;
  const after = cursor.afterParentheses(cursor.pos + 1);
  if (after < 0 || cursor.kind(after) !== Kind.identifier) return after;
  if (cursor.is('@', after)) return after + 2;
  return cursor.textAt(after).startsWith('@') ? after + 1 : after;
}

function parseClause(cursor: Cursor): Clause | undefined {
  const first = cursor.pos;
  if (cursor.accept(';')) {
    const message = 'there is nothing before this `;`';
    const span = cursor.span(first);
    const fix = { span, text: '' };
    cursor.report({ severity: 'warning', code: 'empty-clause', message, span, hint: 'remove it', fix });
    return undefined;
  }
  if (cursor.is('include') && !cursor.is('(', first + 1)) return parseInclude(cursor);
  if (cursor.kind() !== Kind.identifier) cursor.fail('a fact, a rule or an `include`');
  const head = parseAtom(cursor);
  const suffix = parseSuffix(cursor);
  if (cursor.accept(':-')) return parseRule(cursor, first, head, suffix);
  const time = suffix?.span;
  if (suffix?.kind === 'tick') {
    endClause(cursor, '`;` or `:-`');
    return { kind: 'fact', atom: head, tick: suffix.tick, tickSpan: suffix.span, span: cursor.spanFrom(first) };
  }
  endClause(cursor, '`:-` or `;`');
  if (time) {
    const at = cursor.text.slice(time.start, time.end);
    cursor.error(
      'rule-without-body',
      `a rule with ${at} needs a body`,
      time,
      `write \`${head.relation}(…)${at} :- …;\`, or \`@1\` for a fact`,
    );
  } else {
    const end = { ...head.span, start: head.span.end };
    const message = 'a fact needs the tick at which it holds';
    cursor.error('fact-without-tick', message, end, 'did you mean `@1`?', { span: end, text: '@1' });
  }
  return { kind: 'fact', atom: head, tick: 1, span: cursor.spanFrom(first) };
}

function parseInclude(cursor: Cursor): Clause {
  const first = cursor.pos++;
  if (cursor.kind() !== Kind.string) cursor.fail('a path in double quotes', 'write `include "file.ded";`');
  const path = cursor.textAt().slice(1, -1);
  cursor.pos++;
  const span = cursor.spanFrom(first);
  endClause(cursor, '`;`');
  return { kind: 'include', path, span };
}

function parseRule(cursor: Cursor, first: number, head: Atom, suffix: Suffix | undefined): Clause {
  if (suffix?.kind === 'tick') {
    const hint = 'remove it, or write `@next` or `@async`; to look up a fixed tick, put `@` behind a subgoal';
    cursor.error('tick-in-head', `a rule cannot hold at a fixed tick`, suffix.span, hint);
  }
  const time: RuleTime = suffix?.kind === 'next' ? 'inductive' : suffix?.kind === 'async' ? 'async' : 'deductive';
  const body = parseBody(cursor);
  return { kind: 'rule', head, time, body, span: cursor.spanFrom(first) };
}

/** The body and its `;`. */
function parseBody(cursor: Cursor): Literal[] {
  const body: Literal[] = [];
  for (;;) {
    // A trailing `,` where the `;` should be: the next line is not a subgoal but the head of the next rule.
    if (body.length > 0 && cursor.startsLine() && startsRule(cursor)) {
      const comma = cursor.span(cursor.pos - 1);
      const message = 'expected `;` at the end of the clause, found `,`';
      cursor.error('missing-semicolon', message, comma, END_HINT, { span: comma, text: ';' });
      return body;
    }
    if (body.length === MAX_BODY) {
      cursor.error('body-too-long', `a body may have at most ${MAX_BODY} subgoals`, cursor.span(cursor.pos));
      throw FAILED;
    }
    body.push(parseLiteral(cursor));
    if (cursor.accept(',')) continue;
    endClause(cursor, '`,` or `;`', true);
    return body;
  }
}

/**
 * The `;` of a clause; if a new clause or the end of the file follows instead, that is reported and parsing goes on.
 */
function endClause(cursor: Cursor, wanted: string, inBody = false): void {
  if (cursor.accept(';')) return;
  if (cursor.kind() === Kind.end || startsClause(cursor, inBody)) {
    const span = cursor.after(cursor.pos - 1);
    const message = 'expected `;` at the end of the clause';
    cursor.error('missing-semicolon', message, span, END_HINT, { span, text: ';' });
    return;
  }
  if (cursor.is('.')) {
    const message = 'expected `;` at the end of the clause, found `.`';
    const span = cursor.span(cursor.pos++);
    cursor.error('missing-semicolon', message, span, END_HINT, { span, text: ';' });
    return;
  }
  const arrow = cursor.is('<=') ? 1 : cursor.is('<') && cursor.is('-', cursor.pos + 1) ? 2 : 0;
  if (arrow > 0 && !inBody) {
    const span = cursor.span(cursor.pos, cursor.pos + arrow - 1);
    cursor.fail(wanted, 'a rule is written `head :- body;`', { span, text: ':-' });
  }
  const another = inBody && (cursor.is('notin') || afterAtom(cursor) >= 0);
  if (another) cursor.fail(wanted, 'separate subgoals with `,`', { span: cursor.after(cursor.pos - 1), text: ',' });
  const compares = inBody && COMPARISONS.some((op) => cursor.is(op));
  cursor.fail(wanted, compares ? 'a comparison has two sides, and aggregates stand in heads only' : undefined);
}

/**
 * Whether a new clause starts here; in a body, `rel(…)` followed by `,` or a bare `;` is a subgoal whose `,` is
 * missing.
 */
function startsClause(cursor: Cursor, inBody: boolean): boolean {
  if (cursor.is('include') && cursor.kind(cursor.pos + 1) === Kind.string) return true;
  if (cursor.kind() !== Kind.identifier || !cursor.is('(', cursor.pos + 1)) return false;
  if (!inBody) return true;
  const after = afterAtom(cursor);
  if (after < 0) return cursor.startsLine();
  if (cursor.is(':-', after)) return true;
  const timed = !cursor.is(')', after - 1);
  return cursor.startsLine() && !cursor.is(',', after) && (timed || !cursor.is(';', after));
}

function parseLiteral(cursor: Cursor): Literal {
  const first = cursor.pos;
  const named = cursor.kind() === Kind.identifier;
  if (named && (cursor.is('not') || cursor.is('NOT')) && cursor.kind(first + 1) === Kind.identifier) {
    const fix = { span: cursor.span(first), text: 'notin' };
    cursor.fail('a subgoal or a comparison', 'negation is written `notin`', fix);
  }
  const negated = named && cursor.is('notin') && cursor.kind(first + 1) === Kind.identifier;
  if (negated) cursor.pos++;
  if (negated || (named && cursor.is('(', first + 1))) {
    const atom = parseAtom(cursor);
    return { kind: 'subgoal', negated, atom, ...subgoalTick(cursor), span: cursor.spanFrom(first) };
  }
  const left = parseExpression(cursor);
  const op = COMPARISONS.find((candidate) => cursor.is(candidate));
  if (!op) {
    const bare = left.kind === 'variable' ? `a subgoal is written \`${left.name}(…)\`` : undefined;
    cursor.fail('a comparison (`== != < > <= >=`)', bare);
  }
  cursor.pos++;
  const right = parseExpression(cursor);
  return { kind: 'comparison', op, left, right, span: cursor.spanFrom(first) };
}

/** `@k` behind a subgoal. */
function subgoalTick(cursor: Cursor): { tick: number | undefined; tickSpan?: Span } {
  const suffix = parseSuffix(cursor);
  if (!suffix) return { tick: undefined };
  if (suffix.kind === 'tick') return { tick: suffix.tick, tickSpan: suffix.span };
  const hint = `\`@${suffix.kind}\` belongs behind the head of the rule; a subgoal may have \`@\` and a number`;
  cursor.error('time-in-body', `a subgoal cannot be looked up at @${suffix.kind}`, suffix.span, hint);
  return { tick: undefined };
}

function parseAtom(cursor: Cursor): Atom {
  const first = cursor.pos;
  const relation = cursor.textAt();
  if (cursor.kind() !== Kind.identifier) cursor.fail('the name of a relation');
  if (relation === 'notin' || relation === '_') {
    cursor.error('reserved-word', `\`${relation}\` cannot name a relation`, cursor.span(first));
    throw FAILED;
  }
  cursor.pos++;
  const relationSpan = cursor.span(first);
  cursor.expect('(', '`(`');
  const args = parseArguments(cursor);
  return { relation, relationSpan, args, span: cursor.spanFrom(first) };
}

/** A time suffix, if there is one. */
function parseSuffix(cursor: Cursor): Suffix | undefined {
  const first = cursor.pos;
  if (cursor.kind() !== Kind.identifier || !cursor.textAt().startsWith('@')) return undefined;
  let word = cursor.textAt().slice(1);
  if (word === '' && (cursor.kind(first + 1) === Kind.identifier || cursor.kind(first + 1) === Kind.number)) {
    cursor.pos++;
    word = cursor.textAt();
  }
  cursor.pos++;
  const span = cursor.spanFrom(first);
  if (word === 'next' || word === 'async') return { kind: word, span };
  if (/^[0-9]+$/.test(word)) return { kind: 'tick', tick: tickValue(cursor, word, span), span };
  cursor.error(
    'bad-time',
    `\`${cursor.text.slice(span.start, span.end)}\` is not a time`,
    span,
    'write `@next`, `@async`, or `@` and a tick',
  );
  throw FAILED;
}

function tickValue(cursor: Cursor, word: string, span: Span): number {
  const value = Number(word);
  if (Number.isSafeInteger(value)) return value;
  cursor.error('number-too-large', `numbers are at most ${Number.MAX_SAFE_INTEGER}`, span);
  return 1;
}
