/**
 * `npm run fuzz:experiments [-- --applications N --seed S]`: random applications in which faults hide one another,
 * searched over experiments with and without the exact pass, and by brute force. Prints how much each missed. Exit code
 * 1 if the exact pass missed or invented anything.
 */
import { parseArgs } from 'node:util';
import { compare } from '../experiments/compare.js';

const { values } = parseArgs({
  options: { applications: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.applications);
const seed = Number(values.seed);
let wrong = 0;
for (const [name, exact] of [
  ['exact pass', 2],
  ['loop alone', 0],
] as const) {
  const { sets, missed, invented, differ } = await compare(count, exact, seed);
  const rate = ((100 * missed) / Math.max(1, sets)).toFixed(1);
  console.log(
    `${name}: ${count} applications, ${sets} minimal sets, ${missed} missed (${rate} %), ${invented} invented`,
  );
  if (exact > 0 || invented > 0) wrong += missed + invented;
  if (exact > 0 && differ.length > 0) console.log(`seeds that differ: ${differ.join(' ')}`);
}
process.exitCode = wrong > 0 ? 1 : 0;
