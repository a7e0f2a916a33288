/**
 * The plain simulator of protocols: one scenario gives one run, by calling the handlers and nothing else.
 *
 * Per tick and node: `init` (at the first tick), the due timers by name, then the inbox by sender and in the order of sending. A node that has
 * crashed does nothing at its crash tick or later; what it sent before arrives. Invariant: nodes share nothing but messages, so the order
 * in which they take their turn within a tick cannot matter.
 */
import { invariant } from '../core/invariant.js';
import { blame, type Call } from './call.js';
import type { Delivery } from './delivery.js';
import { guarded } from './guards.js';
import { refuseLate } from './late.js';
import { Node } from './node.js';
import { NotPlain, type Snapshot, snapshot } from './plain.js';
import type { AnyProtocol } from './types.js';

/** One message of a run. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly message: Snapshot<unknown>;
  /** The ticks at which it arrived, within the end of time. */
  readonly at: readonly number[];
  /** Lost to a fault (not merely to the end of time). */
  readonly lost: boolean;
}

/** A node at the end. */
export interface Final {
  readonly alive: boolean;
  readonly state: unknown;
  readonly log: readonly unknown[];
  /** What a handler threw, if one did. */
  readonly failure: string | undefined;
}

/** The parts of a tick: a node starts, its timers fire, what one sender sent at one tick comes in. */
export type Slot =
  | { readonly kind: 'init' }
  | { readonly kind: 'timers' }
  | { readonly kind: 'inbox'; readonly from: number; readonly messages: readonly Snapshot<unknown>[] };

/** Sees a simulation at work. */
export interface Observer {
  /** Before each call of a handler. */
  call?(call: Call): void;
  /** After each slot in which something was to be done; `node` is at its new state. */
  slot?(node: Node, number: number, tick: number, slot: Slot): void;
  /** After a node's tick. */
  tick?(node: Node, number: number, tick: number): void;
  /** After the run, before anyone judges it. */
  end?(finals: readonly Final[]): void;
}

export interface Simulation {
  readonly messages: readonly Message[];
  /** By node, in order. */
  readonly finals: readonly Final[];
}

/** What has arrived at a node at a tick: sender and tick of sending, in that order. */
interface Mail {
  readonly from: number;
  readonly sent: number;
  readonly messages: Snapshot<unknown>[];
}

/** Runs scenarios of one protocol to one end of time. The nodes are made once, and begin anew in every run. */
export class Simulator {
  private readonly nodes: readonly Node[];
  private readonly numbers: ReadonlyMap<string, number>;

  /** @param eot last tick */
  constructor(
    private readonly protocol: AnyProtocol,
    private readonly eot: number,
  ) {
    this.nodes = protocol.nodes.map((id) => new Node(protocol, id));
    this.numbers = new Map(protocol.nodes.map((id, number) => [id, number]));
  }

  /** @throws LdfiError 'impure-handler', 'not-plain', 'hidden-state', 'runaway-handler', 'bad-protocol' for handlers that do what they must not */
  run(delivery: Delivery, observer: Observer = {}): Simulation {
    refuseLate(this.protocol);
    const simulation = guarded(() => {
      for (const node of this.nodes) node.start(observer.call);
      return new World(this.nodes, this.numbers, this.eot, delivery, observer).run();
    });
    refuseLate(this.protocol);
    return simulation;
  }
}

/** One run. */
class World {
  /** By tick of arrival and receiver, see `place`. */
  private readonly mail: (Mail[] | undefined)[] = [];
  private readonly messages: Message[] = [];
  /** By node, if it has logged anything. */
  private readonly logs: unknown[][] = [];

  constructor(
    private readonly nodes: readonly Node[],
    private readonly numbers: ReadonlyMap<string, number>,
    private readonly eot: number,
    private readonly delivery: Delivery,
    private readonly observer: Observer,
  ) {}

  run(): Simulation {
    for (let tick = 1; tick <= this.eot; tick++)
      for (let number = 0; number < this.nodes.length; number++) this.turn(number, tick);
    const finals = this.nodes.map((node, number) => this.final(node, number));
    this.observer.end?.(finals);
    return { messages: this.messages, finals };
  }

  private place(tick: number, number: number): number {
    return tick * this.nodes.length + number;
  }

  private turn(number: number, tick: number): void {
    const node = this.nodes[number] as Node;
    const { observer } = this;
    if (tick === 1) {
      node.init();
      observer.slot?.(node, number, tick, { kind: 'init' });
    }
    if (!this.delivery.up(number, tick)) {
      // What `init` sent when the crash came at once is lost, but was sent.
      this.post(node, number, tick);
      return;
    }
    if (node.isDue()) {
      node.fire(tick);
      observer.slot?.(node, number, tick, { kind: 'timers' });
    }
    const inbox = this.mail[this.place(tick, number)];
    if (inbox)
      for (const { from, messages } of inbox.length > 1 ? inbox.sort((a, b) => a.from - b.from) : inbox) {
        node.receive(tick, this.nodes[from]?.id ?? '', messages);
        observer.slot?.(node, number, tick, { kind: 'inbox', from, messages });
      }
    this.post(node, number, tick);
    node.endTick();
    observer.tick?.(node, number, tick);
  }

  /** Takes what the node has sent and logged in this tick. */
  private post(node: Node, from: number, sent: number): void {
    const { logged, sends } = node.effects;
    if (logged.length > 0) {
      const log = this.logs[from] ?? [];
      this.logs[from] = log;
      for (const { copy } of logged) log.push(copy);
      logged.length = 0;
    }
    if (sends.length === 0) return;
    for (const { to, message } of sends) {
      const receiver = this.numbers.get(to);
      invariant(receiver !== undefined, 'messages go to nodes');
      const ticks = this.delivery.arrivals(from, receiver, sent);
      const at = ticks.every((tick) => tick <= this.eot) ? ticks : ticks.filter((tick) => tick <= this.eot);
      for (const tick of at) this.deliver(tick, receiver, from, sent, message);
      this.messages.push({ from: node.id, to, sent, message, at, lost: ticks.length === 0 });
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

  private final(node: Node, number: number): Final {
    return {
      alive: this.delivery.up(number, this.eot),
      state: node.failure === undefined ? plainState(node, this.eot).copy : undefined,
      log: this.logs[number] ?? [],
      failure: node.failure,
    };
  }
}

/** The state of a node as plain data. @throws LdfiError 'not-plain' */
export function plainState(node: Node, tick: number): Snapshot<unknown> {
  try {
    return snapshot(node.effects.state, true);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    throw blame(
      node.last ?? { handler: 'init', node: node.id, tick },
      'not-plain',
      `ctx.state${error.path} ${error.problem}`,
    );
  }
}
