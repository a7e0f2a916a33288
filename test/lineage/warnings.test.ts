/**
 * What is said beside the verdict: rules that cannot fire, silence between nodes, bounds that ask for more than there
 * is.
 */
import { expect, test } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import { search } from '../../src/search/search.js';
import { broadcast, clique, system } from '../support.js';

const AB: Bounds = { eot: 4, eff: 3, crashes: 0, nodes: ['a', 'b'] };

async function warnings(text: string, bounds: Bounds = AB): Promise<string[]> {
  for await (const event of search(system(text, bounds)))
    if (event.kind === 'verdict')
      return event.verdict.warnings.map(({ code, place }) =>
        place && 'line' in place ? `${code} line ${place.line}` : code,
      );
  throw new Error('a search ends in a verdict');
}

test('nothing is said of a spec in which all is as it should be', async () => {
  expect(await warnings(broadcast(['a', 'b']))).toEqual([]);
  // Without crashes a rule that waits for one is no mistake, and neither is one that says what must not happen.
  const excused = `${broadcast(['a', 'b'])} heir(N) :- crash(N, M, _), node(N, M); heir(N)@next :- heir(N);
    clash(N) :- log(N, P), log(N, Q), P != Q; post(N, P) :- clash(N), log(N, P), notin log(N, P);`;
  expect(await warnings(excused)).toEqual([]);
});

test('a rule that cannot fire is named, and not those that wait for it', async () => {
  const text = `${broadcast(['a', 'b'])}
timer("a", 3)@1; timer(N, T - 1)@next :- timer(N, T), T > 1;
rings(N) :- timer(N, 0);
rings(N)@next :- rings(N);
awake(N) :- rings(N); awake(N)@next :- awake(N);
`;
  const line = text.split('\n').findIndex((it) => it.startsWith('rings(N) :-')) + 1;
  expect(await warnings(text)).toEqual([`dead-rule line ${line}`]);
});

test('rules that wait for each other in a circle', async () => {
  const text = `${broadcast(['a', 'b'])} ping(N) :- pong(N); pong(N)@next :- ping(N);`;
  expect((await warnings(text)).every((it) => it.startsWith('dead-rule'))).toBe(true);
  expect(await warnings(text)).not.toEqual([]);
});

test('nobody ever sends anything', async () => {
  const silent = `${clique(['a', 'b'])} got("a")@1; got(N)@next :- got(N); pre(N) :- got(N); post(N) :- got(N);`;
  expect(await warnings(silent)).toEqual(['no-message']);
  const self = `${silent} note(M)@async :- got(N), node(N, _), M == N;`;
  expect(await warnings(self)).toEqual(['no-message']);
  expect(await warnings(silent.replaceAll('"b"', '"a"'), { ...AB, nodes: ['a'] })).toEqual([]);
});

test('faults that mean nothing to a program', async () => {
  expect(await warnings(broadcast(['a', 'b']), { ...AB, orders: 1 })).toEqual(['idle-fault']);
  expect(await warnings(broadcast(['a', 'b']), { ...AB, skews: 1 })).toEqual(['idle-fault']);
  const counting = 'left("a", 3)@1; left(N, T - 1)@next :- left(N, T), T > 0;';
  const timed = `//! timer left\n${broadcast(['a', 'b'])} ${counting} extra(N)@next :- left(N, 1);`;
  expect(await warnings(timed, { ...AB, skews: 1 })).toEqual([]);
});

test('bounds that ask for more than there is', async () => {
  expect(await warnings(broadcast(['a', 'b']), { ...AB, eff: 5 })).toEqual(['excessive-bound']);
  expect(await warnings(broadcast(['a', 'b']), { ...AB, eff: 4, crashes: 2 })).toEqual([]);
  expect(await warnings(broadcast(['a', 'b']), { ...AB, crashes: 3 })).toEqual(['excessive-bound']);
});
