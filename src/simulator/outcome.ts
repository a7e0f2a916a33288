/**
 * Outcomes: `pre` rows must be `post` rows at the end of time.
 */
import type { Row } from '../core/value.js';

/**
 * - strict: every `pre` row is a `post` row;
 * - reference: every `post` row of the failure-free run that is in `pre` is in `post` (the published tool's reading).
 */
export const INVARIANTS = ['strict', 'reference'] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** What became of the promise. `witnesses`: the `pre` rows without `post`, sorted; empty unless violated. */
export interface Outcome {
  readonly kind: 'holds' | 'vacuous' | 'violated';
  readonly witnesses: readonly Row[];
  /** Whether the other invariant gives another answer. */
  readonly readingsDiffer: boolean;
}
