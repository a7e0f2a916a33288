/**
 * What there is to see of a protocol's run, as plain data: messages, the slots of each tick, and nodes at the end.
 */

import type { Snapshot } from '../data/plain.js';
import type { Handler } from './call.js';
import type { Timer } from './context.js';
import type { Asked, OwnOperation, Recorded } from './recorded.js';

/** What a node keeps from one handler to the next, beside its log and its history. */
export interface Memory {
  /** Undefined once a handler threw. */
  readonly state: Snapshot | undefined;
  /** Sorted by name. */
  readonly timers: readonly (readonly [name: string, timer: Timer])[];
  /** State of the random generator. */
  readonly chance: number;
  readonly asked: Asked;
}

/** A node after a slot of its tick, and what it did in the slot. */
export interface Reached extends Memory {
  /** What a handler threw, in a line. */
  readonly failure: string | undefined;
  /** Receivers are numbers of nodes. */
  readonly sends: readonly { readonly to: number; readonly message: Snapshot }[];
  readonly logged: readonly Snapshot[];
  readonly recorded: readonly Recorded[];
  /** The last call, in words. */
  readonly call: string;
}

/**
 * The parts of a tick: a node starts, comes back, its timers fire, what one sender (a number) sent at one tick comes
 * in.
 */
export type SlotKind = 'init' | 'return' | 'timers' | number;

/** A slot of a run in which something was to be done. */
export interface Slot {
  readonly node: number;
  readonly tick: number;
  readonly kind: SlotKind;
  /** Those that come in. */
  readonly messages: readonly Snapshot[];
  readonly reached: Reached;
}

/** One message of a run. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly message: Snapshot<unknown>;
  /** The handler that sent it. */
  readonly by: Handler;
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
  /** The operations that it has invoked, in order. */
  readonly history: readonly OwnOperation[];
  /** What a handler threw, if one did. */
  readonly failure: string | undefined;
}
