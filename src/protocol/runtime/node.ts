/**
 * One node at work: its actor, what it keeps between handlers, and the context that its handlers see.
 *
 * Invariant: between calls everything that the node will ever act on is in `state`, `timers`, `chance` and `asked`;
 * `sends`, `logged` and `recorded` only grow, and are taken by whoever drives the node.
 */
import { LdfiError } from '../../core/invariant.js';
import { clonePlain, NotPlain, type Snapshot, samePlain, snapshot } from '../data/plain.js';
import { takeImpurity } from '../guards/guards.js';
import type { Actor, AnyProtocol, Context } from '../types.js';
import { blame, type Call, describeCall, failureOf, isA, lineOf } from './call.js';
import { Effects, makeContext } from './context.js';
import { seedOf } from './random.js';
import type { Memory, Reached } from './run.js';
import { refusePendingResult } from './run-to-completion.js';

export class Node {
  /** State, timers, messages and facts: all that handlers have an effect on. */
  readonly effects: Effects;
  /** What a handler threw, in a line; from then on the node does nothing. */
  failure: string | undefined;
  /** The last call. */
  last: Call | undefined;
  private actor: Actor<unknown, unknown> = {};
  /** What the actor held when it was made. */
  private held: readonly unknown[] = [];
  private watch: ((call: Call) => void) | undefined;
  private readonly context: Context<unknown, unknown>;
  private readonly seed: number;

  /** It has to be started before anything else. */
  constructor(
    private readonly protocol: AnyProtocol,
    readonly id: string,
  ) {
    this.effects = new Effects(protocol, id);
    this.context = makeContext(id, protocol.nodes, this.effects);
    this.seed = seedOf(protocol.definition.seed ?? 1, id);
  }

  /**
   * Begins anew: an actor of its own, and nothing left of what was. Making a node takes longer than many a handler, so
   * one serves many runs.
   * @param watch told of every call before it is made
   * @throws LdfiError 'impure-handler', 'bad-protocol' if the actor cannot be had
   */
  start(watch?: (call: Call) => void): void {
    this.effects.reset(this.seed);
    this.failure = undefined;
    this.last = undefined;
    this.watch = watch;
    const actor = actorOf(this.protocol, this.id);
    if (typeof actor !== 'object' || actor === null)
      throw new LdfiError(
        'bad-protocol',
        `the actor of ${this.id} must be an object with handlers: (id) => ({ onMessage… })`,
      );
    this.actor = actor;
    this.held = valuesOf(actor);
  }

  /** Takes over another memory. */
  load({ state, timers, chance, asked }: Memory): void {
    const { effects } = this;
    effects.state = clonePlain(state?.copy);
    effects.timers.clear();
    for (const [name, timer] of timers) effects.timers.set(name, timer);
    effects.chance = chance;
    effects.asked = asked;
  }

  init(): void {
    const call: Call = { handler: 'init', node: this.id, tick: 1 };
    const { state } = this.protocol.definition;
    this.handle(call, () => {
      if (state) this.effects.state = state(this.id);
      return this.actor.init?.(this.context);
    });
  }

  /** Comes back: with its first state, and on it what is durable of the last one; without timers. */
  restart(tick: number): void {
    const call: Call = { handler: this.actor.onRestart ? 'onRestart' : 'init', node: this.id, tick };
    const { state, durable = [] } = this.protocol.definition;
    this.effects.timers.clear();
    this.handle(call, () => {
      const last: unknown = this.effects.state;
      const kept = typeof durable === 'function' ? durable(last) : fieldsOf(last, durable);
      const first: unknown = state?.(this.id);
      this.effects.state = isObject(first) && isObject(kept) ? Object.assign(first, clonePlain(kept)) : (kept ?? first);
      return this.actor.onRestart ? this.actor.onRestart(this.context) : this.actor.init?.(this.context);
    });
  }

  /** Fires the timers that are due, by name. */
  fire(tick: number): void {
    const { timers } = this.effects;
    for (const name of this.due()) {
      const timer = timers.get(name);
      // An earlier timer of this tick may have cleared or reset it.
      if (timer?.left !== 0) continue;
      if (timer.period > 0) timers.set(name, { left: timer.period, period: timer.period });
      else timers.delete(name);
      this.handle({ handler: 'onTimer', node: this.id, tick, timer: name }, () =>
        this.actor.onTimer?.(this.context, name),
      );
    }
  }

  isDue(): boolean {
    for (const { left } of this.effects.timers.values()) if (left === 0) return true;
    return false;
  }

  /** Names of the timers that are due, sorted. */
  private due(): string[] {
    const due: string[] = [];
    for (const [name, { left }] of this.effects.timers) if (left === 0) due.push(name);
    return due.length > 1 ? due.sort() : due;
  }

  receive(tick: number, from: string, messages: readonly Snapshot<unknown>[]): void {
    for (const message of messages) {
      const call: Call = { handler: 'onMessage', node: this.id, tick, from, message };
      this.handle(call, () => this.actor.onMessage?.(this.context, from, clonePlain(message.copy)));
    }
  }

  /** A tick is over: timers come nearer. */
  endTick(): void {
    const { timers } = this.effects;
    for (const [name, { left, period }] of timers) timers.set(name, { left: left - 1, period });
  }

  /**
   * Where it is now, and what it did.
   * @param sends how many messages of this tick it had sent before
   * @param logged the same of facts
   * @param recorded the same of what became of operations
   * @throws LdfiError 'not-plain'
   */
  reached(tick: number, sends: number, logged: number, recorded: number): Reached {
    const { effects, last, failure } = this;
    return {
      state: failure === undefined ? this.plainState(tick) : undefined,
      timers: [...effects.timers].sort(([a], [b]) => (a < b ? -1 : 1)),
      chance: effects.chance,
      asked: effects.asked,
      failure,
      sends: effects.sends.slice(sends).map(({ to, message }) => ({ to: this.protocol.nodes.indexOf(to), message })),
      logged: effects.logged.slice(logged),
      recorded: effects.recorded.slice(recorded),
      get call() {
        return last ? describeCall(last) : '';
      },
    };
  }

  /** Its state as plain data. @throws LdfiError 'not-plain' */
  plainState(tick: number): Snapshot {
    try {
      return snapshot(this.effects.state, true);
    } catch (error) {
      if (!(error instanceof NotPlain)) throw error;
      const call = this.last ?? { handler: 'init', node: this.id, tick };
      throw blame(call, 'not-plain', `ctx.state${error.path} ${error.problem}`);
    }
  }

  private handle(call: Call, work: () => unknown): void {
    if (this.failure !== undefined) return;
    const { effects } = this;
    this.last = call;
    effects.begin(call);
    this.watch?.(call);
    try {
      const result = work();
      if (result !== undefined) refusePendingResult(call, result);
      this.checkGiven(call);
    } catch (error) {
      const impure = takeImpurity();
      if (impure) throw blame(call, 'impure-handler', impure.problem, impure);
      if (effects.refused) throw effects.refused;
      if (isA(error, LdfiError)) throw error;
      if (isA(error, NotPlain)) throw blame(call, 'not-plain', error.message);
      this.failure = failureOf(call.handler, error);
    } finally {
      effects.end();
    }
    const impure = takeImpurity();
    if (impure) throw blame(call, 'impure-handler', impure.problem, impure);
    if (effects.refused) throw effects.refused;
    this.checkActor(call);
  }

  /** What an actor holds directly is to stay. What it keeps deeper down, or in a closure, is found by the audit. */
  private checkActor(call: Call): void {
    const { held } = this;
    const actor = this.actor as Record<string, unknown>;
    let at = 0;
    for (const name in actor)
      if (!Object.is(actor[name], held[at++])) throw blame(call, 'hidden-state', changesActor(`.${name}`));
    if (at !== held.length) throw blame(call, 'hidden-state', changesActor(''));
  }

  /**
   * A message that changes after it was sent would change what the receiver gets, in some runtimes and not in others.
   */
  private checkGiven(call: Call): void {
    if (this.effects.given.length === 0) return;
    for (const { original, taken } of this.effects.given)
      if (!samePlain(original, taken.copy))
        throw blame(
          call,
          'not-plain',
          `a message was changed after it was sent (${taken.text}): send a copy, { ...message }`,
        );
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Some fields of a state, as far as it has them. */
function fieldsOf(state: unknown, names: readonly string[]): object {
  const found = isObject(state) ? Object.entries(state).filter(([name]) => names.includes(name)) : [];
  return Object.fromEntries(found);
}

const changesActor = (what: string): string => `it changes its actor (\`this${what}\`). Keep what changes in ctx.state`;

/** Inherited ones too: that is what the runtime has a short cut for. */
function valuesOf(actor: object): unknown[] {
  const values: unknown[] = [];
  for (const name in actor) values.push((actor as Record<string, unknown>)[name]);
  return values;
}

/** The handlers of a node. @throws LdfiError 'impure-handler', 'bad-protocol' if they cannot be had */
function actorOf(protocol: AnyProtocol, id: string): unknown {
  try {
    return protocol.definition.actor(id);
  } catch (error) {
    const impure = takeImpurity();
    const said = `the function that makes the actor of ${id}`;
    if (impure) throw new LdfiError('impure-handler', `${said}: ${impure.problem}`, [], impure);
    if (isA(error, LdfiError)) throw error;
    throw new LdfiError('bad-protocol', `${said} threw ${lineOf(error)}`, [], error);
  }
}
