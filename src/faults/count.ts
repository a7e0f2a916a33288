/**
 * How many scenarios there are: exactly, for any mix of kinds that hit single slots or take nodes down.
 *
 * A generating function: its coefficients count scenarios by how many faults of each limited kind they have. In a slot
 * there is one fault that loses all, or any choice of the other kinds, one fault of each. A node stays up from tick to
 * tick, so that its slots count, or it goes down for a while, in which a fault of its slots changes nothing. Slots and
 * nodes are independent: their functions multiply.
 */
import { bug } from '../core/invariant.js';
import type { Bounds } from './fault.js';
import { kinds } from './kinds.js';

/** Coefficients other than 0, by the numbers of faults of the limited kinds as digits of one number. */
type Counts = ReadonlyMap<number, bigint>;

/** How many different scenarios (in canonical form) the bounds admit. */
export function scenarioCount(bounds: Bounds): bigint {
  const { fault, times, product } = generating(kinds().map((kind) => kind.most?.(bounds) ?? 0));
  /** By node and tick: its slots; its downtimes. */
  const slots = new Map<string, Map<string, { lost: Counts; others: Map<number, Counts> }>>();
  const downs = new Map<string, { readonly until: number; readonly counts: Counts }[]>();
  kinds().forEach((kind, number) => {
    for (const possible of kind.possible(bounds)) {
      const [slot, down] = [kind.slot?.(possible), kind.downtime?.(possible)];
      if (slot) {
        const all = getOrMake(slots, `${slot.sent} ${slot.from}`, () => new Map());
        const here = getOrMake(all, slot.to, () => ({ lost: NOTHING, others: new Map() }));
        if (kind.denies(possible, slot)) here.lost = plus(here.lost, fault(number));
        else here.others.set(number, plus(here.others.get(number) ?? ONE, fault(number)));
      } else if (down) {
        const all = getOrMake(downs, `${down.from} ${down.node}`, () => []);
        all.push({ until: down.until ?? bounds.eot, counts: fault(number) });
      } else throw bug(`faults of kind ${kind.kind} hit no slot and no node: who counts them?`);
    }
  });
  const lives = bounds.nodes.map((node) => {
    /** What may happen from a tick on, at which the node may go down; and at which it has just come back. */
    const from: Counts[] = [];
    const back: Counts[] = [];
    for (let tick = bounds.eot; tick >= 1; tick--) {
      const here = slots.get(`${tick} ${node}`)?.values() ?? [];
      const sent = product([...here].map(({ lost, others }) => plus(lost, product(others.values()))));
      const up = times(sent, from[tick + 1] ?? ONE);
      const down = (downs.get(`${tick} ${node}`) ?? []).map(({ until, counts }) =>
        times(counts, back[until + 1] ?? ONE),
      );
      back[tick] = up;
      from[tick] = down.reduce(plus, up);
    }
    return from[1] ?? ONE;
  });
  return [...product(lives).values()].reduce((a, b) => a + b, 0n);
}

const NOTHING: Counts = new Map();
const ONE: Counts = new Map([[0, 1n]]);

function plus(a: Counts, b: Counts): Counts {
  const sum = new Map(a);
  for (const [at, count] of b) sum.set(at, (sum.get(at) ?? 0n) + count);
  return sum;
}

const isSame = (a: Counts, b: Counts): boolean =>
  a.size === b.size && [...a].every(([at, count]) => b.get(at) === count);

/** Products, cut off beyond the limits. */
function generating(limits: readonly number[]) {
  const strides = limits.map((_, i) => limits.slice(0, i).reduce((size, limit) => size * (limit + 1), 1));
  const digit = (n: number, i: number): number => Math.floor(n / (strides[i] as number)) % ((limits[i] as number) + 1);
  const fits = (a: number, b: number): boolean => limits.every((limit, i) => digit(a, i) + digit(b, i) <= limit);
  const units = limits.map((limit, i): Counts => new Map([[limit === 0 ? 0 : (strides[i] as number), 1n]]));
  const times = (a: Counts, b: Counts): Counts => {
    const result = new Map<number, bigint>();
    for (const [i, x] of a)
      for (const [j, y] of b) if (fits(i, j)) result.set(i + j, (result.get(i + j) ?? 0n) + x * y);
    return result;
  };
  const power = (base: Counts, exponent: number): Counts => {
    if (exponent === 1) return base;
    const half = power(base, exponent >> 1);
    return exponent % 2 === 0 ? times(half, half) : times(times(half, half), base);
  };
  return {
    /** One fault of a kind, by its number. */
    fault: (kind: number): Counts => units[kind] as Counts,
    times,
    /** Of factors of which many are alike, side by side. */
    product: (factors: Iterable<Counts>): Counts => {
      const alike: { readonly base: Counts; count: number }[] = [];
      for (const base of factors) {
        const last = alike.at(-1);
        if (last && isSame(last.base, base)) last.count++;
        else alike.push({ base, count: 1 });
      }
      return alike.reduce((all, { base, count }) => times(all, power(base, count)), ONE);
    },
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * The count of the literature (Alvaro et al., SIGMOD 2015) for a brute-force search: C(n,c) · s^(EFF(n−c)) · (Σ over t
 * = 1..EOT+1 of s^min(EFF,t−1))^c, with s = 2^(n−1) the choices of one node at one tick, and exactly c crashers. It
 * counts ticks, too, at which nothing can be lost or crash.
 */
export function combinations({ eot, eff, crashes, nodes }: Bounds): bigint {
  const n = nodes.length;
  if (crashes > n) return 0n;
  const choices = 2n ** BigInt(n - 1);
  let crashTimes = 0n;
  for (let t = 1; t <= eot + 1; t++) crashTimes += choices ** BigInt(Math.min(eff, t - 1));
  return binomial(n, crashes) * choices ** BigInt(eff * (n - crashes)) * crashTimes ** BigInt(crashes);
}

function binomial(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}
