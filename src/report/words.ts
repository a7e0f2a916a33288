/**
 * Faults, bounds and verdicts in words: the sentences that every report form shares.
 */
import { getOrMake } from '../core/memo.js';
import { type Broken, isBrokenAt } from '../core/outcome.js';
import { ranges } from '../core/ranges.js';
import { formatFact } from '../core/value.js';
import type { VerdictKind } from '../dedalus/program.js';
import { boundRanges, boundValues } from '../faults/bounds.js';
import { isCountable, scenarioCount } from '../faults/count.js';
import type { Bounds, Fault } from '../faults/fault.js';
import type { FaultKind } from '../faults/kind.js';
import { kindOf, kinds, ofKind } from '../faults/kinds.js';
import { namesInWords } from '../faults/names.js';

/** `1 run`, `2 runs`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** `a`, `a and b`, `a, b and c`. */
export const listInWords = (words: readonly (string | number)[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join();

/** `tick 2`, `ticks 2, 3`, `ticks 3–39`. */
export const listOfTicks = (ticks: readonly number[]): string =>
  `${ticks.length === 1 ? 'tick' : 'ticks'} ${ranges([...ticks].sort((a, b) => a - b))}`;

/** A fault as a clause: `what a sends to b at tick 1 is lost`. */
export const faultInWords = (fault: Fault): string => kindOf(fault).inWords(fault);

/** What is so where a fault does not happen: `a is up at tick 2`. */
export const absenceInWords = (fault: Fault): string =>
  kindOf(fault).absence?.(fault) ?? `it is not so that ${faultInWords(fault)}`;

/** Faults as clauses, kind by kind; several in one where that reads better. */
export const clausesOf = (faults: readonly Fault[]): string[] =>
  kinds().flatMap((kind) => {
    const own = ofKind(faults, kind);
    return kind.together?.(own) ?? own.map(faultInWords);
  });

/** Most nodes that are listed by name. */
const MOST_NODES = 8;

/** `eot 6, eff 3, at most 1 crash, nodes a b c`. */
export function boundsInWords(bounds: Bounds): string {
  const { nodes, costs = {} } = bounds;
  const ranges = boundValues(bounds).map(([name, value]) => boundRanges()[name].inWords(value));
  const named = nodes.length > MOST_NODES ? `${nodes.length} nodes` : `nodes ${nodes.join(' ')}`;
  const prices = Object.entries(costs).map(([kind, cost]) => `${kind} costs ${cost}`);
  return [...ranges, ...prices, named, ...namesInWords(bounds)].join(', ');
}

/**
 * The promise that broke, per witness. Of a Dedalus spec: `pre("a", 1) holds at tick 6, but post("a", 1) does not`; of
 * a protocol, what its check says: `b: has nothing`. Of every tick: `never("a") holds at tick 4`, `at tick 4: two
 * leaders`.
 */
export function witnessInWords(broken: Broken, eot: number, kind?: 'protocol'): string {
  if (isBrokenAt(broken)) {
    if (kind === undefined) return `${formatFact('never', broken.row)} holds at tick ${broken.tick}`;
    return `at tick ${broken.tick}: ${witnessInWords(broken.row, eot, kind)}`;
  }
  const row = broken;
  if (kind === undefined)
    return `${formatFact('pre', row)} holds at tick ${eot}, but ${formatFact('post', row)} does not`;
  const [first = 'the check says so', ...rest] = row;
  return rest.length === 0 ? String(first) : `${first}: ${rest.join(' ')}`;
}

/** Of a counterexample that more time heals. */
export const horizonInWords = (eot: number): string =>
  `Only because the world ends: with eot ${eot} the same faults break nothing.`;

/** A probability in short: `0.001`, `1.23e-9`. */
export const probabilityInWords = (probability: number): string => String(Number(probability.toPrecision(4)));

/** What nodes keep over a restart. */
export const durableInWords = (names: readonly string[]): string =>
  names.length > 0 ? `A node that restarts keeps ${names.join(', ')}.` : 'A node that restarts keeps nothing.';

/** A count in short: exact up to a million, two digits and a power of ten beyond: `about 6.9·10^11`. */
export function countInWords(count: bigint): string {
  if (count < 10_000_000n) return count.toString();
  // 3 decimal digits are a little less than 10 binary ones; full conversion of a huge count would take long.
  const bits = BigInt(count.toString(16).length - 1) * 4n;
  const surplus = bits > 4_000n ? ((bits - 4_000n) * 301n) / 1_000n : 0n;
  const digits = (count / 10n ** surplus).toString();
  const exponent = BigInt(digits.length - 1) + surplus;
  const tenths = Math.round(Number(digits.slice(0, 3)) / 10);
  return tenths === 100 ? `about 1.0·10^${exponent + 1n}` : `about ${(tenths / 10).toFixed(1)}·10^${exponent}`;
}

/** Faults that come and go by themselves beyond which a space is not counted, only bounded. */
const MOST_FREE = 50_000;

/** Whether any number of faults of a kind may be together: those that lose a slot each. */
const isFree = ({ slot, last, most }: FaultKind, bounds: Bounds): boolean =>
  slot !== undefined && last === undefined && most?.(bounds) === undefined;

const COUNTS = new WeakMap<Bounds, bigint>();

/** Size of the scenario space: `about 1.2·10^12 scenarios`. */
export function spaceInWords(bounds: Bounds): string {
  const free = kinds().reduce((sum, kind) => sum + (isFree(kind, bounds) ? kind.size(bounds) : 0), 0);
  if (free > MOST_FREE || !isCountable(bounds))
    return `more than 10^${Math.max(4, Math.floor(free * Math.log10(2)))} scenarios`;
  const count = getOrMake(COUNTS, bounds, () => scenarioCount(bounds));
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
