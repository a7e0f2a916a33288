/**
 * What counts as a broken promise of a Dedalus spec: `pre` rows must be `post` rows at the end of time, and `never` has
 * no row at any tick.
 */
/**
 * What must not be missing, and what is promised at all (nothing: the outcome is vacuous):
 * - strict: every `pre` row is a `post` row;
 * - reference: every `post` row of the failure-free run that is in `pre` is in `post` (the published tool's reading).
 */
const INVARIANTS = ['strict', 'reference'] as const;
export type Invariant = (typeof INVARIANTS)[number];
