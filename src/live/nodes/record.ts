/**
 * What is recorded of one experiment: the messages and their fates, what happened to nodes, what clients were told.
 */
import type { LiveFault } from '../../experiments/experiment.js';
import type { Body } from './message.js';

/** A moment: its tick, and its place among all that happened in the experiment. */
export interface Moment {
  readonly tick: number;
  readonly order: number;
}

/**
 * What became of a message: `lost` to a fault at it; `cut` off by a partition; `down`: nobody was there to handle it;
 * `flying` when the experiment ended.
 */
type Fate = 'delivered' | 'lost' | 'cut' | 'down' | 'flying';

export interface Sent {
  /** Its name, the same in every experiment. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly body: Body;
  readonly sent: Moment;
  /** The id of the message that it answers, if it answers one. */
  readonly parent: string | undefined;
  /** The kinds of faults that there may be at it: none after EFF. */
  readonly kinds: readonly string[];
  /** The fault that it met. */
  readonly fault: LiveFault | undefined;
  fate: Fate;
  /** Whether the service that it came to would have answered otherwise from an older state that it may show. */
  hasOlderAnswer: boolean;
  readonly arrivals: Moment[];
}

/** What happened to a node. */
export interface Happening extends Moment {
  readonly node: string;
  readonly words: string;
}

/** One operation of a client. */
export interface Asked {
  readonly client: string;
  readonly node: string;
  readonly body: Body;
  /** 0 for an operation of the plan; else the number of the round of reads at the end. */
  readonly round: number;
  readonly invoked: number;
  /** Tick of the answer. */
  completed?: number;
  reply?: Body;
  /** The message with the answer. */
  answer?: Sent;
  /**
   * `ok`; `failed`: it has certainly not taken effect; `unknown`: nobody knows, because there was no answer, or one
   * that says so.
   */
  status: 'ok' | 'failed' | 'unknown';
}

export interface RunRecord {
  /** The faults that took effect. */
  readonly fired: readonly LiveFault[];
  readonly messages: readonly Sent[];
  readonly happenings: readonly Happening[];
  readonly history: readonly Asked[];
  /** Nodes that are up at the end. */
  readonly live: readonly string[];
  /** The last tick. */
  readonly end: number;
  /** The end of what each node wrote to standard error, over all its lives. */
  readonly stderr: Readonly<Record<string, string>>;
  /** How a program broke the rules, or ended by itself: then nothing else counts. */
  readonly misconduct: readonly string[];
}
