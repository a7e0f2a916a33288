/**
 * The simulator of asynchronous systems: one scenario gives one run, tick by tick and node by node.
 *
 * Within a tick nodes do not see each other, so that their order there cannot matter. A node that has crashed does
 * nothing at its crash tick or later; what it sent before arrives. One that restarts begins a new life with its disk.
 */
import { invariant } from '../../core/invariant.js';
import { Snapshot, snapshot } from '../data/plain.js';
import type { Handler } from '../runtime/call.js';
import type { Delivery } from '../runtime/delivery.js';
import { operationsOf, type Stamped } from '../runtime/recorded.js';
import type { Final, Message, Reached, Slot, SlotKind } from '../runtime/run.js';
import type { Simulation } from '../runtime/simulator.js';
import { Life, type Stored } from './life.js';
import { deliver, makeNet } from './net.js';
import { makeNode } from './node.js';
import { type Parcel, shown } from './parcel.js';
import type { AnySystem } from './types.js';

/** Told of every task before it is run, in words. */
export type Watch = (call: string) => void;

/** One run of a scenario. @param eot last tick */
export function simulateSystem(
  system: AnySystem,
  eot: number,
  delivery: Delivery,
  traced: boolean,
  watch: Watch,
): Simulation {
  return new World(system, eot, delivery, traced, watch).run();
}

/** A node in a run: its lives, one after the other, and what survives them. */
interface Place {
  readonly id: string;
  readonly disk: Stored;
  readonly log: unknown[];
  readonly recorded: Stamped[];
  life: Life;
  lives: number;
  /** Milliseconds of its clock when the tick begins. */
  clock: number;
}

/** What has arrived at a node at a tick. */
interface Mail {
  readonly from: number;
  readonly sent: number;
  readonly parcels: Parcel[];
}

class World {
  private readonly places: readonly Place[];
  /** By tick, then node. */
  private readonly mail: Mail[][][] = [];
  private readonly messages: Message[] = [];
  private readonly slots: Slot[] = [];

  constructor(
    private readonly system: AnySystem,
    private readonly eot: number,
    private readonly delivery: Delivery,
    private readonly traced: boolean,
    private readonly watch: Watch,
  ) {
    this.places = system.nodes.map((id) => {
      const disk: Stored = new Map();
      return { id, disk, log: [], recorded: [], life: this.born(id, 0, disk), lives: 1, clock: 0 };
    });
  }

  run(): Simulation {
    const ticks: Final[][] = [];
    for (let tick = 1; tick <= this.eot; tick++) {
      for (let number = 0; number < this.places.length; number++) this.turn(number, tick);
      if (this.system.always) ticks.push(this.finals(tick));
    }
    return { messages: this.messages, finals: this.finals(this.eot), slots: this.slots, ticks };
  }

  private born(id: string, lives: number, disk: Stored): Life {
    // What a life comes upon by chance must not come again in the next one.
    const seed = (this.system.definition.seed ?? 1) + lives * 0x10001;
    return new Life(id, seed, disk);
  }

  private turn(number: number, tick: number): void {
    const place = this.places[number] as Place;
    place.life.beginTick();
    if (tick === 1) this.slot(number, tick, 'init', () => this.start(place, `start of ${place.id} at tick 1`));
    if (!this.delivery.up(number, tick)) {
      this.post(place, number, tick, 'init');
      place.clock += this.system.tickMs;
      return;
    }
    if (tick > 1 && this.delivery.away(number, tick - 1)) this.restart(number, tick);
    const { life } = place;
    life.timers.now = Math.max(life.timers.now, place.clock);
    const inbox = (this.mail[tick]?.[number] ?? []).sort((a, b) => a.from - b.from || a.sent - b.sent);
    const first = this.delivery.first(number, tick);
    for (const mail of inbox) if (mail.from === first) this.receive(number, tick, mail);
    this.fire(number, tick, place.clock);
    for (const mail of inbox) if (mail.from !== first) this.receive(number, tick, mail);
    // While its clock stands still there are no other milliseconds.
    if (!this.delivery.standing(number, tick)) {
      this.fire(number, tick, place.clock + this.system.tickMs - 1);
      place.clock += this.system.tickMs;
    }
    this.post(place, number, tick, tick === 1 ? 'init' : 'onMessage');
  }

  private start(place: Place, call: string): void {
    const { life } = place;
    const { nodes, definition } = this.system;
    this.watch(call);
    life.timers.now = place.clock;
    life.task(call, () => void Promise.resolve(definition.start(makeNode(life, nodes), makeNet(life, nodes))));
  }

  private restart(number: number, tick: number): void {
    const place = this.places[number] as Place;
    const last = place.life;
    if (last.failure !== undefined) return;
    place.life = this.born(place.id, place.lives++, place.disk);
    // Answers to requests of an earlier life are nobody's; operations are the outside's.
    place.life.requests = last.requests;
    place.life.asked = last.asked;
    this.slot(number, tick, 'return', () => this.start(place, `restart of ${place.id} at tick ${tick}`));
  }

  private receive(number: number, tick: number, { from, parcels }: Mail): void {
    const { life, id } = this.places[number] as Place;
    const sender = this.system.nodes[from] ?? '';
    const messages = this.traced ? parcels.map(shown) : [];
    const call = `a message to ${id} at tick ${tick} from ${sender}`;
    this.watch(call);
    this.slot(
      number,
      tick,
      from,
      () => {
        for (const parcel of parcels) life.task(call, () => deliver(life, sender, parcel));
      },
      messages,
    );
  }

  private fire(number: number, tick: number, until: number): void {
    const { life, id } = this.places[number] as Place;
    if (!life.hasDue(until)) {
      if (life.failure === undefined) life.timers.now = Math.max(life.timers.now, until);
      return;
    }
    this.watch(`a timer of ${id} at tick ${tick}`);
    this.slot(number, tick, 'timers', () => life.fire(until, tick));
    life.timers.now = Math.max(life.timers.now, until);
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
    const place = this.places[number] as Place;
    const before = kind === 'return' ? [0, 0, 0] : lengthsOf(place.life);
    work();
    this.slots.push({ node: number, tick, kind, messages, reached: this.reached(place, before) });
  }

  /** Where a node is now, and what it did. */
  private reached({ life, disk }: Place, [sent, logged, recorded]: readonly number[]): Reached {
    const { nodes } = this.system;
    const state = { disk: Object.fromEntries([...disk].map(([key, { copy }]) => [key, copy])), now: life.timers.now };
    return {
      state: life.failure === undefined ? Snapshot.of(state) : undefined,
      timers: life.timers.pending().map(([name, left]) => [name, { left, period: 0 }]),
      chance: life.chance.state,
      asked: life.asked,
      failure: life.failure,
      sends: life.sent.slice(sent).map((parcel) => ({ to: nodes.indexOf(parcel.to), message: shown(parcel) })),
      logged: life.logged.slice(logged),
      recorded: life.recorded.slice(recorded),
      call: life.call,
    };
  }

  /** Takes what the node has sent, logged and recorded in this tick. */
  private post({ life, log, recorded, id }: Place, from: number, sent: number, by: Handler): void {
    for (const { copy } of life.logged.splice(0)) log.push(copy);
    for (const one of life.recorded.splice(0)) recorded.push({ ...one, tick: sent });
    const numbers = new Map<string, number>();
    for (const parcel of life.sent.splice(0)) {
      const { to } = parcel;
      const number = (numbers.get(to) ?? 0) + 1;
      numbers.set(to, number);
      const receiver = this.system.nodes.indexOf(to);
      invariant(receiver >= 0, 'messages go to nodes');
      const ticks = this.delivery.arrivals(from, receiver, sent, number);
      const at = ticks.filter((tick) => tick <= this.eot);
      for (const tick of at) this.deliver(tick, receiver, from, sent, parcel);
      this.messages.push({ from: id, to, sent, message: shown(parcel), by, at, lost: ticks.length === 0 });
    }
  }

  private deliver(tick: number, to: number, from: number, sent: number, parcel: Parcel): void {
    this.mail[tick] ??= this.places.map(() => []);
    const inbox = this.mail[tick][to] as Mail[];
    const mail = inbox.find((other) => other.from === from && other.sent === sent);
    if (mail) mail.parcels.push(parcel);
    else inbox.push({ from, sent, parcels: [parcel] });
  }

  private finals(tick: number): Final[] {
    return this.places.map((place, number) => ({
      alive: this.delivery.up(number, tick),
      state: this.stateOf(place, tick),
      log: [...place.log],
      history: operationsOf(place.recorded),
      failure: place.life.failure,
    }));
  }

  /** As the node wants to be looked at. */
  private stateOf({ life, disk, id }: Place, tick: number): unknown {
    if (life.failure !== undefined) return undefined;
    const { show } = life;
    if (!show) return snapshot(Object.fromEntries([...disk].map(([key, { copy }]) => [key, copy]))).copy;
    const call = `what node.show of ${id} was given, at tick ${tick}`;
    this.watch(call);
    return life.looking(call, () => life.plain(show(), 'the state').copy);
  }
}

const lengthsOf = ({ sent, logged, recorded }: Life): number[] => [sent.length, logged.length, recorded.length];
