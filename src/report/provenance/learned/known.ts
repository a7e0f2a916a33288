/**
 * What is known of a protocol: learned transitions, answers of its check, and where its handlers stand. The handlers
 * themselves are not needed.
 */
import { getOrMake } from '../../../core/memo.js';
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
  private readonly entriesAt = new Map<number, Entries>();
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
    return getOrMake(this.entriesAt, sigma, () => {
      const { final } = this.table.final(sigma, true);
      return new Map(entriesOf(final).map((entry) => [keyOfEntry(entry), entry]));
    });
  }

  /** The same, as facts of a node. */
  items(node: number, sigma: number): Items {
    const name = this.nodes[node] ?? '';
    return getOrMake(
      this.itemsAt,
      `${node} ${sigma}`,
      () => new Map([...this.entries(sigma)].map(([key, entry]) => [key, itemOf(name, entry)])),
    );
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
    return getOrMake(this.sources, handler, () => handlerSource(this.files, this.protocol, handler));
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
