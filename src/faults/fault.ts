/**
 * Faults, bounds and scenarios as plain data.
 *
 * A scenario is the set of faults injected into one run. Canonical form: sorted, without duplicates, without omissions whose sender has
 * crashed at or before their tick (they change nothing). Fault model: Alvaro, Rosen, Hellerstein, SIGMOD 2015, section 3.
 */

/** All that `from` sends to `to` at `tick` is lost. */
export interface Omission {
  readonly kind: 'omission';
  readonly from: string;
  readonly to: string;
  readonly tick: number;
}

/** Nothing that `node` sends to others at `tick` or later arrives. */
export interface Crash {
  readonly kind: 'crash';
  readonly node: string;
  readonly tick: number;
}

export type Fault = Omission | Crash;

/** A canonical set of faults. */
export type Scenario = readonly Fault[];

/** The finite world that a verdict speaks of. All in ticks but `crashes` and `nodes`. */
export interface Bounds {
  /** End of time: the last tick, at least 1. */
  readonly eot: number;
  /** End of finite failures: omissions may hit slots sent at ticks < eff. */
  readonly eff: number;
  /** At most this many nodes crash. */
  readonly crashes: number;
  /** The processes, in code-unit order, without duplicates. */
  readonly nodes: readonly string[];
}
