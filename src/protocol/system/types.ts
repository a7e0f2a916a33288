/**
 * What a system of asynchronous programs is made of: a program that every node starts, with promises, timers and a
 * network, and a check over the final world.
 *
 * Time is virtual. A tick is `tickMs` milliseconds. What is sent in tick t arrives at the first millisecond of tick
 * t + 1; timers fire at theirs. Per tick and node: the timers that are due at the first millisecond, the inbox by
 * sender's name and in the order of sending, then the timers of the other milliseconds. After each of these all
 * promises go on that can, and what `setImmediate` was given. A node has no other way to know of another one than
 * messages.
 */
import type { CheckAnswer, ProtocolCheck, World } from '../types.js';

/** What came in. */
export interface Incoming<M = unknown> {
  readonly from: string;
  /** The receiver's own copy. */
  readonly data: M;
}

/** The network, as one node sees it. What is sent is plain data, byte arrays included (`Uint8Array`, `ArrayBuffer`). */
export interface Net<M = unknown> {
  /** Sends a message, once; it may be lost. To oneself it is never lost. A `Buffer` arrives as `Uint8Array`. */
  send(to: string, data: M): void;
  /** Sends a message to every other node. */
  broadcast(data: M): void;
  /**
   * Says what is to be done with every message from now on, in the place of what was said before; a message that comes
   * before anything was said is dropped. What it returns, or resolves to, is the answer if the message is a request;
   * what it throws then is an error of the sender's `request`.
   */
  on(receive: (message: Incoming<M>) => unknown): void;
  /**
   * Says how the node answers HTTP requests, from now on: `fetch('http://<node>/…')` of any node comes here, as it would
   * to a handler of the Fetch standard. What it throws is an error of the sender's `fetch`.
   */
  serve(answer: (request: Request) => Response | Promise<Response>): void;
  /**
   * Sends a request and waits for its answer: two messages, each of which may be lost.
   * @param options `timeout`: milliseconds after which it rejects with a TimeoutError; for ever if left out
   * @returns a promise of the answer; it rejects with an Error if the receiver throws, and with the signal's reason
   */
  request(
    to: string,
    data: M,
    options?: { readonly timeout?: number; readonly signal?: AbortSignal },
  ): Promise<unknown>;
}

/** What survives a crash that is followed by a restart: plain data by key, written at once. */
export interface Disk {
  /** A copy; undefined if there is nothing. */
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  has(key: string): boolean;
  delete(key: string): void;
  /** In order of their first writing. */
  keys(): string[];
}

/** A node, as the program that runs on it sees it. */
export interface SystemNode<S = unknown, F = unknown> {
  /** This node. */
  readonly id: string;
  /** All nodes, in code-unit order. */
  readonly nodes: readonly string[];
  /** All nodes but this one. */
  readonly peers: readonly string[];
  readonly disk: Disk;
  /** Appends a fact, plain data, to the node's log, which survives everything: what it has told the outside. */
  log(fact: F): void;
  /**
   * Says how to look at the node: `world.state(node)` is what this function gives, plain data. It is called at the end
   * (with `always` at the end of every tick), and only looks. Without it `world.state(node)` is what is on the disk.
   */
  show(state: () => S): void;
  /** Records that a client at this node asks for something: an operation of `world.history`. @returns its id */
  invoke(op: unknown): string;
  /** Records what the client is told; left out, it is told nothing but that it is done. */
  complete(id: string, result?: unknown): void;
}

/** What `defineSystem` takes. */
export interface SystemDefinition<S, M = unknown, F = unknown> {
  readonly name: string;
  /** At least one, all different. */
  readonly nodes: readonly string[];
  /** Nothing but types: `types: {} as { state: State; message: Message; fact: Fact }`. */
  readonly types?: { readonly state?: S; readonly message?: M; readonly fact?: F };
  /**
   * The program of a node. It is called when the node starts, and again with what is on its disk when it comes back
   * after a restart. Promises, timers, the clock and chance are those of the virtual world. What it throws, or a promise
   * that rejects with nobody to catch it, ends the node and breaks every promise.
   */
  readonly start: (node: SystemNode<S, F>, net: Net<M>) => unknown;
  /** Judges the final world; a pure function. */
  readonly check: (world: World<S, F>) => CheckAnswer;
  /** Judges the world at the end of every tick. */
  readonly always?: (world: World<S, F>) => CheckAnswer;
  readonly checks?: readonly ProtocolCheck[];
  /** Milliseconds in a tick, an integer from 1 on. Default 10. */
  readonly tickMs?: number;
  /** Seed of `Math.random` and its like, an integer. Default 1. */
  readonly seed?: number;
}

/** A system as `defineSystem` returns it: validated, with sorted nodes. */
export interface AsyncSystem<S = unknown, M = unknown, F = unknown> {
  readonly kind: 'system';
  readonly definition: SystemDefinition<S, M, F>;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly checks: readonly ProtocolCheck[];
  readonly always: boolean;
  readonly durable: readonly string[];
  readonly tickMs: number;
}

// biome-ignore lint/suspicious/noExplicitAny: programs take their messages as parameters, so `unknown` would admit none
export type AnySystem = AsyncSystem<any, any, any>;
