/**
 * Byte arrays are plain data: in states, messages, logs and checks of protocols, in every kind of lineage, and as words.
 */
import { expect, test } from 'vitest';
import { check, defineProtocol } from '../../src/index.js';
import { plainInWords } from '../../src/report/plain.js';

/** `a` sends a digest again and again until `b` has it; `retries` is how often. */
const sender = (retries: number) =>
  defineProtocol({
    name: 'bytes',
    nodes: ['a', 'b'],
    state: () => ({ left: 0, seen: new Uint8Array(0) as Uint8Array, whole: new ArrayBuffer(1) }),
    types: {} as { message: Uint8Array; fact: Uint8Array },
    actor: (id) => ({
      init(ctx) {
        if (id !== 'a') return;
        ctx.state.left = retries;
        ctx.send('b', new Uint8Array([1, 255]));
        ctx.setPeriodic('retry', 1);
      },
      onTimer(ctx) {
        if (ctx.state.left === 0) return;
        ctx.state.left -= 1;
        ctx.send('b', new Uint8Array([1, 255]));
      },
      onMessage(ctx, _from, message) {
        if (ctx.state.seen.length === 0) ctx.log(message);
        ctx.state.seen = message;
        new Uint8Array(ctx.state.whole)[0] = message.length;
      },
    }),
    check: (world) => {
      const { seen, whole } = world.state('b');
      const held = seen[1] === 255 && new Uint8Array(whole)[0] === 2 && world.log('b')[0]?.length === 2;
      return held ? 'holds' : { violated: `b has ${seen.length} bytes` };
    },
  });

test.each(['learned', 'run'] as const)('in lineage of the kind "%s"', async (lineage) => {
  const bounds = { eot: 5, eff: 3, faults: 'omission' };
  const found = await check(sender(1), bounds, { lineage });
  expect(found.counterexamples.map(({ faults }) => faults.length)).toEqual([2]);
  expect(found.counterexamples[0]?.witnesses).toEqual([['b has 0 bytes']]);
  expect((await check(sender(3), bounds, { lineage })).kind).toBe('holds');
});

test('as words', () => {
  expect(plainInWords({ b: new Uint8Array([1, 255]), a: new ArrayBuffer(1) })).toBe(
    '{ b: Uint8Array(2) 01ff, a: ArrayBuffer(1) 00 }',
  );
  expect(plainInWords(new Uint8Array(40))).toMatch(/^Uint8Array\(40\) 0{64}…$/);
});
