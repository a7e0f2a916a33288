/**
 * What a rule derives, for certain or perhaps: its heads, with aggregates over operands of which some are uncertain.
 *
 * `count<X>` over two certain operands and one uncertain is 2 or 3: a choice of two rows. What a rule derives from each
 * of them is certain although neither of them is.
 */
import { LdfiError } from '../core/invariant.js';
import { groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { AggregateFn, Rule } from '../dedalus/ast.js';
import type { Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { type Entry, type Instance, oneOf } from './rule.js';

/** A row and the node that derives it; undefined if that is no condition. */
export interface Head extends Entry {
  readonly location: Value | undefined;
}

/** @param derived of each instance the head, 0 for aggregates */
export function heads({ head, time }: Rule, derived: readonly (Omit<Head, 'truth'> & Instance)[]): Head[] {
  const columns = head.args.flatMap((arg, column) => (arg.kind === 'aggregate' ? [{ ...arg, column }] : []));
  const keyIn = ({ row, location = '' }: Omit<Head, 'truth'>) => keyOf(time === 'async' ? [location, ...row] : row);
  return [...groupBy(derived, keyIn).values()].flatMap((group) => {
    const [{ row, location }] = group;
    let isSure = oneOf(group) === 1;
    let rows: Row[] = [row];
    for (const { fn, variable, column } of columns) {
      const operandIn = ({ values }: Instance) =>
        variable === undefined ? keyOf([...values.values()]) : (values.get(variable) as Value);
      const operands = [...groupBy(group, operandIn)].map(([value, same]) => [value, oneOf(same)] as const);
      const results = new Set(aggregates(fn, operands));
      isSure &&= !results.delete(undefined);
      rows = rows.flatMap((one) => [...results].map((result) => one.with(column, result as Value)));
    }
    const choice = isSure ? { size: rows.length } : undefined;
    return rows.map((one): Head => ({ row: one, truth: choice?.size === 1 ? 1 : 0, location, choice }));
  });
}

/** Values beyond which an aggregate is given up. */
const MOST = 4096;

/** What an aggregate may come to; undefined for nothing. @throws LdfiError 'limit-facts' if that is too much */
function aggregates(fn: AggregateFn, operands: readonly (readonly [Value, Truth])[]): (Value | undefined)[] {
  if (fn === 'avg') {
    const sizes = aggregates(
      'count',
      operands.filter(([value]) => typeof value === 'number'),
    );
    return aggregates('sum', operands).flatMap((sum) =>
      sizes.map((size) =>
        sum === undefined || size === undefined ? undefined : Math.trunc(Number(sum) / Number(size)) + 0,
      ),
    );
  }
  let found: readonly (Value | bigint | undefined)[] = [undefined];
  for (const [value, truth] of operands) {
    const more = found.map((sum) => plus(fn, sum, value));
    found = [...new Set(truth === 1 ? more : [...found, ...more])];
    if (found.length > MOST) throw new LdfiError('limit-facts', `${fn}<…> has too many values that it may have`);
  }
  return found.map((it) => (typeof it !== 'bigint' ? it : Number.isSafeInteger(Number(it)) ? Number(it) : undefined));
}

/** With one operand more; they are distinct. */
function plus(fn: AggregateFn, sum: Value | bigint | undefined, value: Value): Value | bigint | undefined {
  if (fn === 'count') return BigInt(sum ?? 0) + 1n;
  if (fn === 'sum') return typeof value === 'number' ? BigInt(sum ?? 0) + BigInt(value) : sum;
  return sum === undefined || compareValues(value, sum as Value) < 0 === (fn === 'min') ? value : sum;
}
