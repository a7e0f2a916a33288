/**
 * Which nodes are alike in a set of scenarios, and which scenarios are the same but for that and for time.
 */
import { expect, test } from 'vitest';
import { alikeNodes, exchanged, patternsOf } from '../../src/faults/alike.js';
import type { Scenario } from '../../src/faults/fault.js';
import { canonical, parseFaults } from '../../src/faults/scenario.js';

const scenario = (text: string): Scenario => {
  const parsed = parseFaults(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return canonical(parsed.faults);
};
const all = (...texts: string[]): Scenario[] => texts.map(scenario);
const NODES = ['a', 'b', 'c', 'd'];

test('nodes are alike if exchanging them leaves the set as it is', () => {
  expect(alikeNodes(all('a→b@1', 'a→c@1'), NODES)).toEqual([['b', 'c']]);
  expect(alikeNodes(all('a→b@1', 'a→c@2'), NODES)).toEqual([]);
  expect(alikeNodes(all('crash a@1', 'crash b@1', 'crash c@1', 'crash d@1'), NODES)).toEqual([NODES]);
  expect(alikeNodes(all('a→b@1, c→d@2', 'a→d@1, c→b@2'), NODES)).toEqual([['b', 'd']]);
  expect(alikeNodes(all('partition a|b,c,d@[1,3)'), NODES)).toEqual([['b', 'c', 'd']]);
});

test('a partition is the same fault whichever of its sides is named first', () => {
  const halves = all('partition a,b|c,d@[1,2)', 'partition a,d|b,c@[1,2)');
  expect(alikeNodes(halves, NODES)).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
  expect(exchanged(halves[0] ?? [], 'a', 'c')).toEqual(halves[1]);
  expect(exchanged(scenario('partition a>b@[1,2), crash a@2'), 'a', 'b')).toEqual(
    scenario('partition b>a@[1,2), crash b@2'),
  );
});

test('a pattern leaves out when it begins, and the names of nodes that are alike', () => {
  const pattern = patternsOf([['b', 'c']]);
  const same = all('a→b@1, crash c@3', 'a→c@1, crash b@3', 'a→b@4, crash c@6');
  expect(new Set(same.map(pattern)).size).toBe(1);
  const others = all('a→b@1, crash c@3', 'a→b@1, crash b@3', 'a→b@1, crash c@4', 'b→a@1, crash c@3', 'delay a→b@1+1');
  expect(new Set(others.map(pattern)).size).toBe(others.length);
  expect(pattern(scenario('delay a→b@3+2'))).toBe(pattern(scenario('delay a→c@1+2')));
  expect(pattern(scenario('restart b@[2,4)'))).toBe(pattern(scenario('restart c@[1,3)')));
});

test('of too many nodes no renaming is tried', () => {
  const many = Array.from({ length: 7 }, (_, i) => `n${i}`);
  const pattern = patternsOf([many]);
  expect(pattern(scenario('crash n0@2'))).toBe(pattern(scenario('crash n0@5')));
  expect(pattern(scenario('crash n0@2'))).not.toBe(pattern(scenario('crash n1@2')));
});
