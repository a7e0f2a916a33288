/**
 * Faults, bounds and scenarios as plain data: what the kinds make them.
 *
 * A scenario is the set of faults injected into one run. Canonical form: sorted, without duplicates and without faults
 * that change nothing, as an omission whose sender has crashed by then. Fault model: Alvaro, Rosen, Hellerstein, SIGMOD
 * 2015, section 3.
 */
import type { FaultKind, World } from './kind.js';
import type { KINDS } from './kinds.js';

type Kind = (typeof KINDS)[number];
type Both<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void ? I : never;

export type Fault = Kind extends infer K ? (K extends FaultKind<infer F, infer _B, infer _O> ? F : never) : never;

/** A canonical set of faults. */
export type Scenario = readonly Fault[];

/** The bounds that the kinds add to a world. */
export type KindBounds = Both<
  Kind extends infer K ? (K extends FaultKind<infer _F, infer _B, infer O> ? O : never) : never
>;

/** The finite world that a verdict speaks of. In ticks, or numbers of faults. */
export type Bounds = World & KindBounds;
export type { Crash } from './crash.js';
export type { Delay } from './delay.js';
export type { Duplication } from './dup.js';
export type { Halt } from './halt.js';
export type { Omission } from './omission.js';
export type { Order } from './order.js';
export type { Partition } from './partition.js';
export type { Restart } from './restart.js';
export type { Skew } from './skew.js';
