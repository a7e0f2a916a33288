/**
 * Strikes: the faults of a scenario that hit no one slot, as a story tells them: where and when each begins, and when
 * it is over.
 */
import type { Fault, Scenario } from '../../faults/fault.js';
import type { Wall } from '../../faults/kind.js';
import { kindOf } from '../../faults/kinds.js';
import { tickOf } from '../../faults/scenario.js';
import { faultInWords } from '../words.js';
import { nodeOf } from './loss.js';

/** How it is drawn: a node down for good, down for a while, slow, in another order; nodes kept apart. */
export type Look = 'down' | 'gap' | 'slow' | 'first' | 'wall';

export interface Strike {
  readonly fault: Fault;
  /** Undefined if it hits more than one. */
  readonly node: string | undefined;
  readonly tick: number;
  /** The first tick after it, if it passes. */
  readonly until: number | undefined;
  readonly look: Look;
  readonly wall: Wall | undefined;
  readonly symbol: string;
  /** `a crashes`, `partition a | b, c`. */
  readonly label: string;
  /** The same, and what follows: `a crashes: nothing it sends from now on arrives`. */
  readonly words: string;
  readonly effect: string;
  /** `a restarts`, if it passes. */
  readonly over: string | undefined;
}

/** Most of what a node has kept that is listed. */
const MOST_KEPT = 4;

/** Those of a kind that has words for it, in the order of the scenario. */
export const strikesOf = (scenario: Scenario): Strike[] =>
  scenario.flatMap((fault): Strike[] => {
    const { lane, last, slot, wall, precedence, downtime } = kindOf(fault);
    if (!lane || slot) return [];
    const [node, tick] = [nodeOf(fault), tickOf(fault)];
    const { symbol, effect, over } = lane;
    const told = (words: string): string => (node === undefined ? words : `${node} ${words}`);
    const apart = wall?.(fault);
    const { first } = precedence?.(fault) ?? {};
    const label = apart
      ? `${lane.label} ${apart.side.join(', ')} ${apart.way} ${apart.other.join(', ')}`
      : first === undefined
        ? told(lane.label)
        : `${first} ${lane.label} at ${node}`;
    return [
      {
        fault,
        node,
        tick,
        until: over === undefined ? undefined : (last?.(fault) ?? tick) + 1,
        look: apart
          ? 'wall'
          : downtime
            ? over === undefined
              ? 'down'
              : 'gap'
            : first === undefined
              ? 'slow'
              : 'first',
        wall: apart,
        symbol,
        label,
        words: `${downtime && over === undefined ? label : faultInWords(fault)}: ${effect}`,
        effect,
        over: over === undefined ? undefined : told(over),
      },
    ];
  });

/** The same for a picture, where there is little room: `restarts, nothing kept`. */
export function overInShort({ over, fault, node }: Strike, kept?: readonly string[]): string | undefined {
  if (over === undefined || kept === undefined || !kindOf(fault).stops) return over;
  return `${over.replace(`${node} `, '')}, ${kept.length > 0 ? kept.length : 'nothing'} kept`;
}

/** What happens when it is over, and what the node has kept: `a restarts, and has kept log("x")`. */
export function overInWords({ over, fault }: Strike, kept?: readonly string[]): string | undefined {
  if (over === undefined || kept === undefined || !kindOf(fault).stops) return over;
  if (kept.length === 0) return `${over}, and has kept nothing`;
  const more = kept.length - MOST_KEPT;
  return `${over}, and has kept ${kept.slice(0, MOST_KEPT).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
