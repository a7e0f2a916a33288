/**
 * A program under construction: facts and rules as text, with what the generator must know of each relation in order to
 * write rules that the front end accepts.
 *
 * Invariant (it keeps negation and aggregation stratified): a deductive rule whose head has level L uses relations of
 * level <= L positively and of level < L under negation or aggregation. @next and @async rules are free.
 */

/** What a column holds; only a hint that makes joins likely to match. The first column is always a node. */
export type Column = 'node' | 'data' | 'int';

export interface Relation {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly level: number;
  /** Rows do not all come straight from facts: faults can matter. */
  readonly derived: boolean;
}

export type TimeSuffix = '' | '@next' | '@async';

export interface RuleDraft {
  readonly head: string;
  readonly time: TimeSuffix;
  readonly body: readonly string[];
}

/** A uniform integer in `[0, bound)`. */
export type Random = (bound: number) => number;

export class Draft {
  readonly relations: Relation[] = [];
  facts: string[] = [];
  rules: RuleDraft[] = [];
  /** Constants that data columns take. */
  readonly data: readonly string[];
  private readonly names = new Map<string, number>();

  constructor(
    readonly random: Random,
    /** The nodes as they are written in the program: `"a"` or `1`. */
    readonly nodes: readonly string[],
    readonly eot: number,
  ) {
    const domains = [
      ['1', '2'],
      ['"p"', '"q"'],
      ['1', '2', '3'],
      ['1', '"p"'],
      ['"p"', '"q"', '7'],
      ['1', '"1"'],
      ['5'],
    ];
    this.data = this.pick(domains);
    this.names.set('node', 1);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.random(items.length)] as T;
  }

  chance(percent: number): boolean {
    return this.random(100) < percent;
  }

  /** An integer in `[from, to]`. */
  between(from: number, to: number): number {
    return from + this.random(to - from + 1);
  }

  /** A relation name that is not yet used: `log`, `log2`, … */
  fresh(name: string): string {
    const count = (this.names.get(name) ?? 0) + 1;
    this.names.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  }

  declare(name: string, columns: readonly Column[], level: number, derived = true): Relation {
    const relation = { name: this.fresh(name), columns, level, derived };
    this.relations.push(relation);
    return relation;
  }

  fact(relation: Relation, args: readonly string[], tick: number): void {
    this.facts.push(`${relation.name}(${args.join(', ')})@${tick};`);
  }

  rule(head: string, time: TimeSuffix, ...body: readonly (string | false)[]): void {
    this.rules.push({ head, time, body: body.filter((it) => it !== false) });
  }

  /** `r(N, X, Y)@next :- r(N, X, Y);` */
  persist(relation: Relation): void {
    const text = atom(relation, variables(relation));
    this.rule(text, '@next', text);
  }

  /** A constant for a column. */
  constant(column: Column): string {
    if (column === 'node') return this.pick(this.nodes);
    return column === 'int' ? String(this.random(4)) : this.pick(this.data);
  }

  /** An atom of the relation at `location` with `value` in one other column, chosen at random, and `_` elsewhere. */
  view(
    relation: Relation,
    location: string,
    value: string,
    column = this.between(1, relation.columns.length - 1),
  ): string {
    return atom(
      relation,
      relation.columns.map((_, i) => (i === 0 ? location : i === column ? value : '_')),
    );
  }
}

/** `r(args)` */
export function atom(relation: Relation, args: readonly string[]): string {
  return `${relation.name}(${args.join(', ')})`;
}

/** Distinct variables for the columns of a relation, `N` for the location. */
export function variables(relation: Relation): string[] {
  return relation.columns.map((_, i) => (i === 0 ? 'N' : `X${i}`));
}

/** A rule as it is written in a spec. */
export function printRule(rule: RuleDraft): string {
  return `${rule.head}${rule.time} :- ${rule.body.join(', ')};`;
}

/** All lines: facts, then rules. */
export function printDraft(draft: Draft): string[] {
  return [...draft.facts, ...draft.rules.map(printRule)];
}
