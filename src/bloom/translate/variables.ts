/**
 * Which variable, or constant, each column of a statement's sources is in its rule: columns that must be equal share
 * one.
 */
import type { Value } from '../../core/value.js';
import type { Span, Term } from '../../dedalus/ast.js';
import type { BloomCollection, BloomCondition, BloomStatement, BloomTerm } from '../model.js';

export type Collections = ReadonlyMap<string, BloomCollection>;

const HERE = 'here';
const keyOf = (source: number, column: string): string => `${source} ${column}`;

/** The columns of a source as they stand in an atom, the node first. */
export function atomColumns(collections: Collections, name: string): readonly string[] {
  const { kind, columns } = collections.get(name) as BloomCollection;
  return kind === 'channel' || kind === 'view' ? columns : ['node', ...columns];
}

export class Variables {
  private readonly parents = new Map<string, string>();
  private readonly constants = new Map<string, Value>();
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();
  /** How often each is read, but for the atom that has it. */
  private readonly uses = new Map<string, number>();
  /** The conditions that are still to be compared. */
  readonly comparisons: BloomCondition[] = [];
  private readonly countsRows: boolean;

  constructor(
    private readonly statement: BloomStatement,
    private readonly collections: Collections,
    private readonly span: Span,
  ) {
    const { sources, conditions, row } = statement;
    this.countsRows = row.some((cell) => cell.kind === 'aggregate' && !cell.of);
    for (const [i, { collection, everywhere }] of sources.entries()) {
      const [first = ''] = atomColumns(collections, collection);
      if (!everywhere) this.unite(HERE, keyOf(i, first));
    }
    const united = conditions.filter((one) => one.op === '==' && this.unites(one));
    for (const one of conditions) if (!united.includes(one) && !this.fixes(one)) this.comparisons.push(one);
    this.nameAll();
    this.countUses();
  }

  /** The term in a rule. */
  term(term: BloomTerm): Term {
    const { span } = this;
    switch (term.kind) {
      case 'constant':
        return { kind: 'constant', value: term.value, span };
      case 'arithmetic':
        return { ...term, left: this.term(term.left), right: this.term(term.right), span };
      case 'here':
        return this.of(HERE);
      case 'column':
        return this.of(keyOf(term.source, term.column));
    }
  }

  /** The term of a column in the atom of its source: `_` where nobody else asks for it. */
  inAtom(source: number, column: string): Term {
    const root = this.root(keyOf(source, column));
    const alone = (this.uses.get(root) ?? 0) < 2 && !this.constants.has(root) && root !== this.root(HERE);
    return alone && !this.countsRows ? { kind: 'wildcard', span: this.span } : this.of(root);
  }

  /** A variable that nothing else is called. */
  fresh(column: string): string {
    return freshName(column, this.taken);
  }

  private of(key: string): Term {
    const root = this.root(key);
    const value = this.constants.get(root);
    if (value !== undefined) return { kind: 'constant', value, span: this.span };
    return { kind: 'variable', name: this.names.get(root) ?? '', span: this.span };
  }

  private root(key: string): string {
    let at = key;
    for (let up = this.parents.get(at); up !== undefined; up = this.parents.get(at)) at = up;
    return at;
  }

  private unite(a: string, b: string): void {
    const [one, other] = [this.root(a), this.root(b)];
    // The place of the statement stays what it is called after.
    if (one !== other) this.parents.set(other === HERE ? one : other, other === HERE ? other : one);
  }

  private unites({ left, right }: BloomCondition): boolean {
    const [a, b] = [variableKey(left), variableKey(right)];
    if (a === undefined || b === undefined) return false;
    this.unite(a, b);
    return true;
  }

  /** Whether a condition says what a variable is; what is aggregated, or where the rule runs, stays a variable. */
  private fixes({ op, left, right }: BloomCondition): boolean {
    const [column, constant] = right.kind === 'constant' ? [left, right] : [right, left];
    const key = variableKey(column);
    if (op !== '==' || key === undefined || constant.kind !== 'constant') return false;
    const root = this.root(key);
    const isAggregated = this.statement.row.some(
      (cell) => cell.kind === 'aggregate' && cell.of && this.root(keyOf(cell.of.source, cell.of.column)) === root,
    );
    if (isAggregated || root === HERE || this.constants.has(root)) return false;
    this.constants.set(root, constant.value);
    return true;
  }

  private nameAll(): void {
    if (this.statement.sources.some(({ everywhere }) => !everywhere)) this.names.set(HERE, this.fresh(HERE));
    for (const [i, { collection }] of this.statement.sources.entries())
      for (const column of atomColumns(this.collections, collection)) {
        const root = this.root(keyOf(i, column));
        if (!this.names.has(root)) this.names.set(root, this.fresh(column));
      }
  }

  private countUses(): void {
    const use = (key: string): void => {
      this.uses.set(this.root(key), (this.uses.get(this.root(key)) ?? 0) + 1);
    };
    const visit = (term: BloomTerm): void => {
      const key = variableKey(term);
      if (key !== undefined) use(key);
      if (term.kind !== 'arithmetic') return;
      visit(term.left);
      visit(term.right);
    };
    const { sources, absent, row } = this.statement;
    for (const [i, { collection }] of sources.entries())
      for (const column of atomColumns(this.collections, collection)) use(keyOf(i, column));
    for (const { left, right } of this.comparisons) for (const side of [left, right]) visit(side);
    for (const { columns } of absent) for (const term of Object.values(columns)) visit(term);
    for (const cell of row) {
      if (cell.kind !== 'aggregate') visit(cell);
      else if (cell.of) visit(cell.of);
    }
  }
}

/** The name of a variable for a column, which is then taken. */
export function freshName(column: string, taken: Set<string>): string {
  const word = column.slice(0, 1).toUpperCase() + column.slice(1);
  let name = word;
  for (let n = 2; taken.has(name); n++) name = `${word}${n}`;
  taken.add(name);
  return name;
}

function variableKey(term: BloomTerm): string | undefined {
  if (term.kind === 'here') return HERE;
  return term.kind === 'column' ? keyOf(term.source, term.column) : undefined;
}
