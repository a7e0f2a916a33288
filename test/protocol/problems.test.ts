/**
 * What is wrong with a definition: all of it, each with its property.
 */
import { expect, it } from 'vitest';
import { defineProtocol, LdfiError, type Problem } from '../../src/index.js';

const good = { name: 'p', nodes: ['a', 'b'], actor: () => ({}), check: () => 'holds' };

function problems(given: unknown): readonly Problem[] {
  try {
    defineProtocol(given as never);
  } catch (error) {
    if (error instanceof LdfiError && error.code === 'bad-protocol') return error.problems;
    throw error;
  }
  return [];
}

const told = (given: unknown): string[] =>
  problems(given).map(({ path, message, hint }) => `${path.join('.')} | ${message} | ${hint}`);

it('a good one has none', () => {
  const checks = [{}, { name: 'x', eot: 1, eff: 0, crashes: 64, expect: 'inconclusive' }, { eot: undefined }];
  expect(problems({ ...good, checks, state: undefined, seed: -1, types: {} })).toEqual([]);
});

it('everything at once, in the order of the documentation', () => {
  const paths = problems({ seed: 0.5, checks: 'x', actor: {}, state: 3, nodes: 'a', name: '', extra: 1 }).map(
    ({ path }) => path.join('.'),
  );
  expect(paths).toEqual(['name', 'nodes', 'state', 'actor', 'check', 'checks', 'seed', 'extra']);
  expect(told(undefined)).toEqual([' | there is no definition | defineProtocol({ name, nodes, state, actor, check })']);
});

it('nodes one by one', () => {
  expect(told({ ...good, nodes: ['a', '', 'b', 'a', 7] })).toEqual([
    'nodes.1 | `nodes[1]` must be a name: a string that is not empty | undefined',
    'nodes.3 | `nodes[3]` names "a" a second time | undefined',
    'nodes.4 | `nodes[4]` must be a name: a string that is not empty | undefined',
  ]);
  const many = Array.from({ length: 65 }, () => 'a');
  expect(told({ ...good, nodes: many })).toEqual(['nodes | `nodes` has more than 64 names | undefined']);
});

it('checks one by one, with what was meant', () => {
  const checks = [null, { eot: 0, eff: 1001, crashes: '1' }, { expects: 'holds', expect: 'violate', name: 1 }];
  expect(told({ ...good, checks, eff: 3 })).toEqual([
    "checks.0 | `checks[0]` must be an object | like { eot: 6, eff: 3, crashes: 1, expect: 'holds' }",
    'checks.1.eot | `checks[1].eot` must be an integer from 1 to 1000, not 0 | undefined',
    'checks.1.eff | `checks[1].eff` must be an integer from 0 to 1000, not 1001 | undefined',
    'checks.1.crashes | `checks[1].crashes` must be an integer from 0 to 64 | undefined',
    "checks.2.expect | `checks[2].expect` must be one of holds, violated, vacuous, violated-failure-free, inconclusive | is it 'violated'?",
    'checks.2.name | `checks[2].name` must be a string, not 1 | undefined',
    'checks.2.expects | there is no `expects` | is it `expect`?',
    'eff | there is no `eff` | `checks: [{ … }]` is the place for bounds',
  ]);
});
