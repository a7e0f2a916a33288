/**
 * Names of interned things: facts and rules as the page shows them, and back.
 */
import { formatFact, formatValue, type Value } from '../../core/value.js';
import type { Span } from '../../dedalus/ast.js';
import { locate } from '../../dedalus/locate.js';
import type { DedalusSystem } from '../../lineage/system.js';
import type { Relation } from '../../simulator/relation.js';
import type { Schema } from '../../simulator/schema.js';
import type { FactView, Source } from '../views.js';
import { ANY, OPEN, type Pattern } from './pattern.js';

/** What identifies a fact in a question. */
export type FactQuery = Pick<FactView, 'relation' | 'row' | 'tick'>;

export class Lexicon {
  private readonly schema: Schema;
  private readonly rules: (Source | undefined)[] = [];
  private readonly texts = new Map<number, string[]>();

  constructor(private readonly system: DedalusSystem) {
    this.schema = system.schema;
  }

  /** The name of node number `node`. */
  node(node: number): string {
    return this.schema.nodes[node] ?? '?';
  }

  /** `log("a", 1)` for a tuple of a relation. */
  text(relation: number, tuple: number): string {
    let texts = this.texts.get(relation);
    if (!texts) {
      texts = [];
      this.texts.set(relation, texts);
    }
    let text = texts[tuple];
    if (text === undefined) {
      text = formatFact(this.relation(relation).name, this.row(relation, tuple));
      texts[tuple] = text;
    }
    return text;
  }

  /** The id of a message (`MessageView.id`): `a→b@1 log("b", 1)`. */
  message(from: number, to: number, sent: number, relation: number, tuple: number): string {
    return `${this.node(from)}→${this.node(to)}@${sent} ${this.text(relation, tuple)}`;
  }

  row(relation: number, tuple: number): readonly Value[] {
    return this.relation(relation).row(tuple, this.schema.values);
  }

  fact(relation: number, tuple: number, tick: number): FactView {
    const text = this.text(relation, tuple);
    return { relation: this.relation(relation).name, row: this.row(relation, tuple), tick, text };
  }

  /** A pattern as a fact; open columns are `ANY` in its row and `_` in its text. */
  view({ relation, columns, tick }: Pattern): FactView {
    const { name } = this.relation(relation);
    const row = columns.map((id) => (id === OPEN ? ANY : this.schema.values.get(id)));
    const text = `${name}(${row.map((value) => (value === ANY ? '_' : formatValue(value))).join(', ')})`;
    return { relation: name, row, tick, text };
  }

  /** The pattern that a fact of the page stands for; undefined for an unknown relation or a wrong number of columns. */
  pattern({ relation, row, tick }: FactQuery): Pattern | undefined {
    const found = this.schema.findRelation(relation);
    if (!found || found.arity !== row.length) return undefined;
    const columns = row.map((value) => (value === ANY ? OPEN : this.schema.values.intern(value)));
    return { relation: found.id, columns, tick };
  }

  /** Where a rule of the program stands. */
  rule(index: number): Source {
    let source = this.rules[index];
    if (!source) {
      const rule = this.schema.program.rules[index];
      source = rule ? this.source(rule.span) : { file: '', line: 1, text: '' };
      this.rules[index] = source;
    }
    return source;
  }

  /** Where a span of the program stands. */
  source(span: Span): Source {
    const { files } = this.system.program;
    const { path, line } = locate(files, span);
    return { file: path, line, text: files[span.file]?.text.slice(span.start, span.end) ?? '' };
  }

  private relation(id: number): Relation {
    return this.schema.relations[id] as Relation;
  }
}
