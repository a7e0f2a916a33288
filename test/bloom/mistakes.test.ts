/**
 * What is wrong with a program in Bloom is said in its own words, all at once, at the line that did it.
 */
import { describe, expect, test } from 'vitest';
import { type Bloom, bloom } from '../../src/bloom/define.js';
import { loadBloom } from '../../src/bloom/load.js';
import type { Builder } from '../../src/bloom/types.js';
import { folder, ldfi } from '../cli/support.js';

/** What is said of a program with a table `t` of a key and a value, a channel `c` and a scratch `s` of one column. */
function saidOf(make: (it: Record<string, never>, b: Builder) => void): readonly string[] {
  const program = bloom('wrong', ['a', 'b'], (b) => {
    const t = b.table('t', ['key'], ['value']);
    const c = b.channel('c', ['@to', 'text']);
    const s = b.scratch('s', ['x']);
    // The types refuse most of these before.
    make({ t, c, s } as unknown as Record<string, never>, b);
  });
  return said(program);
}

const said = (program: Bloom): string[] =>
  loadBloom(program)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

// biome-ignore lint/suspicious/noExplicitAny: mistakes are what types refuse
type Any = any;

describe('a mistake is named:', () => {
  test.each<[string, (it: Any, b: Any) => void, string]>([
    ['an unknown column', ({ t, s }) => s.now(t.map((r: Any) => [r.kee])), '`t` has no column `kee`'],
    ['an operator', ({ t, s }) => s.now(t.map((r: Any) => [r.value + 1])), '`value` is known only when'],
    ['a comparison', ({ t }) => t.where((r: Any) => r.key === 'x'), '`===` decides now'],
    ['a choice', ({ t }) => t.map((r: Any) => [r.key ? 1 : 2]), '`?` decides now'],
    ['an and', ({ t }, b) => t.where((r: Any) => b.eq(r.key, 1) && b.eq(r.value, 1)), '`&&` decides now'],
    ['a row that is too long', ({ t, s }) => s.now(t), '`s` has the columns x, and is given 2 values'],
    ['a merge', ({ t }) => t.async(t), '`async` is not for `t`, which is a table'],
    ['a delete of a scratch', ({ s }) => s.delete(s), '`delete` is not for `s`, which is a scratch'],
    ['a message that is kept', ({ c }) => c.now(c), '`now` is not for `c`, which is a channel'],
    ['joined rows without a map', ({ t, s }, b) => s.now(b.join(t, s)), 'joined rows are no row'],
    ['a condition that is none', ({ t }) => t.where(() => true), 'the function gives no condition'],
    [
      'an aggregate in map',
      ({ t, s }, b) => s.now(t.map((r: Any) => [b.count(r.key)])),
      '`count` stands only in the row',
    ],
    ['an aggregate of a sum', ({ t }, b) => t.group((r: Any) => [b.sum(b.plus(r.value, 1))]), '`sum` is of a column'],
    ['a row of another statement', ({ t, s }) => leaked(t, s), '`key` is a column of a row of `t` that is not in'],
    ['an odd value', ({ t, s }) => s.now(t.map(() => [1.5])), '1.5 cannot be a value of a row'],
    [
      'an order in notin',
      ({ t, s }, b) => t.notin(s, (r: Any, o: Any) => b.gt(o.x, r.key)),
      '`notin` takes equalities',
    ],
    [
      'an address in notin',
      ({ t, c }, b) => t.notin(c, (r: Any, o: Any) => b.eq(o.to, r.key)),
      '`to` is `here` in every',
    ],
    ['a promise of one node', ({ t }, b) => b.pre(t), '`t` is at every node, and `pre` at none'],
    [
      'a node that sees all',
      ({ t, s }) => s.now(t.everywhere().map((r: Any) => [r.key])),
      '`s` is at every node, and no',
    ],
    ['here in a promise', ({ t }, b) => b.pre(t.everywhere().map(() => [b.here])), '`here` is no node'],
    ['an unknown node', ({ s }) => s.fact('z', 1, 1), 'there is no node `z`'],
    ['a fact of no tick', ({ s }) => s.fact('a', 0, 1), 'the tick of a fact is an integer from 1'],
    ['a fact that is too long', ({ s }) => s.fact('a', 1, 1, 2), '`s` has the columns x, not 2 values'],
    ['two collections', (_, b) => b.table('t', ['x']), 'there are two collections named `t`'],
    [
      'a channel without an address',
      (_, b) => b.channel('d', ['to']),
      'the first column of the channel `d` is no address',
    ],
    ['a reserved name', (_, b) => b.table('crash', ['x']), 'the name `crash` is taken'],
    ['a column named node', (_, b) => b.table('n', ['node']), 'a column cannot be named `node`'],
    ['an odd check', (_, b) => b.check({ eot: 0 }), '`check.eot` must be an integer from 1 to 1000'],
    ['a period of nothing', (_, b) => b.periodic('p', 0), 'a period is an integer from 1'],
  ])('%s', (_, make, message) => {
    const found = saidOf(make);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  test('negation in a circle, by the check of rules', () => {
    expect(saidOf(({ s, t }: Any) => s.now(t.notin(s, () => []).map((r: Any) => [r.key])))[0]).toContain('s');
  });

  test('what is no program', () => {
    expect(said((bloom as Any)('', [], undefined))).toHaveLength(3);
  });
});

/** Uses a row of one function in another. */
function leaked(t: Any, s: Any): void {
  let kept: Any;
  s.now(
    t.map((r: Any) => {
      kept = r.key;
      return [r.key];
    }),
  );
  s.now(s.map(() => [kept]));
}

test('a right program has none of them', () => {
  expect(saidOf(({ s, t }: Any) => s.now(t.map((r: Any) => [r.key])))).toEqual([]);
});

test('mistakes stand at their lines', () => {
  const cwd = folder({
    'wrong.ts': `import { bloom } from 'ldfi';

export default bloom('wrong', ['a'], (b) => {
  const t = b.table('t', ['key']);
  const s = b.scratch('s', ['x']);
  s.now(t.map((r) => [r.kee]));
  t.fact('z', 1, 'k');
  s.now(
    t.map((r) => [r.key, 1]),
  );
  b.check({ eot: 0 });
});
`,
    'two.ts': `import { bloom } from 'ldfi';
export default bloom('one', ['a'], () => {});
export const two = bloom('two', ['a'], () => {});
`,
  });
  const { code, stdout, stderr } = ldfi(cwd, ['run', 'wrong.ts']);
  expect([code, stdout]).toEqual([2, '']);
  expect([...stderr.matchAll(/wrong\.ts:\d+:\d+/g)].map(([place]) => place)).toEqual([
    'wrong.ts:6:3',
    'wrong.ts:7:3',
    'wrong.ts:8:3',
    'wrong.ts:11:3',
  ]);
  expect(stderr).toContain('4 errors; nothing was run.');
  expect(ldfi(cwd, ['check', 'two.ts'])).toMatchObject({ code: 2, stderr: expect.stringContaining('bad-bloom') });
});
