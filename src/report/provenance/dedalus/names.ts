/**
 * Names of interned things: facts and rules as the page shows them, and back.
 */
import { formatFact, formatValue, type Row } from '../../../core/value.js';
import type { Span } from '../../../dedalus/ast.js';
import { locate } from '../../../dedalus/locate.js';
import { durableRelations } from '../../../dedalus/stops.js';
import type { DedalusSystem } from '../../../lineage/ground/system.js';
import type { Relation } from '../../../simulator/relation.js';
import type { Schema } from '../../../simulator/schema.js';
import type { Item } from '../case.js';
import type { FactKey, FactView, Source } from '../views.js';
import { ANY, OPEN, type Pattern } from './pattern.js';
import { unaffectedRelations } from './relations.js';

export class Names {
  readonly schema: Schema;
  /** Relations that no fault can change. */
  readonly unaffected: ReadonlySet<number>;
  /** Names of the relations that a node still has when it comes back. */
  readonly durable: ReadonlySet<string>;
  private readonly rules: Source[] = [];
  private readonly kept: Item[][];

  constructor(readonly system: DedalusSystem) {
    this.schema = system.schema;
    this.durable = new Set(durableRelations(system.program));
    this.unaffected = unaffectedRelations(this.schema, system.space.has.stops);
    this.kept = this.schema.relations.map(() => []);
  }

  /** The name of node number `node`. */
  node(node: number): string {
    return this.schema.nodes[node] ?? '?';
  }

  /** A tuple of a relation, once for all. */
  item(relation: number, tuple: number): Item {
    const items = this.kept[relation] as Item[];
    const known = items[tuple];
    if (known) return known;
    const { name } = this.relation(relation);
    const row = this.relation(relation).row(tuple, this.schema.values);
    const item = { relation: name, row, text: formatFact(name, row), quiet: relation === this.schema.crash.id };
    items[tuple] = item;
    return item;
  }

  /** `log("a", 1)` for a tuple of a relation. */
  text(relation: number, tuple: number): string {
    return this.item(relation, tuple).text;
  }

  /** The id of a message (`MessageView.id`): `a→b@1 log("b", 1)`. */
  message(from: number, to: number, sent: number, relation: number, tuple: number): string {
    return `${this.node(from)}→${this.node(to)}@${sent} ${this.text(relation, tuple)}`;
  }

  row(relation: number, tuple: number): Row {
    return this.item(relation, tuple).row;
  }

  /** A pattern as a fact; open columns are `ANY` in its row and `_` in its text. */
  view({ relation, columns, tick }: Pattern): FactView {
    const { name } = this.relation(relation);
    const row = columns.map((id) => (id === OPEN ? ANY : this.schema.values.get(id)));
    const text = `${name}(${row.map((value) => (value === ANY ? '_' : formatValue(value))).join(', ')})`;
    return { relation: name, row, tick, text };
  }

  /** The pattern that a fact of the page stands for; undefined for an unknown relation or a wrong number of columns. */
  pattern({ relation, row, tick }: FactKey): Pattern | undefined {
    const found = this.schema.findRelation(relation);
    if (!found || found.arity !== row.length) return undefined;
    const columns = row.map((value) => (value === ANY ? OPEN : this.schema.values.intern(value)));
    return { relation: found.id, columns, tick };
  }

  /** Where a rule of the program stands. */
  rule(index: number): Source {
    const rule = this.schema.program.rules[index];
    this.rules[index] ??= rule ? this.source(rule.span) : { file: '', line: 1, text: '' };
    return this.rules[index];
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
