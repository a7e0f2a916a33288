/**
 * Cases: alternatives, each with the formula of when it is the one.
 */
import { type Circuit, FALSE, type Formula } from '../../core/circuit.js';

/** Alternatives of which exactly one is true. */
export type Cases = Map<number, Formula>;

/** Cases in the making: the formulas of each are joined once. */
export class Collector {
  private readonly whens = new Map<number, Formula[]>();

  add(key: number, when: Formula): void {
    if (when === FALSE) return;
    const known = this.whens.get(key);
    if (known) known.push(when);
    else this.whens.set(key, [when]);
  }

  cases(circuit: Circuit): Cases {
    return new Map([...this.whens].map(([key, whens]) => [key, circuit.or(whens)]));
  }
}

/** Most alternatives that are told to exclude each other, pair by pair. */
const MOST_PAIRED = 40;

/** That one of the formulas is true or the node is dead, and no two where there are few enough for that to pay. */
export function exactlyOne(circuit: Circuit, formulas: readonly Formula[], dead: Formula): Formula[] {
  const some = circuit.or([...formulas, dead]);
  if (formulas.length > MOST_PAIRED) return [some];
  return [some, ...formulas.flatMap((a, i) => formulas.slice(0, i).map((b) => circuit.or([-a, -b])))];
}
