/**
 * What an exploration leans on, beside what was learned.
 */
import type { Scenario } from '../../faults/fault.js';
import type { Oracle } from '../../solver/oracle.js';
import type { HiddenState } from './hidden-state.js';

export interface Exploration {
  readonly oracle: Oracle;
  /** Told of a transition that is no function of σ and messages, and of a scenario that leads there. */
  readonly hidden: (error: HiddenState, scenario: Scenario) => void;
}
