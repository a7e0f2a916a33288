/**
 * A case of a protocol: the run of one scenario as the learned transitions give it, beside the runs it is compared with: without faults, and with one fault
 * less. The handlers themselves are not needed.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { canonical, formatScenario } from '../../faults/scenario.js';
import { FaultSpace } from '../../faults/space.js';
import type { Knowledge } from '../../lineage/learned/system.js';
import { Table } from '../../lineage/learned/table.js';
import { DecisionTree } from '../../lineage/learned/tree.js';
import { walk } from '../../lineage/learned/walk.js';
import type { Handler } from '../reporters/locate.js';
import type { Source } from '../views.js';
import { type FactKey, factText, messageOf } from './facts.js';
import { readableMessage } from './readable.js';
import { handlerSource } from './source.js';
import { EntryCache, Told } from './told.js';

/** Most faults whose removal is tried, and most runs that are kept. */
const MOST = { removed: 12, kept: 200 } as const;

/** What is known of a protocol within bounds, ready to be asked. */
export class Known {
  readonly table: Table;
  readonly tree: DecisionTree;
  private readonly space: FaultSpace;
  private readonly cache: EntryCache;
  private readonly kept = new Map<string, Told>();
  private readonly sources = new Map<Handler, Source>();

  constructor(
    knowledge: Knowledge,
    bounds: Bounds,
    readonly files: readonly SourceFile[],
    private readonly protocol: string,
  ) {
    this.table = Table.from(knowledge.table);
    this.tree = DecisionTree.from(knowledge.tree);
    this.space = new FaultSpace({ ...bounds, nodes: this.table.nodes });
    this.cache = new EntryCache(this.table);
  }

  get nodes(): readonly string[] {
    return this.table.nodes;
  }

  told(scenario: Scenario): Told {
    const key = formatScenario(scenario);
    let told = this.kept.get(key);
    if (!told) {
      told = new Told(walk(this.table, this.tree, this.space, scenario), this.nodes, this.cache);
      for (const oldest of [...this.kept.keys()].slice(0, this.kept.size - MOST.kept)) this.kept.delete(oldest);
      this.kept.set(key, told);
    }
    return told;
  }

  /** Where a handler is defined. */
  source(handler: Handler): Source {
    let source = this.sources.get(handler);
    if (!source) {
      source = handlerSource(this.files, this.protocol, handler);
      this.sources.set(handler, source);
    }
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

export class Case {
  readonly told: Told;
  readonly good: Told;

  /**
   * @param scenario canonical and within the bounds
   * @param others all that it is to be compared with, if not with everything that is known
   */
  constructor(
    readonly known: Known,
    readonly scenario: Scenario,
    private others?: readonly Told[],
  ) {
    this.told = known.told(scenario);
    this.good = known.told([]);
  }

  get isGood(): boolean {
    return this.scenario.length === 0;
  }

  /** Known runs that this one is compared with: the failure-free one first, then those with one fault less. */
  get references(): readonly Told[] {
    this.others ??= this.isGood
      ? []
      : [[], ...(this.scenario.length < 2 ? [] : this.scenario.slice(0, MOST.removed).map((_, i) => this.less(i)))]
          .map((scenario) => this.known.told(scenario))
          .filter(({ walk }) => walk.outcome !== undefined);
    return this.others;
  }

  private less(removed: number): Scenario {
    return canonical(this.scenario.filter((_, i) => i !== removed));
  }
}
