/**
 * What faults that bring a slot's messages at a later tick have in common: delay and duplication.
 *
 * `delay a>b@2+3` is such a fault: it hits the slot of tick 2, and adds 3 ticks to the one that a message takes.
 */
import type { Formula } from '../core/circuit.js';
import type { AnyFault, BoundRange, Clock, Slot, World } from './kind.js';
import { FIRST_TICK, NO_LIMIT, numbersOf, unknownNode, wrongNumber } from './kind.js';
import { endOf, type FiniteFailures, isOver, lastTick } from './omission.js';

/** What `from` sends to `to` at `tick`, and how many ticks later than usual. */
export interface Late {
  readonly from: string;
  readonly to: string;
  readonly tick: number;
  readonly by: number;
  /** The message of the slot that is meant, where messages have fates of their own. */
  readonly nth?: number | undefined;
}

const LATE_FIELDS = { from: 'node', to: 'node', tick: 'tick', by: 'ticks', nth: 'nth' } as const;

/** The bound on ticks, and the one on slots. */
export const longest = (what: string, help: string): BoundRange => ({
  least: 0,
  most: NO_LIMIT,
  default: 0,
  optional: true,
  value: 'ticks',
  help,
  inWords: (ticks) => `${what} of at most ${ticks} ${ticks === 1 ? 'tick' : 'ticks'}`,
});
export const atMostOf = (one: string, many: string): BoundRange => ({
  least: 0,
  most: NO_LIMIT,
  default: NO_LIMIT,
  optional: true,
  value: 'n',
  help: `at most this many ${many} (default: any number)`,
  inWords: (n) => `at most ${n} ${n === 1 ? one : many}`,
});

const linksOf = ({ nodes }: World): (readonly [string, string])[] =>
  nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => [from, to] as const));

/** Most ticks that can be added to what is sent at `tick`, so that it still arrives. */
const mostAt = (tick: number, most: number, { eot }: World): number => Math.min(most, eot - 1 - tick);

/** All of them, slot by slot. */
function latePossible(most: number, bounds: World & Partial<FiniteFailures>): Late[] {
  const faults: Late[] = [];
  if (most === 0) return faults;
  for (let tick = 1; tick <= lastTick(bounds); tick++)
    for (const [from, to] of linksOf(bounds))
      for (const nth of numbersOf(bounds.perMessage))
        for (let by = 1; by <= mostAt(tick, most, bounds); by++)
          faults.push({ from, to, tick, by, ...(nth && { nth }) });
  return faults;
}

function lateSize(most: number, bounds: World & Partial<FiniteFailures>): number {
  let size = 0;
  for (let tick = 1; tick <= lastTick(bounds); tick++) size += Math.max(0, mostAt(tick, most, bounds));
  return size * bounds.nodes.length * (bounds.nodes.length - 1) * (bounds.perMessage || 1);
}

/** Why one lies outside the bounds. */
function lateOutside(
  { from, to, tick, by, nth }: Late,
  most: number,
  { noun, how }: LateWords,
  bounds: World & Partial<FiniteFailures>,
): string | undefined {
  const { eot, nodes, perMessage } = bounds;
  if (most === 0) return `no message may arrive ${how} within these bounds`;
  if (from === to) return 'a message to oneself arrives at the next tick, always';
  if (tick < 1) return FIRST_TICK;
  if (tick >= endOf(bounds)) return isOver(noun, bounds, `is sent at tick ${tick}`);
  const number = wrongNumber(nth, perMessage);
  if (number !== undefined) return number;
  if (by < 1 || by > most) return `${noun} are of 1 to ${most} ticks`;
  if (tick + 1 + by > eot) return `it would arrive at tick ${tick + 1 + by}, after the end of time (EOT ${eot})`;
  return unknownNode([from, to], nodes);
}

type Finite = World & Partial<FiniteFailures>;

/** `delays`; messages then arrive `late`, and else `in time`. */
interface LateWords {
  readonly noun: string;
  readonly how: string;
  readonly usual: string;
}

/**
 * What both kinds are in the same way.
 * @param words what its faults are called, and what they do
 * @param longest of what the bounds admit, in ticks
 * @param slots that may be hit at most
 */
export const lateKind = <F extends Late & AnyFault, B extends object>(
  kind: F['kind'],
  words: LateWords,
  longest: (bounds: Finite & B) => number,
  slots: (bounds: Finite & B) => number,
) => ({
  fields: LATE_FIELDS,
  order: ({ tick, from, to, by, nth = 0 }: F) => [tick, from, to, by, nth] as const,
  last: ({ tick, by }: F): number => tick + by,
  possible: (bounds: Finite & B): F[] => latePossible(longest(bounds), bounds).map((late) => ({ kind, ...late }) as F),
  size: (bounds: Finite & B): number => lateSize(longest(bounds), bounds),
  most: (bounds: Finite & B) => (slots(bounds) < NO_LIMIT ? slots(bounds) : undefined),
  noun: words.noun,
  idle: `no message is ever sent where one may come ${words.how}`,
  end: (bounds: Finite & B): number => endOf(bounds),
  outside: (fault: F, bounds: Finite & B) => lateOutside(fault, longest(bounds), words, bounds),
  slot: ({ from, to, tick, nth }: F): Slot => ({ from, to, sent: tick, nth }),
  denies: () => false,
  gesture: {
    on: 'message' as const,
    hint: `a message to let it arrive ${words.how}`,
    at: ({ from, to, sent, nth }: Slot) => ({ kind, from, to, tick: sent, by: 1, ...(nth && { nth }) }) as unknown as F,
    inject: ({ from, to, tick }: F) => `Let ${from}→${to} of tick ${tick} arrive ${words.how}`,
    undo: ({ from, to, tick }: F) => `Let ${from}→${to} of tick ${tick} arrive ${words.usual}`,
  },
});

/** The faults of a kind that hit a slot, by how late they are. */
export function lateAt(
  kind: string,
  most: number,
  { bounds: { nodes }, variable }: Clock,
  { from, to, sent, nth }: Slot<number>,
): { readonly by: number; readonly when: Formula }[] {
  const ends = { from: nodes[from] ?? '', to: nodes[to] ?? '', tick: sent, ...(nth && { nth }) };
  return Array.from({ length: most }, (_, i) => i + 1).map((by) => ({
    by,
    when: variable({ kind, ...ends, by } as AnyFault),
  }));
}
