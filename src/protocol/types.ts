/**
 * What a protocol written in TypeScript is made of: message handlers per node, and a check over the final world.
 *
 * Time is that of Dedalus: a message sent at tick t arrives at t + 1. In a tick a node's due timers fire, by name; then
 * its inbox is handled, by sender's name and in the order of sending (of faults, `order` changes that). Handlers see no
 * clock and no randomness but their own; all they know is in `ctx`.
 */
import type { Bounds } from '../faults/fault.js';
import type { Operation } from '../history/history.js';

/**
 * What a handler may see and do. `state` is the node's own: plain data (objects, arrays, Maps, Sets, `Uint8Array`,
 * `ArrayBuffer`, primitives).
 */
export interface Context<S, M, F = unknown> {
  /** This node. */
  readonly id: string;
  /** All nodes, in code-unit order. */
  readonly nodes: readonly string[];
  /** All nodes but this one. */
  readonly peers: readonly string[];
  /** The node's state: change it in place, or assign a new one. */
  state: S;
  /** Sends a message, plain data; it arrives at the next tick. To oneself it is never lost. */
  send(to: string, message: M): void;
  /** Sends a message to every peer. */
  broadcast(message: M): void;
  /** Calls `onTimer(name)` once, in so many ticks (an integer, at least 1). A timer of that name is set anew. */
  setTimer(name: string, ticks: number): void;
  /** Calls `onTimer(name)` every so many ticks, until it is cleared. */
  setPeriodic(name: string, ticks: number): void;
  /** Forgets a timer; nothing if there is none of that name. */
  clearTimer(name: string): void;
  /** Appends a fact, plain data, to the node's log: what it has told the outside. */
  log(fact: F): void;
  /**
   * Records that a client at this node asks for something, plain data as in `{ kind: 'write', value: 1 }`: an operation
   * of `world.history`, pending until it is completed. Handlers cannot read what is recorded.
   * @returns its id, to be kept in `ctx.state` or to travel with messages
   */
  invoke(op: unknown): string;
  /**
   * Records what the client is told, plain data; left out, it is told nothing but that it is done. What is recorded
   * survives a restart, so an operation may be completed after one.
   * @throws LdfiError 'bad-protocol' for an id that `invoke` has not returned at this node, or that is completed
   */
  complete(id: string, result?: unknown): void;
  /** A number in [0, 1), from a seed of the protocol and the node: the same in every run with the same past. */
  random(): number;
}

/** Any value but promises, generators and other iterators. */
interface RunToCompletion {
  // All values have it. Without it this would be a type that only fits objects of which something is known.
  toString(): string;
  readonly then?: never;
  readonly next?: never;
  readonly [Symbol.asyncIterator]?: never;
}

/**
 * What handlers return is not looked at (an arrow may well have a value), but `async` ones and generators do not
 * compile: their work would not be done.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: it is the type of what functions return
export type Done = void | null | RunToCompletion;

/**
 * The handlers of one node. All are optional. They run to completion: no promises, no callbacks. One that throws breaks
 * every promise: its node does nothing more, the others go on, and the exception is the witness.
 */
export interface Actor<S, M, F = unknown> {
  /**
   * Runs once, before anything else; what it sends leaves at tick 1. A node that crashes at tick 1 has run it, and its
   * messages are lost.
   */
  init?(ctx: Context<S, M, F>): Done;
  onMessage?(ctx: Context<S, M, F>, from: string, message: M): Done;
  onTimer?(ctx: Context<S, M, F>, name: string): Done;
  /**
   * Runs when the node comes back after a restart, with what is durable in `ctx.state`; `init` does if it is left out.
   */
  onRestart?(ctx: Context<S, M, F>): Done;
}

/** The world at the end of time (or of a tick, in `always`), as the check sees it: copies, which it may change. */
export interface World<S, F = unknown> {
  readonly nodes: readonly string[];
  /** The nodes that have not crashed. */
  readonly alive: readonly string[];
  isAlive(node: string): boolean;
  /** The node's state at the end, or just before it crashed. */
  state(node: string): S;
  /** The facts that the node logged, in order. */
  log(node: string): readonly F[];
  /**
   * What clients saw, at all nodes, crashed ones included: the operations that handlers invoked, with ticks, by tick of
   * invocation and then by node. The client is the node; without `completed` it is pending. Takes any of the questions
   * of a history: `linearizable(world.history, models.register())`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: operations and results are in the words of whoever records them
  readonly history: readonly Operation<any, any>[];
}

/** What is broken, in a few words or as a row of values. */
export type Witness = string | readonly (string | number)[];

/** What a check answers: the promise holds; there was nothing to promise; or it is broken, and how. */
export type CheckAnswer = 'holds' | 'vacuous' | { readonly violated: Witness | readonly Witness[] };

/** Bounds to check within, and the verdict that is expected. */
export interface ProtocolCheck extends Partial<Omit<Bounds, 'nodes'>> {
  /** The kinds of faults, as in `omission,crash,delay:2`; omission and crash if left out. */
  readonly faults?: string | readonly string[];
  readonly name?: string;
  readonly expect?: 'holds' | 'violated' | 'vacuous' | 'violated-failure-free' | 'inconclusive';
  /** Codes of warnings that are meant to be given, which `--strict` then admits. */
  readonly allow?: readonly string[];
}

/** What `defineProtocol` takes. */
export interface ProtocolDefinition<S, M, F = unknown> {
  readonly name: string;
  /** At least one, all different. */
  readonly nodes: readonly string[];
  /**
   * The state a node starts with; gives the type of `ctx.state`. Without it `init` has to assign `ctx.state`, and the
   * type comes from `types`.
   */
  readonly state?: (id: string) => S;
  /**
   * Nothing but types: `types: {} as { state: State; message: Message; fact: Fact }` lets handlers be checked against
   * them. Its value is never looked at. The compiler infers no type from an assignment, nor from a handler to the one
   * before it, so they are said here.
   */
  readonly types?: { readonly state?: S; readonly message?: M; readonly fact?: F };
  /**
   * What survives a restart: names of fields of the state, or a function of the state that gives what does. Nothing if
   * it is left out. A node comes back with `state(id)` and these on top, and without timers.
   */
  readonly durable?: readonly (keyof S & string)[] | ((state: S) => unknown);
  /** The handlers of a node, fresh for every run. They must not keep anything between calls but in `ctx.state`. */
  readonly actor: (id: string) => Actor<S, M, F>;
  /** Judges the final world; a pure function. It is not called if a handler threw: that alone breaks the promise. */
  readonly check: (world: World<S, F>) => CheckAnswer;
  /**
   * Judges the world at the end of every tick: states and logs then, and who is up then. The first tick at which it is
   * broken is reported. Where it answers 'holds' at some tick a run is not vacuous.
   */
  readonly always?: (world: World<S, F>) => CheckAnswer;
  readonly checks?: readonly ProtocolCheck[];
  /** Seed of `ctx.random`, an integer. Default 1. */
  readonly seed?: number;
}

/** A protocol as `defineProtocol` returns it: validated, with sorted nodes. */
export interface Protocol<S = unknown, M = unknown, F = unknown> {
  readonly kind: 'protocol';
  readonly definition: ProtocolDefinition<S, M, F>;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly checks: readonly ProtocolCheck[];
  /** Whether something is promised of every tick. */
  readonly always: boolean;
  /** What survives a restart, in words: fields of the state, or that a function says it. */
  readonly durable: readonly string[];
}

/** Any protocol: what is needed where the types of states and messages do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: handlers take their state and messages as parameters, so `unknown` would admit no protocol
export type AnyProtocol = Protocol<any, any, any>;
