/**
 * What a scenario does to nodes and messages: the edited clock of `faults`, evaluated.
 */
import type { Formula } from '../../core/circuit.js';
import type { Scenario } from '../../faults/fault.js';
import type { FaultSpace } from '../../faults/space.js';

export interface Delivery {
  /** Whether node number `node` runs at `tick`. */
  up(node: number, tick: number): boolean;
  /** Whether a node is down at `tick`, and will come back. */
  away(node: number, tick: number): boolean;
  /** Whether the timers of a node come no nearer at `tick`. */
  standing(node: number, tick: number): boolean;
  /** Whose messages come first at a node and tick, before its timers; undefined: timers, then senders by name. */
  first(node: number, tick: number): number | undefined;
  /** The ticks at which what `from` sends to `to` (numbers) at `sent` arrives, beyond the end of time too. */
  arrivals(from: number, to: number, sent: number, number?: number): readonly number[];
}

const NEVER: readonly number[] = [];

/** @param space one whose circuit stays small: evaluating takes room in proportion to it */
export function deliveryOf(space: FaultSpace, scenario: Scenario): Delivery {
  const happens = scenario.length === 0 ? calm(space) : space.evaluator(scenario);
  return {
    up: (node, tick) => scenario.length === 0 || happens(space.up(node, tick)),
    away: (node, tick) => space.has.stops && happens(space.away(node, tick)),
    standing: (node, tick) => space.has.standstills && happens(space.standing(node, tick)),
    first: (node, tick) => space.firsts(node, tick).find(({ when }) => happens(when))?.first,
    arrivals: (from, to, sent, number) => {
      const arrivals = space.arrivals(from, to, sent, number);
      const [only] = arrivals;
      // Nearly always: one arrival, and it happens.
      if (arrivals.length === 1 && only) return happens(only.when) ? justAt(only.at) : NEVER;
      return arrivals.filter(({ when }) => happens(when)).map(({ at }) => at);
    },
  };
}

/** What happens without faults is asked again and again. */
const CALM = new WeakMap<FaultSpace, (formula: Formula) => boolean>();

function calm(space: FaultSpace): (formula: Formula) => boolean {
  let happens = CALM.get(space);
  if (!happens) {
    happens = space.evaluator([]);
    CALM.set(space, happens);
  }
  return happens;
}

/** Lists of one tick, each made once. */
const JUST: (readonly number[] | undefined)[] = [];

function justAt(tick: number): readonly number[] {
  JUST[tick] ??= [tick];
  return JUST[tick];
}
