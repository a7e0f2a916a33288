/**
 * The checker in cubes of random programs and protocols, under all kinds of faults, against brute force.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/faults/fault.js';
import { keyOf } from '../../src/faults/kinds.js';
import { LocalHost } from '../../src/protocol/runtime/local-host.js';
import { ProtocolWorlds } from '../../src/verify/protocol-worlds.js';
import { WholeRuns } from '../../src/verify/whole-runs.js';
import { Worlds } from '../../src/verify/worlds.js';
import { mixedProtocol, mixedSpec, PROGRAM_MIXES, PROTOCOL_MIXES } from '../reference/compare-kinds.js';
import { allWithin, type CubesCompared, compareCubes } from '../reference/cubes.js';
import { type NaiveRun, naiveRun } from '../reference/naive.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import { enough, sized } from '../size.js';

/** Scenarios up to which every one of them is looked at. */
const MOST = 500;

/** All facts of a run, as decisions name them. */
const factsIn = ({ ticks }: NaiveRun): ReadonlySet<string> =>
  new Set(
    ticks.flatMap((facts, tick) =>
      [...facts].flatMap(([relation, rows]) => rows.map((row) => keyOf([tick, relation, ...row]))),
    ),
  );

/** All mismatches, by seed, and how many cubes were kept that have more than one scenario. */
function compared(seeds: number, compare: (seed: number) => CubesCompared | undefined) {
  const wrong: string[] = [];
  let wide = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const found = compare(seed);
    wide += found?.wide ?? 0;
    for (const mismatch of found?.mismatches ?? []) wrong.push(`${seed}: ${mismatch}`);
  }
  return { wrong, wide };
}

describe('random programs', () => {
  it.each(['usual', ...Object.keys(PROGRAM_MIXES)])('%s', (mix) => {
    const { wrong, wide } = compared(sized(60, 2), (seed) => {
      const { program, bounds } = mixedSpec(seed, mix);
      const scenarios = allWithin(bounds, MOST);
      const tell = (scenario: Scenario) => {
        const run = naiveRun(program, bounds, scenario);
        return { isViolated: run.outcome.kind === 'violated', facts: factsIn(run) };
      };
      return scenarios && compareCubes(new Worlds(program, bounds), scenarios, tell, seed);
    });
    expect(wrong).toEqual([]);
    expect(wide).toBeGreaterThanOrEqual(enough(20));
  });
});

describe('random protocols', () => {
  it.each(['usual', ...Object.keys(PROTOCOL_MIXES)])('%s', (mix) => {
    const { wrong, wide } = compared(sized(30, 1), (seed) => {
      const draft = mixedProtocol(seed, mix);
      const run = naively(draft);
      const scenarios = allWithin(draft.bounds, MOST);
      const host = new LocalHost(protocolOf(draft));
      const verifier = seed % 4 === 0 ? new WholeRuns(host, draft.bounds) : new ProtocolWorlds(host, draft.bounds);
      return (
        scenarios && compareCubes(verifier, scenarios, (it) => ({ isViolated: run(it).outcome === 'violated' }), seed)
      );
    });
    expect(wrong).toEqual([]);
    expect(wide).toBeGreaterThanOrEqual(enough(20));
  });
});
