/**
 * What goes wrong in handlers is told once, where it happened.
 */
import { expect, test } from 'vitest';
import { folder, ldfi } from './support.js';

const protocol = (work: string): string => `
import { defineProtocol } from 'ldfi';
import { refuse } from './lib/helper.js';

export default defineProtocol({
  name: 'one-message',
  nodes: ['a', 'b'],
  actor: (id) => ({
    init(ctx) {
      if (id === 'a') ctx.send('b', 'x');
    },
    onMessage(ctx) {
      ${work}
    },
  }),
  check: () => 'holds',
  checks: [
    { name: 'one', eot: 4, eff: 2, expect: 'holds' },
    { name: 'two', eot: 4, eff: 2, crashes: 1, expect: 'holds' },
  ],
});
`;

const HELPER = `
export function refuse(): never {
  throw new RangeError('no room');
}
`;

test('a handler that throws is told with its line, also in a module that it imports', () => {
  const cwd = folder({
    'p/own.ts': protocol("throw new TypeError('of no use');"),
    'p/far.ts': protocol('refuse();'),
    'p/no-text.ts': protocol('throw { toString: null };'),
    'p/lib/helper.ts': HELPER,
  });
  const told = (path: string): string => ldfi(cwd, ['test', path, '--reporter', 'github']).stdout;
  const own = told('p/own.ts');
  expect(own).toContain('b: onMessage threw TypeError: of no use (own.ts:13)');
  expect(own).toContain('::error file=p/own.ts,line=13,');
  const far = told('p/far.ts');
  expect(far).toContain('b: onMessage threw RangeError: no room (lib/helper.ts:3)');
  expect(far).toContain('::error file=p/lib/helper.ts,line=3,');
  expect(told('p/no-text.ts')).toContain('b: onMessage threw a value without a text\n');
}, 120_000);

test('what is wrong with a handler is told once, however many checks meet it', () => {
  const cwd = folder({ 'p.ts': protocol('ctx.send("a", Date.now());').replace(/import \{ refuse.*/, '') });
  for (const jobs of ['1', '2']) {
    const { stdout, stderr, code } = ldfi(cwd, ['test', 'p.ts', '--jobs', jobs]);
    expect(code).not.toBe(0);
    expect(stderr.match(/current date/g)).toHaveLength(1);
    expect(stderr).toContain('--> p.ts:13:');
    expect(stdout).not.toContain('current date');
    expect(stdout.match(/because of the error told on stderr/g)).toHaveLength(2);
  }
}, 120_000);
