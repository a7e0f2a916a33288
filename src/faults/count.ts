/**
 * How many scenarios there are: exactly, for any mix of kinds.
 *
 * A generating function: its coefficients count scenarios by how many faults of each limited kind they have. In a slot
 * there is one fault that loses all, or any choice of the other kinds, one fault of each. A node stays up from tick to
 * tick, so that its slots count, or it goes down for a while, in which a fault of its slots changes nothing. Slots and
 * nodes are independent, and so are clocks and orders: their functions multiply. Of faults that hit many slots at once,
 * every set is gone through.
 */
import { getOrMake } from '../core/memo.js';
import type { Bounds } from './fault.js';
import { type AnyFault, type FaultKind, NO_LIMIT } from './kind.js';
import { costOf, kindOf, kinds, possibleOf } from './kinds.js';

/** Coefficients other than 0, by the numbers of faults of the limited kinds as digits of one number. */
type Counts = ReadonlyMap<number, bigint>;

/** Sets of faults that hit many slots, beyond which scenarios are not counted. */
const MOST_SETS = 20_000;

/** Whether counting takes no longer than anybody would wait. */
export function isCountable(bounds: Bounds): boolean {
  let sets = 1;
  for (const kind of kinds()) {
    if (!kind.hitsMany) continue;
    const [size, most] = [kind.size(bounds), kind.most?.(bounds) ?? 0];
    for (let n = 1, choices = 1; n <= Math.min(most, size) && sets <= MOST_SETS; n++) {
      choices *= (size - n + 1) / n;
      sets += choices;
    }
  }
  return sets <= MOST_SETS;
}

/** How many different scenarios (in canonical form) the bounds admit; only where they are countable. */
export function scenarioCount(bounds: Bounds): bigint {
  const { maxCost = NO_LIMIT } = bounds;
  const all = kinds();
  // The last one is for faults of any kind.
  const limits = [...all.map((kind) => kind.most?.(bounds) ?? 0), maxCost < NO_LIMIT ? maxCost : 0];
  const algebra = generating(limits);
  const { unit, times, product } = algebra;
  const { slots, downs, stills, others, wide } = inventory(bounds, (kind, number) => {
    const price = Array.from({ length: maxCost < NO_LIMIT ? costOf(kind, bounds) : 0 }, () => unit(all.length));
    return price.reduce(times, unit(number));
  });
  const lives = new Map<string, Counts>();
  const besides = product([...others.values(), ...[...stills.values()].map((it) => clockCounts(it, bounds, algebra))]);
  let sum = NOTHING;
  for (const { lost, counts } of setsOf(wide, times)) {
    const each = bounds.nodes.map((node) => {
      const denied = new Set(lost.flatMap((fault) => deniedBy(fault, node, bounds)));
      const isSent = ({ to }: Link, tick: number): boolean => !denied.has(`${to}@${tick}`);
      const sent = (tick: number): Link[] =>
        [...(slots.get(`${tick} ${node}`)?.values() ?? [])].filter((link) => isSent(link, tick));
      const key = JSON.stringify([node, ...[...denied].sort()]);
      return getOrMake(lives, key, () =>
        lifeCounts(sent, (tick) => downs.get(`${tick} ${node}`) ?? [], bounds, algebra),
      );
    });
    sum = plus(sum, times(counts, product(each)));
  }
  return [...times(sum, besides).values()].reduce((a, b) => a + b, 0n);
}

type Algebra = ReturnType<typeof generating>;

/**
 * What may happen to a slot, or to a message that has a fate of its own: that it is lost, or by kind something else.
 */
interface Link {
  readonly to: string;
  lost: Counts;
  readonly others: Map<number, Counts>;
}

interface Span {
  readonly from: number;
  readonly until: number;
  readonly counts: Counts;
}

/** Faults by what they hit. @param one what a fault of a kind counts for */
function inventory(bounds: Bounds, one: (kind: FaultKind, number: number) => Counts) {
  /** By tick and node, then receiver and number. */
  const slots = new Map<string, Map<string, Link>>();
  /** By first tick and node. */
  const downs = new Map<string, Span[]>();
  /** Of clocks, by node. */
  const stills = new Map<string, Span[]>();
  /** By what excludes the others. */
  const others = new Map<string, Counts>();
  /** Those that hit many slots. */
  const wide: { readonly fault: AnyFault; readonly counts: Counts }[] = [];
  kinds().forEach((kind, number) => {
    const counts = one(kind, number);
    for (const fault of possibleOf(kind, bounds)) {
      const [slot, down] = [kind.slot?.(fault), kind.downtime?.(fault)];
      const [still, first] = [kind.standstill?.(fault), kind.precedence?.(fault)];
      if (slot) {
        const here = getOrMake(slots, `${slot.sent} ${slot.from}`, () => new Map<string, Link>());
        const { to, nth = 0 } = slot;
        const link = getOrMake(here, `${nth} ${to}`, (): Link => ({ to, lost: NOTHING, others: new Map() }));
        if (kind.denies(fault, slot)) link.lost = plus(link.lost, counts);
        else link.others.set(number, plus(link.others.get(number) ?? ONE, counts));
      } else if (down) {
        const { from, until = bounds.eot } = down;
        getOrMake(downs, `${from} ${down.node}`, (): Span[] => []).push({ from, until, counts });
      } else if (still) getOrMake(stills, still.node, (): Span[] => []).push({ ...still, counts });
      else if (first) {
        const key = `${first.tick} ${first.node}`;
        others.set(key, plus(others.get(key) ?? ONE, counts));
      } else wide.push({ fault, counts });
    }
  });
  return { slots, downs, stills, others, wide };
}

/** All that may happen to a node, and to what it sends at its ticks. */
function lifeCounts(
  sent: (tick: number) => readonly Link[],
  downs: (tick: number) => readonly Span[],
  { eot }: Bounds,
  { times, product }: Algebra,
): Counts {
  /** Of links to which nothing happens but that they lose all, which most do. */
  const orLost = new Map<Counts, Counts>();
  const choicesOf = ({ lost, others }: Link): Counts =>
    others.size > 0 ? plus(lost, product(others.values())) : getOrMake(orLost, lost, () => plus(ONE, lost));
  /** What may happen from a tick on, at which the node may go down; and at which it has just come back. */
  const from: Counts[] = [];
  const back: Counts[] = [];
  for (let tick = eot; tick >= 1; tick--) {
    const up = times(product(sent(tick).map(choicesOf)), from[tick + 1] ?? ONE);
    const down = downs(tick).map(({ until, counts }) => times(counts, back[until + 1] ?? ONE));
    back[tick] = up;
    from[tick] = down.reduce(plus, up);
  }
  return from[1] ?? ONE;
}

/** All that may happen to a clock: it stands still for some windows, which neither overlap nor touch. */
function clockCounts(windows: readonly Span[], { eot }: Bounds, { times }: Algebra): Counts {
  const after: Counts[] = [];
  for (let tick = eot; tick >= 1; tick--)
    after[tick] = windows
      .filter(({ from }) => from === tick)
      .map(({ until, counts }) => times(counts, after[until + 2] ?? ONE))
      .reduce(plus, after[tick + 1] ?? ONE);
  return after[1] ?? ONE;
}

/** The slots of a node that a fault loses, as text. */
function deniedBy(fault: AnyFault, from: string, { nodes, eot }: Bounds): string[] {
  const { denies } = kindOf(fault);
  return nodes.flatMap((to) =>
    Array.from({ length: eot }, (_, i) => i + 1)
      .filter((sent) => denies(fault, { from, to, sent }))
      .map((sent) => `${to}@${sent}`),
  );
}

/** Every set of faults that the limits admit, with what it counts for. */
function* setsOf(
  wide: readonly { readonly fault: AnyFault; readonly counts: Counts }[],
  times: (a: Counts, b: Counts) => Counts,
  next = 0,
  set: { readonly lost: readonly AnyFault[]; readonly counts: Counts } = { lost: [], counts: ONE },
): Generator<typeof set> {
  yield set;
  for (let i = next; i < wide.length; i++) {
    const { fault, counts } = wide[i] as (typeof wide)[number];
    const product = times(set.counts, counts);
    if (product.size > 0) yield* setsOf(wide, times, i + 1, { lost: [...set.lost, fault], counts: product });
  }
}

const NOTHING: Counts = new Map();
const ONE: Counts = new Map([[0, 1n]]);

function plus(a: Counts, b: Counts): Counts {
  if (a.size === 0) return b;
  const sum = new Map(a);
  for (const [at, count] of b) sum.set(at, (sum.get(at) ?? 0n) + count);
  return sum;
}

const isSame = (a: Counts, b: Counts): boolean =>
  a === b || (a.size === b.size && [...a].every(([at, count]) => b.get(at) === count));

/** Products, cut off beyond the limits. */
function generating(limits: readonly number[]) {
  const strides = limits.map((_, i) => limits.slice(0, i).reduce((size, limit) => size * (limit + 1), 1));
  const digit = (n: number, i: number): number => Math.floor(n / (strides[i] as number)) % ((limits[i] as number) + 1);
  const counted = [...limits.keys()].filter((i) => (limits[i] as number) > 0);
  const fits = (a: number, b: number): boolean =>
    counted.every((i) => digit(a, i) + digit(b, i) <= (limits[i] as number));
  const units = limits.map((limit, i): Counts => new Map([[limit === 0 ? 0 : (strides[i] as number), 1n]]));
  const times = (a: Counts, b: Counts): Counts => {
    const result = new Map<number, bigint>();
    for (const [i, x] of a)
      for (const [j, y] of b) if (fits(i, j)) result.set(i + j, (result.get(i + j) ?? 0n) + x * y);
    return result;
  };
  const powers = new Map<Counts, Map<number, Counts>>();
  const power = (base: Counts, exponent: number): Counts =>
    getOrMake(
      getOrMake(powers, base, () => new Map([[1, base]])),
      exponent,
      () => {
        const half = power(base, exponent >> 1);
        return exponent % 2 === 0 ? times(half, half) : times(times(half, half), base);
      },
    );
  return {
    /** One fault of a limit, by its number. */
    unit: (limit: number): Counts => units[limit] as Counts,
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
