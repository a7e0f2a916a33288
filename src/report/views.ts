/**
 * What the report's page shows of a run, as plain data: computed from runs by pure functions, drawn by the page.
 */
import type { Fault, Scenario } from '../faults/fault.js';
import type { Outcome } from '../simulator/outcome.js';

/** A fact of one tick, by name: the key under which the page asks for its explanation. */
export interface FactView {
  readonly relation: string;
  readonly row: readonly (string | number)[];
  readonly tick: number;
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

/** delivered; lost to an omission; lost because the sender has crashed; only in the good run; sent too late to arrive. */
export type Fate = 'delivered' | 'omitted' | 'crashed' | 'ghost' | 'late';

export interface MessageView {
  /** Equal for the same message (from, to, sent, content) in every run of one report. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Tick of delivery (or at which it would have been delivered). */
  readonly at: number;
  readonly label: string;
  readonly fate: Fate;
  /** Whether it belongs to the causal slice of the outcome. */
  readonly slice: boolean;
  readonly source: Source;
}

/** What is new at a node at a tick, compared with the tick before. */
export interface EventView {
  readonly node: string;
  readonly tick: number;
  readonly facts: readonly (FactView & { readonly slice: boolean })[];
  /** Facts that the good run has here and this run lacks. */
  readonly missing: readonly FactView[];
}

export interface RunView {
  readonly scenario: Scenario;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly messages: readonly MessageView[];
  readonly events: readonly EventView[];
  readonly outcome: Outcome;
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
  /** Body facts with their truth; `blocking` marks the first thing that failed. */
  readonly body: readonly {
    readonly fact: FactView;
    readonly negated: boolean;
    readonly holds: boolean;
    readonly blocking: boolean;
  }[];
  /** The fault that cut this step, if a message was lost. */
  readonly fault: Fault | undefined;
  /** In words, where the body does not say it: `the message a→b of tick 1 is lost`, `a has crashed at tick 2`. */
  readonly note: string | undefined;
}

/** The support ledger: every known way in which the promise was supported without faults. */
export interface Ledger {
  readonly faults: readonly Fault[];
  readonly rows: readonly {
    /** The `post` row supported. */
    readonly promise: string;
    /** Messages that this support needs, by `MessageView.id`, and in words. */
    readonly needs: readonly { readonly id: string; readonly text: string }[];
    /** Per fault of `faults`: whether it cuts this support. */
    readonly cut: readonly boolean[];
  }[];
  /** Whether there are more supports than are listed. */
  readonly capped: boolean;
}

/** Rows of one relation at one node and tick, with what changed since the tick before. */
export interface TableView {
  readonly relation: string;
  readonly rows: readonly { readonly row: readonly (string | number)[]; readonly change: 'same' | 'new' | 'gone' }[];
}
