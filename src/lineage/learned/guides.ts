/**
 * What an exploration leans on, beside what was learned: someone who knows what can be, and someone who watches over the protocol's own code.
 */
import type { Oracle } from '../../solver/oracle.js';

export interface Guides {
  readonly oracle: Oracle;
  /** Makes a call of the protocol's code, which may not come to an end. */
  readonly watched: <T>(call: () => T) => T;
}
