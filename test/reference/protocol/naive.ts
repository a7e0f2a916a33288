/**
 * The naive simulator of protocols in TypeScript: handlers called one after another on a hand-made context. Slow and
 * plain on purpose.
 *
 * It shares types with src/protocol and nothing else: no interning, no guards, no memory from one run to the next. What
 * it does is what the comments of src/protocol/types.ts promise, so whoever disagrees with it is wrong about those, or
 * those are.
 */
import type { Bounds, Scenario } from '../../../src/faults/fault.js';
import type { Actor, CheckAnswer, Context, ProtocolDefinition, World } from '../../../src/protocol/types.js';
import { clockOf, type NaiveClock } from '../all-kinds.js';
import type { Clock } from '../scenarios.js';

// biome-ignore lint/suspicious/noExplicitAny: states and messages of any protocol
export type Definition = ProtocolDefinition<any, any, any>;
type AnyActor = Actor<unknown, unknown, unknown>;

interface NaiveMessage {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly message: unknown;
  readonly at: readonly number[];
  readonly lost: boolean;
}

interface NaiveThrow {
  readonly node: string;
  readonly tick: number;
  readonly handler: 'init' | 'onMessage' | 'onTimer' | 'onRestart';
  /** The error in words. */
  readonly text: string;
}

export interface NaiveRun {
  readonly answer: CheckAnswer;
  /** The first tick at which what is promised of every tick does not hold. */
  readonly broken: { readonly tick: number; readonly answer: CheckAnswer } | undefined;
  readonly outcome: 'holds' | 'vacuous' | 'violated';
  /** Handlers that threw: a node's first one is its last. The others go on. */
  readonly thrown: readonly NaiveThrow[];
  readonly states: ReadonlyMap<string, unknown>;
  readonly logs: ReadonlyMap<string, readonly unknown[]>;
  readonly history: World<unknown>['history'];
  readonly alive: readonly string[];
  /** Everything sent before a node's crash or after it, in the order of sending, by tick and node. */
  readonly messages: readonly NaiveMessage[];
  /** How many handlers ran. */
  readonly calls: number;
}

interface Timer {
  due: number;
  readonly every: number | undefined;
}

/** What a client asked for, and was told. `turns`: which of its own events these were. */
interface Asking {
  readonly client: string;
  readonly op: unknown;
  readonly invoked: number;
  readonly turns: number[];
  completed?: number;
  result?: unknown;
}

interface Machine {
  readonly id: string;
  readonly actor: AnyActor;
  readonly timers: Map<string, Timer>;
  readonly log: unknown[];
  readonly asked: Asking[];
  readonly random: () => number;
  state: unknown;
  failed: boolean;
}

/** Numbers for `ctx.random`: a sequence per node. */
export type RandomOf = (seed: number, id: string) => () => number;

export function naiveRun(
  definition: Definition,
  bounds: Bounds,
  scenario: Scenario,
  randomOf: RandomOf,
  clock?: Clock,
): NaiveRun {
  return new NaiveSimulation(definition, bounds, scenario, randomOf, clock).run();
}

class NaiveSimulation {
  private readonly nodes: readonly string[];
  private readonly machines = new Map<string, Machine>();
  private readonly messages: NaiveMessage[] = [];
  /** By sender, receiver and tick: how many messages. */
  private readonly inSlots = new Map<string, number>();
  private readonly faults: NaiveClock;
  private tick = 1;
  private calls = 0;
  private readonly thrown: NaiveThrow[] = [];
  /** What `always` answered, tick by tick. */
  private readonly answers: CheckAnswer[] = [];

  constructor(
    private readonly definition: Definition,
    private readonly bounds: Bounds,
    private readonly scenario: Scenario,
    randomOf: RandomOf,
    private readonly clock?: Clock,
  ) {
    this.faults = clockOf(scenario, bounds.perMessage);
    this.nodes = [...definition.nodes].sort();
    for (const id of this.nodes) {
      this.machines.set(id, {
        id,
        actor: definition.actor(id) as AnyActor,
        timers: new Map(),
        log: [],
        asked: [],
        random: randomOf(definition.seed ?? 1, id),
        state: definition.state?.(id),
        failed: false,
      });
    }
  }

  run(): NaiveRun {
    this.allTicks();
    const world = this.world();
    const answer: CheckAnswer =
      this.thrown.length > 0
        ? { violated: this.thrown.map(({ node, handler, text }) => [node, `${handler} threw ${text}`]) }
        : this.definition.check(world);
    const at = this.thrown.length > 0 ? -1 : this.answers.findIndex((it) => typeof it !== 'string');
    const isPromised = answer === 'vacuous' && this.thrown.length === 0 && this.answers.includes('holds');
    const end = typeof answer !== 'string' ? 'violated' : isPromised ? 'holds' : answer;
    return {
      answer,
      broken: at < 0 ? undefined : { tick: at + 1, answer: this.answers[at] as CheckAnswer },
      outcome: at < 0 ? end : 'violated',
      thrown: this.thrown,
      states: new Map(this.nodes.map((id) => [id, world.state(id)])),
      logs: new Map(this.nodes.map((id) => [id, world.log(id)])),
      history: world.history,
      alive: world.alive,
      messages: this.messages,
      calls: this.calls,
    };
  }

  private allTicks(): void {
    for (const id of this.nodes) {
      const machine = this.machine(id);
      this.call(machine, 'init', (ctx) => machine.actor.init?.(ctx));
    }
    for (this.tick = 1; this.tick <= this.bounds.eot; this.tick++) {
      const inboxes = new Map(this.nodes.map((id) => [id, this.inbox(id)]));
      for (const id of this.nodes) {
        const machine = this.machine(id);
        if (this.faults.isDown(id, this.tick)) continue;
        if (this.tick > 1 && this.faults.isDown(id, this.tick - 1)) this.restart(machine);
        const inbox = inboxes.get(id) ?? [];
        const first = this.faults.first(id, this.tick);
        const take = (message: NaiveMessage): void =>
          this.call(machine, 'onMessage', (ctx) => machine.actor.onMessage?.(ctx, message.from, message.message));
        inbox.filter(({ from }) => from === first).forEach(take);
        this.fireTimers(machine);
        inbox.filter(({ from }) => from !== first).forEach(take);
        // A clock that stands still puts everything off by a tick.
        if (this.faults.isSlow(id, this.tick)) for (const timer of machine.timers.values()) timer.due++;
      }
      // Copies: the run goes on.
      if (this.definition.always && this.thrown.length === 0) this.answers.push(this.definition.always(this.world()));
    }
    this.tick = this.bounds.eot;
  }

  /** The first state again, with what is durable on it, and no timers. */
  private restart(machine: Machine): void {
    if (machine.failed) return;
    const { state, durable } = this.definition;
    const last = machine.state as Record<string, unknown>;
    machine.timers.clear();
    const fresh: unknown = state?.(machine.id);
    if (typeof durable === 'function') machine.state = Object.assign(fresh as object, structuredClone(durable(last)));
    else {
      for (const name of durable ?? [])
        if (name in last) (fresh as Record<string, unknown>)[name] = structuredClone(last[name]);
      machine.state = fresh;
    }
    if (machine.actor.onRestart) this.call(machine, 'onRestart', (ctx) => machine.actor.onRestart?.(ctx));
    else this.call(machine, 'init', (ctx) => machine.actor.init?.(ctx));
  }

  /** What arrives at this tick, by the sender's name and in the order of sending. */
  private inbox(id: string): NaiveMessage[] {
    const arrived = this.messages.filter(({ to, at }) => to === id && at.includes(this.tick));
    return this.nodes.flatMap((sender) => arrived.filter(({ from }) => from === sender));
  }

  /**
   * The timers that are due when the tick begins, by name; one that an earlier one clears or sets anew does not fire.
   */
  private fireTimers(machine: Machine): void {
    const due = [...machine.timers].filter(([, timer]) => timer.due === this.tick).map(([name]) => name);
    for (const name of due.sort()) {
      const timer = machine.timers.get(name);
      if (timer?.due !== this.tick) continue;
      if (timer.every === undefined) machine.timers.delete(name);
      else machine.timers.set(name, { due: this.tick + timer.every, every: timer.every });
      this.call(machine, 'onTimer', (ctx) => machine.actor.onTimer?.(ctx, name));
    }
  }

  private call(machine: Machine, handler: NaiveThrow['handler'], body: (ctx: Context<unknown, unknown>) => void): void {
    if (machine.failed) return;
    this.calls++;
    const ctx = this.context(machine);
    try {
      body(ctx);
    } catch (error) {
      machine.failed = true;
      this.thrown.push({ node: machine.id, tick: this.tick, handler, text: String(error) });
    }
    machine.state = ctx.state;
  }

  private context(machine: Machine): Context<unknown, unknown> {
    const peers = this.nodes.filter((id) => id !== machine.id);
    const send = (to: string, message: unknown): void => {
      const slot = `${machine.id} ${to} ${this.tick}`;
      const number = (this.inSlots.get(slot) ?? 0) + 1;
      this.inSlots.set(slot, number);
      const at = this.clock
        ? this.clock(this.scenario, machine.id, to, this.tick)
        : this.faults.arrivals(machine.id, to, this.tick, number);
      const sent = { from: machine.id, to, sent: this.tick, message: copied(message) };
      this.messages.push({ ...sent, at, lost: at.length === 0 });
    };
    return {
      id: machine.id,
      nodes: this.nodes,
      peers,
      state: machine.state,
      send,
      broadcast: (message) => {
        for (const peer of peers) send(peer, message);
      },
      setTimer: (name, ticks) => machine.timers.set(name, { due: this.tick + ticks, every: undefined }),
      setPeriodic: (name, ticks) => machine.timers.set(name, { due: this.tick + ticks, every: ticks }),
      clearTimer: (name) => machine.timers.delete(name),
      log: (fact) => machine.log.push(copied(fact)),
      invoke: (op) => {
        const { asked, id: client } = machine;
        asked.push({ client, op: structuredClone(op), invoked: this.tick, turns: [turnsOf(asked)] });
        return `${client}#${asked.length}`;
      },
      complete: (name, result) => {
        const asking = machine.asked.find((_, i) => name === `${machine.id}#${i + 1}`);
        if (!asking || asking.completed !== undefined) throw new Error(`"${name}" cannot be completed`);
        const turn = turnsOf(machine.asked);
        asking.turns.push(turn);
        asking.completed = this.tick;
        asking.result = structuredClone(result);
      },
      random: machine.random,
    };
  }

  private world(): World<unknown> {
    return {
      nodes: this.nodes,
      alive: this.nodes.filter((id) => this.isAlive(id)),
      isAlive: (id) => this.isAlive(id),
      state: (id) => this.machine(id).state,
      log: (id) => this.machine(id).log,
      history: this.history(),
    };
  }

  /** Operations tick by tick, and node by node; a copy, for they go on. */
  private history(): World<unknown>['history'] {
    const all: Asking[] = [];
    for (let tick = 1; tick <= this.tick; tick++)
      for (const id of this.nodes) all.push(...this.machine(id).asked.filter(({ invoked }) => invoked === tick));
    return structuredClone(all);
  }

  private isAlive(id: string): boolean {
    return !this.faults.isDown(id, this.tick);
  }

  private machine(id: string): Machine {
    const machine = this.machines.get(id);
    if (!machine) throw new Error(`no node "${id}"`);
    return machine;
  }
}

/** How many events there were. */
const turnsOf = (asked: readonly Asking[]): number => asked.reduce((sum, { turns }) => sum + turns.length, 0);

/** What is no object needs no copy, which would take long. */
const copied = (value: unknown): unknown => (typeof value === 'object' ? structuredClone(value) : value);
