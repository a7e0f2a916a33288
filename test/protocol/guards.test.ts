import { performance as imported } from 'node:perf_hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { makeBounds } from '../../src/faults/bounds.js';
import { guarded } from '../../src/protocol/guards/guards.js';
import { LocalHost } from '../../src/protocol/runtime/local-host.js';
import type { Actor } from '../../src/protocol/types.js';
import { type Ctx, complaint, type Loose, onMessage, protocolOf, WHERE } from './cheats.js';

describe('what is out of reach', () => {
  const cheats: Record<string, readonly [cheat: () => unknown, said: RegExp]> = {
    'Math.random': [() => Math.random(), /Math\.random was used: .*Use ctx\.random\(\)/],
    'new Date()': [() => new Date(), /the current date was used: .*ctx\.setTimer/],
    'Date()': [() => Date(), /the current date was used: .*ctx\.setTimer/],
    'Date.now': [() => Date.now(), /the current date was used: .*ctx\.setTimer/],
    'Date.now through Reflect': [() => Reflect.apply(Date.now, Date, []), /the current date was used/],
    'a class that extends Date': [() => new (class extends Date {})(), /the current date was used/],
    'new of a date that is given': [() => new Date(0).constructor('x'), /the current date was used/],
    'performance.now': [() => performance.now(), /performance\.now was used: .*ctx\.setTimer/],
    'performance of node:perf_hooks': [() => imported.now(), /performance\.now was used/],
    'process.hrtime': [() => process.hrtime(), /process\.hrtime was used/],
    'process.hrtime.bigint': [() => process.hrtime.bigint(), /process\.hrtime\.bigint was used/],
    'process.uptime': [() => process.uptime(), /process\.uptime was used/],
    'crypto.randomUUID': [() => crypto.randomUUID(), /crypto\.randomUUID was used: .*ctx\.random\(\)/],
    'crypto.getRandomValues': [() => crypto.getRandomValues(new Uint8Array(1)), /crypto\.getRandomValues was used/],
    setTimeout: [() => setTimeout(() => undefined, 0), /setTimeout was used: .*ctx\.setTimer/],
    setInterval: [() => setInterval(() => undefined, 1), /setInterval was used: .*ctx\.setTimer/],
    setImmediate: [() => setImmediate(() => undefined), /setImmediate was used: .*ctx\.setTimer/],
    queueMicrotask: [() => queueMicrotask(() => undefined), /queueMicrotask was used: .*ctx\.setTimer/],
    'process.nextTick': [() => process.nextTick(() => undefined), /process\.nextTick was used: .*ctx\.setTimer/],
    fetch: [() => fetch('http://localhost'), /fetch was used: .*Send a message to a node that stands for the outside/],
  };
  for (const [name, [cheat, said]] of Object.entries(cheats)) {
    test(name, async () => {
      const words = await complaint(onMessage(() => void cheat()));
      expect(words).toMatch(/^impure-handler: /);
      expect(words).toMatch(WHERE);
      expect(words).toMatch(said);
    });
  }

  test('catching the error of a guard does not help', async () => {
    const words = await complaint(
      onMessage((ctx) => {
        try {
          ctx.state.n = Math.random();
        } catch {
          ctx.state.n = 1;
        }
      }),
    );
    expect(words).toMatch(/^impure-handler: .*Math\.random was used/);
    expect(words).toMatch(WHERE);
  });

  test('nor does catching what ctx refuses', async () => {
    const swallowed = (work: (ctx: Ctx) => void) =>
      complaint(
        onMessage((ctx) => {
          try {
            work(ctx);
          } catch {}
        }),
      );
    expect(await swallowed((ctx) => ctx.send('nobody', 1))).toMatch(/^bad-protocol: .*not one of the nodes/);
    expect(await swallowed((ctx) => ctx.send('a', new Date(0)))).toMatch(/^not-plain: .*is a Date/);
    expect(await swallowed((ctx) => ctx.setTimer('t', 0.5))).toMatch(/^bad-protocol: .*must be an integer/);
    expect(
      await swallowed((ctx) => {
        for (let i = 0; i < 20_000; i++) ctx.send('a', i);
      }),
    ).toMatch(/^runaway-handler: /);
  });

  test('dates that are computed, not asked for, are fine', async () => {
    const cheat = onMessage((ctx) => {
      ctx.state.n = new Date(Date.UTC(2026, 1)).getUTCMonth() + Number(new Date(0) instanceof Date);
    });
    expect(await complaint(cheat)).toBe('nothing: holds');
  });

  test('init, timers and the functions that make states and actors are guarded too', async () => {
    expect(await complaint({ actor: () => ({ init: () => void Math.random() }) })).toMatch(
      /init of a at tick 1: Math\.random was used/,
    );
    expect(await complaint({ actor: () => ({ onTimer: () => void Math.random() }) })).toMatch(
      /onTimer of a at tick 2 \(timer "tell"\): Math\.random was used/,
    );
    expect(await complaint({ state: () => ({ n: Math.random() }) })).toMatch(
      /^impure-handler: .*Math\.random was used/,
    );
    expect(await complaint({ actor: () => ({ seen: Date.now() }) as Loose })).toMatch(
      /^impure-handler: the function that makes the actor of a: the current date was used/,
    );
  });
});

describe('guards are put back', () => {
  const real = { random: Math.random, now: Date.now, Date, setTimeout, fetch, hrtime: process.hrtime };
  const current = () => ({ random: Math.random, now: Date.now, Date, setTimeout, fetch, hrtime: process.hrtime });
  const protocol = (cheat: () => unknown) => protocolOf(onMessage(() => void cheat()));
  const bounds = makeBounds({ eot: 4, eff: 0, crashes: 0, nodes: ['a', 'b'] });
  const run = (cheat: () => unknown) =>
    new LocalHost(protocol(cheat)).run({ bounds, scenario: [], traced: false, reading: 'none', always: 'none' });
  afterEach(() => expect(current()).toEqual(real));

  test('after a run, and in between none is up', () => {
    run(() => undefined);
    expect(current()).toEqual(real);
  });

  test('after a cheat, an error, and a nested call', () => {
    expect(() => run(() => Math.random())).toThrow('Math.random was used');
    expect(current()).toEqual(real);
    expect(() =>
      guarded(() =>
        guarded(() => {
          throw new Error('own');
        }),
      ),
    ).toThrow('own');
    expect(current()).toEqual(real);
  });

  test('and a handler may print', async () => {
    expect(await complaint(onMessage(() => console.debug()))).toBe('nothing: holds');
  });

  test('what a test suite put in their place is kept', () => {
    const own = (): number => 0.5;
    Math.random = own;
    try {
      expect(() => run(() => Math.random())).toThrow('Math.random was used');
      expect(Math.random).toBe(own);
    } finally {
      Math.random = real.random;
    }
  });
});

describe('handlers run to completion', () => {
  test('async handlers', async () => {
    const words = await complaint(onMessage(async () => undefined));
    expect(words).toMatch(/^impure-handler: .*is async or returns a promise: .*set a timer/);
    expect(words).toMatch(WHERE);
  });

  test('async handlers that fail leave no unhandled rejection', async () => {
    const words = await complaint(
      onMessage(async () => {
        throw new Error('x');
      }),
    );
    expect(words).toMatch(/is async or returns a promise/);
  });

  test('thenables', async () => {
    // biome-ignore lint/suspicious/noThenProperty: the cheat
    expect(await complaint(onMessage(() => ({ then: () => undefined })))).toMatch(/is async or returns a promise/);
    // biome-ignore lint/suspicious/noThenProperty: the cheat
    const callable = Object.assign(() => 1, { then: () => undefined });
    expect(await complaint(onMessage(() => callable))).toMatch(/is async or returns a promise/);
  });

  const GENERATOR =
    /^impure-handler: .* is a generator or returns one, .*Write an ordinary function: \w+\(ctx\) { … }, without the \*/;
  test.each<[string, (ctx: Ctx) => unknown]>([
    [
      'generators',
      function* (ctx) {
        yield ctx.send('a', 1);
      },
    ],
    [
      'async generators',
      async function* (ctx) {
        yield ctx.send('a', 1);
      },
    ],
    ['iterators', () => [1].values()],
  ])('%s, whose body does not run', async (_, cheat) => {
    const words = await complaint(onMessage(cheat));
    expect(words).toMatch(GENERATOR);
    expect(words).toMatch(WHERE);
  });

  test('a generator as init, and as what a timer calls', async () => {
    const empty = function* () {} as Loose;
    expect(await complaint({ actor: () => ({ init: empty }) })).toMatch(/init of a at tick 1 is a generator or/);
    expect(await complaint({ actor: () => ({ onTimer: empty }) })).toMatch(/onTimer of a .* is a generator/);
  });

  test('work that goes on after the handler has returned', async () => {
    const uses: ((ctx: Ctx) => unknown)[] = [
      (ctx) => ctx.send('a', 1),
      (ctx) => ctx.log(1),
      (ctx) => ctx.setTimer('t', 1),
      (ctx) => ctx.random(),
      (ctx) => {
        ctx.state = { n: 2 };
      },
    ];
    for (const use of uses) {
      const words = await complaint(
        onMessage((ctx) => {
          void Promise.resolve().then(() => use(ctx));
        }),
      );
      expect(words).toMatch(/^impure-handler: ctx\.\w+ of b was used after its handler had returned: .*ctx\.setTimer/);
    }
  });

  test.each([
    ['send', (kept: Ctx | undefined) => kept?.send('b', { n: 2 })],
    ['state', (kept: Ctx | undefined) => kept?.state.n],
  ])('also ctx.%s from a closure, in the handler of another node', async (name, use) => {
    const words = await complaint({
      actor: (() => {
        let kept: Ctx | undefined;
        return (id: string): Actor<Loose, Loose, Loose> =>
          id === 'a'
            ? {
                onTimer: (ctx: Ctx) => {
                  kept = ctx;
                  ctx.send('b', { n: 1 });
                },
              }
            : { onMessage: () => void use(kept) };
      })(),
    });
    expect(words).toContain(`impure-handler: ctx.${name} of a was used after its handler had returned`);
  });
});
