import { describe, expect, test } from 'vitest';
import { complaint, type Loose } from './cheats.js';

describe('checks', () => {
  for (const lineage of ['auto', 'run'] as const) {
    describe(`with lineage '${lineage}'`, () => {
      test('that answer differently', async () => {
        let calls = 0;
        const words = await complaint({ check: () => (calls++ % 2 === 0 ? 'holds' : { violated: 'odd' }) }, lineage);
        expect(words).toMatch(/^impure-handler: check answers otherwise when it is asked again/);
      });

      test('that reach for chance or a clock', async () => {
        expect(await complaint({ check: () => (Math.random() < 2 ? 'holds' : 'vacuous') }, lineage)).toMatch(
          /^impure-handler: check: Math\.random was used/,
        );
        expect(await complaint({ check: () => (Date.now() > 0 ? 'holds' : 'vacuous') }, lineage)).toMatch(
          /^impure-handler: check: the current date was used/,
        );
      });

      test('that change what they get, which are copies', async () => {
        const changes: ((world: Loose) => unknown)[] = [
          (world) => {
            world.state('a').n = 5;
          },
          (world) => delete world.state('a').n,
          (world) => world.state('a').items.push(1),
          (world) => world.state('a').table.set('k', 1),
          (world) => world.state('a').members.add(1),
          (world) => world.log('a').push(1),
          (world) => world.alive.push('c'),
          (world) => world.nodes.push('c'),
        ];
        for (const change of changes) {
          const words = await complaint(
            {
              state: () => ({ n: 0, items: [], table: new Map(), members: new Set() }),
              check: (world) => {
                change(world);
                return world.state('b').n === 'never' ? 'vacuous' : 'holds';
              },
            },
            lineage,
          );
          expect([String(change), words]).toEqual([String(change), 'nothing: holds']);
        }
      });

      test('that throw', async () => {
        const check = (): never => {
          throw new TypeError('oops');
        };
        expect(await complaint({ check }, lineage)).toMatch(
          /^bad-protocol: check threw TypeError: oops without faults\. Answer \{ violated: … \}/,
        );
      });

      test('that answer nonsense', async () => {
        const cycle: Loose = {};
        cycle.self = cycle;
        const answers = [
          true,
          undefined,
          null,
          5n,
          'maybe',
          {},
          { violated: true },
          Promise.resolve('holds'),
          cycle,
          () => 'holds',
          { violated: [[{}]] },
        ];
        for (const answer of answers)
          expect(await complaint({ check: () => answer }, lineage)).toMatch(/^bad-protocol: check must answer "holds"/);
        const later = await complaint({ check: () => Promise.resolve('holds') }, lineage);
        expect(later).toMatch(/, not a promise: it must not be async$/);
      });

      test('that ask for a node that is not there', async () => {
        expect(await complaint({ check: (world) => world.state('z') }, lineage)).toMatch(
          /^bad-protocol: check asks for "z", which is not one of the nodes a, b/,
        );
      });
    });
  }
});
