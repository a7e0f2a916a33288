/**
 * Values as dense integers, and arithmetic on them.
 *
 * Invariant: equal values have equal ids, so equality of columns is equality of integers everywhere behind this file.
 */
import type { Value } from '../core/value.js';
import type { ArithmeticOp } from '../dedalus/ast.js';

export class Values {
  private readonly ids = new Map<Value, number>();
  private readonly values: Value[] = [];

  /** The id of a value, a new one if needed. */
  intern(value: Value): number {
    let id = this.ids.get(value);
    if (id === undefined) {
      id = this.values.length;
      this.values.push(value);
      this.ids.set(value, id);
    }
    return id;
  }

  /** The value of an id. */
  get(id: number): Value {
    return this.values[id] as Value;
  }
}

/**
 * Integer arithmetic; NaN stands for undefined: an operand that is not a number, a division by zero, a result beyond
 * the safe integers. Division truncates toward zero.
 */
export function arithmetic(op: ArithmeticOp, left: number, right: number): number {
  let result: number;
  if (op === '+') result = left + right;
  else if (op === '-') result = left - right;
  else if (op === '*') result = left * right;
  else result = right === 0 ? Number.NaN : Math.trunc(left / right);
  return Number.isSafeInteger(result) ? result + 0 : Number.NaN;
}
