/**
 * Key-value stores, level by level: `set-is-not-causal.ded` is the store of `set.ded` under the promise of `causal.ded`,
 * and so on up. (Which store keeps which promise: the page of the levels, in test/docs.)
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programAt } from '../../scripts/site/specs.js';
import { resolveChecks } from '../../src/search/check.js';

/** What a spec of a store takes from elsewhere and says itself: its promise comes first. */
function partsOf(path: string): { readonly promise: string | undefined; readonly store: readonly string[] } {
  const [promise, ...rest] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^(?:include|[a-z])/.test(line));
  const isFact = /@\d+;$/;
  return { promise, store: rest.filter((line) => !isFact.test(line)) };
}

/** Of each level of key-value stores, what it gives and what it lacks. */
const LEVELS = [
  'lww',
  'set',
  'causal',
  'multi-key-causal',
  'read-committed',
  'item-cut',
  'monotonic-reads',
  'linearizable',
];

describe.each(LEVELS.slice(0, -1).map((level, i) => [level, LEVELS[i + 1] ?? ''] as const))(
  '%s is not %s',
  (level, next) => {
    const lacks = `specs/kvs/${level}-is-not-${next}.ded`;
    const verdicts = (path: string) => resolveChecks(programAt(path)).map(({ expect: expected }) => expected);

    test('the store keeps its own promise and breaks the next one', () => {
      expect(new Set(verdicts(`specs/kvs/${level}.ded`))).toEqual(new Set(['holds']));
      expect(verdicts(lacks)[0]).toBe('violated');
    });

    test('it is the same store, and the promise of the next level', () => {
      const { store, promise } = partsOf(lacks);
      expect(store).toEqual(expect.arrayContaining([...partsOf(`specs/kvs/${level}.ded`).store]));
      if (next !== 'linearizable') expect(promise).toBe(partsOf(`specs/kvs/${next}.ded`).promise);
    });
  },
);
