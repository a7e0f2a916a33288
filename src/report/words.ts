/**
 * Faults, bounds and verdicts in words: the sentences that every report form shares.
 */
import { formatFact, type Row } from '../core/value.js';
import type { VerdictKind } from '../dedalus/program.js';
import { combinations } from '../faults/bounds.js';
import type { Bounds, Fault } from '../faults/fault.js';

/** `1 run`, `2 runs`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A fault as a clause: `the messages a→b sent at tick 1 are lost`. */
export function faultInWords(fault: Fault): string {
  return fault.kind === 'crash'
    ? `${fault.node} crashes at tick ${fault.tick}`
    : `what ${fault.from} sends to ${fault.to} at tick ${fault.tick} is lost`;
}

/** `eot 6, eff 3, at most 1 crash, nodes a b c`. */
export function boundsInWords({ eot, eff, crashes, nodes }: Bounds): string {
  const crash = crashes === 0 ? 'no crashes' : `at most ${crashes === 1 ? '1 crash' : `${crashes} crashes`}`;
  return `eot ${eot}, eff ${eff}, ${crash}, nodes ${nodes.join(' ')}`;
}

/** The promise that broke, per witness: `pre("a", 1) holds at the end, post("a", 1) does not`. */
export const witnessInWords = (row: Row, eot: number): string =>
  `${formatFact('pre', row)} holds at tick ${eot}, but ${formatFact('post', row)} does not`;

/** A count in short: exact up to a million, a power of ten beyond. */
export function countInWords(count: bigint): string {
  const digits = count.toString();
  return digits.length <= 7 ? digits : `about 10^${digits.length - 1}`;
}

/** Size of the scenario space: `about 10^12 scenarios`. */
export function spaceInWords(bounds: Bounds): string {
  const count = combinations(bounds);
  return `${countInWords(count)} ${count === 1n ? 'scenario' : 'scenarios'}`;
}

/** One line per kind of verdict: what it means. */
export const VERDICT_WORDS: Record<VerdictKind, string> = {
  holds: 'HOLDS',
  violated: 'VIOLATED',
  vacuous: 'VACUOUS',
  'no-post': 'NO POST',
  'violated-failure-free': 'VIOLATED WITHOUT FAULTS',
  inconclusive: 'INCONCLUSIVE',
};
