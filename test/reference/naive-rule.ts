/**
 * One rule by the most naive method: nested loops over all tuples of the positive subgoals, then equalities and
 * comparisons, then negated subgoals. No indexes, no join order, nothing incremental.
 */
import type { Row, Value } from '../../src/core/value.js';
import type { Atom, Literal, Rule, Term } from '../../src/dedalus/ast.js';
import { type Env, evaluate, holds, isBound, orderValues, rowKey, safeInteger } from './values.js';

type Subgoal = Extract<Literal, { kind: 'subgoal' }>;
type Comparison = Extract<Literal, { kind: 'comparison' }>;
type Aggregate = Extract<Term, { kind: 'aggregate' }>;

/** The tuples that a subgoal sees; `tick` is its fixed tick, if it has one. */
export type Lookup = (relation: string, tick: number | undefined) => Iterable<Row>;

/** A body that is true: its bindings, and the rule's location (undefined where there is no location condition). */
export interface Instance {
  readonly env: Env;
  readonly location: Value | undefined;
  /** The rows that the positive subgoals matched, in order. */
  readonly rows: readonly Row[];
}

/** A head row and the node it was derived at. */
export interface Derived {
  readonly row: Row;
  readonly location: Value | undefined;
}

/** All head rows of the rule over the tuples that `lookup` gives. */
export function derive(
  rule: Rule,
  lookup: Lookup,
  isNode: (value: Value) => boolean,
  runs: (location: Value | undefined) => boolean = () => true,
): Derived[] {
  const instances = instancesOf(rule, lookup).filter(
    ({ location }) => (location === undefined || isNode(location)) && runs(location),
  );
  if (rule.head.args.some((arg) => arg.kind === 'aggregate')) return aggregated(rule, instances);
  const derived: Derived[] = [];
  for (const { env, location } of instances) {
    const row = rule.head.args.map((arg) => evaluate(arg, env));
    if (isDefined(row)) derived.push({ row, location });
  }
  return derived;
}

/**
 * The head rows of a rule that counts a timer on: where the clock of the timer's node stands still, the timer is as it
 * was. Undefined if it is no such rule.
 */
export function deriveTimer(
  rule: Rule,
  lookup: Lookup,
  runs: (location: Value | undefined) => boolean,
  isSlow: (location: Value | undefined) => boolean,
): Row[] | undefined {
  const positive = rule.body.filter((it): it is Subgoal => it.kind === 'subgoal' && !it.negated);
  const timer = positive.findIndex((it) => it.tick === undefined && it.atom.relation === rule.head.relation);
  if (timer < 0 || rule.head.args.some((arg) => arg.kind === 'aggregate')) return undefined;
  return instancesOf(rule, lookup).flatMap(({ env, location, rows }) => {
    if (!runs(location)) return [];
    const counted = rows[timer] as Row;
    if (isSlow(counted[0])) return [counted];
    const row = rule.head.args.map((arg) => evaluate(arg, env));
    return isDefined(row) ? [row] : [];
  });
}

function isDefined(row: readonly (Value | undefined)[]): row is Row {
  return row.every((value) => value !== undefined);
}

/** The literals of a body by what they are. */
function partsOf(rule: Rule) {
  const subgoals = rule.body.filter((it): it is Subgoal => it.kind === 'subgoal');
  const [first] = subgoals;
  if (first === undefined) throw new Error('reference: a rule without subgoals');
  return {
    first,
    positive: subgoals.filter((it) => !it.negated),
    negative: subgoals.filter((it) => it.negated),
    comparisons: rule.body.filter((it): it is Comparison => it.kind === 'comparison'),
  };
}

const parts = new WeakMap<Rule, ReturnType<typeof partsOf>>();

/** All ways in which the body is true; whether the location is a node is left to the caller. */
export function instancesOf(rule: Rule, lookup: Lookup): Instance[] {
  const { first, positive, negative, comparisons } = parts.get(rule) ?? partsOf(rule);
  if (!parts.has(rule)) parts.set(rule, { first, positive, negative, comparisons });
  const found: Instance[] = [];
  const env: Bindings = new Map();
  const rows: Row[] = [];
  const loop = (index: number): void => {
    const subgoal = positive[index];
    if (subgoal !== undefined) {
      for (const row of lookup(subgoal.atom.relation, subgoal.tick)) {
        const bound = match(subgoal.atom, row, env);
        if (bound === undefined) continue;
        rows.push(row);
        loop(index + 1);
        rows.pop();
        for (const name of bound) env.delete(name);
      }
      return;
    }
    const compared = comparisons.length === 0 ? env : compare(comparisons, env);
    if (compared === undefined) return;
    for (const it of negative) if (exists(it, compared, lookup)) return;
    const location = first.negated ? locationOfNegated(first, compared) : rows[0]?.[0];
    found.push({ env: new Map(compared), location, rows: [...rows] });
  };
  loop(0);
  return found;
}

type Bindings = Map<string, Value>;

const NONE: readonly string[] = [];

/** Binds the atom's variables to the row: the names that were not bound before; undefined if it does not match. */
function match(atom: Atom, row: Row, env: Bindings): readonly string[] | undefined {
  if (atom.args.length !== row.length) throw new Error(`reference: arity of ${atom.relation}`);
  let fresh: string[] | undefined;
  for (let i = 0; i < row.length; i++) {
    const arg = atom.args[i] as Term;
    const value = row[i] as Value;
    if (arg.kind === 'wildcard') continue;
    if (arg.kind !== 'constant' && arg.kind !== 'variable') throw new Error(`reference: ${arg.kind} in a subgoal`);
    const wanted = arg.kind === 'constant' ? arg.value : env.get(arg.name);
    if (wanted === undefined && arg.kind === 'variable') {
      env.set(arg.name, value);
      fresh ??= [];
      fresh.push(arg.name);
    } else if (wanted !== value) {
      for (const name of fresh ?? NONE) env.delete(name);
      return undefined;
    }
  }
  return fresh ?? NONE;
}

/** Unbound variables of a negated subgoal are local to it: any value will do, the same one at every occurrence. */
function exists(subgoal: Subgoal, env: Bindings, lookup: Lookup): boolean {
  for (const row of lookup(subgoal.atom.relation, subgoal.tick)) {
    const bound = match(subgoal.atom, row, env);
    if (bound === undefined) continue;
    for (const name of bound) env.delete(name);
    return true;
  }
  return false;
}

/** All comparisons, in any order: those that can be decided are, and equalities with one unbound variable bind it. */
function compare(comparisons: readonly Comparison[], start: Env): Bindings | undefined {
  const env: Bindings = new Map(start);
  let waiting = [...comparisons];
  while (waiting.length > 0) {
    const later: Comparison[] = [];
    for (const it of waiting) {
      if (isBound(it.left, env) && isBound(it.right, env)) {
        const left = evaluate(it.left, env);
        const right = evaluate(it.right, env);
        if (left === undefined || right === undefined || !holds(it.op, left, right)) return undefined;
      } else if (it.op === '==' && it.left.kind === 'variable' && isBound(it.right, env)) {
        const value = evaluate(it.right, env);
        if (value === undefined) return undefined;
        env.set(it.left.name, value);
      } else if (it.op === '==' && it.right.kind === 'variable' && isBound(it.left, env)) {
        const value = evaluate(it.left, env);
        if (value === undefined) return undefined;
        env.set(it.right.name, value);
      } else later.push(it);
    }
    if (later.length === waiting.length) throw new Error('reference: a comparison with an unbound variable');
    waiting = later;
  }
  return env;
}

/** The location of a rule whose first subgoal is negated: a constant or a bound variable, else none. */
function locationOfNegated(first: Subgoal, env: Env): Value | undefined {
  const arg = first.atom.args[0] as Term;
  return arg.kind !== 'wildcard' && isBound(arg, env) ? evaluate(arg, env) : undefined;
}

/**
 * Groups are the values of all other head arguments. A message is sent by one node over what that node knows, so in an
 * @async rule the location of the rule is part of the group too.
 */
function aggregated(rule: Rule, instances: readonly Instance[]): Derived[] {
  const groups = new Map<string, { plain: (Value | undefined)[]; location: Value | undefined; envs: Env[] }>();
  for (const { env, location } of instances) {
    const plain = rule.head.args.map((arg) => (arg.kind === 'aggregate' ? 0 : evaluate(arg, env)));
    if (!isDefined(plain)) continue;
    const key = rowKey(rule.time === 'async' ? [location as Value, ...plain] : plain);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { plain: [...plain], location, envs: [env] });
    else group.envs.push(env);
  }
  const derived: Derived[] = [];
  for (const { plain, location, envs } of groups.values()) {
    const row = rule.head.args.map((arg, i) => (arg.kind === 'aggregate' ? aggregate(arg, envs) : plain[i]));
    if (isDefined(row)) derived.push({ row, location });
  }
  return derived;
}

/** One aggregate over the distinct values of its variable; undefined where nothing is derived. */
function aggregate(term: Aggregate, envs: readonly Env[]): Value | undefined {
  const variable = term.variable;
  if (variable === undefined) {
    return new Set(envs.map((env) => JSON.stringify([...env].sort((a, b) => orderValues(a[0], b[0]))))).size;
  }
  const values = [...new Set(envs.map((env) => evaluate({ kind: 'variable', name: variable, span: term.span }, env)))];
  const sorted = values.filter((value) => value !== undefined).sort(orderValues);
  const integers = sorted.filter((value) => typeof value === 'number');
  const sum = integers.reduce((total, value) => total + BigInt(value), 0n);
  switch (term.fn) {
    case 'count':
      return sorted.length;
    case 'min':
      return sorted[0];
    case 'max':
      return sorted[sorted.length - 1];
    case 'sum':
      return integers.length === 0 ? undefined : safeInteger(sum);
    case 'avg':
      if (integers.length === 0 || safeInteger(sum) === undefined) return undefined;
      return safeInteger(sum / BigInt(integers.length));
  }
}
