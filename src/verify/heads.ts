/**
 * What a rule derives, for certain or perhaps: its heads, with aggregates over operands of which some are uncertain.
 *
 * `count<X>` over two certain operands and one uncertain is 2 or 3: two rows, of which one holds. What a rule derives
 * from each of them is certain although neither of them is.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { Rule, Term } from '../dedalus/ast.js';
import { hasAggregate, type Subgoal } from '../dedalus/terms.js';
import { both, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import { type Choice, evaluate, type Instance, instances, type Table } from './rule.js';

/** What a rule is evaluated in. */
export interface Place {
  table(relation: string, tick: number | undefined): Table;
  /** Whether the rule runs at a location. */
  runs(location: Value | undefined): Truth;
  /** Of a rule that counts a timer: the subgoal that it counts, and whether that stands still. */
  readonly timer: Subgoal | undefined;
  stands(location: Value): Truth;
}

export type Put = (row: Row, truth: Truth, location: Value | undefined, choice?: Choice) => void;

/** Operands beyond which a sum is not followed. */
const MOST_SUMS = 4096;

/** @returns how many rows were looked at */
export function heads(rule: Rule, place: Place, put: Put): number {
  return hasAggregate(rule.head) ? aggregates(rule, place, put) : rows(rule, place, put);
}

function rows(rule: Rule, place: Place, put: Put): number {
  /** By row and choice, the rows of the choice from which the row follows. */
  const chosen = new Map<string, Map<unknown, Set<unknown>>>();
  return instances(rule, place.table, (instance) => {
    const { values, location, matched } = instance;
    const runs = place.runs(location);
    const truth = both(instance.truth, runs);
    const add = (row: Row | undefined, is: Truth): void => {
      if (!row || is === -1) return;
      const open =
        is === 0 && both(runs, instance.absent) === 1 ? [...matched.values()].filter((it) => it.truth === 0) : [];
      const [one] = open;
      const choice = open.length === 1 ? one?.choice : undefined;
      const choices = getOrMake(chosen, keyOf([location ?? '', ...row]), () => new Map<unknown, Set<unknown>>());
      const entries = getOrMake(choices, choice, () => new Set()).add(one);
      put(row, entries.size === choice?.size ? 1 : is, location);
    };
    const counted = place.timer && matched.get(place.timer)?.row;
    const stands = counted ? place.stands(counted[0] as Value) : -1;
    if (stands >= 0) add(counted, both(truth, stands));
    if (stands <= 0) add(rowOf(rule, values), both(truth, stands === 0 ? 0 : 1));
  });
}

function rowOf({ head }: Rule, values: Instance['values'], zero?: Value): Row | undefined {
  const row = head.args.map((arg) => (arg.kind === 'aggregate' ? zero : evaluate(arg, values)));
  return row.includes(undefined) ? undefined : (row as Value[]);
}

/** What is aggregated, and whether it is there. */
type Operands = Map<Value, Truth>;
type Aggregate = Term & { kind: 'aggregate' };

function aggregates(rule: Rule, place: Place, put: Put): number {
  const columns = rule.head.args.flatMap((arg, i) => (arg.kind === 'aggregate' ? [{ i, arg }] : []));
  const groups = new Map<string, { row: Row; location: Value | undefined; truth: Truth; operands: Operands[] }>();
  const looked = instances(rule, place.table, ({ values, truth, location }) => {
    const is = both(truth, place.runs(location));
    const row = rowOf(rule, values, 0);
    if (!row || is === -1) return;
    const key = keyOf(rule.time === 'async' ? [location ?? '', ...row] : row);
    const group = getOrMake(groups, key, () => ({ row, location, truth: is, operands: columns.map(() => new Map()) }));
    if (is === 1) group.truth = 1;
    for (const [i, { arg }] of columns.entries()) {
      const names = arg.variable === undefined ? [...values.keys()].sort() : [arg.variable];
      const operand = names.map((name) => values.get(name) as Value);
      const value = arg.variable === undefined ? keyOf(operand) : (operand[0] as Value);
      if (group.operands[i]?.get(value) !== 1) group.operands[i]?.set(value, is);
    }
  });
  for (const { row, location, truth, operands } of groups.values()) {
    const results = columns.map(({ arg }, i) => resultsOf(arg, operands[i] as Operands));
    let all: Row[] = [row];
    for (const [i, { values }] of results.entries())
      all = all.flatMap((one) => values.map((value) => one.with(columns[i]?.i ?? 0, value)));
    const choice = truth === 1 && results.every(({ isSure }) => isSure) ? { size: all.length } : undefined;
    for (const one of all) put(one, choice?.size === 1 ? 1 : 0, location, choice);
  }
  return looked;
}

/** The values that an aggregate may have, and whether it has one for certain. */
function resultsOf(
  { fn }: Aggregate,
  operands: Operands,
): { readonly values: readonly Value[]; readonly isSure: boolean } {
  const sure = [...operands].filter(([, truth]) => truth === 1);
  if (fn === 'count') {
    const least = Math.max(1, sure.length);
    return { values: Array.from({ length: operands.size - least + 1 }, (_, i) => least + i), isSure: sure.length > 0 };
  }
  if (fn === 'min' || fn === 'max') {
    const sign = fn === 'min' ? 1 : -1;
    const sorted = [...operands].sort(([a], [b]) => sign * compareValues(a, b));
    const first = sorted.findIndex(([, truth]) => truth === 1);
    return { values: sorted.slice(0, first < 0 ? undefined : first + 1).map(([value]) => value), isSure: first >= 0 };
  }
  let sums: ReadonlyMap<string, readonly [total: number, size: number]> = new Map([['', [0, 0]]]);
  for (const [value, truth] of operands) {
    if (typeof value !== 'number') continue;
    const added = [...sums.values()].map(([total, size]) => [total + value, size + 1] as const);
    sums = new Map([...(truth === 1 ? [] : sums.values()), ...added].map((sum) => [sum.join(), sum]));
    if (sums.size > MOST_SUMS) throw new LdfiError('limit-facts', `${fn}<…> has too many values that it may have`);
  }
  const defined = [...sums.values()].filter(([total, size]) => size > 0 && Number.isSafeInteger(total));
  const values = defined.map(([total, size]) => (fn === 'sum' ? total : Math.trunc(total / size) + 0));
  return { values: [...new Set(values)], isSure: defined.length === sums.size };
}
