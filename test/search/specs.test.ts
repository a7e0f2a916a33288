/**
 * Every spec of the repository: it loads without a diagnostic, every check gives its expected verdict by total and by
 * run lineage with equal sets of minimal counterexamples, and brute force gives the same wherever it ends within its
 * budget of runs. Below size 1 only every third spec is searched by more than total lineage.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { type Check, resolveChecks } from '../../src/search/check.js';
import { isBeyondUsual, withinReach } from '../reference/all-kinds.js';
import { answerOf, bruteAnswer, engineVerdict } from '../reference/compare.js';
import { isWhole, sized } from '../size.js';

/** Runs of the naive evaluator per check; a check beyond it is left to the two lineages. */
const MAX_RUNS = sized(1_500);

const SPECS = readdirSync('specs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ded'))
  .map((name) => join('specs', name))
  .sort();

function load(path: string) {
  const { program, diagnostics } = loadProgram([path], fileReader);
  return { program, diagnostics };
}

/** Specs of which brute force has settled a check. */
let compared = 0;

it('there are at least twenty specs', () => {
  expect(SPECS.length).toBeGreaterThanOrEqual(20);
});

describe.each(SPECS.map((path, i) => [path, isWhole || i % 3 === 0] as const))('%s', (path, inAllWays) => {
  const { program, diagnostics } = load(path);

  it('has no diagnostics and at least one check with an expectation', () => {
    expect(diagnostics).toEqual([]);
    const checks = program ? resolveChecks(program) : [];
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.every(({ expect: verdict }) => verdict !== undefined)).toBe(true);
  });

  it('gives its expected verdicts, and the same by run lineage and brute force', async () => {
    if (!program) throw new Error('no program');
    let settled = 0;
    for (const { name, bounds, expect: expected } of resolveChecks(program) as Check[]) {
      const total = await engineVerdict(program, bounds, { lineage: 'total' });
      expect({ name, verdict: total.kind }).toEqual({ name, verdict: expected });
      if (!inAllWays) continue;
      const run = await engineVerdict(program, bounds, { lineage: 'run' });
      expect({ name, ...answerOf(run) }).toEqual({ name, ...answerOf(total) });
      const near = isBeyondUsual(bounds) ? withinReach(bounds, MAX_RUNS) : bounds;
      const brute = bruteAnswer(program, near, MAX_RUNS);
      if (!brute) continue;
      settled++;
      const same = near === bounds ? total : await engineVerdict(program, near, { lineage: 'total' });
      expect({ name, ...brute }).toEqual({ name, ...answerOf(same) });
    }
    if (isWhole) expect(settled).toBeGreaterThan(0);
    if (settled > 0) compared++;
  }, 300_000);
});

it('brute force ends for most of those that it is tried on', () => {
  expect(compared).toBeGreaterThan(SPECS.length / (isWhole ? 2 : 6));
});
