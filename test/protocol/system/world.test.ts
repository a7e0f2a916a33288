/**
 * The virtual world: time, chance, messages, crashes and restarts as programs see them.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as later, setInterval as repeated } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defineSystem, type Net, type Scenario, type SystemNode, systemOf } from '../../../src/index.js';
import type { TracedRun } from '../../../src/lineage/learned/run.js';

type Start = (node: SystemNode, net: Net) => unknown;

/** A run of a program on `a` and `b`; ticks are 10 ms. */
function run(start: Start, scenario: Scenario = [], seed = 1): Promise<TracedRun> {
  const system = defineSystem({ name: 'world', nodes: ['a', 'b'], seed, start, check: () => 'holds' });
  return systemOf(system, { eot: 8, eff: 6, crashes: 1, restarts: 1, skews: 1 }).trace(scenario);
}

const logs = async (start: Start, scenario: Scenario = []): Promise<readonly unknown[]> =>
  (await run(start, scenario)).finals.map(({ log }) => log);

/** On `a` only. */
const onA =
  (program: Start): Start =>
  (node, net) =>
    node.id === 'a' ? program(node, net) : undefined;

const logOfA = async (program: Start, scenario: Scenario = []): Promise<unknown> =>
  (await logs(onA(program), scenario))[0];

test('there is a clock, which stands still while code runs', async () => {
  const epoch = Date.UTC(2000, 0, 1);
  const seen = await logOfA(async (node) => {
    const tell = (): void => node.log([Date.now(), Date.now(), performance.now(), process.uptime() * 1_000]);
    tell();
    await later(25);
    tell();
    await new Promise((resolve) => setTimeout(resolve, 0));
    tell();
  });
  expect(seen).toEqual([0, 25, 26].map((ms) => [epoch + ms, epoch + ms, ms, ms]));
});

test('timers fire by time, then in the order in which they were set, and microtasks go before them', async () => {
  const seen = await logOfA((node) => {
    setTimeout(() => node.log('3 ms'), 3);
    setTimeout(() => node.log('1 ms'), 1);
    setTimeout(() => node.log('1 ms, too'));
    setImmediate(() => node.log('immediate'));
    queueMicrotask(() => node.log('microtask'));
    process.nextTick(() => node.log('next tick'));
    const cleared = setTimeout(() => node.log('never'), 2);
    clearTimeout(cleared);
    let times = 0;
    const timer = setInterval(() => {
      node.log(`interval ${performance.now()}`);
      if (++times === 2) clearInterval(timer);
    }, 7);
  });
  expect(seen).toEqual([
    ...['next tick', 'microtask', 'immediate', '1 ms', '1 ms, too', '3 ms'],
    ...['interval 7', 'interval 14'],
  ]);
});

test('timers as promises, and signals', async () => {
  const seen = await logOfA(async (node) => {
    for await (const value of repeated(4, 'x')) {
      node.log(`${value} ${performance.now()}`);
      if (performance.now() > 7) break;
    }
    const signal = AbortSignal.timeout(5);
    await later(50, undefined, { signal }).catch((error: Error) => node.log(`${error.name} ${performance.now()}`));
    node.log((signal.reason as Error).name);
  });
  expect(seen).toEqual(['x 4', 'x 8', 'AbortError 13', 'TimeoutError']);
});

test('chance is seeded, of its own at every node, and another one after a restart', async () => {
  const draw: Start = (node) => {
    const bytes = crypto.getRandomValues(new Uint8Array(4));
    node.log([Math.random(), crypto.randomUUID(), randomUUID(), randomInt(10), [...randomBytes(2)], [...bytes]]);
  };
  const first = await logs(draw);
  expect(await logs(draw)).toEqual(first);
  expect(first[0]).not.toEqual(first[1]);
  expect((await run(draw, [], 2)).finals[0]?.log).not.toEqual(first[0]);
  const [[before, after] = []] = (await logs(draw, [{ kind: 'restart', node: 'a', from: 2, until: 3 }])) as unknown[][];
  expect(before).toEqual((first[0] as unknown[])[0]);
  expect(after).not.toEqual(before);
});

test('messages arrive a tick later, by sender, as copies; requests have answers, errors and a limit', async () => {
  const bytes = new Uint8Array([1, 2]);
  const seen = await logs(async (node, net) => {
    net.on(async ({ from, data }) => {
      node.log([from, performance.now(), data]);
      await later(3);
      if (data === 'bad') throw new Error('no');
      return { twice: data };
    });
    if (node.id === 'b') return;
    net.send('b', bytes);
    bytes[0] = 9;
    node.log(await net.request('b', 'good'));
    await net.request('b', 'bad').catch((error: Error) => node.log(error.message));
    net.on(() => new Promise(() => {}));
    await net.request('a', 'never', { timeout: 15 }).catch((error: Error) => node.log([error.name, performance.now()]));
  });
  expect(seen).toEqual([
    [{ twice: 'good' }, 'Error: no', ['TimeoutError', 55]],
    [
      ['a', 10, new Uint8Array([1, 2])],
      ['a', 10, 'good'],
      ['a', 30, 'bad'],
    ],
  ]);
});

test('a node that has crashed does nothing more', async () => {
  const seen = await logOfA(
    async (node) => {
      setInterval(() => node.log(performance.now()), 10);
      for (;;) {
        await later(6);
        node.log('still here');
      }
    },
    [{ kind: 'crash', node: 'a', tick: 3 }],
  );
  expect(seen).toEqual(['still here', 10, 'still here', 'still here']);
});

test('a restart is a start with what is on the disk', async () => {
  const program: Start = async (node, net) => {
    const starts = Number(node.disk.get('starts') ?? 0) + 1;
    node.disk.set('starts', starts);
    node.log([starts, performance.now(), node.disk.keys()]);
    net.on(({ data }) => node.log(data));
    if (node.id === 'b') setInterval(() => net.send('a', performance.now()), 10);
    await later(25);
    node.log('25 ms later');
  };
  const seen = await logs(program, [{ kind: 'restart', node: 'a', from: 2, until: 5 }]);
  expect(seen[0]).toEqual([[1, 0, ['starts']], [2, 40, ['starts']], 30, 40, 50, '25 ms later', 60]);
});

test('a clock that stands still puts timers off, and shows it', async () => {
  const program: Start = async (node) => {
    await later(15);
    node.log(Date.now() - Date.UTC(2000, 0, 1));
    node.invoke('woken');
  };
  const still = await run(onA(program), [{ kind: 'skew', node: 'a', from: 1, until: 4 }]);
  const [{ log, history } = { log: [], history: [] }] = still.finals;
  expect(log).toEqual([15]);
  expect(history.map(({ invoked }) => invoked)).toEqual([5]);
});

test('what a program throws, or nobody catches, ends its node and breaks the promise', async () => {
  const programs: Record<string, Start> = {
    'start threw Error: x': () => {
      throw new Error('x');
    },
    'start threw TypeError: y': async () => {
      await undefined;
      throw new TypeError('y');
    },
    'a timer threw Error: z': () => void setTimeout(() => Promise.reject(new Error('z')), 12),
    'a timer threw Error: t': () =>
      void setTimeout(() => {
        process.nextTick(() => {
          throw new Error('t');
        });
      }, 12),
  };
  for (const [words, program] of Object.entries(programs)) {
    const { outcome, finals } = await run(onA(program));
    expect(outcome).toMatchObject({ kind: 'violated', witnesses: [['a', words]] });
    expect(finals[1]?.failure).toBeUndefined();
  }
});

test('the check sees what node.show gives, else the disk, and operations', async () => {
  const { finals } = await run((node) => {
    node.disk.set('k', new Map([[1, 2]]));
    node.complete(node.invoke({ kind: 'read' }), 7);
    let count = 0;
    setInterval(() => count++, 10);
    if (node.id === 'a') node.show(() => ({ count }));
  });
  expect(finals.map(({ state }) => state)).toEqual([{ count: 7 }, { k: new Map([[1, 2]]) }]);
  expect(finals[0]?.history).toMatchObject([{ op: { kind: 'read' }, result: 7, invoked: 1, completed: 1 }]);
});

test('outside of a run time and chance are real', async () => {
  await run(() => undefined);
  expect(Date.now()).toBeGreaterThan(Date.UTC(2020, 0, 1));
  expect(Math.random()).not.toBe(Math.random());
});
