/**
 * What a rule derives, for certain or perhaps: its heads, with aggregates over operands of which some are uncertain.
 *
 * `count<X>` over two certain operands and one uncertain is 2 or 3: a choice of two rows. What a rule derives from each
 * of them is certain although neither of them is.
 */
import { LdfiError } from '../core/invariant.js';
import { groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { AggregateFn, Rule, Term } from '../dedalus/ast.js';
import { boundVariables, type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import { both, not, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { DOUBT, type Entry, evaluate, type Instance, instances, oneOf, type Table } from './rule.js';

/** What a rule is evaluated in. */
export interface Place {
  tableOf(subgoal: Subgoal): Table;
  /** Whether the rule runs at a location. */
  runs(location: Value | undefined): Truth;
  /** Of a rule that counts a timer on: the subgoal with which it does, and whether the timer stands still. */
  readonly counted: Subgoal | undefined;
  stands(location: Value): Truth;
}

/** A row and the node that derives it; undefined if that is no condition. */
export interface Head extends Entry {
  readonly location: Value | undefined;
}

export function heads(rule: Rule, place: Place): Head[] {
  const columns = rule.head.args.flatMap((arg, column) => (arg.kind === 'aggregate' ? [{ ...arg, column }] : []));
  const variables = [...boundVariables(rule)];
  const groups = groupBy(derived(rule, place), ({ row, location }) =>
    keyOf(rule.time === 'async' ? [location ?? '', ...row] : row),
  );
  return [...groups.values()].flatMap((group) => {
    const [{ row, location }] = group;
    let isSure = oneOf(group) === 1;
    let rows: Row[] = [row];
    for (const { fn, variable, column } of columns) {
      const valueIn = ({ values }: Instance): Value =>
        variable === undefined
          ? keyOf(variables.map((name) => values.get(name) as Value))
          : (values.get(variable) as Value);
      const operands = [...groupBy(group, valueIn)].map(([value, same]) => [value, oneOf(same)] as const);
      const results = aggregates(fn, operands);
      isSure &&= !results.includes(undefined);
      rows = rows.flatMap((one) => results.flatMap((it) => (it === undefined ? [] : [one.with(column, it)])));
    }
    const choice = isSure ? { size: rows.length } : undefined;
    return rows.map((one): Head => ({ row: one, truth: choice?.size === 1 ? 1 : 0, location, choice }));
  });
}

/** The heads of all instances, 0 for aggregates. */
function derived(rule: Rule, place: Place): (Instance & Pick<Head, 'row' | 'location'>)[] {
  const first = subgoalsOf(rule)[0] as Subgoal;
  return instances(rule, place.tableOf).flatMap((it) => {
    const location = it.matched.get(first)?.[0] ?? evaluate(first.atom.args[0] as Term, it.values);
    const counted = place.counted && it.matched.get(place.counted);
    const stands = counted ? place.stands(counted[0] as Value) : -1;
    const head = rule.head.args.map((arg) => (arg.kind === 'aggregate' ? 0 : evaluate(arg, it.values)));
    return [
      { row: counted, is: stands },
      { row: head.includes(undefined) ? undefined : (head as Row), is: not(stands) },
    ].flatMap(({ row, is }) => {
      const truth = both(is, place.runs(location));
      return row && truth >= 0
        ? [{ ...it, row, location, doubts: truth === 1 ? it.doubts : [...it.doubts, DOUBT] }]
        : [];
    });
  });
}

/** Values beyond which an aggregate is given up. */
const MOST = 4096;

/**
 * What an aggregate may come to; undefined where it comes to nothing.
 * @param operands distinct, and whether they are there
 * @throws LdfiError 'limit-facts' if that is too much
 */
function aggregates(fn: AggregateFn, operands: readonly (readonly [Value, Truth])[]): readonly (Value | undefined)[] {
  let sums: readonly Sum[] = [[0, 0n]];
  for (const [value, truth] of operands) {
    const added = sums.map((sum) => plus(fn, sum, value));
    const all = truth === 1 ? added : [...sums, ...added];
    sums = [...new Map(all.map((sum) => [sum.join(), sum])).values()];
    if (sums.length > MOST) throw new LdfiError('limit-facts', `${fn}<…> has too many values that it may have`);
  }
  return sums.map(([size, total]) => {
    if (size === 0) return undefined;
    if (typeof total !== 'bigint') return total;
    return Number.isSafeInteger(Number(total)) ? Number(total / BigInt(size)) : undefined;
  });
}

/** Operands together, and how many they are: 1 for all but an average. */
type Sum = readonly [size: number, total: Value | bigint];

function plus(fn: AggregateFn, sum: Sum, value: Value): Sum {
  const [size, total] = sum;
  if (fn === 'min' || fn === 'max') {
    const isBetter = size === 0 || (fn === 'min' ? 1 : -1) * compareValues(value, total as Value) < 0;
    return isBetter ? [1, value] : sum;
  }
  if (fn === 'count') return [1, (total as bigint) + 1n];
  return typeof value === 'number' ? [fn === 'avg' ? size + 1 : 1, (total as bigint) + BigInt(value)] : sum;
}
