import { expect, test } from 'vitest';
import { batch, folder, unprintable } from './support.js';

test('explain lists, explains, and suggests', { timeout: 120_000 }, () => {
  const words = [
    ['explain'],
    ['explain', 'no', 'post'],
    ['explain', 'unbound-varible'],
    ['explain', 'a\u001b[31m\u202e'],
  ];
  const [list, verdict, slip, hostile] = batch(folder(), words);
  expect(list).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('unbound-variable') });
  expect(verdict).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Exit code 4.') });
  expect(slip).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is it unbound-variable?') });
  expect(hostile).toMatchObject({ code: 2, stdout: '' });
  expect(unprintable(hostile?.stderr ?? '')).toEqual([]);
});

test('where to read on is said on a terminal only', { timeout: 120_000 }, () => {
  const [checked] = batch(folder({ 'x.ded': 'p(X)@async :- q(Y);' }), [['check', 'x.ded']]);
  expect(checked?.code).toBe(2);
  expect(checked?.stderr).toContain('error[unbound-variable]');
  expect(checked?.stderr).not.toContain('ldfi explain');
});
