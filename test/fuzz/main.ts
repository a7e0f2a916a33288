/**
 * `npm run fuzz -- --runs N --seed S`: random Dedalus programs (or, with `--protocols`, random protocols in
 * TypeScript; with `--kinds` under all kinds of faults, or `--relays` with fates for single messages; with `--ticks`
 * with a promise of every tick as well), searched in every way and by brute force, for as long as wanted. Every
 * mismatch is shrunk and printed as it belongs into test/regressions. Exit code 1 if there was one.
 */
import { parseArgs } from 'node:util';
import { kindsOfPrograms, kindsOfProtocols, relays, ticksOfPrograms, ticksOfProtocols } from './kinds.js';
import { programs } from './programs.js';
import { protocols } from './protocols.js';

const { values } = parseArgs({
  options: {
    protocols: { type: 'boolean', default: false },
    kinds: { type: 'boolean', default: false },
    ticks: { type: 'boolean', default: false },
    relays: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '10' },
  },
});
const subjects = values.protocols
  ? { ticks: ticksOfProtocols, kinds: kindsOfProtocols, usual: protocols }
  : { ticks: ticksOfPrograms, kinds: kindsOfPrograms, usual: programs };
const subject = values.relays ? relays : subjects[values.ticks ? 'ticks' : values.kinds ? 'kinds' : 'usual'];
const runs = Number(values.runs);
const first = Number(values.seed);
/** Every how many cases all scenarios are compared one by one as well. */
const every = Number(values.every);

const verdicts = new Map<string, number>();
let mismatches = 0;
let skipped = 0;
const started = Date.now();

async function report(seed: number, problems: readonly string[]): Promise<void> {
  mismatches++;
  for (const problem of problems) console.log(`MISMATCH seed ${seed}: ${problem}`);
  const flag = (['protocols', 'kinds', 'ticks', 'relays'] as const)
    .map((name) => (values[name] ? ` --${name}` : ''))
    .join('');
  console.log(`again: npm run fuzz --${flag} --runs 1 --seed ${seed} --every 1`);
  console.log(await subject.shrunk(seed));
}

console.log(`${runs} random ${subject.name} from seed ${first}`);
for (let seed = first; seed < first + runs; seed++) {
  try {
    const { verdict, mismatches: problems } = await subject.examine(seed, seed % every === 0);
    if (verdict === undefined) skipped++;
    else verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    if (problems.length > 0) await report(seed, problems);
  } catch (error) {
    await report(seed, [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  }
  const done = seed - first + 1;
  if (done % 500 === 0)
    console.log(`${done} ${subject.name}, ${mismatches} mismatches, ${Math.round((Date.now() - started) / 1000)} s`);
}
const mix = [...verdicts].sort().map(([verdict, count]) => `${verdict} ${count}`);
console.log(
  `${runs} ${subject.name} from seed ${first}: ${mismatches} mismatches, ${skipped} skipped; ${mix.join(', ')}`,
);
process.exitCode = mismatches > 0 ? 1 : 0;
