/**
 * Long work yields: a join that is left and taken up again emits the same instances in the same order, and an abort is
 * seen in the middle of it.
 */
import { expect, test } from 'vitest';
import { atOnce } from '../../src/core/work.js';
import type { DedalusSystem } from '../../src/lineage/ground/system.js';
import { search } from '../../src/search/search.js';
import { randomSpec } from '../reference/random-program.js';
import { system } from '../support.js';

const seen = (it: DedalusSystem): string => {
  const [fault] = it.space.faults;
  const { made, messages, ticks } = it.simulate(fault ? [fault] : [], { trace: true }).raw;
  const { definitions, promise } = atOnce(it.ground());
  return JSON.stringify({ made, messages, ticks, definitions, promise });
};

test('a join that is left at any tuple goes on where it was', () => {
  for (let seed = 0; seed < 24; seed++) {
    const { text, bounds } = randomSpec(seed);
    const whole = seen(system(text, bounds));
    for (const stretch of [1, 2, 7])
      expect(seen(system(text, bounds, { guards: { stretch } })) === whole || { seed, stretch }).toBe(true);
  }
}, 60_000);

const WIDE = `${Array.from({ length: 60 }, (_, i) => `d("a", ${i})@1;`).join(' ')}
  p(N) :- d(N, A), d(N, B), d(N, C), d(N, D), d(N, E), A + B + C + D + E > 1000;
  pre(N) :- d(N, 1); post(N) :- d(N, 1), notin p(N);`;

test('an abort is seen within a run that would take minutes', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const bounds = { eot: 2, eff: 2, crashes: 0, nodes: ['a'] };
  for await (const event of search(system(WIDE, bounds), { signal: controller.signal }))
    if (event.kind === 'verdict')
      expect([event.verdict.kind, event.verdict.stopped]).toEqual(['inconclusive', 'aborted']);
}, 5_000);

test('runs of one system do not disturb each other, also where one was left', async () => {
  const { text, bounds } = randomSpec(3);
  const it = system(text, bounds, { guards: { stretch: 3 } });
  const alone = it.simulate([]).raw;
  const controller = new AbortController();
  const left = it.run([], controller.signal);
  const [one, other] = await Promise.all([it.run([]), it.run([]), left.then(() => undefined)]);
  controller.abort();
  expect([one?.raw, other?.raw]).toEqual([alone, alone]);
  await expect(it.run([], controller.signal)).rejects.toThrow();
  expect(it.simulate([]).raw).toEqual(alone);
});
