/**
 * Reduced ordered binary decision diagrams (Bryant, "Graph-based algorithms for Boolean function manipulation", 1986)
 * with complement edges (Brace, Rudell, Bryant, 1990).
 *
 * A diagram is an integer, its negation the negative integer, TRUE is 1 and FALSE is -1, as in `core/circuit.ts`.
 * Equal functions are the same integer. A node is made after its children, so that the order of numbers is bottom-up.
 */
import { FALSE, TRUE } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import { grown } from '../core/sequences.js';
import { strides } from '../core/work.js';

export type Diagram = number;

/** Entries of the cache of conjunctions, a power of two; an entry takes the place of another one. */
const CACHE = 1 << 18;

/** Steps between two yields. */
const STRIDE = 50_000;

export class Diagrams {
  /** How many nodes there are; those before 2 are the constants. */
  size = 2;
  private levels: Int32Array;
  private lows: Int32Array;
  private highs: Int32Array;
  /** Nodes by a hash of what is in them; 0 for none. */
  private unique = new Int32Array(1 << 12);
  private readonly cache = { f: new Int32Array(CACHE), g: new Int32Array(CACHE), both: new Int32Array(CACHE) };
  private readonly isTime = strides(STRIDE);

  /**
   * @param variables how many there are; a variable is its place in the order, from 0
   * @param mostNodes beyond these LdfiError 'limit-diagram' is thrown
   */
  constructor(
    readonly variables: number,
    private readonly mostNodes: number,
  ) {
    this.levels = new Int32Array([variables, variables]);
    this.lows = new Int32Array(2);
    this.highs = new Int32Array(2);
  }

  variable(level: number): Diagram {
    return this.make(level, FALSE, TRUE);
  }

  /** The first variable that a diagram asks; how many there are if it asks none. */
  level(diagram: Diagram): number {
    return this.levels[Math.abs(diagram)] as number;
  }

  /** What becomes of a diagram if a variable before or at its own is false. */
  low(diagram: Diagram, level = this.level(diagram)): Diagram {
    if (this.level(diagram) > level) return diagram;
    return diagram > 0 ? (this.lows[diagram] as number) : -(this.lows[-diagram] as number);
  }

  /** The same if it is true. */
  high(diagram: Diagram, level = this.level(diagram)): Diagram {
    if (this.level(diagram) > level) return diagram;
    return diagram > 0 ? (this.highs[diagram] as number) : -(this.highs[-diagram] as number);
  }

  /** Conjunction, with a stack of its own, however many variables there are; yields now and then. */
  *and(one: Diagram, other: Diagram): Generator<void, Diagram> {
    let [f, g] = [one, other];
    /** Pairs under way, each with what it comes to if its variable is false; 0 as long as that is not known. */
    const stack: number[] = [];
    for (;;) {
      if (this.isTime(1)) yield;
      let value = this.known(f, g);
      if (value === 0) {
        stack.push(f, g, 0);
        const level = Math.min(this.level(f), this.level(g));
        [f, g] = [this.low(f, level), this.low(g, level)];
        continue;
      }
      for (;;) {
        if (stack.length === 0) return value;
        const low = stack.pop() as number;
        const [above, beside] = [stack.at(-2) as number, stack.at(-1) as number];
        const level = Math.min(this.level(above), this.level(beside));
        if (low === 0) {
          stack.push(value);
          [f, g] = [this.high(above, level), this.high(beside, level)];
          break;
        }
        stack.length -= 2;
        value = this.keep(above, beside, this.make(level, low, value));
      }
    }
  }

  /** A conjunction that needs no look at variables, or that is in the cache; else 0. */
  private known(f: Diagram, g: Diagram): Diagram {
    if (f === FALSE || g === FALSE || f === -g) return FALSE;
    if (f === TRUE || f === g) return g;
    if (g === TRUE) return f;
    const { cache } = this;
    const [a, b] = f < g ? [f, g] : [g, f];
    const at = slotOf(a, b, 0) & (CACHE - 1);
    return cache.f[at] === a && cache.g[at] === b ? (cache.both[at] as number) : 0;
  }

  private keep(f: Diagram, g: Diagram, both: Diagram): Diagram {
    const { cache } = this;
    const [a, b] = f < g ? [f, g] : [g, f];
    const at = slotOf(a, b, 0) & (CACHE - 1);
    cache.f[at] = a;
    cache.g[at] = b;
    cache.both[at] = both;
    return both;
  }

  /** The one node with these children; the edge of 'false' is never complemented. */
  private make(level: number, low: Diagram, high: Diagram): Diagram {
    if (low === high) return low;
    if (low < 0) return -this.make(level, -low, -high);
    const mask = this.unique.length - 1;
    let at = slotOf(level, low, high) & mask;
    for (let node = this.unique[at] as number; node !== 0; node = this.unique[at] as number) {
      if (this.levels[node] === level && this.lows[node] === low && this.highs[node] === high) return node;
      at = (at + 1) & mask;
    }
    if (this.size >= this.mostNodes)
      throw new LdfiError('limit-diagram', `the decision diagram has more than ${this.mostNodes} nodes`);
    const node = this.size++;
    if (this.size > this.levels.length) {
      this.levels = grown(this.levels, this.size);
      this.lows = grown(this.lows, this.size);
      this.highs = grown(this.highs, this.size);
    }
    this.levels[node] = level;
    this.lows[node] = low;
    this.highs[node] = high;
    this.unique[at] = node;
    if (2 * this.size > this.unique.length) this.rehash(2 * this.unique.length);
    return node;
  }

  private rehash(length: number): void {
    const mask = length - 1;
    this.unique = new Int32Array(length);
    for (let node = 2; node < this.size; node++) {
      let at = slotOf(this.levels[node] as number, this.lows[node] as number, this.highs[node] as number) & mask;
      while (this.unique[at] !== 0) at = (at + 1) & mask;
      this.unique[at] = node;
    }
  }

  /**
   * Throws away all nodes but those of some diagrams; those that stay keep their order, and are renumbered.
   * @returns the new number of a diagram that stays
   */
  collect(roots: Iterable<Diagram>): (diagram: Diagram) => Diagram {
    const numbers = new Int32Array(this.size);
    numbers[TRUE] = TRUE;
    for (const root of roots) numbers[Math.abs(root)] = TRUE;
    for (let node = this.size - 1; node >= 2; node--)
      if (numbers[node] !== 0)
        for (const child of [this.lows[node], this.highs[node]] as [number, number]) numbers[Math.abs(child)] = TRUE;
    const renumbered = (diagram: Diagram): Diagram => Math.sign(diagram) * (numbers[Math.abs(diagram)] as number);
    let size = 2;
    for (let node = 2; node < this.size; node++) {
      if (numbers[node] === 0) continue;
      this.levels[size] = this.levels[node] as number;
      this.lows[size] = renumbered(this.lows[node] as number);
      this.highs[size] = renumbered(this.highs[node] as number);
      numbers[node] = size++;
    }
    this.size = size;
    this.cache.f.fill(0);
    let length = 1 << 12;
    while (length < 4 * size) length *= 2;
    this.rehash(length);
    return renumbered;
  }

  /** The nodes of a diagram, children first. */
  nodesOf(root: Diagram): number[] {
    const top = Math.abs(root);
    const isPart = new Uint8Array(top + 1);
    isPart[top] = 1;
    const nodes: number[] = [];
    for (let node = top; node >= 2; node--) {
      if (isPart[node] === 0) continue;
      nodes.push(node);
      for (const child of [this.low(node), this.high(node)]) isPart[Math.abs(child)] = 1;
    }
    return nodes.reverse();
  }
}

/** A hash of three integers. */
function slotOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
