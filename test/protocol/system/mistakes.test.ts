/**
 * What programs must not do, and what is said of it.
 */
import { expect, test } from 'vitest';
import { check, defineSystem, type Net, type SystemNode } from '../../../src/index.js';

type Start = (node: SystemNode, net: Net) => unknown;

/** What is said of a system whose node `a` runs a program. */
async function complaint(start: Start): Promise<string> {
  const system = defineSystem({
    ...{ name: 'mistaken', nodes: ['a', 'b'] },
    start: (node, net) => (node.id === 'a' ? start(node, net) : undefined),
    check: () => 'holds',
  });
  try {
    return (await check(system, { eot: 4, eff: 2 })).kind;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

let kept: Net | undefined;
let runs = 0;

test.each<[RegExp, Start]>([
  [/^not-plain: start of a at tick 1: the message, at \.f, is a function/, (_, net) => net.send('b', { f: () => 1 })],
  [
    /^not-plain: start of a at tick 1: what is written to the disk is a Date/,
    (node) => node.disk.set('k', new Date(0)),
  ],
  [
    /^bad-protocol: start of a at tick 1: net\.send to "c", which is not one of the nodes a, b/,
    (_, net) => net.send('c', 1),
  ],
  [/^bad-protocol: .* net\.on takes a function/, (_, net) => net.on(1 as never)],
  [/^bad-protocol: .*node\.complete: "x" is no operation of a that is open/, (node) => node.complete('x')],
  [/^impure-handler: start of a at tick 1: fetch of http:.*nothing outside/, () => fetch('http://127.0.0.1')],
  [
    /^impure-handler: a timer of a at tick 1: process\.memoryUsage was used/,
    () => setTimeout(() => process.memoryUsage()),
  ],
  [
    /^runaway-handler: .* more than 10000 timers in one tick/,
    function again() {
      setImmediate(again as () => void);
    },
  ],
  [
    /^bad-protocol: what node\.show of a was given, .*net\.send was used/,
    (node, net) => node.show(() => net.send('b', 1)),
  ],
  [
    /^hidden-state: start of a at tick 1 does otherwise in a second run of the same scenario: \d+ there, \d+ here\. .*make it in `start`/,
    (node) => node.log(++runs),
  ],
])('%s', async (said, start) => {
  expect(await complaint(start)).toMatch(said);
});

test('what is refused is refused also where the program catches it', async () => {
  const caught: Start = (_, net) => {
    try {
      net.send('nobody', 1);
    } catch {
      // It goes on.
    }
  };
  expect(await complaint(caught)).toMatch(/^bad-protocol: .*"nobody"/);
});

test('a node cannot use what belongs to another one', async () => {
  const system = defineSystem({
    ...{ name: 'shared', nodes: ['a', 'b'] },
    start: (node, net) => {
      if (node.id === 'a') kept = net;
      else kept?.send('a', 1);
    },
    check: () => 'holds',
  });
  await expect(check(system, { eot: 3, eff: 1 })).rejects.toThrow(
    /start of b at tick 1: net\.send of a was used while it is not its turn/,
  );
});

test('a definition with mistakes: all of them at once', () => {
  const wrong = { name: '', nodes: ['a', 'a'], begin: 1, tickMs: 0.5, checks: [{ eot: 'x' }] };
  const define = defineSystem as (definition: unknown) => unknown;
  expect(() => define(wrong)).toThrow(
    /`name` must be.*names "a" a second time.*`start` is missing.*`tickMs` must be.*`check` is missing.*`checks\[0\]\.eot`.*there is no `begin`/,
  );
  expect(() => define(undefined)).toThrow('there is no definition');
});
