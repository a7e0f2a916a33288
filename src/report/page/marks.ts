/**
 * What the diagram is made of, with its coordinates: arrows for messages, dots for what holds, bands for nodes that are
 * down.
 */
import type { Fault } from '../../faults/fault.js';
import type { Look } from '../provenance/strikes.js';
import type { FactView, MessageView } from '../provenance/views.js';
import type { Reach } from './reach.js';
import type { Scale } from './scale.js';

/** The first of its messages, and them all. */
export interface Arrow extends MessageView {
  /** Whether its loss is to be seen at once. */
  readonly bold: boolean;
  readonly messages: readonly MessageView[];
  readonly x1: number;
  readonly y1: number;
  /** Where it would arrive. */
  readonly x2: number;
  readonly y2: number;
  /** Where the drawn line ends: on the way if the message is lost. */
  readonly ex: number;
  readonly ey: number;
  /** Whether the bounds admit that a fault strikes it. */
  readonly struck: boolean;
}

/** The same sent to many at one tick, in one mark. */
export interface Fan {
  readonly id: string;
  readonly from: string;
  readonly sent: number;
  readonly at: number;
  readonly label: string;
  readonly slice: boolean;
  readonly x1: number;
  readonly y1: number;
  readonly y2: number;
  readonly arrows: readonly Arrow[];
  /** Who receives it, in short: `b…h`. */
  readonly receivers: string;
  readonly count: number;
}

/** A line across all lanes with its words: where the run leaves the good one, where the time of faults is over. */
export interface Note {
  readonly kind: 'divergence' | 'end';
  readonly y: number;
  readonly words: string;
  /** What stands at the ruler. */
  readonly short: string;
}

export interface Dot {
  readonly node: string;
  readonly tick: number;
  readonly x: number;
  readonly y: number;
  readonly slice: boolean;
  /** Nothing new here, but the good run has something. */
  readonly ghost: boolean;
  readonly facts: readonly string[];
  readonly missing: readonly string[];
  /** Those of `missing` that a message would have brought. */
  readonly unsent: readonly string[];
  /** What was there before, and the outcome depends on. */
  readonly gone: readonly string[];
  /** Those of `facts` that the good run does not have. */
  readonly odd: ReadonlySet<string>;
}

/** What a fault does to a lane, or between two, for a while or for good. */
export interface Band {
  readonly fault: Fault;
  /** Undefined of a wall between lanes. */
  readonly node: string | undefined;
  readonly tick: number;
  readonly look: Look;
  /** What stands beside its beginning and its end, if anything: `✗ a crashes`, `↻ a restarts`. */
  readonly label: string | undefined;
  readonly over: string | undefined;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly bottom: number;
}

export interface LayoutOptions {
  /** Room to fill, in pixels. */
  readonly width: number;
  readonly all: boolean;
  readonly ghosts: boolean;
  /** Half size and without labels: the pictures of the comparison. */
  readonly small?: boolean;
  /** Whether a fact is one that the good run does not have. */
  readonly odd?: (fact: FactView) => boolean;
  /** Relations that are there for the promise only. */
  readonly helpers?: ReadonlySet<string>;
  /** What the bounds admit. */
  readonly reach?: Reach | undefined;
  /** Bands and fans that the reader has opened, by name. */
  readonly opened?: ReadonlySet<string>;
  /** A scale of time that is given. */
  readonly scale?: Scale;
}
