/**
 * Outcomes: what became of a system's promise in one run.
 */
import type { Row } from './value.js';

/**
 * `witnesses`: what is broken, sorted; empty unless violated. Of a Dedalus spec: the `pre` rows without `post`; of a
 * protocol: what its check says.
 */
export interface Outcome {
  readonly kind: 'holds' | 'vacuous' | 'violated';
  readonly witnesses: readonly Row[];
  /** Whether the other invariant gives another answer (Dedalus specs). */
  readonly readingsDiffer: boolean;
}
