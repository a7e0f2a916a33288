/**
 * Where rules fired in a run: by rule, with their bindings.
 */
import { instancesOf } from '../report/provenance/dedalus/joins.js';
import type { Traced } from '../report/provenance/dedalus/traced.js';

/** One instance of a rule that fired. */
export interface Instance {
  readonly slots: Int32Array;
  /** The tick at which the rule was evaluated. */
  readonly tick: number;
  /** Its head, and the tick of that. */
  readonly tuple: number;
  readonly headTick: number;
}

/** By the number of a rule, in order of evaluation. */
export function instancesIn(run: Traced): ReadonlyMap<number, readonly Instance[]> {
  const found = new Map<number, Instance[]>();
  for (const { firings } of run.raw.made)
    for (const firing of firings) {
      const { rule, tick, tuple, headTick } = firing;
      const of = found.get(rule) ?? [];
      for (const slots of instancesOf(run.schema, firing)) of.push({ slots, tick, tuple, headTick });
      found.set(rule, of);
    }
  return found;
}
