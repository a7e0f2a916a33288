/** Promises of every tick: what they come to, in words and as data, in this thread and in one of their own. */
import { describe, expect, test } from 'vitest';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { LearnedProvenance } from '../../src/report/provenance/learned/provenance.js';
import { sentenceOf } from '../../src/report/sentence.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { check } from '../../src/testing/check.js';
import protocol from './lease.js';

const BOUNDS = { eot: 5, eff: 3, crashes: 0 };

async function verdictOf(system: ProtocolSystem): Promise<Verdict> {
  for await (const event of search(system)) if (event.kind === 'verdict') return event.verdict;
  throw new Error('no verdict');
}

describe('always', () => {
  test.each(['auto', 'run'] as const)('is broken at a tick before the end, which is named: %s', async (lineage) => {
    const { kind, counterexamples } = await verdictOf(new ProtocolSystem(protocol, BOUNDS, { lineage }));
    expect({ kind, counterexamples }).toMatchObject({
      kind: 'violated',
      counterexamples: [
        { faults: [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }], witnesses: [{ tick: 2, row: ['two leaders'] }] },
      ],
    });
    const [found] = counterexamples;
    expect(sentenceOf(found?.faults ?? [], found?.witnesses ?? [], 5, 'protocol')).toBe(
      'at tick 2: two leaders, when what a sends to b at tick 1 is lost',
    );
  });

  test('sees who is up then', async () => {
    const system = (least: number): ProtocolSystem =>
      new ProtocolSystem(
        defineProtocol({
          ...{ ...protocol.definition, check: () => 'holds' as const },
          always: (world) => (world.alive.length >= least ? 'holds' : { violated: `${world.alive.length} up` }),
        }),
        { eot: 4, eff: 3, crashes: 0, omissions: 0, restarts: 1 },
      );
    const found = (await verdictOf(system(2))).counterexamples;
    // Back at the end: only a look at every tick sees it.
    expect(found.some(({ witnesses }) => JSON.stringify(witnesses) === '[{"tick":1,"row":["1 up"]}]')).toBe(true);
    expect((await verdictOf(system(1))).kind).toBe('holds');
  });

  test('passes through JSON, and the page replays it', async () => {
    const system = new ProtocolSystem(protocol, BOUNDS);
    const { counterexamples } = await verdictOf(system);
    const known = system.knowledge();
    expect(known?.always).toBeDefined();
    const of = new LearnedProvenance(JSON.parse(JSON.stringify(known)), system.space.bounds, [], 'lease');
    for (const scenario of [[], counterexamples[0]?.faults ?? []]) {
      const it = of.case(scenario);
      expect(it.run.outcome).toEqual(system.plain(scenario).outcome);
      if (scenario.length > 0) expect(it.of.roots(it)).toMatchObject([{ relation: 'state', tick: 2 }]);
    }
  });

  test('is asked in a thread of its own', async () => {
    const { kind, counterexamples } = await check(new URL('./lease.ts', import.meta.url), BOUNDS);
    expect(kind).toBe('violated');
    expect(counterexamples[0]?.witnesses).toEqual([{ tick: 2, row: ['two leaders'] }]);
  });

  test('must be a function of the world', () => {
    const parts = { ...protocol.definition, check: () => 'holds' as const };
    expect(() => defineProtocol({ ...parts, always: true as never })).toThrow('`always` must be a function');
    let calls = 0;
    const flaky = defineProtocol({ ...parts, always: () => (++calls % 2 === 0 ? 'holds' : { violated: 'odd' }) });
    expect(() => new ProtocolSystem(flaky, BOUNDS).simulate([])).toThrow('always answers otherwise when');
    const silent = defineProtocol({ ...parts, always: () => undefined as never });
    expect(() => new ProtocolSystem(silent, BOUNDS).simulate([])).toThrow('always must answer "holds"');
  });
});
