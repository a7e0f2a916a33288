/**
 * What comes out of the generator: verdicts, sizes of counterexamples, features, cost. Run it by itself with
 * `npx tsx test/reference/mix.ts [seeds] [first seed]`.
 */
import { parseProgram } from '../../src/dedalus/load.js';
import { bruteForce } from './brute-force.js';
import { FEATURES, featuresOf } from './features.js';
import { randomSpec } from './random-program.js';

export interface Mix {
  readonly seeds: number;
  /** Programs whose failure-free run holds. */
  readonly interesting: number;
  /** Of those: with and without a counterexample, and too expensive to know. */
  readonly violated: number;
  readonly holding: number;
  readonly skipped: number;
  /** Of the violated: some minimal counterexample has two or more faults; there are several. */
  readonly large: number;
  readonly several: number;
  /** How many counterexamples there are of size 0, 1, 2 … */
  readonly sizes: readonly number[];
  /** In how many interesting programs a feature occurs. */
  readonly features: ReadonlyMap<string, number>;
  readonly runs: number;
}

/** Generates and searches the programs of `seeds` seeds from `first` on. */
export function measureMix(seeds: number, first = 0, maxRuns = 3000): Mix {
  const features = new Map(FEATURES.map((it) => [it, 0]));
  const sizes: number[] = [];
  const mix = { seeds, interesting: 0, violated: 0, holding: 0, skipped: 0, large: 0, several: 0, runs: 0 };
  for (let seed = first; seed < first + seeds; seed++) {
    const { text, bounds } = randomSpec(seed);
    const program = parseProgram(text).program;
    if (program === undefined) throw new Error(`seed ${seed} is not accepted`);
    const result = bruteForce(program, bounds, { maxRuns });
    if (result === undefined) mix.skipped++;
    mix.runs += result?.runs ?? maxRuns;
    if (result !== undefined && result.failureFree.kind !== 'holds') continue;
    mix.interesting++;
    for (const it of featuresOf(program, bounds)) features.set(it, (features.get(it) ?? 0) + 1);
    if (result === undefined) continue;
    if (result.minimal.length === 0) mix.holding++;
    else mix.violated++;
    if (result.minimal.length > 1) mix.several++;
    if (result.minimal.some((it) => it.length >= 2)) mix.large++;
    for (const it of result.minimal) sizes[it.length] = (sizes[it.length] ?? 0) + 1;
  }
  return { ...mix, sizes: Array.from(sizes, (count) => count ?? 0), features };
}

/** The mix in lines of text. */
function formatMix(mix: Mix): string {
  const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;
  const lines = [
    `seeds ${mix.seeds}, failure-free holds ${percent(mix.interesting, mix.seeds)}, runs per seed ${Math.round(mix.runs / mix.seeds)}`,
    `of those: violated ${percent(mix.violated, mix.interesting)}, holds ${percent(mix.holding, mix.interesting)}, skipped ${mix.skipped}`,
    `of the violated: size >= 2 ${percent(mix.large, mix.violated)}, several ${percent(mix.several, mix.violated)}`,
    `counterexamples by size: ${mix.sizes.join(' ')}`,
    ...[...mix.features].map(([name, count]) => `  ${percent(count, mix.interesting).padStart(6)} ${name}`),
  ];
  return lines.join('\n');
}

if (process.argv[1]?.endsWith('mix.ts')) {
  const [seeds, first] = process.argv.slice(2).map(Number);
  console.log(formatMix(measureMix(seeds ?? 1000, first ?? 0)));
}
