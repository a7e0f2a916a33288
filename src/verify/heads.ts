/**
 * What a rule derives, for certain or perhaps: its heads, with aggregates over operands of which some are uncertain.
 *
 * `count<X>` over two certain operands and one uncertain is 2 or 3: a choice of two rows. What a rule derives from each
 * of them is certain although neither of them is.
 */
import { LdfiError } from '../core/invariant.js';
import { groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { AggregateFn, Term } from '../dedalus/ast.js';
import type { Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { type Entry, type Instance, MOST, oneOf } from './rule.js';

/**
 * @param args of the head, which come last in a row
 * @param derived the row of each instance, 0 for aggregates
 */
export function heads(args: readonly Term[], derived: readonly (Instance & Pick<Entry, 'row'>)[]): Entry[] {
  return [...groupBy(derived, ({ row }) => keyOf(row)).values()].flatMap((group) => {
    let isSure = oneOf(group) === 1;
    let rows: Row[] = [group[0].row];
    for (const [i, arg] of args.entries()) {
      if (arg.kind !== 'aggregate') continue;
      const { fn, variable } = arg;
      const operandIn = ({ values }: Instance): Value =>
        variable === undefined ? keyOf([...values.values()]) : (values.get(variable) as Value);
      const operands = [...groupBy(group, operandIn)].map(([value, same]) => [value, oneOf(same)] as const);
      const results = new Set(aggregates(fn, operands));
      isSure = !results.delete(undefined) && isSure;
      rows = rows.flatMap((row) => [...results].map((result) => row.with(i - args.length, result as Value)));
    }
    const choice = isSure ? { size: rows.length } : undefined;
    return rows.map((row) => ({ row, truth: choice?.size === 1 ? 1 : 0, choice }));
  });
}

/** What an aggregate may come to; undefined for nothing. @throws LdfiError 'limit-facts' if that is too much */
function aggregates(fn: AggregateFn, operands: readonly (readonly [Value, Truth])[]): (Value | undefined)[] {
  if (fn === 'avg') {
    const numbers = operands.filter(([value]) => typeof value === 'number');
    const [sums, sizes] = [aggregates('sum', numbers), aggregates('count', numbers)];
    const all = sums.flatMap((sum) => sizes.map((size) => Math.trunc(Number(sum) / Number(size)) + 0));
    return all.map((average) => (Number.isNaN(average) ? undefined : average));
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
