/**
 * Parsing of arguments and expressions: precedence climbing, with bounds on nesting and on the number of operators so
 * that no tree is ever too deep for a recursive walk.
 */
import type { AggregateFn, ArithmeticOp, Term } from './ast.js';
import { type Cursor, FAILED } from './cursor.js';
import { Kind } from './lexer.js';
import { MAX_ARGUMENTS, MAX_NESTING, MAX_OPERATORS } from './limits.js';
import { suggest } from './suggest.js';

const AGGREGATES: readonly string[] = ['count', 'min', 'max', 'sum', 'avg'] satisfies AggregateFn[];
const DECIMAL = /^[0-9]+\.[0-9]*$/;

/** Work done on the current expression. */
interface Budget {
  nesting: number;
  operators: number;
}

/** `(` has been read: the arguments and the closing `)`. */
export function parseArguments(cursor: Cursor): Term[] {
  const args: Term[] = [];
  if (cursor.accept(')')) return args;
  for (;;) {
    if (args.length === MAX_ARGUMENTS) {
      cursor.error(
        'too-many-arguments',
        `a relation may have at most ${MAX_ARGUMENTS} arguments`,
        cursor.span(cursor.pos),
      );
      throw FAILED;
    }
    args.push(parseArgument(cursor));
    if (cursor.accept(')')) return args;
    cursor.expect(',', '`,` or `)`');
  }
}

function parseArgument(cursor: Cursor): Term {
  if (cursor.kind() !== Kind.identifier || !cursor.is('<', cursor.pos + 1)) return parseExpression(cursor);
  const aggregate = parseAggregate(cursor);
  if (!cursor.is(')') && !cursor.is(',')) {
    cursor.fail('`,` or `)` after an aggregate', 'compute the aggregate in one rule and use it in another');
  }
  return aggregate;
}

/** `fn<X>`, `count<_>` or `count<*>`. */
function parseAggregate(cursor: Cursor): Term {
  const first = cursor.pos;
  const fn = cursor.textAt();
  if (!AGGREGATES.includes(fn)) {
    const close = suggest(fn.toLowerCase(), AGGREGATES);
    const hint = close ? `did you mean \`${close}\`?` : `the aggregates are ${AGGREGATES.join(', ')}`;
    const span = cursor.span(first);
    cursor.error('unknown-aggregate', `there is no aggregate \`${fn}\``, span, hint, close && { span, text: close });
    throw FAILED;
  }
  cursor.pos += 2;
  const name = cursor.textAt();
  if (cursor.kind() !== Kind.identifier && !cursor.is('*')) cursor.fail('the aggregated variable');
  const variableSpan = cursor.span(cursor.pos++);
  cursor.expect('>', '`>`', 'an aggregate is written `count<X>`, over one variable');
  const variable = name === '*' || name === '_' ? undefined : name;
  return { kind: 'aggregate', fn: fn as AggregateFn, variable, variableSpan, span: cursor.spanFrom(first) };
}

/** An expression: one side of a comparison, or an argument. */
export function parseExpression(cursor: Cursor): Term {
  return parseSum(cursor, { nesting: 0, operators: 0 });
}

function parseSum(cursor: Cursor, budget: Budget): Term {
  return parseChain(cursor, budget, ['+', '-'], () =>
    parseChain(cursor, budget, ['*', '/'], () => parsePrimary(cursor, budget)),
  );
}

/** A left-associative chain of operands joined by `ops`. */
function parseChain(cursor: Cursor, budget: Budget, ops: readonly ArithmeticOp[], operand: () => Term): Term {
  const first = cursor.pos;
  let left = operand();
  for (;;) {
    const op = ops.find((candidate) => cursor.is(candidate));
    if (!op) return left;
    if (++budget.operators > MAX_OPERATORS)
      tooDeep(cursor, `an expression may have at most ${MAX_OPERATORS} operators`);
    cursor.pos++;
    const right = operand();
    left = { kind: 'arithmetic', op, left, right, span: cursor.spanFrom(first) };
  }
}

function parsePrimary(cursor: Cursor, budget: Budget): Term {
  const first = cursor.pos;
  switch (cursor.kind()) {
    case Kind.identifier:
      return parseName(cursor);
    case Kind.number:
      cursor.pos++;
      return { kind: 'constant', value: integer(cursor, first, 1), span: cursor.span(first) };
    case Kind.string:
      cursor.pos++;
      return { kind: 'constant', value: cursor.textAt(first).slice(1, -1), span: cursor.span(first) };
  }
  if (cursor.accept('-')) {
    if (cursor.kind() !== Kind.number) cursor.fail('a number after `-`', 'to negate an expression, subtract it from 0');
    cursor.pos++;
    return { kind: 'constant', value: integer(cursor, first + 1, -1), span: cursor.spanFrom(first) };
  }
  if (cursor.accept('(')) {
    if (++budget.nesting > MAX_NESTING) tooDeep(cursor, `parentheses may be nested at most ${MAX_NESTING} deep`);
    const inner = parseSum(cursor, budget);
    cursor.expect(')', '`)`');
    budget.nesting--;
    return inner;
  }
  return cursor.fail('a variable, a constant or `_`');
}

/** A variable or `_`. */
function parseName(cursor: Cursor): Term {
  const name = cursor.textAt();
  const span = cursor.span(cursor.pos);
  if (cursor.is('(', cursor.pos + 1)) {
    cursor.pos++;
    cursor.fail('an operator, `,` or `)`', 'there are no functions: an argument is a variable, a constant or `_`');
  }
  cursor.pos++;
  if (name === '_') return { kind: 'wildcard', span };
  if (DECIMAL.test(name)) {
    const message = `\`${name}\` is read as a variable: numbers are integers`;
    cursor.report({
      severity: 'warning',
      code: 'decimal-number',
      message,
      span,
      hint: 'write an integer, or a string',
    });
  }
  return { kind: 'variable', name, span };
}

/** The value of the number token at `at`. */
function integer(cursor: Cursor, at: number, sign: 1 | -1): number {
  const value = Number(cursor.textAt(at));
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : sign * value;
  cursor.error('number-too-large', `numbers are at most ${Number.MAX_SAFE_INTEGER}`, cursor.span(at));
  return 0;
}

function tooDeep(cursor: Cursor, message: string): never {
  cursor.error('too-deep', message, cursor.span(cursor.pos - 1), 'split the expression over several rules');
  throw FAILED;
}
