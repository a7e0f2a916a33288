/**
 * Checks that look at more than the world: what handlers keep in a variable is not what it was when the same world is
 * judged again.
 */
import { expect, test } from 'vitest';
import { defineProtocol } from '../../src/protocol/define.js';
import type { ProtocolDefinition } from '../../src/protocol/types.js';
import { check } from '../../src/testing/check.js';
import '../../src/testing/vitest.js';

/** What b has got in the run before: a world beside the world. */
let delivered = new Set<number>();

/** Node a tells b one number after the other; nothing of it is kept in a state. */
const numbers = (judge: ProtocolDefinition<{ tick: number }, number>['check']) =>
  defineProtocol({
    name: 'numbers',
    nodes: ['a', 'b'],
    state: () => ({ tick: 0 }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'a') return;
        delivered = new Set();
        ctx.setPeriodic('next', 1);
      },
      onTimer(ctx) {
        ctx.send('b', ++ctx.state.tick);
      },
      onMessage(_ctx, _from, message: number) {
        delivered.add(message);
      },
    }),
    check: judge,
  });

/** True of every run but those in which all of the first five are lost. */
const some = numbers(() => ([1, 2, 3, 4, 5].some((n) => delivered.has(n)) ? 'holds' : { violated: 'nothing arrived' }));
const BOUNDS = { eot: 8, eff: 7 };
/** What the run without faults shows already. */
const SAYS =
  /^check answers otherwise when it is asked again about the same world: it must depend on nothing but the world$/;
/** Where the same world was met twice, that is enough. */
const CONTRADICTS = /^check (says|answers) otherwise .*must depend on nothing but the world$/;

test('a proof that rests on such a check is none', async () => {
  await expect(check(some, BOUNDS)).rejects.toMatchObject({
    code: 'impure-handler',
    message: expect.stringMatching(SAYS),
  });
  await expect(expect(some).toTolerate(BOUNDS)).rejects.toThrow(SAYS);
  await expect(expect(some).not.toTolerate(BOUNDS)).rejects.toThrow(SAYS);
});

test('nor is a counterexample', async () => {
  // What is in the world has its say too, so there is one.
  const first = numbers(({ state }) =>
    delivered.has(1) && state('a').tick > 5 ? 'holds' : { violated: 'the first is missing' },
  );
  await expect(check(first, { eot: 8, eff: 3, crashes: 1 })).rejects.toThrow(CONTRADICTS);
});

test('one scenario', () => {
  const lost = [2, 3, 4, 5, 6].map((tick) => ({ kind: 'omission', from: 'a', to: 'b', tick }) as const);
  expect(() => expect(some).toBreakUnder(lost, BOUNDS)).toThrow(CONTRADICTS);
});

test('a check may use what never changes', async () => {
  const least = 0;
  const fine = numbers((world) => (world.state('a').tick > least ? 'holds' : { violated: 'a never ticks' }));
  expect((await check(fine, BOUNDS)).kind).toBe('holds');
});
