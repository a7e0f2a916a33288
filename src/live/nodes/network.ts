/**
 * The network between nodes, services and clients: names messages, decides what becomes of them, and hands over what is
 * due at a tick in one order.
 *
 * A message that is sent during a tick is due at the next one. At one tick messages are in order of addressee, then of
 * sender, then as they were sent, so that the same messages give the same order however the programs were scheduled.
 * Faults are at messages that are sent before EFF, and before the reads at the end.
 */

import { compareValues } from '../../core/value.js';
import type { LiveFault } from '../../experiments/experiment.js';
import { effectOf, kindsAt } from './faults.js';
import { type Message, Namer } from './message.js';
import type { Moment, Sent } from './record.js';
import { isService } from './services/index.js';

/** Most messages of one experiment: a program that sends more is taken to send for ever. */
const MOST_MESSAGES = 50_000;

export interface NetworkOptions {
  readonly nodes: readonly string[];
  /** The kinds of faults that there may be. */
  readonly kinds: readonly string[];
  /** Faults are at messages that are sent before this tick. */
  readonly eff: number;
  /** Families whose messages share one name. */
  readonly grouped: ReadonlySet<string>;
  readonly faults: readonly LiveFault[];
}

/** One copy of a message on its way. */
export interface Copy {
  readonly message: Message;
  readonly sent: Sent;
  readonly due: number;
}

export class Network {
  readonly messages: Sent[] = [];
  /** The tick of the last fault that took effect. */
  lastFault: number | undefined;
  private readonly firedCalls = new Set<string>();
  private isClosed = false;
  private readonly namer: Namer;
  private readonly byCall: ReadonlyMap<string, LiveFault>;
  private copies: Copy[] = [];
  /** Sides of splits, and until which tick each is cut off from the other nodes. */
  private cuts: { readonly side: readonly string[]; readonly until: number }[] = [];
  /** Until which tick a node is answered from an old state of a service, by both names. */
  private readonly staleUntil = new Map<string, number>();
  /** Ids of messages that their senders have numbered, for what answers them. */
  private readonly requests = new Map<string, string>();

  constructor(private readonly options: NetworkOptions) {
    this.namer = new Namer(options.grouped);
    this.byCall = new Map(options.faults.map((fault) => [fault.call, fault]));
  }

  /** Whether so many messages were sent that there is no end in sight. */
  get isFlooded(): boolean {
    return this.messages.length > MOST_MESSAGES;
  }

  /** The faults that took effect. */
  get fired(): LiveFault[] {
    return this.options.faults.filter(({ call }) => this.firedCalls.has(call));
  }

  /** From now on there are no faults: what is read at the end is to show what has become of all. */
  close(): void {
    this.isClosed = true;
    this.cuts = [];
  }

  /** A fault takes effect. */
  strike({ call }: LiveFault, tick: number): void {
    this.firedCalls.add(call);
    this.lastFault = tick;
  }

  /** Whether a fault has taken effect. */
  hasStruck({ call }: LiveFault): boolean {
    return this.firedCalls.has(call);
  }

  /** Whether something between nodes and services is on its way. */
  get isBusy(): boolean {
    return this.copies.some(({ sent }) => this.isInside(sent));
  }

  /** Takes a message. @param at when it is sent */
  send(message: Message, at: Moment): Sent {
    const { src: from, dest: to, body } = message;
    const id = this.namer.idOf(message);
    const isEarly = at.tick < this.options.eff && !this.isClosed;
    const kinds = isEarly ? kindsAt(this.options.kinds, { from, to, type: body.type }, this.options.nodes) : [];
    const planned = this.byCall.get(id);
    const isCut = this.isCut(from, to, at.tick);
    const fault = planned && !isCut && kinds.includes(planned.kind) ? planned : undefined;
    const parent =
      typeof body.in_reply_to === 'number' ? this.requests.get(requestKey(to, from, body.in_reply_to)) : undefined;
    const sent: Sent = {
      ...{ id, from, to, body, sent: at, parent, kinds, fault },
      fate: isCut ? 'cut' : 'flying',
      ...{ hasOlderAnswer: false, arrivals: [] },
    };
    if (typeof body.msg_id === 'number') this.requests.set(requestKey(from, to, body.msg_id), id);
    this.messages.push(sent);
    if (!isCut) this.route(message, sent, at.tick);
    return sent;
  }

  private route(message: Message, sent: Sent, tick: number): void {
    const effect = sent.fault && effectOf(sent.fault.kind);
    if (sent.fault && !effect?.crashes) this.strike(sent.fault, tick);
    if (effect && effect.cutOff > 0) {
      const side = effect.side.length > 0 ? effect.side : [sent.from];
      this.cuts.push({ side, until: Math.min(tick + effect.cutOff, this.options.eff) });
    }
    // The first of a family begins it.
    if (effect && effect.staleFor > 0 && !this.staleUntil.has(pairKey(sent)))
      this.staleUntil.set(pairKey(sent), tick + effect.staleFor);
    if (effect?.loses) {
      sent.fate = 'lost';
      return;
    }
    this.copies.push({ message, sent, due: tick + 1 + (effect?.late ?? 0) });
    if (effect?.twice) this.copies.push({ message, sent, due: tick + 2 });
  }

  /** What is due by a tick, in order; it is not on its way any more. */
  due(tick: number): Copy[] {
    const due = this.copies.filter((copy) => copy.due <= tick);
    this.copies = this.copies.filter((copy) => copy.due > tick);
    return due.sort(
      ({ sent: a, due: dueA }, { sent: b, due: dueB }) =>
        dueA - dueB || compareValues(a.to, b.to) || compareValues(a.from, b.from) || a.sent.order - b.sent.order,
    );
  }

  /** Whether a message to a service is answered from an old state, because of a fault at it or at an earlier one. */
  isStale({ from, to, fault, sent: { tick } }: Sent): boolean {
    const isHit = fault !== undefined && effectOf(fault.kind).stale;
    return isHit || (this.staleUntil.get(pairKey({ from, to })) ?? 0) > tick;
  }

  /** Puts off a copy by a tick. */
  again({ message, sent, due }: Copy): void {
    this.copies.push({ message, sent, due: due + 1 });
  }

  /** Whether both ends of a message are nodes or services. */
  private isInside({ from, to }: Sent): boolean {
    const { nodes } = this.options;
    return [from, to].every((name) => nodes.includes(name) || isService(name));
  }

  private isCut(from: string, to: string, tick: number): boolean {
    const { nodes } = this.options;
    if (from === to || !nodes.includes(from) || !nodes.includes(to)) return false;
    return this.cuts.some(({ side, until }) => until > tick && side.includes(from) !== side.includes(to));
  }
}

const pairKey = ({ from, to }: Pick<Sent, 'from' | 'to'>): string => `${from} ${to}`;

const requestKey = (from: string, to: string, number: number): string => `${from} ${to} ${number}`;
