/**
 * Rule soup: single rules put together at random from the relations that are there, joined on columns that hold
 * the same sort of thing, in every form the language has.
 */
import { atom, type Column, type Draft, type Relation, type TimeSuffix } from './draft.js';

interface Variable {
  readonly name: string;
  readonly column: Column;
}

/** A body that is being written. */
class Body {
  readonly literals: string[] = [];
  readonly variables: Variable[] = [];
  /** Has an equality computed a new number? Such a rule must not be part of a cycle within a tick: it might not end. */
  computes = false;
  private count = 0;

  constructor(
    private readonly draft: Draft,
    readonly location: string,
  ) {}

  of(column: Column): Variable[] {
    return this.variables.filter((it) => it.column === column);
  }

  bind(column: Column): string {
    const name = `V${++this.count}`;
    this.variables.push({ name, column });
    return name;
  }

  positive(relation: Relation): void {
    const { draft } = this;
    const args = relation.columns.map((column, i) => {
      if (i === 0) return this.location;
      const known = this.of(column);
      const dice = draft.random(100);
      if (dice < 40 && known.length > 0) return draft.pick(known).name;
      if (dice < 50) return '_';
      if (dice < 58) return draft.constant(column);
      return this.bind(column);
    });
    const fixed = !relation.derived && draft.chance(25) ? `@${draft.pick([1, 1, 2])}` : '';
    this.literals.push(atom(relation, args) + fixed);
  }

  negative(relation: Relation): void {
    const { draft } = this;
    const local = `L${++this.count}`;
    const args = relation.columns.map((column, i) => {
      if (i === 0) return this.location;
      const known = this.of(column);
      const dice = draft.random(100);
      if (dice < 55 && known.length > 0) return draft.pick(known).name;
      if (dice < 75) return '_';
      if (dice < 90) return local;
      return draft.constant(column);
    });
    const fixed = draft.chance(12) ? `@${draft.between(1, 2)}` : '';
    this.literals.push(`notin ${atom(relation, args)}${fixed}`);
  }

  /** A comparison, or an equality that binds a new variable. */
  comparison(): void {
    const { draft } = this;
    const known = this.variables;
    if (known.length === 0) return;
    const one = draft.pick(known);
    if (one.column === 'int' && draft.chance(50)) {
      const sum = draft.pick([
        `${one.name} + 1`,
        `2 * ${one.name}`,
        `${one.name} - 1`,
        `${one.name} / 2`,
        `4 / ${one.name}`,
      ]);
      const name = this.bind('int');
      this.computes = true;
      this.literals.push(draft.chance(50) ? `${name} == ${sum}` : `${sum} == ${name}`);
      return;
    }
    const same = this.of(one.column).filter((it) => it.name !== one.name);
    const other = same.length > 0 && draft.chance(60) ? draft.pick(same).name : draft.constant(one.column);
    this.literals.push(`${one.name} ${draft.pick(['==', '!=', '!=', '<', '>', '<=', '>='])} ${other}`);
  }
}

/** Adds one random rule, with a new head relation or (if its level allows) an old one. */
export function soupRule(draft: Draft): void {
  const time = draft.pick<TimeSuffix>(['', '', '', '@next', '@async', '@async']);
  const usable = draft.relations.filter((it) => time !== '' || it.level <= 3);
  const body = new Body(draft, 'N');
  const used = Array.from({ length: draft.pick([1, 2, 2, 2, 3]) }, () => favour(draft, usable));
  for (const relation of used) body.positive(relation);
  const negated = draft.chance(45) ? [favour(draft, usable)] : [];
  for (const relation of negated) body.negative(relation);
  if (draft.chance(42)) body.comparison();
  const aggregates = draft.chance(20) && body.variables.length > 0;
  const level = Math.max(
    ...used.map((it) => it.level + (aggregates || body.computes ? 1 : 0)),
    ...negated.map((it) => it.level + 1),
  );
  const receiver = time === '@async' ? receiverOf(draft, body) : 'N';
  if (aggregates) {
    aggregateHead(draft, body, time, receiver, time === '' ? level : 0);
    return;
  }
  const old = draft.relations.filter((it) => it.derived && it.columns.length > 1 && (time !== '' || it.level >= level));
  const head = old.length > 0 && draft.chance(35) ? draft.pick(old) : newHead(draft, body, time === '' ? level : 0);
  const args = head.columns.map((column, i) => (i === 0 ? receiver : argument(draft, body, column, time)));
  draft.rule(atom(head, args), time, ...body.literals);
  if (time === '@async' && draft.chance(70)) draft.persist(head);
}

/** Derived relations twice as often as facts. */
function favour(draft: Draft, relations: readonly Relation[]): Relation {
  const derived = relations.filter((it) => it.derived);
  return draft.pick(derived.length > 0 && draft.chance(60) ? derived : relations);
}

/** The location of a message: a known node, or one that `node` gives. */
function receiverOf(draft: Draft, body: Body): string {
  const known = body.of('node');
  if (known.length > 0 && draft.chance(80)) return draft.pick(known).name;
  if (draft.chance(10)) return draft.pick(draft.nodes);
  body.literals.push('node(N, To)');
  return 'To';
}

function newHead(draft: Draft, body: Body, level: number): Relation {
  const columns: Column[] = ['node'];
  const shown = body.variables.slice(0, draft.between(1, 2));
  for (const variable of shown) columns.push(variable.column);
  if (columns.length === 1) columns.push('data');
  return draft.declare(draft.pick(['r', 's', 't']), columns, level);
}

/** A head argument: mostly a variable of that sort, else a constant; arithmetic only where time passes. */
function argument(draft: Draft, body: Body, column: Column, time: TimeSuffix): string {
  const known = body.of(column);
  if (known.length === 0 || draft.chance(6)) return column === 'node' ? 'N' : draft.constant(column);
  const name = draft.pick(known).name;
  if (column === 'int' && time !== '' && draft.chance(40))
    return draft.pick([`${name} + 1`, `${name} - 1`, `2 * ${name}`]);
  return name;
}

function aggregateHead(draft: Draft, body: Body, time: TimeSuffix, receiver: string, level: number): void {
  const group = draft.chance(40) ? [draft.pick(body.variables)] : [];
  const fns = ['count', 'count', 'min', 'max', 'sum', 'avg', 'avg'];
  const aggregates = Array.from({ length: draft.pick([1, 1, 2]) }, () =>
    draft.chance(15) ? draft.pick(['count<_>', 'count<*>']) : `${draft.pick(fns)}<${draft.pick(body.variables).name}>`,
  );
  const columns: Column[] = ['node', ...group.map((it) => it.column), ...aggregates.map(() => 'int' as const)];
  const head = draft.declare('agg', columns, level);
  draft.rule(atom(head, [receiver, ...group.map((it) => it.name), ...aggregates]), time, ...body.literals);
  if (time !== '' && draft.chance(60)) draft.persist(head);
}
