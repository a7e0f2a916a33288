/**
 * What happens when: the order of things within a tick, timers, crashes, the end of time.
 */
import { describe, expect, test } from 'vitest';
import { makeBounds } from '../../src/faults/bounds.js';
import type { Fault } from '../../src/faults/fault.js';
import { FaultSpace } from '../../src/faults/space.js';
import { defineProtocol } from '../../src/protocol/define.js';
import type { Call } from '../../src/protocol/runtime/call.js';
import { describeCall } from '../../src/protocol/runtime/call.js';
import { deliveryOf } from '../../src/protocol/runtime/delivery.js';
import { type Simulation, Simulator } from '../../src/protocol/runtime/simulator.js';
import type { Actor, Context } from '../../src/protocol/types.js';

type Ctx = Context<{ n: number }, unknown>;
type Actors = Record<string, Actor<{ n: number }, unknown>>;

interface Ran extends Simulation {
  /** Every call, in order: `2 b timer x`, `3 b "hi" from a`. */
  readonly calls: readonly string[];
}

/** Runs actors by node under faults. */
function run(actors: Actors, eot: number, faults: readonly Fault[] = []): Ran {
  const protocol = defineProtocol<{ n: number }, unknown>({
    name: 'order',
    nodes: Object.keys(actors),
    state: () => ({ n: 0 }),
    actor: (id) => ({ ...actors[id] }),
    check: () => 'holds',
  });
  const space = new FaultSpace(makeBounds({ eot, eff: eot, crashes: 2, nodes: protocol.nodes }));
  const calls: string[] = [];
  const watch = ({ handler, node, tick, from, message, timer }: Call): void => {
    const what = handler === 'init' ? 'init' : timer === undefined ? `${message?.text} from ${from}` : `timer ${timer}`;
    calls.push(`${tick} ${node} ${what}`);
  };
  const simulation = new Simulator(protocol).run(eot, deliveryOf(space, faults), false, watch);
  return { ...simulation, calls };
}

const nothing: Actor<{ n: number }, unknown> = {};
const starts = (init: (ctx: Ctx) => void, rest: Actor<{ n: number }, unknown> = {}) => ({ init, ...rest });

describe('a tick', () => {
  test('what is sent at t arrives at t + 1', () => {
    const { calls, messages } = run({ a: starts((ctx) => ctx.send('b', 'hi')), b: nothing }, 3);
    expect(calls).toEqual(['1 a init', '1 b init', '2 b "hi" from a']);
    expect(messages.map(({ sent, at, lost }) => [sent, at, lost])).toEqual([[1, [2], false]]);
  });

  test('timers by name, then the inbox by sender and in the order of sending', () => {
    const { calls } = run(
      {
        b: starts((ctx) => {
          ctx.setTimer('z', 1);
          ctx.setTimer('a', 1);
          ctx.setTimer('B', 1);
        }),
        c: starts((ctx) => {
          ctx.send('b', 2);
          ctx.send('b', 1);
        }),
        a: starts((ctx) => {
          ctx.send('b', 4);
          ctx.send('b', 3);
        }),
      },
      2,
    );
    expect(calls.slice(3)).toEqual([
      '2 b timer B',
      '2 b timer a',
      '2 b timer z',
      '2 b 4 from a',
      '2 b 3 from a',
      '2 b 2 from c',
      '2 b 1 from c',
    ]);
  });

  test('messages to oneself take their place among the senders', () => {
    const say = starts((ctx) => ctx.send('b', ctx.id));
    const { calls } = run({ a: say, b: say, c: say }, 2);
    expect(calls.slice(3)).toEqual(['2 b "a" from a', '2 b "b" from b', '2 b "c" from c']);
  });

  test('what a timer sends and what the inbox sends leave together, in order', () => {
    const { calls } = run(
      {
        a: starts(
          (ctx) => {
            ctx.setTimer('t', 1);
            ctx.send('a', 'x');
          },
          { onTimer: (ctx) => ctx.send('b', 'timer'), onMessage: (ctx) => ctx.send('b', 'inbox') },
        ),
        b: nothing,
      },
      3,
    );
    expect(calls.slice(-2)).toEqual(['3 b "timer" from a', '3 b "inbox" from a']);
  });
});

describe('timers', () => {
  const counts = (init: (ctx: Ctx) => void, onTimer: (ctx: Ctx, name: string) => void = () => undefined, eot = 6) =>
    run({ a: starts(init, { onTimer }) }, eot).calls.slice(1);

  test('fire once, so many ticks later', () => {
    expect(counts((ctx) => ctx.setTimer('t', 2))).toEqual(['3 a timer t']);
    expect(counts((ctx) => ctx.setTimer('t', 5))).toEqual(['6 a timer t']);
    expect(counts((ctx) => ctx.setTimer('t', 6))).toEqual([]);
  });

  test('periodic ones fire until they are cleared', () => {
    expect(counts((ctx) => ctx.setPeriodic('t', 2))).toEqual(['3 a timer t', '5 a timer t']);
    const clear = (ctx: Ctx): void => {
      if (++ctx.state.n === 3) ctx.clearTimer('t');
    };
    expect(counts((ctx) => ctx.setPeriodic('t', 1), clear)).toEqual(['2 a timer t', '3 a timer t', '4 a timer t']);
  });

  test('are set anew by their name', () => {
    const twice = (ctx: Ctx): void => {
      ctx.setPeriodic('t', 1);
      ctx.setTimer('t', 3);
    };
    expect(counts(twice)).toEqual(['4 a timer t']);
    const again = (ctx: Ctx): void => ctx.setTimer('t', 2);
    expect(counts((ctx) => ctx.setTimer('t', 1), again)).toEqual(['2 a timer t', '4 a timer t', '6 a timer t']);
  });

  test('an earlier timer of the tick can clear or put off a later one', () => {
    const both = (ctx: Ctx): void => {
      ctx.setTimer('a', 1);
      ctx.setTimer('b', 1);
    };
    expect(counts(both, (ctx, name) => name === 'a' && ctx.clearTimer('b'))).toEqual(['2 a timer a']);
    expect(counts(both, (ctx, name) => name === 'a' && ctx.setTimer('b', 1))).toEqual(['2 a timer a', '3 a timer b']);
  });

  test('one that is due fires before a message can clear it', () => {
    const { calls } = run(
      {
        a: starts(
          (ctx) => {
            ctx.setTimer('t', 1);
            ctx.send('a', 'clear');
          },
          { onMessage: (ctx) => ctx.clearTimer('t') },
        ),
      },
      3,
    );
    expect(calls.slice(1)).toEqual(['2 a timer t', '2 a "clear" from a']);
  });
});

describe('faults', () => {
  const chatty: Actor<{ n: number }, unknown> = {
    init: (ctx) => {
      ctx.setPeriodic('t', 1);
      ctx.broadcast(0);
    },
    onTimer: (ctx) => {
      ctx.state.n++;
      ctx.broadcast(ctx.state.n);
    },
  };

  test('a node that crashes at tick 1 has run init, and its messages are lost', () => {
    const { calls, finals, messages } = run({ a: chatty, b: nothing }, 4, [{ kind: 'crash', node: 'a', tick: 1 }]);
    expect(calls).toEqual(['1 a init', '1 b init']);
    expect(finals.map(({ alive, state }) => [alive, state])).toEqual([
      [false, { n: 0 }],
      [true, { n: 0 }],
    ]);
    expect(messages.map(({ sent, lost, at }) => [sent, lost, at])).toEqual([[1, true, []]]);
  });

  test('a node that crashes later handles nothing at that tick; what it sent before arrives', () => {
    const { calls, finals } = run({ a: chatty, b: nothing }, 5, [{ kind: 'crash', node: 'a', tick: 3 }]);
    expect(calls).toEqual(['1 a init', '1 b init', '2 a timer t', '2 b 0 from a', '3 b 1 from a']);
    expect(finals[0]).toMatchObject({ alive: false, state: { n: 1 } });
  });

  test('what arrives at a crashed node is not handled', () => {
    const { calls } = run({ a: chatty, b: nothing }, 4, [{ kind: 'crash', node: 'b', tick: 3 }]);
    expect(calls.filter((call) => call.includes(' b '))).toEqual(['1 b init', '2 b 0 from a']);
  });

  test('an omission loses all that is sent from one to the other at that tick, and nothing else', () => {
    const { calls, messages } = run({ a: chatty, b: nothing, c: nothing }, 4, [
      { kind: 'omission', from: 'a', to: 'b', tick: 2 },
    ]);
    expect(calls.filter((call) => / [bc] \d/.test(call))).toEqual([
      '2 b 0 from a',
      '2 c 0 from a',
      '3 c 1 from a',
      '4 b 2 from a',
      '4 c 2 from a',
    ]);
    expect(messages.filter(({ lost }) => lost).map(({ to, sent }) => [to, sent])).toEqual([['b', 2]]);
  });

  test('messages to oneself are never lost, but to a crash of oneself', () => {
    const self: Actor<{ n: number }, unknown> = {
      init: (ctx) => ctx.send('a', 0),
      onMessage: (ctx) => {
        ctx.state.n++;
        ctx.send('a', 0);
      },
    };
    expect(run({ a: self, b: nothing }, 4, [{ kind: 'crash', node: 'b', tick: 1 }]).finals[0]?.state).toEqual({ n: 3 });
    expect(run({ a: self, b: nothing }, 4, [{ kind: 'crash', node: 'a', tick: 3 }]).finals[0]?.state).toEqual({ n: 1 });
  });
});

describe('the end', () => {
  test('of time: what is sent at the last tick arrives nowhere, and is not lost', () => {
    const { messages } = run({ a: starts((ctx) => ctx.send('b', 1)), b: nothing }, 1);
    expect(messages.map(({ at, lost }) => [at, lost])).toEqual([[[], false]]);
  });

  test('of a node: a handler that throws ends it, and says so', () => {
    const { finals, calls } = run(
      {
        a: starts((ctx) => ctx.setPeriodic('t', 1), {
          onTimer: () => {
            throw new RangeError('no room\nat all');
          },
        }),
      },
      4,
    );
    expect(finals[0]?.failure).toBe('onTimer threw RangeError: no room');
    expect(calls).toEqual(['1 a init', '2 a timer t']);
  });
});

describe('chance', () => {
  const draws = (seed?: number): unknown[] => {
    const protocol = defineProtocol<unknown, unknown, number>({
      name: 'dice',
      nodes: ['a', 'b'],
      state: () => ({}),
      actor: () => ({ init: (ctx) => ctx.setPeriodic('t', 1), onTimer: (ctx) => ctx.log(ctx.random()) }),
      check: () => 'holds',
      ...(seed !== undefined && { seed }),
    });
    const space = new FaultSpace(makeBounds({ eot: 6, eff: 0, crashes: 0, nodes: protocol.nodes }));
    return new Simulator(protocol).run(6, deliveryOf(space, [])).finals.map(({ log }) => log);
  };

  test('is the same in every run, and differs by node, draw and seed', () => {
    expect(draws()).toEqual(draws());
    expect(draws(1)).toEqual(draws());
    const all = [...draws(), ...draws(2)].flat() as number[];
    expect(all).toHaveLength(20);
    expect(new Set(all).size).toBe(20);
    expect(all.every((x) => x >= 0 && x < 1)).toBe(true);
  });
});

test('calls in words', () => {
  const words = describeCall({ handler: 'onTimer', node: 'a', tick: 2, timer: 't' });
  expect(words).toBe('onTimer of a at tick 2 (timer "t")');
});
