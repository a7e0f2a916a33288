/**
 * Warnings of what never happens within the bounds, in whatever scenario.
 */
import { expect, test } from 'vitest';
import { defineProtocol } from '../../src/protocol/define.js';
import type { Actor } from '../../src/protocol/types.js';
import { check } from '../../src/testing/check.js';

async function warned(actor: Actor<object, string>, bounds = { eot: 4, eff: 2 }): Promise<string[]> {
  const protocol = defineProtocol<object, string>({
    name: 'idle',
    nodes: ['a', 'b'],
    state: () => ({}),
    actor: () => actor,
    check: () => 'holds',
  });
  return (await check(protocol, bounds)).warnings.map(({ code, message }) => `${code}: ${message}`);
}

const init: Actor<object, string>['init'] = (ctx) => ctx.broadcast('hello');
const nothing = (): void => undefined;

test('nothing to warn of', async () => {
  expect(await warned({ init, onMessage: nothing })).toEqual([]);
  expect(
    await warned(
      { init: (ctx) => ctx.setTimer('t', 1), onTimer: (ctx) => ctx.broadcast('x'), onMessage: nothing },
      { eot: 4, eff: 3 },
    ),
  ).toEqual([]);
});

test('a timer that nobody sets', async () => {
  expect(await warned({ init, onMessage: nothing, onTimer: nothing })).toEqual([
    expect.stringMatching(/^dead-handler: onTimer never runs .*no timer is ever due/),
  ]);
});

test('a timer that is due after the end of time', async () => {
  const late: typeof init = (ctx) => {
    ctx.broadcast('x');
    ctx.setTimer('t', 9);
  };
  expect(await warned({ init: late, onMessage: nothing, onTimer: nothing })).toHaveLength(1);
});

test('no message', async () => {
  expect(await warned({ init: nothing, onMessage: nothing })).toEqual([
    expect.stringMatching(/^nothing-sent: no message is ever sent/),
  ]);
});

test('messages that come too late', async () => {
  const last: Actor<object, string> = {
    init: (ctx) => ctx.setTimer('t', 3),
    onTimer: (ctx) => ctx.broadcast('x'),
    onMessage: nothing,
  };
  expect(await warned(last)).toEqual([
    expect.stringMatching(/^idle-fault: Message losses change nothing/),
    expect.stringMatching(/^dead-handler: onMessage never runs/),
  ]);
});
