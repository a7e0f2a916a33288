/**
 * What is known of a protocol: learned transitions, answers of its check, and where its handlers stand. The handlers
 * themselves are not needed.
 */
import type { SourceFile } from '../../../dedalus/ast.js';
import { DecisionTree } from '../../../lineage/learned/decision-tree.js';
import type { Knowledge } from '../../../lineage/learned/system.js';
import { Table } from '../../../lineage/learned/table.js';
import type { WalkStep } from '../../../lineage/learned/walk.js';
import type { Handler } from '../../reporters/locate.js';
import { definitionOf } from '../../source/definition.js';
import type { Items } from '../case.js';
import type { FactKey, Source } from '../views.js';
import { type Entry, entriesOf, keyOfEntry } from './entries.js';
import { entryFact, entryText, factText, messageOf } from './facts.js';
import { readableMessage } from './readable.js';
import { handlerSource } from './source.js';

export type Entries = ReadonlyMap<string, Entry>;

export class Known {
  readonly table: Table;
  readonly tree: DecisionTree;
  /** Of what is promised of every tick. */
  readonly always: DecisionTree | undefined;
  private readonly entriesAt: (Entries | undefined)[] = [];
  private readonly itemsAt = new Map<string, Items>();
  private readonly sources = new Map<Handler, Source>();
  private returning: Handler | undefined;

  constructor(
    knowledge: Knowledge,
    private readonly files: readonly SourceFile[],
    private readonly protocol: string,
  ) {
    this.table = Table.from(knowledge.table);
    this.tree = DecisionTree.from(knowledge.tree);
    this.always = knowledge.always === undefined ? undefined : DecisionTree.from(knowledge.always ?? undefined);
  }

  get nodes(): readonly string[] {
    return this.table.nodes;
  }

  /** What a node in σ keeps. */
  entries(sigma: number): Entries {
    let entries = this.entriesAt[sigma];
    if (!entries) {
      const { final } = this.table.final(sigma, true);
      entries = new Map(entriesOf(final).map((entry) => [keyOfEntry(entry), entry]));
      this.entriesAt[sigma] = entries;
    }
    return entries;
  }

  /** The same, as facts of a node. */
  items(node: number, sigma: number): Items {
    const key = `${node} ${sigma}`;
    let items = this.itemsAt.get(key);
    if (!items) {
      items = new Map([...this.entries(sigma)].map(([name, entry]) => [name, itemOf(this.nodes[node] ?? '', entry)]));
      this.itemsAt.set(key, items);
    }
    return items;
  }

  /** The handler that a step called: who comes back has one of its own, or begins anew. */
  handlerOf({ cause }: WalkStep): Handler {
    if (cause.kind === 'return') {
      this.returning ??= definitionOf(this.files, this.protocol, 'onRestart') ? 'onRestart' : 'init';
      return this.returning;
    }
    return cause.kind === 'inbox' ? 'onMessage' : cause.kind === 'timers' ? 'onTimer' : 'init';
  }

  /** Where a handler is defined. */
  source(handler: Handler): Source {
    const source = this.sources.get(handler) ?? handlerSource(this.files, this.protocol, handler);
    this.sources.set(handler, source);
    return source;
  }

  /** Messages of a batch as text. */
  labels(batch: number): string[] {
    return this.table.messagesOf(batch).map(({ copy }) => readableMessage(copy));
  }

  /** Any fact, with its node. */
  text(fact: Pick<FactKey, 'relation' | 'row'>): string {
    const message = messageOf(fact);
    return message ? `${message.from}→${message.to} ${this.labels(message.batch).join(', ')}` : factText(fact);
  }
}

const itemOf = (node: string, entry: Entry) => {
  const { relation, path, value } = entry;
  const cells =
    relation === 'threw'
      ? [value]
      : [relation === 'log' || relation === 'history' ? path : path.replace(/^\./, ''), value];
  return { relation, row: entryFact(node, entry, 0).row, text: entryText(entry), cells };
};
