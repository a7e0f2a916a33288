/**
 * The random program generator: deterministic, accepted by the front end, and a good mix.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import type { Bounds } from '../../src/faults/fault.js';
import { isWhole } from '../size.js';
import { measureMix } from './mix.js';
import { naiveRun } from './naive.js';
import { randomSpec, randomSpecArbitrary } from './random-program.js';
import { shrinkSpec } from './shrink.js';
import { AB, load } from './testing.js';

describe('random programs', () => {
  it('are a function of seed and size, and are accepted by the front end', () => {
    for (let seed = 0; seed < 40; seed++) {
      const size = seed % 4 === 3 ? undefined : seed % 4;
      expect(randomSpec(seed, size)).toEqual(randomSpec(seed, size));
      load(randomSpec(seed, size).text);
    }
    expect(randomSpec(1).text).not.toBe(randomSpec(2).text);
  });

  it.runIf(isWhole)('are a good mix', () => {
    const mix = measureMix(200, 10_000);
    expect(mix.interesting / mix.seeds).toBeGreaterThan(0.6);
    expect(mix.violated / mix.interesting).toBeGreaterThan(0.4);
    expect(mix.holding / mix.interesting).toBeGreaterThan(0.2);
    expect(mix.large / mix.violated).toBeGreaterThan(0.25);
    expect(mix.several / mix.violated).toBeGreaterThan(0.4);
    expect(mix.skipped).toBeLessThan(10);
    for (const [feature, count] of mix.features) {
      expect({ feature, often: count / mix.interesting > 0.025 }).toEqual({ feature, often: true });
    }
    expect((mix.features.get('recursion on a cycle of facts') ?? 0) / mix.interesting).toBeGreaterThan(0.1);
  });

  it('come as an arbitrary for fast-check', () => {
    const holds = ({ text, bounds }: { text: string; bounds: Bounds }) => {
      const once = naiveRun(load(text), bounds, []);
      return once.messages.every((it) => it.arrived) && !once.ticks.some((facts) => facts.has('crash'));
    };
    fc.assert(fc.property(randomSpecArbitrary, holds), { numRuns: 20, seed: 1 });
  });

  it('shrink to the clauses that matter', async () => {
    const spec = { ...randomSpec(7), bounds: AB };
    const text = `${spec.text}\nping("a", "b")@1;\npong(M)@async :- ping(N, M), notin absent(N), N != M;\n`;
    const small = await shrinkSpec({ text, bounds: AB }, async (it) => {
      const { program } = parseProgram(it.text);
      return program !== undefined && naiveRun(program, it.bounds, []).messages.some((m) => m.relation === 'pong');
    });
    expect(small).toEqual({
      text: 'ping("a", "b")@1;\npong(M)@async :- ping(N, M);\n',
      bounds: { eot: 2, eff: 1, crashes: 0, nodes: ['a', 'b'] },
    });
  });
});
