/**
 * The body of a rule over rows that hold for certain or perhaps: literal by literal, and nothing incremental.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake, groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { Literal, Rule, Term } from '../dedalus/ast.js';
import { boundVariables, literalVariables, type Subgoal } from '../dedalus/terms.js';
import type { Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';

/** A row that holds or may hold. Of a choice, so many rows, one holds. */
export interface Entry {
  readonly row: Row;
  readonly truth: Truth;
  readonly choice?: { readonly size: number } | undefined;
}

/** Rows that hold or may hold, by `keyOf`. */
export type Table = Map<string, Entry>;

/** Whether that makes a difference. */
export function put(table: Table, { row, truth, choice }: Entry): boolean {
  const key = keyOf(row);
  if (truth <= (table.get(key)?.truth ?? -1)) return false;
  table.set(key, { row, truth, choice });
  return true;
}

/** A way in which a body may be true. */
export interface Instance {
  readonly values: ReadonlyMap<string, Value>;
  /** Of what it rests on, what is not certain. */
  readonly doubts: readonly Entry[];
  /** What the positive subgoals matched. */
  readonly matched: ReadonlyMap<Literal, Row>;
}

/** What is not certain and no row. */
export const DOUBT: Entry = { row: [], truth: 0 };

/** Whether one of some instances is true: for certain if one is, or each that rests on but one row of a choice. */
export function oneOf(instances: readonly Pick<Instance, 'doubts'>[]): Truth {
  if (instances.length === 0) return -1;
  const single = instances.flatMap(({ doubts: [one, ...others] }) => (one && others.length === 0 ? [one] : []));
  const choices = [...groupBy(new Set(single), ({ choice }) => choice)];
  const isSure = instances.some(({ doubts }) => doubts.length === 0);
  return isSure || choices.some(([choice, rows]) => rows.length === choice?.size) ? 1 : 0;
}

/** Ways beyond which a rule is given up. */
const MOST = 200_000;

const orders = new WeakMap<Rule, Literal[]>();

/**
 * All ways in which a body may be true.
 * @param tableOf what a subgoal looks into
 * @throws LdfiError 'limit-facts' if they are too many
 */
export function instances(rule: Rule, tableOf: (subgoal: Subgoal) => Table): Instance[] {
  let found: Instance[] = [{ values: new Map(), doubts: [], matched: new Map() }];
  for (const literal of getOrMake(orders, rule, () => ordered(rule))) {
    found = literal.kind === 'comparison' ? found.flatMap(compared(literal)) : joined(literal, tableOf(literal), found);
    if (found.length > MOST)
      throw new LdfiError('limit-facts', `a rule for ${rule.head.relation} has too many instances to be checked`);
  }
  return found;
}

/** The literals in an order in which variables have values before they are needed: filters soon, all else as written. */
function ordered(rule: Rule): Literal[] {
  const open = boundVariables(rule);
  const openIn = (literal: Literal) => literalVariables(literal).filter(({ name }) => open.has(name));
  const isReady = (literal: Literal): boolean => {
    const [one, ...others] = openIn(literal);
    if (one === undefined || literal.kind === 'subgoal') return one === undefined && !isPositive(literal);
    const { op, left, right } = literal;
    const isOne = (side: Term): boolean => side.kind === 'variable' && side.name === one.name;
    return others.length === 0 && op === '==' && (isOne(left) || isOne(right));
  };
  const waiting = [...rule.body];
  const order: Literal[] = [];
  while (waiting.length > 0) {
    const next = (waiting.find(isReady) ?? waiting.find(isPositive)) as Literal;
    order.push(next);
    waiting.splice(waiting.indexOf(next), 1);
    for (const { name } of openIn(next)) open.delete(name);
  }
  return order;
}

const isPositive = (literal: Literal): boolean => literal.kind === 'subgoal' && !literal.negated;

/** Those of the instances that have a match in a table, with what it gives; of a negated subgoal, that have none. */
function joined(subgoal: Subgoal, table: Table, found: readonly Instance[]): Instance[] {
  const { args } = subgoal.atom;
  // All instances have values for the same variables.
  const known = args.flatMap((arg, i) => (evaluate(arg, found[0]?.values ?? NONE) === undefined ? [] : [i]));
  const rows = groupBy(table.values(), ({ row }) => keyOf(known.map((i) => row[i] as Value)));
  return found.flatMap((it) => {
    const wanted = known.map((i) => evaluate(args[i] as Term, it.values) as Value);
    const matches = (rows.get(keyOf(wanted)) ?? []).flatMap((entry): Instance[] => {
      const values = new Map(it.values);
      const isSame = (arg: Term, i: number): boolean =>
        arg.kind !== 'variable' || getOrMake(values, arg.name, () => entry.row[i] as Value) === entry.row[i];
      const matched = new Map(it.matched).set(subgoal, entry.row);
      return args.every(isSame) ? [{ values, doubts: entry.truth === 1 ? [] : [entry], matched }] : [];
    });
    if (!subgoal.negated) return matches.map((match) => ({ ...match, doubts: [...it.doubts, ...match.doubts] }));
    const is = oneOf(matches);
    return is === 1 ? [] : [{ ...it, doubts: is === 0 ? [...it.doubts, DOUBT] : it.doubts }];
  });
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** An instance if a comparison is true of it, or is made so by giving a value to a variable. */
const compared =
  ({ op, left, right }: Literal & { kind: 'comparison' }) =>
  (it: Instance): Instance[] => {
    const [a, b] = [evaluate(left, it.values), evaluate(right, it.values)];
    const given = a ?? b;
    if (given === undefined) return [];
    const open = [left, right].find((side) => side.kind === 'variable' && !it.values.has(side.name));
    if (open?.kind === 'variable') return [{ ...it, values: new Map(it.values).set(open.name, given) }];
    if (a === undefined || b === undefined) return [];
    const order = compareValues(a, b);
    const is = {
      '==': order === 0,
      '!=': order !== 0,
      '<': order < 0,
      '>': order > 0,
      '<=': order <= 0,
      '>=': order >= 0,
    };
    return is[op] ? [it] : [];
  };

/** The value of a term; undefined where it has none, as arithmetic may have none. */
export function evaluate(term: Term, values: ReadonlyMap<string, Value>): Value | undefined {
  if (term.kind === 'constant') return term.value;
  if (term.kind === 'variable') return values.get(term.name);
  if (term.kind !== 'arithmetic') return undefined;
  const [left, right] = [evaluate(term.left, values), evaluate(term.right, values)];
  if (typeof left !== 'number' || typeof right !== 'number' || (term.op === '/' && right === 0)) return undefined;
  const [a, b] = [BigInt(left), BigInt(right)];
  const result = Number(term.op === '+' ? a + b : term.op === '-' ? a - b : term.op === '*' ? a * b : a / b);
  return Number.isSafeInteger(result) ? result : undefined;
}
