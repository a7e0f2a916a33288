/**
 * Needs of a protocol's ways, by number: that a message arrives, or that a node does not crash; in words, which of a scenario's faults deny it, and
 * which needs are alike.
 *
 * Two needs have the same slot if they are the same messages from the same node to the same node but for the tick; that a node is up has a slot of its own.
 */
import type { Fault } from '../../faults/fault.js';
import type { WalkMail } from '../../lineage/learned/walk.js';
import type { KnownNeeds, Swap } from '../merge.js';
import { exchange, Slots } from '../slots.js';
import type { LedgerNeed } from '../views.js';
import type { Case } from './case.js';
import { messageId } from './story.js';

type Crash = Fault & { readonly kind: 'crash' };

type Leaf = { readonly kind: 'mail'; readonly mail: WalkMail } | { readonly kind: 'up'; readonly fault: Crash };

/** A string in the text of plain data. */
const STRING = /"(?:[^"\\]|\\.)*"/g;

export class Needs implements KnownNeeds {
  private readonly leaves: Leaf[] = [];
  private readonly needs: LedgerNeed[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly slots = new Slots<Leaf>((leaf, swap) => this.slotKey(leaf, swap));

  constructor(private readonly it: Case) {}

  /** The number of the need that a message arrives. */
  mail(mail: WalkMail): number {
    const { known, scenario } = this.it;
    const [from, to] = [known.nodes[mail.from] ?? '', known.nodes[mail.to] ?? ''];
    const denies = (fault: Fault): boolean => {
      if (fault.kind === 'omission') return fault.from === from && fault.to === to && fault.tick === mail.sent;
      // What reaches a node that has crashed is not handled.
      const unheard = fault.node === to && mail.at.every((tick) => fault.tick <= tick);
      return unheard || (fault.node === from && fault.tick <= mail.sent);
    };
    return this.number(
      { kind: 'mail', mail },
      {
        id: messageId(mail, 0),
        text: `${known.labels(mail.batch).join(', ')} ${from}→${to}`,
        tick: mail.sent,
        cut: scenario.flatMap((fault, i) => (denies(fault) ? [i] : [])),
      },
    );
  }

  /** The number of the need that a node of the scenario does not crash. */
  up(fault: Crash): number {
    const { node, tick } = fault;
    const cut = [this.it.scenario.indexOf(fault)];
    return this.number(
      { kind: 'up', fault },
      { id: `up ${node} ${tick}`, text: `${node} is up at tick ${tick}`, tick: undefined, cut },
    );
  }

  of(need: number): LedgerNeed {
    return this.needs[need] as LedgerNeed;
  }

  slot(need: number): number {
    return this.slots.of(this.leaves[need] as Leaf);
  }

  exchanged(slot: number, swap: Swap): number {
    return this.slots.exchanged(slot, swap);
  }

  inOrder(support: readonly number[]): number[] {
    const place = (need: number): readonly number[] => {
      const leaf = this.leaves[need] as Leaf;
      return leaf.kind === 'mail' ? [leaf.mail.sent, leaf.mail.from, leaf.mail.to] : [Number.POSITIVE_INFINITY];
    };
    return support
      .map((need) => ({ need, place: place(need) }))
      .sort((a, b) => compare(a.place, b.place))
      .map(({ need }) => need);
  }

  private number(leaf: Leaf, need: LedgerNeed): number {
    const known = this.numbers.get(need.id);
    if (known !== undefined) return known;
    this.numbers.set(need.id, this.needs.length);
    this.leaves.push(leaf);
    return this.needs.push(need) - 1;
  }

  private slotKey(leaf: Leaf, swap: Swap | undefined): string {
    const { table, nodes } = this.it.known;
    if (leaf.kind === 'up') return `up ${exchange(nodes.indexOf(leaf.fault.node), swap)} ${leaf.fault.tick}`;
    const { from, to, batch } = leaf.mail;
    const said = table.messagesOf(batch).map(({ text }) => this.swapped(text, swap));
    return `${exchange(from, swap)} ${exchange(to, swap)} ${said.join('\n')}`;
  }

  /** Plain data, as text, in which nodes that change places are called by each other's name. */
  private swapped(text: string, swap: Swap | undefined): string {
    if (!swap) return text;
    const [a, b] = swap.map((node) => JSON.stringify(this.it.known.nodes[node]));
    return text.replace(STRING, (string) => (string === a ? b : string === b ? a : undefined) ?? string);
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] ?? 0);
}
