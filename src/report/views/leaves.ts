/**
 * Leaves of supports, and supports as sets of leaves: small disjunctive normal forms, minimal and capped.
 *
 * A leaf is what a fault can make true or false: a message arrives, a node has not crashed, or (in a run with faults) a fault is there.
 * A support is a sorted list of leaf numbers: all of them together suffice. Invariant: no support in a list contains another.
 */
import type { Fault } from '../../faults/fault.js';
import { formatFault } from '../../faults/scenario.js';

export type Leaf =
  | {
      readonly kind: 'message';
      readonly from: number;
      readonly to: number;
      readonly sent: number;
      readonly relation: number;
      readonly tuple: number;
    }
  /** No `crash` of this node (value id) at this tick (value id) is there; `OPEN` for any. */
  | { readonly kind: 'alive'; readonly node: number; readonly tick: number }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** Sorted leaf numbers. */
export type Support = readonly number[];

/** Needs nothing. */
export const ALWAYS: readonly Support[] = [[]];

/** Most supports kept on the way. */
const MOST = 48;

/** Most pairs of supports that are merged in all. */
const WORK = 50_000;

export class Leaves {
  /** Whether supports were left out. */
  capped = false;
  private readonly list: Leaf[] = [];
  private readonly alone = new Map<string, readonly Support[]>();
  private work = WORK;

  /** The support that needs this leaf alone. */
  one(leaf: Leaf): readonly Support[] {
    const key = keyOf(leaf);
    let alone = this.alone.get(key);
    if (!alone) {
      alone = [[this.list.push(leaf) - 1]];
      this.alone.set(key, alone);
    }
    return alone;
  }

  /** The ways that are in one of the lists. */
  or(lists: readonly (readonly Support[])[]): readonly Support[] {
    return lists.length === 1 && lists[0] ? lists[0] : this.minimal(lists.flat());
  }

  /** The ways that do for all of the lists. */
  and(left: readonly Support[], right: readonly Support[]): readonly Support[] {
    if (left.length === 1 && left[0]?.length === 0) return right;
    if (right.length === 1 && right[0]?.length === 0) return left;
    if (left === right) return left;
    this.work -= left.length * right.length;
    if (this.work < 0) {
      this.capped = true;
      // One way is still a way, only not all of them.
      return left[0] && right[0] ? [union(left[0], right[0])] : [];
    }
    return this.minimal(left.flatMap((a) => right.map((b) => union(a, b))));
  }

  /** Without supersets and duplicates; the smallest ones if there are too many. */
  minimal(supports: readonly Support[], most = MOST): readonly Support[] {
    if (supports.length < 2) return supports;
    const sorted = [...supports].sort(compareSupports);
    const kept: Support[] = [];
    const traces: number[] = [];
    for (const support of sorted) {
      const trace = traceOf(support);
      if (kept.some((smaller, i) => ((traces[i] as number) & ~trace) === 0 && isSubset(smaller, support))) continue;
      if (kept.length >= most) {
        this.capped = true;
        break;
      }
      kept.push(support);
      traces.push(trace);
    }
    return kept;
  }

  /** For reading: few needs first, then those that are met early. */
  inOrder(supports: readonly Support[]): Support[] {
    const when = (support: Support): number[] =>
      support.map((number) => timeOf(this.list[number] as Leaf)).sort((a, b) => b - a);
    return supports
      .map((support) => ({ support, times: when(support) }))
      .sort(
        (a, b) =>
          a.support.length - b.support.length ||
          compareTimes(a.times, b.times) ||
          compareSupports(a.support, b.support),
      )
      .map(({ support }) => support);
  }

  /** The leaf of this number. */
  leaf(number: number): Leaf {
    return this.list[number] as Leaf;
  }
}

/** When a leaf is decided, for the order: messages when they are sent, the rest at the end. */
export const timeOf = (leaf: Leaf): number => (leaf.kind === 'message' ? leaf.sent : Number.MAX_SAFE_INTEGER);

function compareTimes(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((time, at) => time !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number);
}

/** Smaller ones first, then leaf by leaf. */
function compareSupports(a: Support, b: Support): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((leaf, at) => leaf !== b[at]);
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
  for (const leaf of small) {
    while (i < large.length && (large[i] as number) < leaf) i++;
    if (large[i] !== leaf) return false;
  }
  return true;
}

/** Bits of a support's leaves: a subset has no bit that its superset lacks. Spares most of the comparing. */
function traceOf(support: Support): number {
  let trace = 0;
  for (const leaf of support) trace |= 1 << (leaf & 31);
  return trace;
}

function keyOf(leaf: Leaf): string {
  if (leaf.kind === 'message') return `${leaf.from} ${leaf.to} ${leaf.sent} ${leaf.relation} ${leaf.tuple}`;
  return leaf.kind === 'alive' ? `alive ${leaf.node} ${leaf.tick}` : formatFault(leaf.fault);
}
