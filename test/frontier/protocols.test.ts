/**
 * Frontiers of random protocols: each cell says what brute force says of its bounds.
 */
import { expect, test } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import type { Axis } from '../../src/frontier/axes.js';
import { type ProtocolOptions, ProtocolSystem } from '../../src/lineage/learned/system.js';
import { bruteForce } from '../reference/protocol/brute-force.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { enough, sized } from '../size.js';
import { cellsOf, forced, sliceOf, upTo } from './support.js';

test.each<[string, number, ProtocolOptions]>([
  ['learned transitions', 200, {}],
  ['whole runs', 60, { lineage: 'run' }],
])(
  'every cell is as by brute force: %s',
  async (_, seeds, options) => {
    const wrong: unknown[] = [];
    const seen = new Map<string, number>();
    for (let seed = 0; seed < sized(seeds, 8); seed++) {
      const draft = randomProtocol(seed);
      const base: Bounds = { ...draft.bounds, eff: Math.min(3, draft.bounds.eot), crashes: 2 };
      const run = naively({ ...draft, bounds: base });
      const failureFree = run([]).outcome;
      const brute = failureFree === 'violated' ? { minimal: [] } : bruteForce(run, base, undefined, 1_500);
      if (!brute) continue;
      const axes: readonly Axis[] = [
        { name: 'eff', values: upTo(base.eff) },
        { name: 'crashes', values: upTo(2) },
      ];
      const protocol = protocolOf({ ...draft, bounds: base });
      const slice = await sliceOf(base, axes, (own) => new ProtocolSystem(protocol, own, options));
      for (const { bounds: own, said } of cellsOf(slice, base)) {
        const wanted = forced(brute.minimal, failureFree, own);
        seen.set(said.verdict, (seen.get(said.verdict) ?? 0) + 1);
        if (JSON.stringify(said) !== JSON.stringify(wanted)) wrong.push({ seed, own, said, wanted });
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.get('violated')).toBeGreaterThan(enough(60));
    expect(seen.get('holds')).toBeGreaterThan(enough(60));
  },
  900_000,
);
