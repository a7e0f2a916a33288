/**
 * Supports: sets of needs that suffice for something, as small disjunctive normal forms, minimal and capped.
 *
 * A support is a sorted list of numbers of needs: all of them together suffice. Invariant: no support in a list
 * contains another.
 */
import { getOrMake } from '../../core/memo.js';
import type { KeyedCondition } from './conditions.js';

export type Support = readonly number[];

/** Needs nothing; cannot be. */
export const ALWAYS: readonly Support[] = [[]];
export const NEVER: readonly Support[] = [];

/** Most supports kept on the way, and most pairs of them that are merged in all. */
const MOST = 48;
const WORK = 50_000;

export class Supports {
  readonly conditions: KeyedCondition[] = [];
  /** Whether supports were left out. */
  capped = false;
  private readonly alone = new Map<string, readonly Support[]>();
  private work = WORK;

  /** The support that needs this alone. */
  one(id: string, condition: () => Omit<KeyedCondition, 'id'>): readonly Support[] {
    return getOrMake(this.alone, id, () => [[this.conditions.push({ id, ...condition() }) - 1]]);
  }

  or(lists: readonly (readonly Support[])[]): readonly Support[] {
    const [first, ...others] = new Set(lists.filter((list) => list.length > 0));
    if (!first || others.length === 0) return first ?? NEVER;
    return [first, ...others].find(isAlways) ?? this.minimal([first, ...others].flat());
  }

  and(lists: Iterable<readonly Support[]>): readonly Support[] {
    let all = ALWAYS;
    for (const list of lists) {
      if (all.length === 0) return all;
      all = this.both(all, list);
    }
    return all;
  }

  /** Ways in which so many of the lists are met. */
  atLeast(lists: readonly (readonly Support[])[], least: number): readonly Support[] {
    // some[k]: k of the lists so far.
    const some = [ALWAYS, ...Array.from({ length: least }, () => NEVER)];
    for (const list of lists)
      for (let k = least; k >= 1; k--) some[k] = this.or([some[k] ?? NEVER, this.both(some[k - 1] ?? NEVER, list)]);
    return some[least] ?? NEVER;
  }

  private both(left: readonly Support[], right: readonly Support[]): readonly Support[] {
    if (left === right || isAlways(right)) return left;
    if (isAlways(left)) return right;
    this.work -= left.length * right.length;
    if (this.work < 0) {
      this.capped = true;
      // One way is still a way, only not all of them.
      return left[0] && right[0] ? [union(left[0], right[0])] : NEVER;
    }
    return this.minimal(left.flatMap((a) => right.map((b) => union(a, b))));
  }

  /** Without supersets and duplicates; the smallest ones if there are too many. */
  minimal(supports: readonly Support[], most = MOST): readonly Support[] {
    if (supports.length < 2) return supports;
    const kept: { readonly support: Support; readonly trace: number }[] = [];
    for (const support of [...supports].sort(compareSupports)) {
      // Bits of a support's needs: a subset has no bit that its superset lacks. Spares most of the comparing.
      let trace = 0;
      for (const condition of support) trace |= 1 << (condition & 31);
      if (kept.some((smaller) => (smaller.trace & ~trace) === 0 && isSubset(smaller.support, support))) continue;
      if (kept.length >= most) {
        this.capped = true;
        break;
      }
      kept.push({ support, trace });
    }
    return kept.map(({ support }) => support);
  }

  /** For reading: few needs first, then those that are met early. */
  inOrder(supports: readonly Support[]): Support[] {
    const when = (support: Support): number[] =>
      support.map((condition) => this.conditions[condition]?.tick ?? Number.MAX_SAFE_INTEGER).sort((a, b) => b - a);
    return supports
      .map((support) => ({ support, times: when(support) }))
      .sort((a, b) => compareSupports(a.times, b.times) || compareSupports(a.support, b.support))
      .map(({ support }) => support);
  }
}

const isAlways = (supports: readonly Support[]): boolean => supports.length === 1 && supports[0]?.length === 0;

/** Smaller ones first, then number by number. */
function compareSupports(a: Support, b: Support): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((condition, at) => condition !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number);
}

function union(a: Support, b: Support): Support {
  const merged: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    merged.push(Math.min(x, y));
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return merged;
}

function isSubset(small: Support, large: Support): boolean {
  let i = 0;
  for (const condition of small) {
    while (i < large.length && (large[i] as number) < condition) i++;
    if (large[i] !== condition) return false;
  }
  return true;
}
