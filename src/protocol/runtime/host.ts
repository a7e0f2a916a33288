/**
 * The boundary between the search and a protocol's own code: whoever calls handlers and the check, here or in another
 * thread.
 *
 * All that passes is plain data, so that nothing of the search depends on where the code runs, and nothing that the
 * code keeps comes across.
 */

import type { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import type { Awaitable } from '../../core/work.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import type { Snapshot } from '../data/plain.js';
import type { Protocol } from '../types.js';
import type { Read } from './probe.js';
import type { Final, Memory, Message, Reached, Slot, SlotKind } from './run.js';

/** What is known of a protocol without its code. */
export type ProtocolInfo = Pick<Protocol, 'name' | 'nodes' | 'checks' | 'durable' | 'always'> & {
  /** 'system': asynchronous programs, of which only whole runs can be learned. */
  readonly kind: 'protocol' | 'system';
};

/** Whom a question is for: what judges the end, or what judges every tick. */
export type Judge = 'check' | 'always';

/** A slot to be gone through by a node on its own. */
export interface StepRequest {
  readonly node: number;
  readonly tick: number;
  readonly kind: SlotKind;
  /** Not for `init`. */
  readonly memory: Memory | undefined;
  readonly messages: readonly Snapshot[];
}

/**
 * How the check's reads are followed: not at all, one by one, or states and logs as wholes (where the check looks at
 * them in ways that cannot be followed).
 */
export type Reading = 'none' | 'single' | 'whole';

/** What the check says of final nodes. */
export interface Judgement {
  readonly outcome: Outcome;
  /** What it says when its reads are followed, and what they were; undefined where they cannot be. */
  readonly followed: { readonly outcome: Outcome; readonly reads: readonly Read[] } | undefined;
}

export interface RunRequest {
  readonly bounds: Bounds;
  readonly scenario: Scenario;
  /** Whether slots are wanted. */
  readonly traced: boolean;
  readonly reading: Reading;
  /** How the reads of `always` are followed. */
  readonly always: Reading;
}

/** What `always` says of the end of a tick. */
export interface TickJudgement extends Judgement {
  readonly finals: readonly Final[];
}

export interface HostRun extends Judgement {
  readonly messages: readonly Message[];
  /** By node, in order. */
  readonly finals: readonly Final[];
  /** In order; empty if they were not wanted. */
  readonly slots: readonly Slot[];
  /** From tick 1 on; empty where nothing is promised of every tick, or a handler threw. */
  readonly ticks: readonly TickJudgement[];
}

/** Hosts for one audit, and how to be rid of them. */
export interface FreshHosts {
  readonly hosts: readonly ProtocolHost[];
  close(): void;
}

/** The methods throw (or reject with) an LdfiError for handlers and checks that do what they must not. */
export interface ProtocolHost {
  readonly protocol: ProtocolInfo;
  /** Looks at the actors. @returns names of the handlers that any of them has */
  start(): Awaitable<readonly string[]>;
  run(request: RunRequest): Awaitable<HostRun>;
  /**
   * Goes through slots, several times each. @returns for each request all that came of it, which should be one thing
   */
  step(requests: readonly StepRequest[]): Awaitable<readonly (readonly Reached[] | LdfiError)[]>;
  /** Asks the check, or `always`, about worlds; none of them has a node whose handler threw. */
  judge(
    worlds: readonly (readonly Final[])[],
    reading: Reading,
    judge: Judge,
  ): Awaitable<readonly (Judgement | LdfiError)[]>;
  /** Hosts of the same protocol in which none of its code has run, if there can be any. */
  fresh?(): FreshHosts;
  /** Waits until work that handlers left behind has shown itself. */
  finish(): Awaitable<void>;
}
