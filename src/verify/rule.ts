/**
 * One rule over tables in which rows hold for certain or perhaps: nested loops, and nothing incremental.
 */
import { LdfiError } from '../core/invariant.js';
import { getOrMake } from '../core/memo.js';
import { compareValues, type Row, type Value } from '../core/value.js';
import type { Literal, Rule, Term } from '../dedalus/ast.js';
import { boundVariables, literalVariables, type Subgoal } from '../dedalus/terms.js';
import { both, not, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';

/** A row that may hold. */
export interface Entry {
  readonly row: Row;
  truth: Truth;
  /** Rows of which one holds, with this row among them. */
  readonly choice?: Choice | undefined;
}

/** The values that an aggregate may have: one row for each. */
export interface Choice {
  size: number;
}

/** The rows of a relation at a tick that may hold. */
export class Table {
  readonly entries = new Map<string, Entry>();
  private readonly indexes = new Map<string, Map<string, Entry[]>>();

  /** Whether that makes a difference. */
  add(row: Row, truth: Truth, choice?: Choice): boolean {
    const key = keyOf(row);
    const known = this.entries.get(key);
    if (truth === -1 || (known && known.truth >= truth)) return false;
    if (known) known.truth = truth;
    else {
      const entry = { row, truth, choice };
      this.entries.set(key, entry);
      for (const [columns, index] of this.indexes) file(index, columns, entry);
    }
    return true;
  }

  /** Those with some values in some columns. */
  where(columns: readonly number[], values: readonly Value[]): readonly Entry[] {
    const index = getOrMake(this.indexes, columns.join(), () => {
      const made = new Map<string, Entry[]>();
      for (const entry of this.entries.values()) file(made, columns.join(), entry);
      return made;
    });
    return index.get(keyOf(values)) ?? [];
  }
}

function file(index: Map<string, Entry[]>, columns: string, entry: Entry): void {
  const values = columns === '' ? [] : columns.split(',').map((column) => entry.row[Number(column)] as Value);
  getOrMake(index, keyOf(values), () => []).push(entry);
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

/** The variables that hold a value before a literal is looked at, literal by literal in an order that binds them. */
function ordered(rule: Rule): Literal[] {
  const bindable = boundVariables(rule);
  const bound = new Set<string>();
  const order: Literal[] = [];
  const isOpen = (literal: Literal): boolean =>
    literalVariables(literal).some(({ name }) => bindable.has(name) && !bound.has(name));
  const binds = (literal: Literal): boolean =>
    literal.kind === 'comparison' &&
    literal.op === '==' &&
    [literal.left, literal.right].some((side) => side.kind === 'variable' && !bound.has(side.name)) &&
    new Set(literalVariables(literal).flatMap(({ name }) => (bound.has(name) ? [] : [name]))).size === 1;
  const score = (literal: Literal): number => {
    if (literal.kind === 'comparison' || literal.negated) return isOpen(literal) && !binds(literal) ? -1 : 1e6;
    return literal.atom.args.filter(
      (arg) => arg.kind === 'constant' || (arg.kind === 'variable' && bound.has(arg.name)),
    ).length;
  };
  for (let left = [...rule.body]; left.length > 0; left = left.filter((it) => !order.includes(it))) {
    const next = left.reduce((best, it) => (score(it) > score(best) ? it : best));
    order.push(next);
    if (next.kind !== 'subgoal' || !next.negated) for (const { name } of literalVariables(next)) bound.add(name);
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
  const order = getOrMake(orders, rule, () => ordered(rule));
  const first = rule.body.find((literal): literal is Subgoal => literal.kind === 'subgoal') as Subgoal;
  const site = first.atom.args[0] as Term;
  const values = new Map<string, Value>();
  const matched = new Map<Literal, Entry>();
  const isKnown = (term: Term): boolean =>
    term.kind === 'constant' || (term.kind === 'variable' && values.has(term.name));
  const rows = ({ atom, tick }: Subgoal): readonly Entry[] => {
    const columns = atom.args.flatMap((arg, i) => (isKnown(arg) ? [i] : []));
    return tables(atom.relation, tick).where(
      columns,
      columns.map((i) => evaluate(atom.args[i] as Term, values) as Value),
    );
  };
  let looked = 0;
  /** The variables that a row gives values to; undefined if it does not fit. */
  const bind = ({ atom }: Subgoal, row: Row): string[] | undefined => {
    if (++looked > MOST_ROWS)
      throw new LdfiError('limit-facts', `a rule for ${rule.head.relation} looks at too many rows to be checked`);
    const fresh: string[] = [];
    for (const [i, arg] of atom.args.entries()) {
      if (arg.kind !== 'variable') continue;
      if (!values.has(arg.name)) {
        values.set(arg.name, row[i] as Value);
        fresh.push(arg.name);
      } else if (values.get(arg.name) !== row[i]) {
        for (const name of fresh) values.delete(name);
        return undefined;
      }
    }
    return fresh;
  };
  const step = (i: number, truth: Truth, absent: Truth): void => {
    const literal = order[i];
    if (literal === undefined) {
      const location = first.negated
        ? isKnown(site)
          ? evaluate(site, values)
          : undefined
        : matched.get(first)?.row[0];
      visit({ values, truth: both(truth, absent), absent, location, matched });
    } else if (literal.kind === 'comparison') compare(literal, () => step(i + 1, truth, absent), values);
    else if (literal.negated) {
      let isThere: Truth = -1;
      const chosen = new Map<Choice, number>();
      for (const { row, truth: is, choice } of rows(literal)) {
        const fresh = isThere < 1 ? bind(literal, row) : undefined;
        if (!fresh) continue;
        for (const name of fresh) values.delete(name);
        const matches = (choice && chosen.get(choice)) ?? 0;
        if (choice) chosen.set(choice, matches + 1);
        isThere = is === 1 || choice?.size === matches + 1 ? 1 : 0;
      }
      if (isThere < 1) step(i + 1, truth, both(absent, not(isThere)));
    } else
      for (const entry of rows(literal)) {
        const fresh = bind(literal, entry.row);
        if (!fresh) continue;
        matched.set(literal, entry);
        step(i + 1, both(truth, entry.truth), absent);
        for (const name of fresh) values.delete(name);
      }
  };
  step(0, 1, 1);
  return looked;
}

/** Goes on if a comparison is true, or if it can be made so by giving a value to a variable. */
function compare(
  { op, left, right }: Literal & { kind: 'comparison' },
  go: () => void,
  values: Map<string, Value>,
): void {
  const open = [left, right].find((side) => side.kind === 'variable' && !values.has(side.name));
  if (open?.kind === 'variable') {
    const value = evaluate(open === left ? right : left, values);
    if (value === undefined) return;
    values.set(open.name, value);
    go();
    values.delete(open.name);
    return;
  }
  const [a, b] = [evaluate(left, values), evaluate(right, values)];
  if (a === undefined || b === undefined) return;
  const order = compareValues(a, b);
  const truths = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '>': order > 0,
    '<=': order <= 0,
    '>=': order >= 0,
  };
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
