/**
 * The port of a fault kind: all that is special about one kind of fault. One file per kind implements it, `kinds.ts`
 * lists them.
 *
 * Faults are an edited clock. Without faults a message sent at t arrives at t + 1 and every node is up. A kind edits
 * the arrivals of a slot (losing narrows a formula, delaying and duplicating add arrivals at later ticks) or takes
 * nodes down for a while. Simulators, grounder and learned transitions read the edited clock and know no kind; reports
 * take words, marks and gestures from here.
 */
import type { Circuit, Formula } from '../core/circuit.js';

/** What every fault has. */
export interface AnyFault {
  readonly kind: string;
}

/** The bounds that every check has; each kind adds its own. */
export interface World {
  /** End of time: the last tick, at least 1. */
  readonly eot: number;
  /** The processes, in code-unit order, without duplicates. */
  readonly nodes: readonly string[];
  /** Nodes that never fail, and links that lose nothing (`a>b`), in code-unit order; none if left out. */
  readonly reliable?: readonly string[];
  /** Nodes that are alike: with any two of them exchanged everything is as before. None if left out. */
  readonly symmetric?: readonly string[];
  /** Nodes by the name of their group, in code-unit order; none if left out. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** So many messages of a slot have fates of their own; 0, if left out: a slot shares one. */
  readonly perMessage?: number;
  /** What the faults of one scenario may cost together; no limit if left out. */
  readonly maxCost?: number;
  /** What a fault costs, by kind; 1 if it is left out. */
  readonly costs?: Readonly<Record<string, number>>;
}

/** The name of a bound that lists the nodes which the faults of a kind may strike: `crashable`. */
export type NodeList = `${string}able`;

/** A bound of a kind: an integer. */
export interface BoundRange {
  readonly least: number;
  readonly most: number;
  /** Where nobody says otherwise. */
  readonly default: number;
  /** A bound that is left out wherever it is the default: of kinds that not everybody asks for. */
  readonly optional?: true;
  /** Of the command line: what the value is, and what it does. */
  readonly value: string;
  readonly help: string;
  /** `at most 1 crash`. */
  inWords(value: number): string;
  /** What is wrong with a value that is more than the bounds leave room for, in a sentence; undefined if nothing is. */
  excess?(value: number, world: World): string | undefined;
}

/** A channel slot: everything that `from` sends to `to` at tick `sent`. */
export interface Slot<Node = string> {
  readonly from: Node;
  readonly to: Node;
  readonly sent: number;
  /** Where messages have fates of their own: the one meant, from 1; the last one that has stands for all after it. */
  readonly nth?: number | undefined;
}

/** The slot's messages hold at tick `at` in exactly the scenarios in which `when` is true. */
export interface Arrival {
  readonly at: number;
  readonly when: Formula;
}

/** A node is down from tick `from` to tick `until`; for ever if that is left out. */
export interface Downtime {
  readonly node: string;
  readonly from: number;
  readonly until?: number;
}

/** What `first` sent comes first at `node` at a tick. */
export interface Precedence<Node = string> {
  readonly node: Node;
  readonly tick: number;
  readonly first: Node;
}

/** What a kind may ask of the fault space. Nodes are numbers. */
export interface Clock<B extends object = object> {
  readonly circuit: Circuit;
  readonly bounds: World & B;
  /** Every possible fault. */
  readonly faults: readonly AnyFault[];
  /** 'This fault is injected'; FALSE if the bounds exclude it. */
  readonly variable: <F extends AnyFault>(fault: F) => Formula;
}

/**
 * What a field of a fault holds: `ticks` is how many; `way` is `|` (both ways) or `>` (one way); `nth` is the number of
 * a message in its slot, if the fault hits that one alone.
 */
export type Field = 'node' | 'nodes' | 'tick' | 'ticks' | 'way' | 'nth';

/** The value of a bound that limits nothing. */
export const NO_LIMIT = 1_000;

/** How a fault that hits no one slot is told of and marked: beside the lane of its node, or between lanes. */
interface LaneWords {
  readonly symbol: string;
  /** Follows the node, if it hits one: `a crashes`. */
  readonly label: string;
  /** What the node is meanwhile: `a: crashed since tick 2`. */
  readonly state: string;
  /** What follows from it. */
  readonly effect: string;
  /** Of one that passes: what then happens, `a restarts`. */
  readonly over?: string;
}

/** Nodes that get nothing from one another, or with `>` the others nothing from those on this side. */
export interface Wall {
  readonly side: readonly string[];
  readonly way: '|' | '>';
  readonly other: readonly string[];
}

/** What a click injects: on a message, by its slot, or on the lane of a node. */
export type Gesture<F> = {
  /** `a message to lose it`. */
  readonly hint: string;
  /** Whether a click does it before what other kinds do. */
  readonly isFirst?: true;
  /** What it does, and what takes it back: `Crash a at tick 2`, `Revive a`. */
  inject(fault: F): string;
  undo(fault: F): string;
} & ({ readonly on: 'message'; at(slot: Slot): F } | { readonly on: 'lane'; at(node: string, tick: number): F });

/**
 * @typeParam F the fault
 * @typeParam B the bounds that the kind reads
 * @typeParam Own those of them that it adds
 */
export interface FaultKind<F extends AnyFault = AnyFault, B extends object = object, Own extends object = B> {
  readonly kind: F['kind'];
  /** How probable one fault of the kind is, of one slot or at one node and tick, where nobody says otherwise. */
  readonly rate: number;
  /** The JSON form, field by field. */
  readonly fields: { readonly [K in Exclude<keyof F, 'kind'>]: Field };
  readonly bounds: { readonly [K in Exclude<keyof Own, NodeList>]-?: BoundRange };
  /** Of a kind that strikes nodes: the bound that lists those that it may strike; all of them where it is left out. */
  readonly strikes?: NodeList;

  /** Its tick, and what else tells it from others of its kind: the order of faults, and their identity. */
  order(fault: F): readonly [tick: number, ...others: (string | number)[]];
  /** The last tick that it bears on, if that is not its tick. */
  last?(fault: F): number;
  /**
   * The bounds that `--faults` asks for: with the kind in its list, as in `delay:2` (those that nobody else gives), and
   * without it.
   */
  readonly chosen: { in(strength?: number): Partial<Own>; readonly out: Partial<Own> };
  /** Every fault of this kind that the bounds admit, in the order of their variables. */
  possible(bounds: World & B): F[];
  /** How many these are, without making them. */
  size(bounds: World & B): number;
  /** Most slots or nodes that this kind may hit in one scenario; no limit if left out. */
  most?(bounds: World & B): number | undefined;
  /** More than that: `2 nodes crash`. */
  many?(count: number): string;
  /** What its faults are called: `message losses`. */
  readonly noun: string;
  /** Why they change nothing, where they do not, as a clause. */
  readonly idle?: string;
  /** The first tick at which no fault of the kind strikes any more. */
  end(bounds: World & B): number;
  /** Why one fault lies outside the bounds, as a clause; undefined if it is within. */
  outside(fault: F, bounds: World & B): string | undefined;
  /** The smallest bounds of this kind that admit the faults. */
  admitting(faults: readonly F[]): Partial<B>;

  /** The slot that the fault hits, if it hits one. */
  slot?(fault: F): Slot;
  /** The arrivals of a slot between two different nodes, edited by this kind. */
  arrives?(clock: Clock<B>, slot: Slot<number>, arrivals: readonly Arrival[]): readonly Arrival[];
  /** When the fault takes a node down. */
  downtime?(fault: F): Downtime;
  /** When the fault keeps the timers of a node from coming nearer. */
  standstill?(fault: F): Required<Downtime>;
  /** Which nodes the fault keeps apart, from its tick to its last. */
  wall?(fault: F): Wall;
  /** Whose messages the fault puts before all else that a node does at a tick. */
  precedence?(fault: F): Precedence;
  /** Whether faults of this kind undo so much that one of them may undo a part of another. */
  readonly isWide?: boolean;
  /** What the fault undoes of the clock without faults, as texts; the fault itself if left out. See `dominance.ts`. */
  undoes?(fault: F, bounds: World): readonly string[];
  /** Whether the fault keeps what is sent in a slot from arriving. */
  denies(fault: F, slot: Slot): boolean;
  /** Whether the messages of the slot that the fault hits arrive when they usually do, too. */
  readonly repeats?: boolean;
  /** Whether one fault hits many slots at once. */
  readonly hitsMany?: boolean;
  /** Whether a node that is down runs no rules of a Dedalus program either, and what arrives there is lost. */
  readonly stops?: boolean;
  /** Whether Dedalus assertions see that a node goes down: the built-in relation `crash(Observer, Node, Tick)`. */
  readonly isSeen?: boolean;

  /** The same fault as bounds have it, after its nodes were given other names; itself if left out. */
  renamed?(fault: F): F;
  /** What faults have in common that may behave alike; the fault itself if left out. */
  family?(fault: F): string;
  /** In what faults of one family differ: `ticks of crashes`. */
  readonly varies?: string;

  /** As a clause: `what a sends to b at tick 1 is lost`. */
  inWords(fault: F): string;
  /** That it does not happen, as a clause: `a is up at tick 2`; if left out, that the slot's messages arrive. */
  absence?(fault: F): string;
  /** Several as fewer clauses, where that reads better: `the messages a→b and a→c of ticks 1–3 are lost`. */
  together?(faults: readonly F[]): string[];
  /** In short, and for a command line: `{from}→{to}@{tick}`, `omit {from}>{to}@{tick}`. Both are read back. */
  readonly short: string;
  readonly command: string;
  /** Of a kind that hits slots: what becomes of their messages, `LOST`. */
  readonly hit?: string;
  /** Of any other kind that denies messages: why, `a has crashed`. */
  because?(fault: F): string;
  readonly lane?: LaneWords;
  /** What a click in the page does. */
  readonly gesture?: Gesture<F>;
}

/** Why no fault strikes before. */
export const FIRST_TICK = 'the first tick is 1';

/** That a fault names a node that there is not. */
export function unknownNode(named: readonly string[], nodes: readonly string[]): string | undefined {
  const unknown = named.find((node) => !nodes.includes(node));
  return unknown === undefined ? undefined : `"${unknown}" is not one of the nodes ${nodes.join(', ')}`;
}

/** A slot as text, or each of its messages that has a fate of its own. */
export const slotTexts = ({ from, to, sent, nth }: Slot, { perMessage = 0 }: World): string[] =>
  (nth === undefined ? numbersOf(perMessage) : [nth]).map((n) => JSON.stringify([from, to, sent, n ?? 0]));

/** The messages of a slot that have fates of their own, by number; undefined for the slot as a whole. */
export const numbersOf = (perMessage = 0): (number | undefined)[] =>
  perMessage > 0 ? Array.from({ length: perMessage }, (_, i) => i + 1) : [undefined];

/** Whether two slots, or messages of slots, are the same as far as both say. */
export const isSameSlot = (a: Slot, b: Slot): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.sent === b.sent &&
  (a.nth === undefined || b.nth === undefined || a.nth === b.nth);

/** `what`, or `message 2 of what`. */
export const whatOf = (nth: number | undefined): string => (nth === undefined ? 'what' : `message ${nth} of what`);

/** Why the number of a message lies outside the bounds. */
export function wrongNumber(nth: number | undefined, perMessage = 0): string | undefined {
  if (perMessage === 0) return nth === undefined ? undefined : 'the bounds give no message a fate of its own';
  return nth !== undefined && nth >= 1 && nth <= perMessage
    ? undefined
    : `messages have fates of their own: say which one, #1 to #${perMessage}`;
}

/** `at tick 2`, `from tick 2 to tick 4`: the ticks of a window, the last of which is before `until`. */
export const ticksInWords = (from: number, until: number): string =>
  until - from === 1 ? `at tick ${from}` : `from tick ${from} to tick ${until - 1}`;
