/**
 * Leaves of supports, and supports as sets of leaves: small disjunctive normal forms, minimal and capped.
 *
 * A leaf is what a fault can make true or false: a message arrives, a node has not crashed, or (in a run with faults) a fault is there.
 * A support is a sorted list of leaf numbers: all of them together suffice. Invariant: no support in a list contains another.
 */
import type { Fault } from '../../faults/fault.js';
import { formatFault } from '../../faults/scenario.js';
import type { Schema } from '../../simulator/schema.js';
import type { Lexicon } from './lexicon.js';
import { OPEN } from './pattern.js';

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
  private readonly numbers = new Map<string, number>();
  private work = WORK;

  constructor(
    private readonly schema: Schema,
    private readonly names: Lexicon,
  ) {}

  /** The support that needs this leaf alone. */
  one(leaf: Leaf): readonly Support[] {
    const key = JSON.stringify(leaf);
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.list.push(leaf) - 1;
      this.numbers.set(key, number);
    }
    return [[number]];
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
    const sorted = [...supports].sort(compareSupports);
    const kept: Support[] = [];
    for (const support of sorted) {
      if (kept.some((smaller) => isSubset(smaller, support))) continue;
      if (kept.length >= most) {
        this.capped = true;
        break;
      }
      kept.push(support);
    }
    return kept;
  }

  /** For reading: few needs first, then those that are met early. */
  inOrder(supports: readonly Support[]): Support[] {
    const when = (support: Support): number[] =>
      support.map((number) => time(this.list[number] as Leaf)).sort((a, b) => b - a);
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

  /** Whether a fault makes a support fail. */
  cuts(fault: Fault, support: Support): boolean {
    return support.some((number) => this.cutsLeaf(fault, this.list[number] as Leaf));
  }

  /** What a support needs, by message id and in words, in the order of time. */
  needs(support: Support): { readonly id: string; readonly text: string }[] {
    const leaves = support.map((number) => this.list[number] as Leaf);
    return leaves.sort((a, b) => time(a) - time(b)).map((leaf) => this.inWords(leaf));
  }

  private inWords(leaf: Leaf): { id: string; text: string } {
    if (leaf.kind === 'message') {
      const { from, to, sent, relation, tuple } = leaf;
      const slot = `${this.names.node(from)}→${this.names.node(to)}`;
      return {
        id: this.names.message(from, to, sent, relation, tuple),
        text: `${this.names.text(relation, tuple)} ${slot} sent at tick ${sent}`,
      };
    }
    if (leaf.kind === 'fault')
      return { id: `fault ${formatFault(leaf.fault)}`, text: `${formatFault(leaf.fault)} happens` };
    const [node, tick] = [leaf.node, leaf.tick].map((id) => (id === OPEN ? undefined : this.schema.values.get(id)));
    const text = `${node ?? 'no node'} ${node === undefined ? 'crashes' : 'does not crash'}${tick === undefined ? '' : ` at tick ${tick}`}`;
    return { id: `alive ${text}`, text };
  }

  private cutsLeaf(fault: Fault, leaf: Leaf): boolean {
    if (leaf.kind === 'fault') return false;
    if (leaf.kind === 'alive') {
      if (fault.kind !== 'crash') return false;
      const node = this.schema.nodeValues[this.schema.nodes.indexOf(fault.node)];
      return (
        (leaf.node === OPEN || leaf.node === node) &&
        (leaf.tick === OPEN || this.schema.values.get(leaf.tick) === fault.tick)
      );
    }
    const [from, to] = [this.names.node(leaf.from), this.names.node(leaf.to)];
    return fault.kind === 'crash'
      ? fault.node === from && fault.tick <= leaf.sent
      : fault.from === from && fault.to === to && fault.tick === leaf.sent;
  }
}

const time = (leaf: Leaf): number => (leaf.kind === 'message' ? leaf.sent : Number.MAX_SAFE_INTEGER);

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
  for (const leaf of large) if (leaf === small[i]) i++;
  return i === small.length;
}
