/**
 * One rule over tables in which rows hold for certain or perhaps: nested loops, and nothing incremental.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake, groupBy } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { Literal, Rule, Term } from '../dedalus/ast.js';
import { boundVariables, literalVariables, type Subgoal } from '../dedalus/terms.js';
import { both, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';

/** Rows of which one holds: the values that an aggregate may have. */
export interface Choice {
  readonly size: number;
}

/** A row that may hold, perhaps as one of a choice. */
export interface Entry {
  readonly row: Row;
  truth: Truth;
  readonly choice?: Choice | undefined;
}

/** The rows of a relation at a tick that may hold. */
export class Table {
  readonly entries = new Map<string, Entry>();
  private readonly indexes = new Map<string, { size: number; rows: ReadonlyMap<string, readonly Entry[]> }>();

  /** Whether that makes a difference. */
  add(row: Row, truth: Truth, choice?: Choice): boolean {
    const known = this.entries.get(keyOf(row));
    if (truth === -1 || (known && known.truth >= truth)) return false;
    if (known) known.truth = truth;
    else this.entries.set(keyOf(row), { row, truth, choice });
    return true;
  }

  /** Those with some values in some columns. */
  where(columns: readonly number[], values: readonly Value[]): readonly Entry[] {
    const index = getOrMake(this.indexes, columns.join(), () => ({ size: -1, rows: new Map() }));
    if (index.size < this.entries.size) {
      index.rows = groupBy(this.entries.values(), ({ row }) => keyOf(columns.map((i) => row[i] as Value)));
      index.size = this.entries.size;
    }
    return index.rows.get(keyOf(values)) ?? [];
  }
}

/** A body that may be true. */
export interface Instance {
  readonly values: ReadonlyMap<string, Value>;
  readonly truth: Truth;
  /** Whether nothing that must not be there is there. */
  readonly absent: Truth;
  /** Where the rule is; undefined if that is no condition. */
  readonly location: Value | undefined;
  /** What the positive subgoals matched. */
  readonly matched: ReadonlyMap<Literal, Entry>;
}

/** The literals in an order that gives variables values before they are needed, and few rows to look at. */
function ordered({ body }: Rule, bindable: ReadonlySet<string>): Literal[] {
  const bound = new Set<string>();
  const openIn = (literal: Literal): Set<string> =>
    new Set(literalVariables(literal).flatMap(({ name }) => (bindable.has(name) && !bound.has(name) ? [name] : [])));
  const isFilter = (literal: Literal): boolean => literal.kind === 'comparison' || literal.negated;
  const isReady = (literal: Literal): boolean => {
    const open = openIn(literal);
    if (!isFilter(literal) || open.size === 0) return true;
    const sides = literal.kind === 'comparison' && literal.op === '==' ? [literal.left, literal.right] : [];
    return open.size === 1 && sides.some((side) => side.kind === 'variable' && open.has(side.name));
  };
  const cost = (literal: Literal): number => (isFilter(literal) ? -1 : openIn(literal).size);
  const order: Literal[] = [];
  while (order.length < body.length) {
    const ready = body.filter((literal) => !order.includes(literal) && isReady(literal));
    const next = ready.reduce((best, literal) => (cost(literal) < cost(best) ? literal : best));
    order.push(next);
    for (const name of openIn(next)) bound.add(name);
  }
  return order;
}

const orders = new WeakMap<Rule, Literal[]>();

/** Rows looked at, beyond which a rule is given up at a tick. */
const MOST_ROWS = 3_000_000;

/**
 * All instances of a body that may be true.
 * @param tables of a relation, now or at a fixed tick
 * @returns how many rows were looked at
 * @throws LdfiError 'limit-facts' if that are too many
 */
export function instances(
  rule: Rule,
  tables: (relation: string, tick: number | undefined) => Table,
  visit: (instance: Instance) => void,
): number {
  const order = getOrMake(orders, rule, () => ordered(rule, boundVariables(rule)));
  const first = rule.body.find((literal): literal is Subgoal => literal.kind === 'subgoal') as Subgoal;
  const values = new Map<string, Value>();
  const matched = new Map<Literal, Entry>();
  let looked = 0;
  /** Goes on with each row that fits, and the values that it gives to variables. */
  const each = ({ atom, tick }: Subgoal, go: (entry: Entry) => void): void => {
    const columns = atom.args.flatMap((arg, i) => (evaluate(arg, values) === undefined ? [] : [i]));
    const known = columns.map((i) => evaluate(atom.args[i] as Term, values) as Value);
    for (const entry of tables(atom.relation, tick).where(columns, known)) {
      if (++looked > MOST_ROWS)
        throw new LdfiError('limit-facts', `a rule for ${rule.head.relation} looks at too many rows to be checked`);
      const fresh: string[] = [];
      const fits = atom.args.every((arg, i) => {
        if (arg.kind !== 'variable') return true;
        if (values.has(arg.name)) return values.get(arg.name) === entry.row[i];
        values.set(arg.name, entry.row[i] as Value);
        return fresh.push(arg.name) > 0;
      });
      if (fits) go(entry);
      for (const name of fresh) values.delete(name);
    }
  };
  const step = (i: number, truth: Truth, absent: Truth): void => {
    const literal = order[i];
    if (literal === undefined) {
      const location = first.negated ? evaluate(first.atom.args[0] as Term, values) : matched.get(first)?.row[0];
      visit({ values, truth: both(truth, absent), absent, location, matched });
    } else if (literal.kind === 'comparison') compare(literal, values, () => step(i + 1, truth, absent));
    else if (!literal.negated)
      each(literal, (entry) => {
        matched.set(literal, entry);
        step(i + 1, both(truth, entry.truth), absent);
      });
    else {
      const found: Entry[] = [];
      each(literal, (entry) => void found.push(entry));
      const isAll = (choice: Choice): boolean => found.filter((it) => it.choice === choice).length === choice.size;
      const isThere = found.some((it) => it.truth === 1 || (it.choice && isAll(it.choice)));
      if (!isThere) step(i + 1, truth, both(absent, found.length > 0 ? 0 : 1));
    }
  };
  step(0, 1, 1);
  return looked;
}

/** Goes on if a comparison is true, or can be made so by giving a value to a variable. */
function compare(
  { op, left, right }: Literal & { kind: 'comparison' },
  values: Map<string, Value>,
  go: () => void,
): void {
  const open = [left, right].find((side) => side.kind === 'variable' && !values.has(side.name));
  const [a, b] = [evaluate(left, values), evaluate(right, values)];
  const given = a ?? b;
  if (open?.kind === 'variable' && given !== undefined) {
    values.set(open.name, given);
    go();
    values.delete(open.name);
  }
  if (a === undefined || b === undefined) return;
  const order = compareValues(a, b);
  const isEqual = order === 0;
  const truths = { '==': isEqual, '!=': !isEqual, '<': order < 0, '>': order > 0, '<=': order <= 0, '>=': order >= 0 };
  if (truths[op]) go();
}

/** The value of a term; undefined where arithmetic is, or where the term has none. */
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
