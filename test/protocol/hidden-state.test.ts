/**
 * Cheats: state that is not in `ctx.state` is found by the audit, or makes runs differ.
 */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/protocol/types.js';
import { type Ctx, complaint, found, type Loose, onMessage, WHERE } from './cheats.js';

let global = 0;
const cache: Record<string, number> = {};

describe('state that is hidden', () => {
  const HIDDEN = /^hidden-state: .*onMessage of b at tick \d.*Keep all of it in ctx\.state/;

  test('counted up for ever in a module: an error', async () => {
    expect(
      await complaint(
        onMessage((ctx) => {
          ctx.state.n = ++global;
        }),
      ),
    ).toMatch(HIDDEN);
  });

  test('chance by a way that no guard sees: an error', async () => {
    expect(
      await complaint(
        onMessage((ctx) => {
          ctx.state.n = runInNewContext('Math.random()');
        }),
      ),
    ).toMatch(HIDDEN);
  });

  test('where only a fault leads: an error', async () => {
    const words = await complaint({
      state: () => ({ n: 0, silent: 0 }),
      actor: (id): Actor<Loose, Loose, Loose> =>
        id === 'a'
          ? {}
          : {
              init: (ctx: Ctx) => ctx.setPeriodic('watch', 1),
              onTimer: (ctx: Ctx) => {
                // Without faults it does not get as far as that.
                if (ctx.state.n === 0 && ++ctx.state.silent === 3) ctx.state.odd = ++global % 2;
              },
            },
    });
    expect(words).toMatch(/^hidden-state: onTimer of b at tick 4 .*Keep all of it in ctx\.state/);
  });

  test('in a closure, made anew for every run, where only a fault leads: whole runs', async () => {
    const { verdict, system } = await found({
      state: () => ({ n: 0, silent: 0 }),
      actor: (id): Actor<Loose, Loose, Loose> => {
        if (id === 'a') return {};
        let fired = 0;
        return {
          init: (ctx: Ctx) => ctx.setPeriodic('watch', 1),
          onTimer: (ctx: Ctx) => {
            fired++;
            // A node made to try this step has fired once; one in a run, three times.
            if (ctx.state.n === 0 && ++ctx.state.silent === 3) ctx.state.fired = fired;
          },
        };
      },
      check: (world) => (world.state('b').fired === 3 ? { violated: 'fired' } : 'holds'),
    });
    expect(system.fallback).toMatch(/^onTimer of b at tick 4 /);
    expect(verdict?.kind).toBe('violated');
  });

  const resetPerRun: Record<string, () => Actor<Loose, Loose, Loose>> = {
    'a closure': () => {
      let n = 0;
      return {
        onMessage: (ctx: Ctx) => {
          ctx.state.n = ++n;
        },
      };
    },
    'what the actor holds': () =>
      ({
        hidden: { n: 0 },
        onMessage(ctx: Ctx) {
          ctx.state.n = ++(this as Loose).hidden.n;
        },
      }) as Loose,
    'a private field': () =>
      new (class {
        #n = 0;
        onMessage(ctx: Ctx) {
          ctx.state.n = ++this.#n;
        }
      })() as Loose,
    'a weak map': () => {
      const hidden = new WeakMap<object, number>();
      return {
        onMessage: (ctx: Ctx) => {
          hidden.set(ctx, (hidden.get(ctx) ?? 0) + 1);
          ctx.state.n = hidden.get(ctx);
        },
      };
    },
  };
  for (const [name, actor] of Object.entries(resetPerRun)) {
    test(`${name}, made anew for every run: lineage of whole runs, and it says so`, async () => {
      const { verdict, error, system } = await found({ actor });
      expect(error?.message).toBeUndefined();
      expect(verdict?.kind).toBe('holds');
      expect(verdict?.statistics.lineage?.mode).toBe('run');
      expect(system.fallback).toMatch(/onMessage of b at tick 4 .*Keep all of it in ctx\.state/);
    });
  }

  test('a module that is reset by init', async () => {
    const { error, verdict, system } = await found({
      actor: (id) => ({
        init: (ctx: Ctx) => {
          cache[id] = 0;
          if (id === 'a') ctx.setPeriodic('tell', 1);
        },
        onMessage: (ctx: Ctx) => {
          cache[id] = (cache[id] ?? 0) + 1;
          ctx.state.n = cache[id];
        },
      }),
    });
    expect(error?.message).toBeUndefined();
    expect(verdict?.kind).toBe('holds');
    expect(system.fallback).toMatch(/onMessage of b/);
  });

  test('assignment to `this`', async () => {
    const words = await complaint({
      actor: () =>
        ({
          n: 0,
          onMessage() {
            (this as Loose).n++;
          },
        }) as Loose,
    });
    expect(words).toMatch(/^hidden-state: .*changes its actor \(`this\.n`\)\. Keep what changes in ctx\.state/);
    expect(words).toMatch(WHERE);
    const added = await complaint({
      actor: () =>
        new (class {
          onMessage() {
            try {
              (this as Loose).more = 1;
            } catch {}
          }
        })(),
    });
    expect(added).toMatch(/^hidden-state: .*changes its actor \(`this\.more`\)/);
  });

  test('one object as the state of two nodes', async () => {
    const shared = { n: 0 };
    const words = await complaint({ state: () => shared });
    expect(words).toMatch(/^hidden-state: /);
  });

  test('the state of another node, changed from outside: lineage of whole runs', async () => {
    const { verdict, system } = await found({
      actor: (() => {
        let kept: Loose;
        return (id: string): Actor<Loose, Loose, Loose> => ({
          ...(id === 'a' && {
            init: (ctx: Ctx) => {
              kept = ctx.state;
              ctx.setTimer('tell', 1);
            },
          }),
          onMessage: () => {
            kept.n = 7;
          },
        });
      })(),
    });
    expect(verdict?.kind).toBe('holds');
    expect(verdict?.statistics.lineage?.mode).toBe('run');
    expect(system.fallback).toMatch(
      /^the state of a is \{"n":7,?\} in the end, and was \{"n":1,?\} after its last handler/,
    );
  });

  test('ctx keeps nothing but state', async () => {
    const words = await complaint(
      onMessage((ctx: Loose) => {
        ctx.hidden = 1;
      }),
    );
    expect(words).toMatch(/^hidden-state: .*it adds ctx\.hidden\. Keep what changes in ctx\.state/);
    expect(words).toMatch(WHERE);
    const attempts: ((ctx: Loose) => unknown)[] = [
      (ctx) => ctx.peers.push('c'),
      (ctx) => ctx.nodes.push('c'),
      (ctx) => {
        ctx.send = () => undefined;
      },
    ];
    // These cannot be changed, which is an error like any other.
    for (const attempt of attempts) expect(await complaint(onMessage(attempt))).toBe('nothing: violated-failure-free');
  });
});
