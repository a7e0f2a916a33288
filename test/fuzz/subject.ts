/**
 * What can be fuzzed: something that makes a random case of a seed, examines it, and prints what went wrong so that it
 * can be kept.
 */
export interface Subject {
  /** In the plural. */
  readonly name: string;
  /** Examines the case of a seed; `closely`: all scenarios one by one as well. */
  examine(seed: number, closely: boolean): Promise<Examined>;
  /** A case that went wrong, made as small as it gets, in the form in which test/regressions keeps it. */
  shrunk(seed: number): Promise<string>;
}

export interface Examined {
  /** Of brute force; undefined if it would take too long. */
  readonly verdict: string | undefined;
  /** Disagreements in words. */
  readonly mismatches: readonly string[];
}
