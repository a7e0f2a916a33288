/**
 * Random programs: whatever is given as a fix is one, by brute force over the naive evaluator, and promises as much.
 */
import { expect, test } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import { edited } from '../../src/fix/edit.js';
import { bruteAnswer } from '../reference/compare.js';
import { naiveRun } from '../reference/naive.js';
import { randomSpec } from '../reference/random-program.js';
import { enough, sized } from '../size.js';
import { fixesOf, programOf } from './support.js';

/** Most runs of brute force. */
const MOST_RUNS = 3_000;

/** Milliseconds, on a machine under load. */
const LONG = 3_600_000;

test('what is given as a fix holds in every scenario, and promises what the program did', {
  timeout: LONG,
}, async () => {
  let [violated, mended] = [0, 0];
  for (let seed = 1; seed <= sized(80, 4); seed++) {
    const { text, bounds } = randomSpec(seed);
    const files = [{ path: 'random.ded', text }];
    const program = programOf(files);
    if (bruteAnswer(program, bounds, MOST_RUNS)?.verdict !== 'violated') continue;
    violated++;
    const { fixes } = await fixesOf(files, 2, [{ name: 'all', bounds, expect: undefined }]);
    if (fixes.length > 0) mended++;
    for (const { proposal } of fixes) {
      const after = programOf(edited(files, proposal.splices));
      const told = `seed ${seed}: ${proposal.title}`;
      expect(bruteAnswer(after, bounds, 20_000)?.verdict ?? 'holds', told).toBe('holds');
      for (const relation of ['pre', 'post'])
        expect(rowsOf(after, bounds, relation), told).toEqual(
          expect.arrayContaining(rowsOf(program, bounds, relation)),
        );
    }
  }
  expect(violated).toBeGreaterThanOrEqual(enough(30));
  expect(mended).toBeGreaterThanOrEqual(enough(8));
});

const rowsOf = (program: ReturnType<typeof programOf>, bounds: Bounds, relation: string) => [
  ...(naiveRun(program, bounds, []).ticks.at(-1)?.get(relation) ?? []),
];
