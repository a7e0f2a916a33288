/**
 * Random applications by the engine and by brute force, compared.
 */
import { searchLive } from '../../src/experiments/search.js';
import { bruteForce, randomApplication, systemOf } from './application.js';

export interface Comparison {
  /** Applications whose promise holds without faults. */
  readonly applications: number;
  /** Minimal sets of up to two faults, as brute force has them. */
  readonly sets: number;
  readonly missed: number;
  /** Found by the engine, and no minimal set. */
  readonly invented: number;
  /** Seeds of applications in which the two differ. */
  readonly differ: readonly number[];
}

/**
 * @param count how many applications
 * @param exact the exact pass goes up to so many faults, 0 for the loop alone
 * @param parallel experiments at once
 */
export async function compare(count: number, exact: number, firstSeed = 1, parallel = 1): Promise<Comparison> {
  const total = { applications: 0, sets: 0, missed: 0, invented: 0 };
  const differ: number[] = [];
  for (let seed = firstSeed; total.applications < count; seed++) {
    const application = randomApplication(seed);
    const { kind, counterexamples } = await searchLive(systemOf(application, parallel), {
      maxFaults: 2,
      exact,
      insist: exact > 0,
      maxRuns: 100_000,
      baselines: 2,
      reproductions: 1,
    });
    if (kind === 'broken' || kind === 'vacuous') continue;
    const expected = bruteForce(application);
    const found = counterexamples.map(({ faults }) =>
      faults
        .map(({ call, kind }) => `${call} ${kind}`)
        .sort()
        .join(' + '),
    );
    const missed = expected.filter((set) => !found.includes(set)).length;
    const invented = found.length + missed - expected.length;
    if (missed + invented > 0 || new Set(found).size < found.length) differ.push(seed);
    total.applications++;
    total.sets += expected.length;
    total.missed += missed;
    total.invented += invented;
  }
  return { ...total, differ };
}
