/**
 * Checks whose reads cannot be followed: they look past proxies, or read very much. The verdict is that of the same
 * check over copies.
 */
import { inspect, isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { formatScenario } from '../../src/faults/scenario.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { LocalHost } from '../../src/protocol/runtime/local-host.js';
import type { CheckAnswer, World } from '../../src/protocol/types.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { systemOf } from '../../src/testing/check.js';

interface State {
  kv: Map<string, number>;
}

/** a tells b what it has, again and again; they should have the same in the end. */
const protocol = (isSame: (a: State, b: State, world: World<State>) => boolean) =>
  defineProtocol({
    name: 'copies',
    nodes: ['a', 'b'],
    types: {} as { message: State },
    state: (id): State => ({ kv: new Map(id === 'a' ? [['x', 1]] : []) }),
    actor: (id) => ({
      init(ctx) {
        if (id === 'a') ctx.setPeriodic('tell', 1);
      },
      onTimer(ctx) {
        ctx.send('b', { kv: new Map(ctx.state.kv) });
      },
      onMessage(ctx, _from, { kv }) {
        ctx.state.kv = kv;
      },
    }),
    check: (world): CheckAnswer =>
      isSame(world.state('a'), world.state('b'), world) ? 'holds' : { violated: 'a and b differ' },
  });

async function searched(isSame: Parameters<typeof protocol>[0]): Promise<Verdict> {
  for await (const event of search(systemOf(protocol(isSame), { eot: 7, eff: 8, crashes: 1 })))
    if (event.kind === 'verdict') return event.verdict;
  throw new Error('no verdict');
}

const setsOf = ({ kind, counterexamples }: Verdict): string[] => [
  kind,
  ...counterexamples.map(({ faults }) => formatScenario(faults)).sort(),
];

const expected = searched((a, b) => JSON.stringify([...a.kv]) === JSON.stringify([...b.kv]));

test.each<[string, Parameters<typeof protocol>[0]]>([
  ['isDeepStrictEqual', (a, b) => isDeepStrictEqual(a.kv, b.kv)],
  ['inspect', (a, b) => inspect(a) === inspect(b)],
  ['structuredClone', (a, b) => structuredClone(a.kv).size === structuredClone(b.kv).size],
  ['changing what it gets', (a, b) => (a.kv.delete('y') ? false : a.kv.size === b.kv.size)],
  ['a caught exception', (a, b) => sizeOf(a.kv) === sizeOf(b.kv)],
  [
    'thousands of reads',
    (a, b) =>
      Array.from({ length: 3_000 }, (_, i) => a.kv.get(`${i}`) === b.kv.get(`${i}`)).every(Boolean) &&
      a.kv.size === b.kv.size,
  ],
])('%s', async (_, isSame) => {
  const verdict = await searched(isSame);
  expect(setsOf(verdict)).toEqual(setsOf(await expected));
  expect(verdict.counterexamples.length).toBeGreaterThan(0);
});

/** Of a copy; -1 if it cannot be copied, which a plain Map always can. */
function sizeOf(map: ReadonlyMap<string, number>): number {
  try {
    return structuredClone(map).size;
  } catch {
    return -1;
  }
}

test('each call of the check is watched on its own: a slow one is no loop', async () => {
  let [calls, most, watched] = [0, 0, 0];
  const slow = protocol((a, b) => {
    calls++;
    return a.kv.size === b.kv.size;
  });
  const watchdog = <T>(work: () => T): T => {
    const before = calls;
    const result = work();
    watched++;
    most = Math.max(most, calls - before);
    return result;
  };
  const system = new ProtocolSystem(new LocalHost(slow, { watchdog }), { eot: 7, eff: 8, crashes: 1 });
  for await (const event of search(system)) if (event.kind === 'verdict') expect(event.verdict.kind).toBe('violated');
  expect(watched).toBeGreaterThan(30);
  // The first run is judged, followed, and before that gone through twice to see that it repeats.
  expect(most).toBeLessThanOrEqual(4);
});
