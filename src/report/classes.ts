/**
 * Counterexamples by behaviour class: those that differ only in the ticks of their crashes, with every message meeting the same fate, are one finding.
 */
import type { CounterexampleResult } from './schema.js';

/** The classes in the order in which they first occur, none of them empty. */
export function byClass(
  counterexamples: readonly CounterexampleResult[],
): (readonly [CounterexampleResult, ...CounterexampleResult[]])[] {
  const classes = new Map<number, [CounterexampleResult, ...CounterexampleResult[]]>();
  for (const one of counterexamples) {
    const members = classes.get(one.class);
    if (members) members.push(one);
    else classes.set(one.class, [one]);
  }
  return [...classes.values()];
}
