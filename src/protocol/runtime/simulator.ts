/**
 * The plain simulator of protocols: one scenario gives one run, by calling the handlers and nothing else.
 *
 * Per tick and node: `init` (at the first tick), the due timers by name, then the inbox by sender and in the order of
 * sending; a fault may put one sender first. A node that has crashed does nothing at its crash tick or later; what it
 * sent before arrives. One that restarts comes back with what is durable. Invariant: nodes share nothing but messages,
 * so the order in which they take their turn within a tick cannot matter.
 */
import { invariant } from '../../core/invariant.js';
import type { Snapshot } from '../data/plain.js';
import type { AnyProtocol } from '../types.js';
import type { Call } from './call.js';
import type { Delivery } from './delivery.js';
import { Node } from './node.js';
import { operationsOf, type Stamped } from './recorded.js';
import type { Final, Message, Slot, SlotKind } from './run.js';

export interface Simulation {
  readonly messages: readonly Message[];
  /** By node, in order. */
  readonly finals: readonly Final[];
  /** In order, if they were wanted. */
  readonly slots: readonly Slot[];
  /** All nodes at the end of each tick, from 1 on, if something is promised of every tick. */
  readonly ticks: readonly (readonly Final[])[];
}

/** What has arrived at a node at a tick: sender and tick of sending, in that order. */
interface Mail {
  readonly from: number;
  readonly sent: number;
  readonly messages: Snapshot<unknown>[];
}

/** Runs scenarios of one protocol. The nodes are made once, and begin anew in every run. */
export class Simulator {
  private readonly nodes: readonly Node[];
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(private readonly protocol: AnyProtocol) {
    this.nodes = protocol.nodes.map((id) => new Node(protocol, id));
    this.numbers = new Map(protocol.nodes.map((id, number) => [id, number]));
  }

  /**
   * @param eot last tick
   * @param watch told of every call before it is made
   * @throws LdfiError 'impure-handler', 'not-plain', 'hidden-state', 'runaway-handler', 'bad-protocol' for handlers
   * that do what they must not
   */
  run(eot: number, delivery: Delivery, traced = false, watch?: (call: Call) => void): Simulation {
    for (const node of this.nodes) node.start(watch);
    return new World(this.nodes, this.numbers, eot, delivery, traced).run(this.protocol.always);
  }
}

/** One run. */
class World {
  /** By tick of arrival and receiver, see `place`. */
  private readonly mail: (Mail[] | undefined)[] = [];
  private readonly messages: Message[] = [];
  /** By node, if it has logged anything. */
  private readonly logs: unknown[][] = [];
  /** The same of what became of its operations. */
  private readonly recorded: Stamped[][] = [];
  private readonly slots: Slot[] = [];

  constructor(
    private readonly nodes: readonly Node[],
    private readonly numbers: ReadonlyMap<string, number>,
    private readonly eot: number,
    private readonly delivery: Delivery,
    private readonly traced: boolean,
  ) {}

  run(everyTick: boolean): Simulation {
    const ticks: Final[][] = [];
    for (let tick = 1; tick <= this.eot; tick++) {
      for (let number = 0; number < this.nodes.length; number++) this.turn(number, tick);
      if (everyTick) ticks.push(this.nodes.map((node, number) => this.final(node, number, tick)));
    }
    const finals = this.nodes.map((node, number) => this.final(node, number, this.eot));
    return { messages: this.messages, finals, slots: this.slots, ticks };
  }

  private place(tick: number, number: number): number {
    return tick * this.nodes.length + number;
  }

  private turn(number: number, tick: number): void {
    const node = this.nodes[number] as Node;
    if (tick === 1) this.slot(number, tick, 'init', () => node.init());
    if (!this.delivery.up(number, tick)) {
      // What `init` sent when the crash came at once is lost, but was sent.
      this.post(node, number, tick);
      return;
    }
    if (tick > 1 && node.failure === undefined && this.delivery.away(number, tick - 1))
      this.slot(number, tick, 'return', () => node.restart(tick));
    const inbox = this.mail[this.place(tick, number)] ?? [];
    if (inbox.length > 1) inbox.sort((a, b) => a.from - b.from);
    const first = this.delivery.first(number, tick);
    for (const mail of inbox) if (mail.from === first) this.receive(number, tick, mail);
    if (node.isDue()) this.slot(number, tick, 'timers', () => node.fire(tick));
    for (const mail of inbox) if (mail.from !== first) this.receive(number, tick, mail);
    this.post(node, number, tick);
    if (!this.delivery.standing(number, tick)) node.endTick();
  }

  private receive(number: number, tick: number, { from, messages }: Mail): void {
    const node = this.nodes[number] as Node;
    this.slot(number, tick, from, () => node.receive(tick, this.nodes[from]?.id ?? '', messages), messages);
  }

  private slot(
    number: number,
    tick: number,
    kind: SlotKind,
    work: () => void,
    messages: readonly Snapshot[] = [],
  ): void {
    if (!this.traced) {
      work();
      return;
    }
    const node = this.nodes[number] as Node;
    const { sends, logged, recorded } = node.effects;
    const before = [sends.length, logged.length, recorded.length] as const;
    work();
    this.slots.push({ node: number, tick, kind, messages, reached: node.reached(tick, ...before) });
  }

  /** Takes what the node has sent, logged and recorded in this tick. */
  private post(node: Node, from: number, sent: number): void {
    const { logged, recorded, sends } = node.effects;
    if (logged.length > 0) {
      const log = this.logs[from] ?? [];
      this.logs[from] = log;
      for (const { copy } of logged) log.push(copy);
      logged.length = 0;
    }
    if (recorded.length > 0) {
      this.recorded[from] = [...(this.recorded[from] ?? []), ...recorded.map((one) => ({ ...one, tick: sent }))];
      recorded.length = 0;
    }
    if (sends.length === 0) return;
    const numbers = new Map<string, number>();
    for (const { to, message, by } of sends) {
      const number = (numbers.get(to) ?? 0) + 1;
      numbers.set(to, number);
      const receiver = this.numbers.get(to);
      invariant(receiver !== undefined, 'messages go to nodes');
      const ticks = this.delivery.arrivals(from, receiver, sent, number);
      const at = ticks.every((tick) => tick <= this.eot) ? ticks : ticks.filter((tick) => tick <= this.eot);
      for (const tick of at) this.deliver(tick, receiver, from, sent, message);
      this.messages.push({ from: node.id, to, sent, message, by, at, lost: ticks.length === 0 });
    }
    sends.length = 0;
  }

  private deliver(tick: number, to: number, from: number, sent: number, message: Snapshot<unknown>): void {
    const place = this.place(tick, to);
    const inbox = this.mail[place];
    const mail = inbox?.find((other) => other.from === from && other.sent === sent);
    if (mail) mail.messages.push(message);
    else if (inbox) inbox.push({ from, sent, messages: [message] });
    else this.mail[place] = [{ from, sent, messages: [message] }];
  }

  private final(node: Node, number: number, tick: number): Final {
    return {
      alive: this.delivery.up(number, tick),
      state: node.failure === undefined ? node.plainState(tick).copy : undefined,
      log: [...(this.logs[number] ?? [])],
      history: operationsOf(this.recorded[number] ?? []),
      failure: node.failure,
    };
  }
}
