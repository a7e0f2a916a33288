/**
 * Aggregates in the ground program: threshold chains, and explicit totals.
 *
 * count, min and max of a group become a chain of thresholds, each implied by the next (count ≥ i; max ≥ v; min ≤ v),
 * and a value is an interval of the chain: 'count = i' is 'count ≥ i and not count ≥ i + 1'. Derivations that differ
 * only in which value of one chain they use then merge into one interval (`mergeIntervals`), so that a quorum is one
 * threshold and not a sum of cases. sum and avg keep explicit values.
 */
import { LdfiError } from '../../core/invariant.js';
import { Sequences } from '../../core/sequences.js';
import { sortSigned } from '../../core/signed.js';
import { compareValues } from '../../core/value.js';
import type { AggregateFn } from '../../dedalus/ast.js';
import { combine } from '../../simulator/aggregate.js';
import type { Values } from '../../simulator/values.js';
import {
  type AtomId,
  atomOf,
  type Body,
  type Ground,
  type GroundLiteral,
  type Interval,
  negative,
  positive,
  type TotalInput,
} from './ground.js';

/** A value that may be in a group: the atom that says so, or undefined if it is certainly there. */
export interface Member {
  readonly operand: number;
  readonly atom: AtomId | undefined;
}

/** A possible result of an aggregate: a value id, and the body under which it is the result. */
export interface Result {
  readonly value: number;
  readonly body: Body;
  readonly interval: Interval | undefined;
}

/** Most partial totals of one sum or average. */
const MOST_TOTALS = 50_000;

/** All possible results of one aggregate over one group. */
export function results(fn: AggregateFn, members: readonly Member[], ground: Ground, values: Values): Result[] {
  if (fn === 'count') return countResults(members, ground, values);
  if (fn === 'min' || fn === 'max') return extremeResults(fn, members, ground, values);
  return totalResults(fn, members, ground, values);
}

function countResults(members: readonly Member[], ground: Ground, values: Values): Result[] {
  const inputs = members.flatMap(({ atom }) => (atom === undefined ? [] : [atom]));
  const certain = members.length - inputs.length;
  const chain: (AtomId | undefined)[] = [];
  for (let i = 0; i <= certain; i++) chain.push(undefined);
  for (let least = 1; least <= inputs.length; least++)
    chain.push(least === 1 ? ground.some(inputs) : ground.add({ kind: 'at-least', inputs, least }));
  return chainResults(chain, Math.max(1, certain), members.length, (i) => values.intern(i));
}

function extremeResults(fn: 'min' | 'max', members: readonly Member[], ground: Ground, values: Values): Result[] {
  // Weakest threshold first: for max in ascending order, chain[i] = 'some value at i or above'.
  const sign = fn === 'max' ? 1 : -1;
  const sorted = [...members].sort((a, b) => sign * compareValues(values.get(a.operand), values.get(b.operand)));
  const chain: (AtomId | undefined)[] = new Array(sorted.length);
  let atoms: AtomId[] = [];
  let lowest = 0;
  for (let i = sorted.length - 1; i >= 0; i--) {
    const { atom } = sorted[i] as Member;
    if (atom === undefined) {
      lowest = i;
      break;
    }
    atoms = [...atoms, atom];
    chain[i] = ground.some(atoms);
  }
  return chainResults(chain, lowest, sorted.length - 1, (i) => (sorted[i] as Member).operand);
}

function chainResults(
  chain: (AtomId | undefined)[],
  low: number,
  high: number,
  value: (i: number) => number,
): Result[] {
  const found: Result[] = [];
  for (let index = low; index <= high; index++)
    found.push({ value: value(index), body: intervalBody(chain, index, index), interval: { chain, index } });
  return found;
}

/** chain[low] and not chain[high + 1]. */
function intervalBody(chain: readonly (AtomId | undefined)[], low: number, high: number): GroundLiteral[] {
  const [from, above] = [chain[low], chain[high + 1]];
  return [...(from === undefined ? [] : [positive(from)]), ...(above === undefined ? [] : [negative(above)])];
}

function totalResults(fn: 'sum' | 'avg', members: readonly Member[], ground: Ground, values: Values): Result[] {
  const numbers = members.flatMap(({ operand, atom }) => {
    const value = values.get(operand);
    return typeof value === 'number' ? [{ value, atom }] : [];
  });
  const base = { sum: 0, size: 0 };
  // Values that come and go together (they shared a slot, say) are one input.
  const byAtom = new Map<AtomId, { sum: number; size: number }>();
  for (const { value, atom } of numbers) {
    const alias = atom === undefined ? undefined : ground.alias(atom);
    const together = alias === undefined ? base : (byAtom.get(alias) ?? { sum: 0, size: 0 });
    if (alias !== undefined) byAtom.set(alias, together);
    together.sum += value;
    together.size++;
  }
  const inputs: TotalInput[] = [...byAtom].map(([atom, together]) => ({ atom, ...together }));
  const byValue = new Map<number, boolean>();
  for (const [sum, size] of totals(inputs, base)) {
    const value = combine(fn, sum, size, values);
    if (value >= 0) byValue.set(value, true);
  }
  return [...byValue.keys()].map((value) => {
    const gives = (sum: number, size: number): boolean => combine(fn, sum, size, values) === value;
    if (inputs.length === 0) return { value, body: [], interval: undefined };
    return { value, body: [positive(ground.add({ kind: 'total', inputs, base, gives }))], interval: undefined };
  });
}

/**
 * All (sum, size) that some subset of the inputs gives, in order of discovery.
 * @throws LdfiError 'limit-ground' if there are too many
 */
function totals(
  inputs: readonly { readonly sum: number; readonly size: number }[],
  base: { readonly sum: number; readonly size: number },
): (readonly [number, number])[] {
  let reached = new Map<string, readonly [number, number]>([[`${base.sum},${base.size}`, [base.sum, base.size]]]);
  for (const input of inputs) {
    const next = new Map(reached);
    for (const [sum, size] of reached.values())
      next.set(`${sum + input.sum},${size + input.size}`, [sum + input.sum, size + input.size]);
    if (next.size > MOST_TOTALS)
      throw new LdfiError(
        'limit-ground',
        `a sum or avg has more than ${MOST_TOTALS} possible totals; aggregate fewer values`,
      );
    reached = next;
  }
  return [...reached.values()];
}

/** Merges bodies that are equal but for consecutive values of one chain, chain by chain. */
export function mergeIntervals(ground: Ground, bodies: readonly Body[]): Body[] {
  if (ground.intervals.size === 0) return [...bodies];
  let merged = [...bodies];
  const done = new Set<Interval['chain']>();
  while (merged.length > 1) {
    const chains = merged.flatMap((body) => body.map((literal) => intervalOf(ground, literal)?.chain));
    const chain = chains.find((found) => found !== undefined && !done.has(found));
    if (chain === undefined) break;
    done.add(chain);
    merged = mergeChain(ground, merged, chain);
  }
  return merged;
}

/** The interval that a positive literal stands for, if its atom has no other definition. */
function intervalOf(ground: Ground, literal: GroundLiteral): Interval | undefined {
  if (literal < 0) return undefined;
  const interval = ground.intervals.get(atomOf(literal));
  return interval && ground.bodies(atomOf(literal)).length === 1 ? interval : undefined;
}

function mergeChain(ground: Ground, bodies: readonly Body[], chain: Interval['chain']): Body[] {
  const rests = new Sequences();
  const groups: { rest: Body; indexes: number[]; whole: Body[] }[] = [];
  const others: Body[] = [];
  for (const body of bodies) {
    const uses = body.filter((literal) => intervalOf(ground, literal)?.chain === chain);
    if (uses.length !== 1) {
      others.push(body);
      continue;
    }
    const rest = body.filter((literal) => literal !== uses[0]);
    const id = rests.intern(rest);
    groups[id] ??= { rest, indexes: [], whole: [] };
    groups[id].indexes.push((intervalOf(ground, uses[0] as GroundLiteral) as Interval).index);
    groups[id].whole.push(body);
  }
  return [
    ...others,
    ...groups.flatMap(({ rest, indexes, whole }) =>
      indexes.length < 2
        ? whole
        : intervals(indexes).map(([low, high]) => [...rest, ...intervalBody(chain, low, high)]),
    ),
  ].map(sortedBody);
}

const sortedBody = (body: Body): Body => sortSigned([...new Set(body)]);

/** Runs of consecutive integers. */
function intervals(indexes: readonly number[]): [number, number][] {
  const sorted = [...new Set(indexes)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const index of sorted) {
    const last = runs[runs.length - 1];
    if (last && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}
