/**
 * Needs: what the leaves of supports ask for, in words, which of a scenario's faults deny it, and which leaves are alike.
 *
 * Two leaves have the same slot if they are the same message but for the tick; all other leaves have a slot of their own.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import { formatFault } from '../../faults/scenario.js';
import type { Schema } from '../../simulator/schema.js';
import type { KnownNeeds, Swap } from '../merge.js';
import { exchange, Slots } from '../slots.js';
import type { LedgerNeed } from '../views.js';
import { faultInWords } from '../words.js';
import { type Leaf, type Leaves, timeOf } from './leaves.js';
import type { Lexicon } from './lexicon.js';
import { OPEN } from './pattern.js';

export class Needs implements KnownNeeds {
  private readonly kept: LedgerNeed[] = [];
  private readonly slots = new Slots<Leaf>((leaf, swap) => this.slotKey(leaf, swap));
  /** Slot per leaf. */
  private readonly slotOf: number[] = [];

  constructor(
    private readonly schema: Schema,
    private readonly names: Lexicon,
    private readonly leaves: Leaves,
    private readonly scenario: Scenario,
  ) {}

  /** What a leaf (a number) needs. */
  of(leaf: number): LedgerNeed {
    let need = this.kept[leaf];
    if (!need) {
      const it = this.leaves.leaf(leaf);
      const cut = this.scenario.flatMap((fault, i) => (this.cuts(fault, it) ? [i] : []));
      need = { ...this.inWords(it), tick: it.kind === 'message' ? it.sent : undefined, cut };
      this.kept[leaf] = need;
    }
    return need;
  }

  /** The number of a leaf's slot. */
  slot(leaf: number): number {
    this.slotOf[leaf] ??= this.slots.of(this.leaves.leaf(leaf));
    return this.slotOf[leaf];
  }

  exchanged(slot: number, swap: Swap): number {
    return this.slots.exchanged(slot, swap);
  }

  private slotKey(leaf: Leaf, swap: Swap | undefined): string {
    const node = (number: number): number => exchange(number, swap);
    const value = (id: number): number => {
      const number = swap ? this.schema.nodeOf(id) : -1;
      return number < 0 ? id : (this.schema.nodeValues[node(number)] as number);
    };
    if (leaf.kind === 'alive') return `alive ${value(leaf.node)} ${leaf.tick}`;
    if (leaf.kind === 'message') {
      const columns = this.schema.relations[leaf.relation]?.tuples.get(leaf.tuple) ?? [];
      return `${leaf.relation} ${node(leaf.from)} ${node(leaf.to)} ${columns.map(value).join(',')}`;
    }
    const name = (of: string): number => node(this.schema.nodes.indexOf(of));
    const { fault } = leaf;
    return fault.kind === 'crash'
      ? `crash ${name(fault.node)} ${fault.tick}`
      : `loss ${name(fault.from)} ${name(fault.to)} ${fault.tick}`;
  }

  private inWords(leaf: Leaf): { readonly id: string; readonly text: string } {
    if (leaf.kind === 'message') {
      const { from, to, sent, relation, tuple } = leaf;
      const text = `${this.names.text(relation, tuple)} ${this.names.node(from)}→${this.names.node(to)}`;
      return { id: this.names.message(from, to, sent, relation, tuple), text };
    }
    if (leaf.kind === 'fault') return { id: `fault ${formatFault(leaf.fault)}`, text: faultInWords(leaf.fault) };
    const [node, tick] = [leaf.node, leaf.tick].map((id) => (id === OPEN ? undefined : this.schema.values.get(id)));
    const text = `${node ?? 'no node'} ${node === undefined ? 'crashes' : 'does not crash'}${tick === undefined ? '' : ` at tick ${tick}`}`;
    return { id: `alive ${text}`, text };
  }

  /** Whether a fault makes a leaf false. */
  private cuts(fault: Fault, leaf: Leaf): boolean {
    // That another fault happens is nothing that a fault could prevent.
    if (leaf.kind === 'fault') return false;
    if (leaf.kind === 'alive') {
      if (fault.kind !== 'crash') return false;
      const node = this.schema.nodeValues[this.schema.nodes.indexOf(fault.node)];
      return (
        (leaf.node === OPEN || leaf.node === node) &&
        (leaf.tick === OPEN || this.schema.values.get(leaf.tick) === fault.tick)
      );
    }
    const [from, to] = [this.names.node(leaf.from), this.names.node(leaf.to)];
    return fault.kind === 'crash'
      ? fault.node === from && fault.tick <= leaf.sent
      : fault.from === from && fault.to === to && fault.tick === leaf.sent;
  }

  /** Leaves in the order of time: messages as they are sent, then the rest. */
  inOrder(support: readonly number[]): number[] {
    return [...support].sort((a, b) => timeOf(this.leaves.leaf(a)) - timeOf(this.leaves.leaf(b)));
  }
}
