/**
 * What an exploration leans on, beside what was learned: someone who knows what can be, and someone who watches over the protocol's own code.
 */
import type { Scenario } from '../../faults/fault.js';
import type { Oracle } from '../../solver/oracle.js';
import type { HiddenState } from './hidden.js';

export interface Guides {
  readonly oracle: Oracle;
  /** Makes a call of the protocol's code, which may not come to an end. */
  readonly watched: <T>(call: () => T) => T;
  /** Told of a transition that is no function of σ and messages, and of a scenario that leads there. */
  readonly hidden: (error: HiddenState, scenario: Scenario) => void;
}
