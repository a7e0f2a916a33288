/**
 * `npm run fuzz -- --runs N --seed S`: random programs, three ways, for as long as wanted. Every mismatch is shrunk and printed as a
 * spec that belongs into test/regressions. Exit code 1 if there was one.
 */
import { parseArgs } from 'node:util';
import { agree, compareScenarios, compareSets, programOf } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { shrinkSpec } from '../reference/shrink.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '10' },
  },
});
const runs = Number(values.runs);
const first = Number(values.seed);
/** Every how many programs all scenarios are compared one by one as well. */
const every = Number(values.every);

const verdicts = new Map<string, number>();
let mismatches = 0;
let skipped = 0;
const started = Date.now();

function report(seed: number, what: string): void {
  mismatches++;
  console.log(`MISMATCH seed ${seed}: ${what}`);
  const spec = randomSpec(seed);
  const failing = compareScenarios(spec) !== undefined;
  const small = failing
    ? shrinkSpec(spec, (it) => programOf(it.text) !== undefined && compareScenarios(it) !== undefined)
    : spec;
  console.log(
    `//! check eot=${small.bounds.eot} eff=${small.bounds.eff} crashes=${small.bounds.crashes} nodes=${small.bounds.nodes.join(',')}`,
  );
  console.log(small.text);
}

console.log(`${runs} random programs from seed ${first}`);
for (let seed = first; seed < first + runs; seed++) {
  const spec = randomSpec(seed);
  try {
    const comparison = await compareSets(spec);
    if (!comparison) skipped++;
    else {
      verdicts.set(comparison.brute.verdict, (verdicts.get(comparison.brute.verdict) ?? 0) + 1);
      if (!agree(comparison)) report(seed, JSON.stringify(comparison, undefined, 1));
    }
    if (seed % every === 0) {
      const difference = compareScenarios(spec);
      if (difference) report(seed, difference);
    }
  } catch (error) {
    report(seed, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const done = seed - first + 1;
  if (done % 500 === 0)
    console.log(`${done} programs, ${mismatches} mismatches, ${Math.round((Date.now() - started) / 1000)} s`);
}
const mix = [...verdicts].sort().map(([verdict, count]) => `${verdict} ${count}`);
console.log(`${runs} programs from seed ${first}: ${mismatches} mismatches, ${skipped} skipped; ${mix.join(', ')}`);
process.exitCode = mismatches > 0 ? 1 : 0;
