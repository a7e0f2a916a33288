/**
 * What arrives at a node, as formulas: by sender and tick of sending, the batches that it may be, and when.
 */
import { FALSE, type Formula } from '../../core/circuit.js';
import type { FaultSpace } from '../../faults/space.js';
import { type Cases, Collector } from './cases.js';
import type { Outbox } from './outbox.js';
import type { Transitions } from './transitions.js';

/** That what `from` sent at tick `sent` arrives: all of it, or each message that has a fate of its own. */
export interface Delivered {
  readonly from: number;
  readonly sent: number;
  readonly whens: readonly Formula[];
}

export class Mail {
  /** @param sent by tick, then node: what was sent in it; grows */
  constructor(
    private readonly space: FaultSpace,
    private readonly transitions: Transitions,
    private readonly sent: readonly (readonly Outbox[])[],
  ) {}

  /** Who may send what arrives at a node at a tick, and when it does; by sender, then tick of sending. */
  deliveries(node: number, tick: number): Delivered[] {
    const { nodes, perMessage = 0 } = this.space.bounds;
    const found: Delivered[] = [];
    for (let from = 0; from < nodes.length; from++)
      for (let sent = 1; sent < tick; sent++) {
        const whens = Array.from({ length: Math.max(1, perMessage) }, (_, i) => {
          const arrivals = this.space.arrivals(from, node, sent, i + 1);
          return arrivals.find(({ at }) => at === tick)?.when ?? FALSE;
        });
        if (whens.some((when) => when !== FALSE)) found.push({ from, sent, whens });
      }
    return found;
  }

  /** What of that which `from` sent to `to` at a tick arrives: batches other than nothing. */
  batches({ from, sent, whens }: Delivered, to: number): Cases {
    const { circuit } = this.space;
    const arriving = new Collector();
    for (const [batch, when] of this.sent[sent]?.[from]?.get(to) ?? [])
      for (const part of this.parts(batch, whens)) arriving.add(part.batch, circuit.and([when, part.when]));
    return arriving.cases(circuit);
  }

  /**
   * The parts of a batch that may arrive together: all of it, or each choice of messages that have fates of their own.
   */
  private parts(batch: number, whens: readonly Formula[]): { batch: number; when: Formula }[] {
    if (whens.length === 1) return [{ batch, when: whens[0] as Formula }];
    const { circuit } = this.space;
    const messages = this.transitions.messagesOf(batch);
    const fates = whens.slice(0, messages.length);
    return Array.from({ length: 2 ** fates.length - 1 }, (_, i) => i + 1).map((mask) => {
      const arrives = (fate: number): boolean => (mask >> fate) % 2 === 1;
      const here = messages.filter((_message, i) => arrives(Math.min(i, fates.length - 1)));
      const when = circuit.and(fates.map((fate, i) => (arrives(i) ? fate : -fate)));
      return { batch: this.transitions.batch(here), when };
    });
  }
}
