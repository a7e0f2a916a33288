/**
 * Values, rows and expressions of the reference evaluator, written apart from the engine on purpose: the oracle must
 * not share a mistake with what it judges. Arithmetic is exact (BigInt) and then checked to be a safe integer.
 */
import type { Row, Value } from '../../src/core/value.js';
import type { ComparisonOp, Term } from '../../src/dedalus/ast.js';

/** Variable bindings. */
export type Env = ReadonlyMap<string, Value>;

/** The total order of values: numbers before strings, strings by UTF-16 code unit. */
export function orderValues(a: Value, b: Value): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Rows column by column, shorter first when one is a prefix of the other. */
export function orderRows(a: Row, b: Row): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = orderValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A string that is equal for equal rows only: JSON keeps `1` and `"1"` apart. */
export function rowKey(row: Row): string {
  return JSON.stringify(row);
}

/** Are all variables of the expression bound? */
export function isBound(term: Term, env: Env): boolean {
  switch (term.kind) {
    case 'variable':
      return env.has(term.name);
    case 'arithmetic':
      return isBound(term.left, env) && isBound(term.right, env);
    case 'constant':
      return true;
    case 'wildcard':
    case 'aggregate':
      return false;
  }
}

/** The value of an expression whose variables are bound; undefined if its arithmetic is undefined. */
export function evaluate(term: Term, env: Env): Value | undefined {
  switch (term.kind) {
    case 'variable': {
      const value = env.get(term.name);
      if (value === undefined) throw new Error(`reference: unbound variable ${term.name}`);
      return value;
    }
    case 'constant':
      return term.value;
    case 'arithmetic': {
      const left = evaluate(term.left, env);
      const right = evaluate(term.right, env);
      if (typeof left !== 'number' || typeof right !== 'number') return undefined;
      return calculate(term.op, BigInt(left), BigInt(right));
    }
    case 'wildcard':
    case 'aggregate':
      throw new Error(`reference: a ${term.kind} has no value`);
  }
}

/** Exact integer arithmetic; BigInt division truncates toward zero and there is no -0. */
function calculate(op: '+' | '-' | '*' | '/', left: bigint, right: bigint): number | undefined {
  switch (op) {
    case '+':
      return safeInteger(left + right);
    case '-':
      return safeInteger(left - right);
    case '*':
      return safeInteger(left * right);
    case '/':
      return right === 0n ? undefined : safeInteger(left / right);
  }
}

/** The number, or undefined if it is not a safe integer. */
export function safeInteger(value: bigint): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Does the comparison hold between two defined values? */
export function holds(op: ComparisonOp, left: Value, right: Value): boolean {
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return orderValues(left, right) < 0;
    case '>':
      return orderValues(left, right) > 0;
    case '<=':
      return orderValues(left, right) <= 0;
    case '>=':
      return orderValues(left, right) >= 0;
  }
}
