/**
 * Seven ways of getting lineage wrong, each of which has been got wrong before. They exist so that the tests can show
 * that they would notice; nothing outside the tests sets them.
 */
export type Mistake =
  /** Reasons of negated subgoals are ignored. */
  | 'ignore-negation'
  /** `crash` facts are constants instead of fault variables. */
  | 'constant-crash'
  /** Only the lineage of `post` is explored, not '`pre` became false'. */
  | 'post-only'
  /** Why-not looks only at instances over the facts of this run, not at all possible ones. */
  | 'this-run-only'
  /** A true fact on a same-tick cycle may support itself. */
  | 'self-support'
  /** The total lineage of a cycle is its completion, not its least fixpoint. */
  | 'completion'
  /** False facts on a cycle are explained one by one. */
  | 'one-by-one';
