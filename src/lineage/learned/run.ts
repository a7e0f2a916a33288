/**
 * A run of a protocol: what one scenario made of it.
 */

import type { Outcome } from '../../core/outcome.js';
import type { Scenario } from '../../faults/fault.js';
import type { TickJudgement } from '../../protocol/runtime/host.js';
import type { Final, Message, Slot } from '../../protocol/runtime/run.js';
import type { SystemRun } from '../port.js';

export interface ProtocolRun extends SystemRun {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  /** What the check alone says. */
  readonly checked: Outcome;
  /** What is promised of every tick: what was said of each. */
  readonly ticks: readonly TickJudgement[];
  /** The last tick. */
  readonly eot: number;
  /** By tick of sending. */
  readonly messages: readonly Message[];
  /** By node, in order. */
  readonly finals: readonly Final[];
  /** Their names. */
  readonly nodes: readonly string[];
}

/** The same, step by step. */
export interface TracedRun extends ProtocolRun {
  readonly slots: readonly Slot[];
}
