/**
 * The context that handlers see: every effect they can have, refused where it makes no sense.
 *
 * It works only during a call of a handler. What it refuses is remembered, for handlers that catch everything.
 */
import type { LdfiError, LdfiErrorCode } from '../../core/invariant.js';
import { NotPlain, type Snapshot, snapshot } from '../data/plain.js';
import { noteUseAfterReturn } from '../guards/use-after-return.js';
import type { AnyProtocol, Context } from '../types.js';
import { blame, type Call, type Handler } from './call.js';
import { mixed, nextChance } from './random.js';
import { type Asked, idOf, NOTHING_ASKED, type Recorded } from './recorded.js';

/** Most messages, timers, facts and operations of one call. */
const MOST_EFFECTS = 10_000;

/** A message on its way. */
export interface Sent {
  readonly to: string;
  readonly message: Snapshot<unknown>;
  /** The handler that sent it. */
  readonly by: Handler;
}

/** `left`: ticks until it fires, 0 if that is now; `period`: 0 if it fires once. */
export interface Timer {
  readonly left: number;
  readonly period: number;
}

/** What effects act on. */
export class Effects {
  state: unknown;
  readonly timers = new Map<string, Timer>();
  /** State of the random generator. */
  chance = 0;
  /** Which operations are open. */
  asked: Asked = NOTHING_ASKED;
  /** What was sent, logged and recorded, until whoever drives the node takes it away. */
  readonly sends: Sent[] = [];
  readonly logged: Snapshot<unknown>[] = [];
  readonly recorded: Recorded[] = [];
  /** The call under way. */
  call: Call | undefined;
  /** What was refused in it, even if the handler caught the error. */
  refused: LdfiError | undefined;
  /** Messages of the call as they were given to `send`, and as they were then. */
  readonly given: { readonly original: object; readonly taken: Snapshot<unknown> }[] = [];
  private count = 0;

  constructor(
    private readonly protocol: AnyProtocol,
    private readonly id: string,
  ) {}

  /** As before anything happened, but for the state of the random generator. */
  reset(chance: number): void {
    this.state = undefined;
    this.timers.clear();
    this.chance = chance;
    this.sends.length = 0;
    this.asked = NOTHING_ASKED;
    this.logged.length = 0;
    this.recorded.length = 0;
    this.end();
  }

  begin(call: Call): void {
    this.call = call;
    this.refused = undefined;
    this.count = 0;
  }

  end(): void {
    this.call = undefined;
    if (this.given.length > 0) this.given.length = 0;
  }

  /** The call under way; counts what it does. After it there is none: that is noted, and has no effect. */
  use(name: string): Call | undefined {
    if (!this.call) {
      this.late(name);
      return undefined;
    }
    if (++this.count > MOST_EFFECTS)
      this.refuse(
        this.call,
        'runaway-handler',
        `more than ${MOST_EFFECTS} uses of ctx in one call: does it loop for ever?`,
      );
    return this.call;
  }

  late(name: string): void {
    noteUseAfterReturn(this.protocol, `ctx.${name} of ${this.id}`);
  }

  refuse(call: Call, code: LdfiErrorCode, problem: string): never {
    this.refused ??= blame(call, code, problem);
    throw this.refused;
  }

  /** A message as it is now. It must not change before the call is over. */
  message(call: Call, message: unknown): Snapshot<unknown> {
    const taken = this.snapshot(call, message, 'the message');
    if (typeof message === 'object' && message !== null) this.given.push({ original: message, taken });
    return taken;
  }

  /** @returns the operation's number */
  invoke(call: Call, op: unknown): number {
    const { count, open } = this.asked;
    const number = count + 1;
    this.recorded.push({ kind: 'invoke', number, value: this.snapshot(call, op, 'the operation') });
    this.asked = { count: number, open: [...open, number] };
    return number;
  }

  complete(call: Call, id: unknown, result: unknown): void {
    const { count, open } = this.asked;
    const number = open.find((one) => idOf(this.id, one) === id);
    if (number === undefined) {
      const isDone = Array.from({ length: count }, (_, i) => idOf(this.id, i + 1)).some((one) => one === id);
      const problem = isDone
        ? 'is completed already. Keep in ctx.state which operations are open'
        : `is no operation of ${this.id}. Give it what ctx.invoke has returned at this node`;
      this.refuse(call, 'bad-protocol', `ctx.complete: ${typeof id === 'string' ? `"${id}"` : typeof id} ${problem}`);
    }
    this.recorded.push({ kind: 'complete', number, value: this.snapshot(call, result, 'the result') });
    this.asked = { count, open: open.filter((one) => one !== number) };
  }

  snapshot(call: Call, value: unknown, what: string): Snapshot<unknown> {
    try {
      return snapshot(value);
    } catch (error) {
      if (error instanceof NotPlain)
        this.refuse(call, 'not-plain', `${what}${error.path === '' ? '' : `, at ${error.path},`} ${error.problem}`);
      throw error;
    }
  }
}

/** A context over a node's effects. Its functions may be taken out of it, as in `({ send }) => …`. */
export function makeContext(id: string, nodes: readonly string[], effects: Effects): Context<unknown, unknown> {
  const peers = Object.freeze(nodes.filter((other) => other !== id));
  const send = (to: string, message: unknown): void => {
    const call = effects.use('send');
    if (!call) return;
    if (!nodes.includes(to))
      effects.refuse(
        call,
        'bad-protocol',
        `ctx.send to "${String(to)}", which is not one of the nodes ${nodes.join(', ')}`,
      );
    effects.sends.push({ to, message: effects.message(call, message), by: call.handler });
  };
  const arm = (name: string, ticks: number, period: number): void => {
    const call = effects.use('setTimer');
    if (!call) return;
    if (typeof name !== 'string') effects.refuse(call, 'bad-protocol', 'a timer is named by a string');
    if (!Number.isSafeInteger(ticks) || ticks < 1)
      effects.refuse(
        call,
        'bad-protocol',
        `timer "${name}" is set to ${ticks} ticks: it must be an integer, at least 1`,
      );
    effects.timers.set(name, { left: ticks, period });
  };
  const context: Context<unknown, unknown> = {
    id,
    nodes,
    peers,
    get state() {
      // Another node's handler would see more than messages.
      if (!effects.call) effects.late('state');
      return effects.state;
    },
    set state(state: unknown) {
      if (effects.use('state')) effects.state = state;
    },
    send,
    broadcast: (message: unknown) => {
      const call = effects.use('broadcast');
      if (!call || peers.length === 0) return;
      const taken = effects.message(call, message);
      for (const to of peers) effects.sends.push({ to, message: taken, by: call.handler });
    },
    setTimer: (name: string, ticks: number) => arm(name, ticks, 0),
    setPeriodic: (name: string, ticks: number) => arm(name, ticks, ticks),
    clearTimer: (name: string) => {
      if (effects.use('clearTimer')) effects.timers.delete(name);
    },
    log: (fact: unknown) => {
      const call = effects.use('log');
      if (call) effects.logged.push(effects.snapshot(call, fact, 'the fact'));
    },
    invoke: (op: unknown) => {
      const call = effects.use('invoke');
      return call ? idOf(id, effects.invoke(call, op)) : '';
    },
    complete: (operation: string, result?: unknown) => {
      const call = effects.use('complete');
      if (call) effects.complete(call, operation, result);
    },
    random: () => {
      if (!effects.use('random')) return 0;
      effects.chance = nextChance(effects.chance);
      return mixed(effects.chance) / 2 ** 32;
    },
  };
  OWNERS.set(context, effects);
  return Object.freeze(Object.setPrototypeOf(context, NOTHING_ELSE));
}

/** Whose contexts they are. */
const OWNERS = new WeakMap<object, Effects>();

/** The prototype of contexts: it hears of every property that a handler wants to add. */
const NOTHING_ELSE = new Proxy(
  {},
  {
    set(_, name, _value, context: object) {
      const effects = OWNERS.get(context);
      if (effects?.call)
        effects.refuse(effects.call, 'hidden-state', `it adds ctx.${String(name)}. Keep what changes in ctx.state`);
      return false;
    },
  },
);
