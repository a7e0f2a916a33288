/**
 * What is shown of a run, as plain data: computed from provenance by pure functions, drawn by the page and the
 * diagrams.
 */
import type { Outcome } from '../../core/outcome.js';
import type { Fault, Scenario } from '../../faults/fault.js';

/** A fact of one tick, by name. */
export interface FactKey {
  readonly relation: string;
  /** A column that is `ANY` (the character U+0000) is open: any value will do. */
  readonly row: readonly (string | number)[];
  readonly tick: number;
}

/** A name that is equal for equal facts. */
export const factName = ({ relation, row, tick }: FactKey): string => JSON.stringify([relation, row, tick]);

export interface FactView extends FactKey {
  /** As in a spec: `log("a", 1)`. */
  readonly text: string;
}

/** Where a rule or fact stands in the spec. */
export interface Source {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** delivered; lost to a fault; only in the good run; sent too late to arrive. */
export type Fate = 'delivered' | 'lost' | 'ghost' | 'late';

export interface MessageView {
  /** Equal for the same message (from, to, sent, content) in every run of one report. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Its number in its slot, where messages have fates of their own. */
  readonly nth?: number | undefined;
  /** Tick of delivery (or at which it would have been delivered). */
  readonly at: number;
  readonly label: string;
  readonly fate: Fate;
  /** The fault that loses it. */
  readonly loss?: Fault | undefined;
  /** The fault that makes it arrive at this tick, later than usual or once more. */
  readonly moved?: Fault | undefined;
  /** Whether it belongs to the causal slice of the outcome. */
  readonly slice: boolean;
  readonly source: Source;
}

/** What is new at a node at a tick, compared with the tick before. */
export interface EventView {
  readonly node: string;
  readonly tick: number;
  readonly facts: readonly (FactView & { readonly slice: boolean })[];
  /** What the node had kept for some ticks, and has no more: of one thing, nothing else in its place. */
  readonly gone: readonly FactView[];
  /** Facts that the good run has here and this run lacks. */
  readonly missing: readonly FactView[];
}

/** What became of the promise cannot be told: the run leads to something that no run so far has shown. */
export interface UnknownOutcome {
  readonly kind: 'unknown';
  readonly witnesses: readonly [];
  readonly readingsDiffer: false;
  /** The first step that is not known; undefined if it is the check's answer. */
  readonly gap: { readonly node: string; readonly tick: number } | undefined;
}

export interface RunView {
  /** Left out for a Dedalus program. */
  readonly kind?: 'protocol';
  readonly scenario: Scenario;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly messages: readonly MessageView[];
  readonly events: readonly EventView[];
  readonly outcome: Outcome | UnknownOutcome;
  /** Per fault after which a node comes back: what it then has kept, as facts. */
  readonly kept: ReadonlyMap<Fault, readonly string[]>;
  /** First tick at which facts or messages differ from the good run; undefined if they never do. */
  readonly divergence: number | undefined;
}

/** Why a fact holds, or why it does not. Children are computed when asked for. */
export interface WhyView {
  readonly fact: FactView;
  readonly holds: boolean;
  /** One way (holds), or one failed attempt (does not hold), per rule instance. */
  readonly steps: readonly WhyStep[];
}

export interface WhyStep {
  readonly source: Source | undefined;
  /** `given`: a fact of the spec; `derived`: by a rule this tick; `inductive`, `message`: from an earlier tick. */
  readonly kind: 'given' | 'derived' | 'inductive' | 'message';
  /** In the place of what the kind is called. */
  readonly label?: string;
  /** Body facts; `blocking` marks the first thing that failed. */
  readonly body: readonly {
    readonly fact: FactView;
    readonly negated: boolean;
    /** The truth of the fact itself, whether or not it is negated here. */
    readonly holds: boolean;
    readonly blocking: boolean;
  }[];
  /** The fault that cut this step, if a message was lost. */
  readonly fault: Fault | undefined;
  /** In words, where the body does not say it: `the message a→b of tick 1 is lost`, `a has crashed at tick 2`. */
  readonly note: string | undefined;
}

/**
 * What a way to keep the promise needs: that a message arrives, that a node does not crash, or that a fault happens.
 */
export interface Condition {
  /** Of a message its `MessageView.id`; else a name of its own, which no message has. */
  readonly id: string;
  /** In words, without the tick of a message: `ack("b") a→b`. */
  readonly text: string;
  /** Tick at which the message is sent; undefined for other needs. */
  readonly tick: number | undefined;
  /** The faults (positions in `Ledger.faults`) that deny it. */
  readonly cut: readonly number[];
}

/**
 * Ways to keep the promise that are alike: the same faults cut them, and they need the same but for the ticks at which
 * messages are sent, or but for nodes that change places.
 */
export interface LedgerRow {
  /** The `post` rows kept, or `no pre(…)` if nothing is promised: each of them in each of the ways. */
  readonly promises: readonly string[];
  /** Per fault of `faults`: whether it cuts these ways. */
  readonly cut: readonly boolean[];
  /** All of them, the simplest first; the needs of each in the order of time. */
  readonly supports: readonly (readonly Condition[])[];
  /** Per need of the first way: the other ticks at which the message is sent in ways that are otherwise the same. */
  readonly otherTicks: readonly (readonly number[])[];
  /** Nodes that change places between the ways; empty if the ways differ in ticks only. */
  readonly exchanged: readonly string[];
}

/**
 * The support ledger: every known way in which the promise is kept, in the good run, in the runs without one of the
 * faults, and in the run itself unless it breaks the promise.
 */
export interface Ledger {
  readonly faults: readonly Fault[];
  /** Those that the fewest faults cut come first, and equal marks stand together. */
  readonly rows: readonly LedgerRow[];
  /** Number of ways in all rows, each counted once per promise that it keeps. */
  readonly count: number;
  /** Whether there are more ways than are listed. */
  readonly capped: boolean;
}

/** Rows of one relation at one node and tick, with what changed since the tick before. */
export interface TableView {
  readonly relation: string;
  readonly rows: readonly {
    readonly row: readonly (string | number)[];
    readonly change: 'same' | 'new' | 'gone';
    /** What is shown, if not the values of the row. */
    readonly cells?: readonly string[];
  }[];
}

/** What one handler of a protocol did in a tick. */
export interface HandlerView {
  /** `onMessage from a: ack`. */
  readonly title: string;
  readonly source: Source;
  /** `has: false → true`, `sends ack to a`. */
  readonly effects: readonly string[];
}
