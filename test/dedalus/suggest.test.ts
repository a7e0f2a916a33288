import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/dedalus/suggest.js';

describe('suggest', () => {
  it.each<[string, string[], string | undefined]>([
    ['bcats', ['node', 'bcast', 'log'], 'bcast'],
    ['Node', ['X', 'node'], 'node'],
    ['lgo', ['log', 'node'], 'log'],
    ['lo', ['log', 'node'], 'log'],
    ['x', ['y', 'z'], undefined],
    ['member', ['remember', 'members'], 'members'],
    ['same', ['same', 'sama'], 'sama'],
    ['a', [], undefined],
    ['completely', ['different', 'words'], undefined],
    ['x'.repeat(100), ['x'.repeat(99)], undefined],
  ])('%s among %s', (name, candidates, expected) => {
    expect(suggest(name, candidates)).toBe(expected);
  });
});
