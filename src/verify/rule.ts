/**
 * A rule over rows that hold for certain or perhaps: its body, literal by literal, and its heads. Nothing is incremental.
 *
 * `count<X>` over two certain operands and one uncertain is 2 or 3: a choice of two rows. What a rule derives from each
 * of them is certain although neither of them is.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake, groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { Work } from '../core/work.js';
import type { AggregateFn, Literal, Rule, Term } from '../dedalus/ast.js';
import type { Subgoal } from '../dedalus/terms.js';
import { not, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';

/** A row that holds or may hold. Of a choice, so many rows, one holds. */
export interface Entry {
  readonly row: Row;
  readonly truth: Truth;
  readonly choice?: { readonly size: number } | undefined;
}

/** By `keyOf` their rows. */
export type Table = Map<string, Entry>;

/** A way in which a body may be true, and what it rests on: first what the positive subgoals match, as written. */
interface Instance {
  readonly values: ReadonlyMap<string, Value>;
  readonly on: readonly Entry[];
}

/**
 * Whether one of some ways is true: for certain if one rests on nothing that is uncertain, or if for each row of a choice
 * there is one that rests on nothing uncertain but that row.
 */
function oneOf(ways: readonly Pick<Instance, 'on'>[]): Truth {
  const doubts = ways.map(({ on }) => on.filter(({ truth }) => truth < 1));
  const single = new Set(doubts.flatMap((it) => (it.length === 1 ? it : [])));
  if ([...groupBy(single, ({ choice }) => choice)].some(([choice, rows]) => rows.length === choice?.size)) return 1;
  return ways.length === 0 ? -1 : doubts.some(({ length }) => length === 0) ? 1 : 0;
}

/** Ways, or values, beyond which a rule is given up. */
const MOST = 200_000;

/**
 * All ways in which a body may be true. Yields after each literal of which there are many.
 * @param tableOf what a subgoal looks into
 * @throws LdfiError 'limit-facts' if they are too many
 */
export function* instances(rule: Rule, tableOf: (subgoal: Subgoal) => Table): Work<readonly Instance[], undefined> {
  let found: readonly Instance[] = [{ values: new Map(), on: [] }];
  for (const literal of ordered(rule)) {
    found = literal.kind === 'comparison' ? compared(literal, found) : joined(literal, tableOf(literal), found);
    if (found.length > MOST / 100) yield undefined;
  }
  return found;
}

/** Positive subgoals as written, then negated ones; comparisons again and again until all variables have values. */
function ordered({ body }: Rule): Literal[] {
  const comparisons = body.filter(({ kind }) => kind === 'comparison');
  const subgoals = (isNegated: boolean) => body.filter((it) => it.kind === 'subgoal' && it.negated === isNegated);
  const positive = subgoals(false).flatMap((it) => [it, ...comparisons]);
  return [...positive, ...comparisons.slice(1).flatMap(() => comparisons), ...subgoals(true)];
}

/** The instances with each of their matches in a table; of a negated subgoal, those that may have none. */
function joined({ atom: { relation, args }, negated }: Subgoal, table: Table, found: readonly Instance[]): Instance[] {
  // All instances have values for the same variables.
  const known = args.flatMap((arg, i) => (found[0] && evaluate(arg, found[0].values) !== undefined ? [i] : []));
  const rows = groupBy(table.values(), ({ row }) => keyOf(known.map((i) => row[i] as Value)));
  let looked = 0;
  return found.flatMap((it) => {
    const wanted = known.map((i) => evaluate(args[i] as Term, it.values) as Value);
    const matches = (rows.get(keyOf(wanted)) ?? []).flatMap((entry): Instance[] => {
      const values = new Map(it.values);
      const isSame = (arg: Term, i: number): boolean =>
        arg.kind !== 'variable' || getOrMake(values, arg.name, () => entry.row[i] as Value) === entry.row[i];
      return args.every(isSame) ? [{ values, on: [...it.on, entry] }] : [];
    });
    looked += matches.length;
    if (looked > MOST) throw new LdfiError('limit-facts', `a rule that reads ${relation} has too many instances`);
    if (!negated) return matches;
    const is = oneOf(matches.map(({ on }) => ({ on: on.slice(-1) })));
    return is === 1 ? [] : [{ ...it, on: [...it.on, { row: [], truth: not(is) }] }];
  });
}

/** The instances of which a comparison is true, is made so by giving a variable a value, or cannot be told yet. */
function compared({ op, left, right }: Literal & { kind: 'comparison' }, found: readonly Instance[]): Instance[] {
  return found.flatMap((it) => {
    const [a, b] = [evaluate(left, it.values), evaluate(right, it.values)];
    const [open, given] = a === undefined ? [left, b] : [right, a];
    if (Number.isNaN(given) || Number.isNaN(b)) return [];
    if (a === undefined || b === undefined)
      return op === '==' && open.kind === 'variable' && given !== undefined
        ? [{ ...it, values: new Map(it.values).set(open.name, given) }]
        : [it];
    const is = compareValues(a, b);
    const truths = { '==': is === 0, '!=': is !== 0, '<': is < 0, '>': is > 0, '<=': is <= 0, '>=': is >= 0 };
    return truths[op] ? [it] : [];
  });
}

/** The value of a term: undefined where a variable has none yet, NaN where arithmetic has none. */
export function evaluate(term: Term, values: ReadonlyMap<string, Value>): Value | undefined {
  if (term.kind === 'constant') return term.value;
  if (term.kind !== 'arithmetic') return term.kind === 'variable' ? values.get(term.name) : undefined;
  const [left, right] = [evaluate(term.left, values), evaluate(term.right, values)];
  if (left === undefined || right === undefined) return undefined;
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right) || (term.op === '/' && right === 0)) return NaN;
  const [a, b] = [BigInt(left), BigInt(right)];
  const result = Number(term.op === '+' ? a + b : term.op === '-' ? a - b : term.op === '*' ? a * b : a / b);
  return Number.isSafeInteger(result) ? result : NaN;
}

/**
 * What is derived, for certain or perhaps.
 * @param args of the head, which come last in a row
 * @param derived the row of each instance, 0 for aggregates
 */
export function heads(args: readonly Term[], derived: readonly (Instance & Pick<Entry, 'row'>)[]): Entry[] {
  return [...groupBy(derived, ({ row }) => keyOf(row)).values()].flatMap((group) => {
    let isSure = oneOf(group) === 1;
    let rows: Row[] = [group[0].row];
    for (const [i, arg] of args.entries()) {
      if (arg.kind !== 'aggregate') continue;
      const operandIn = ({ values }: Instance): Value =>
        arg.variable === undefined ? keyOf([...values.values()]) : (values.get(arg.variable) as Value);
      const operands = [...groupBy(group, operandIn)].map(([value, same]) => [value, oneOf(same)] as const);
      const results = new Set(aggregates(arg.fn, operands));
      isSure = !results.delete(undefined) && isSure;
      rows = rows.flatMap((row) => [...results].map((result) => row.with(i - args.length, result as Value)));
    }
    const choice = isSure ? { size: rows.length } : undefined;
    return rows.map((row) => ({ row, truth: choice?.size === 1 ? 1 : 0, choice }));
  });
}

/**
 * What an aggregate may come to, undefined for nothing; of an average, that of any sum and any number of operands.
 * @throws LdfiError 'limit-facts' if that is too much
 */
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
