/**
 * Nodes that come back: a test's own kind that takes nodes down for a while, beside crashes and omissions. The clock,
 * the laws and the count.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBounds } from '../../src/faults/bounds.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Crash, Fault, Omission } from '../../src/faults/fault.js';
import { type FaultKind, unknownNode } from '../../src/faults/kind.js';
import { register } from '../../src/faults/kinds.js';
import { admit, canonical } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';

/** The node is down from `tick` to `last`. */
interface Nap {
  readonly kind: 'nap';
  readonly node: string;
  readonly tick: number;
  readonly last: number;
}

const nap: FaultKind<Nap, { readonly naps: number }> = {
  kind: 'nap',
  rate: 1e-5,
  fields: { node: 'node', tick: 'tick', last: 'tick' },
  chosen: { in: (naps = 1) => ({ naps }), out: { naps: 0 } },
  bounds: { naps: { least: 0, most: 8, default: 0, value: 'n', help: 'most naps', inWords: (n) => `${n} naps` } },
  order: ({ tick, node, last }) => [tick, node, last],
  possible({ eot, nodes, naps }) {
    const faults: Nap[] = [];
    for (let tick = 1; naps > 0 && tick < eot; tick++)
      for (const node of nodes)
        for (let last = tick; last < eot; last++) faults.push({ kind: 'nap', node, tick, last });
    return faults;
  },
  size: (bounds) => nap.possible(bounds).length,
  noun: 'naps',
  end: ({ eot }) => eot,
  outside: ({ node }, { nodes }) => unknownNode([node], nodes),
  admitting: (faults) => ({ naps: faults.length }),
  downtime: ({ node, tick, last }) => ({ node, from: tick, until: last }),
  denies: ({ node, tick, last }, slot) => slot.from === node && tick <= slot.sent && slot.sent <= last,
  inWords: ({ node, tick, last }) => `${node} sleeps from tick ${tick} to ${last}`,
  short: 'nap {node}@{tick}-{last}',
  command: 'nap {node}@{tick}-{last}',
};

let restore: () => void;
beforeAll(() => {
  restore = register(nap);
});
afterAll(() => restore());

type AnyOf = Omission | Crash | Nap;
const napOf = (node: string, tick: number, last: number): Fault => ({ kind: 'nap', node, tick, last }) as never;

/** Is the node down at the tick? By hand. */
const isDown = (faults: readonly Fault[], node: string, tick: number): boolean =>
  (faults as readonly unknown[] as readonly AnyOf[]).some((fault) => {
    if (fault.kind === 'crash') return fault.node === node && fault.tick <= tick;
    return fault.kind === 'nap' && fault.node === node && fault.tick <= tick && tick <= fault.last;
  });

/** Between two downtimes of a node there is a tick at which it is up, and none begins while it is down. */
function isApart(faults: readonly Fault[]): boolean {
  const downs = (faults as readonly unknown[] as readonly AnyOf[]).filter((fault) => fault.kind !== 'omission');
  return downs.every((fault) =>
    downs.every(
      (other) =>
        other === fault ||
        other.node !== fault.node ||
        (!isDown([other as unknown as Fault], other.node, fault.tick) &&
          !isDown([other as unknown as Fault], other.node, fault.tick - 1)),
    ),
  );
}

/** Made when the kind is in force. */
const bounds = (): Bounds => makeBounds({ eot: 4, eff: 2, crashes: 1, nodes: ['a', 'b'], naps: 3 } as Bounds);

test('the space admits, and counts, what lies apart', () => {
  const space = new FaultSpace(bounds());
  let admitted = 0;
  for (let bits = 0; bits < 2 ** space.faults.length; bits++) {
    const chosen = space.faults.filter((_, i) => (bits >> i) & 1);
    const holds = space.circuit.evaluator((i) => ((bits >> i) & 1) === 1)(space.admissible);
    const crashes = chosen.filter(({ kind }) => kind === 'crash').length;
    if (holds !== (crashes <= 1 && isApart(chosen))) expect([holds, chosen]).toEqual([!holds, chosen]);
    const isRedundant = chosen.some((fault) => fault.kind === 'omission' && isDown(chosen, fault.from, fault.tick));
    if (holds && !isRedundant) admitted++;
  }
  expect(scenarioCount(bounds())).toBe(BigInt(admitted));
  expect(admitted).toBeGreaterThan(50);
});

test('a node is up again after a nap, and what it sends meanwhile is lost', () => {
  const space = new FaultSpace(bounds());
  const scenario = canonical([napOf('a', 1, 2), { kind: 'crash', node: 'b', tick: 3 }]);
  const happens = space.evaluator(scenario);
  expect([1, 2, 3, 4].map((tick) => [0, 1].map((node) => happens(space.up(node, tick))))).toEqual([
    [false, true],
    [false, true],
    [true, false],
    [true, false],
  ]);
  expect([1, 2, 3].map((sent) => space.arrivals(0, 1, sent).map(({ when }) => happens(when)))).toEqual([
    [false],
    [false],
    [true],
  ]);
  expect([1, 2, 3].map((sent) => happens(space.falling(0, sent)))).toEqual([true, false, false]);
});

test('naps that touch are refused in words', () => {
  expect(() => admit([napOf('a', 1, 1), napOf('a', 2, 2)], bounds())).toThrow(
    /nap a@1-1 and nap a@2-2 exclude each other/,
  );
  expect(admit([napOf('a', 1, 1), napOf('a', 3, 3)], bounds())).toHaveLength(2);
});
