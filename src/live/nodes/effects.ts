/**
 * What each kind of fault between nodes does, and how it is told. A further kind is one entry here.
 *
 * ```ts
 * EFFECTS.delay({ name: 'delay', ticks: 2, group: [] }).late; // 2
 * ```
 */

export const KIND_NAMES = ['omission', 'crash', 'restart', 'delay', 'dup', 'partition', 'split', 'stale'] as const;
export type KindName = (typeof KIND_NAMES)[number];

/** A kind in its parts: `split:20:n0+n3` is a split for 20 ticks, of n0 and n3 from the others. */
export interface Kind {
  readonly name: KindName;
  /** 0 if the kind has none. */
  readonly ticks: number;
  /** The nodes of one side, if the kind says so. */
  readonly group: readonly string[];
}

/** Who sends what kind of thing to whom. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/** What a fault of a kind does, for whoever makes it happen or tells of it. */
export interface Effect {
  /** The message is lost. */
  readonly loses: boolean;
  /** Its addressee is ended before it handles the message, and for good or not. */
  readonly crashes: boolean;
  readonly comesBack: boolean;
  /** Ticks for which one side is cut off from the other nodes. */
  readonly cutOff: number;
  /** The nodes of that side; the sender alone if there are none. */
  readonly side: readonly string[];
  /** Ticks that it comes late. */
  readonly late: number;
  readonly twice: boolean;
  /** It is answered from an old state, and so is what its sender asks there for some ticks more. */
  readonly stale: boolean;
  readonly staleFor: number;
  /** A clause about the message. */
  readonly words: (route: Route) => string;
  /** A note beside it. @param arrivals ticks */
  readonly note: (route: Route, arrivals: readonly number[]) => string;
}

const NONE = {
  ...{ loses: false, crashes: false, comesBack: false, cutOff: 0, side: [] },
  ...{ late: 0, twice: false, stale: false, staleFor: 0 },
};
const crashNote = ({ to }: Route): string => `${to} CRASHES before it handles it`;

export const EFFECTS: Readonly<Record<KindName, (kind: Kind) => Effect>> = {
  omission: () => ({ ...NONE, loses: true, words: () => 'is lost', note: () => 'LOST' }),
  crash: () => ({
    ...{ ...NONE, crashes: true, note: crashNote },
    words: ({ to }) => `: ${to} crashes before it handles it`,
  }),
  restart: () => ({
    ...{ ...NONE, crashes: true, comesBack: true, note: crashNote },
    words: ({ to }) => `: ${to} crashes before it handles it, and starts again`,
  }),
  delay: ({ ticks }) => ({
    ...{ ...NONE, late: ticks },
    words: () => `is ${ticksInWords(ticks)} late`,
    note: (_, arrivals) => `LATE, at tick ${arrivals.join()}`,
  }),
  dup: () => ({
    ...{ ...NONE, twice: true },
    words: () => 'arrives twice',
    note: (_, arrivals) => `TWICE, at ticks ${arrivals.join(' and ')}`,
  }),
  partition: ({ ticks }) => ({
    ...{ ...NONE, loses: true, cutOff: ticks },
    words: ({ from }) => `is lost, and ${from} is cut off from the other nodes for ${ticksInWords(ticks)}`,
    note: () => 'LOST, a partition begins',
  }),
  split: ({ ticks, group }) => ({
    ...{ ...NONE, loses: true, cutOff: ticks, side: group },
    words: () => `is lost, and ${listed(group)} cut off from the other nodes for ${ticksInWords(ticks)}`,
    note: () => `LOST, ${group.join(' and ')} and the others split`,
  }),
  stale: ({ ticks }) => ({
    ...{ ...NONE, stale: true, staleFor: ticks },
    words: ({ from, to }) =>
      `is answered from an old state of ${to}${ticks > 0 ? `, as is all that ${from} asks there for ${ticksInWords(ticks)}` : ''}`,
    note: () => 'ANSWERED FROM AN OLD STATE',
  }),
};

const listed = (nodes: readonly string[]): string =>
  nodes.length === 1 ? `${nodes[0]} is` : `${nodes.slice(0, -1).join(', ')} and ${nodes.at(-1)} are`;

const ticksInWords = (ticks: number): string => `${ticks} ${ticks === 1 ? 'tick' : 'ticks'}`;
