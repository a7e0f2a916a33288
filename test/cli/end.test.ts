/**
 * Ends of the process that nobody has decided on: none of them is a green.
 */
import { expect, test } from 'vitest';
import { folder, ldfi, STACK } from './support.js';

/** A protocol whose b has what it wants, or not; what its handler does beside that. */
const protocol = (handler: string, has = true): string => `
import { stat } from 'node:fs';
import { defineProtocol } from 'ldfi';

// Long after the verdict.
const later = (work: () => void, steps = 200): void => stat('.', () => (steps > 0 ? later(work, steps - 1) : work()));

export default defineProtocol({
  name: 'p',
  nodes: ['a', 'b'],
  state: () => ({ has: ${has} }),
  actor: () => ({
    init(ctx) {
      ${handler}
    },
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: 'b has nothing' }),
  checks: [{ eot: 3, eff: 1 }],
});
`;

test('a module that ends the process', () => {
  const cwd = folder({ 'p.ts': 'process.exit(0);\n' });
  for (const command of ['run', 'test', 'check']) {
    const { code, stdout, stderr } = ldfi(cwd, [command, 'p.ts'], {});
    expect(stderr).toMatch(/^error\[\S+\]: .*ended the process: no verdict would come/);
    expect([code, stdout]).toEqual([2, '']);
  }
});

test('a handler that ends the process', () => {
  const { code, stderr } = ldfi(folder({ 'p.ts': protocol('process.exit(0);') }), ['run', 'p.ts'], {});
  expect(code).toBe(2);
  expect(stderr).toMatch(/error\[impure-handler\]: init of a at tick 1: process\.exit was used/);
});

test.each([
  ['uses ctx', "later(() => ctx.send('b', 1));"],
  ['is rejected', "later(() => void Promise.reject(new Error('lost')));"],
])('work that goes on after a handler and %s', (_, handler) => {
  const { code, stderr } = ldfi(folder({ 'p.ts': protocol(handler) }), ['run', 'p.ts'], {});
  expect(stderr).toMatch(/error\[impure-handler\]: init of a at tick 1 begins work that goes on after it has returned/);
  expect(stderr).not.toMatch(STACK);
  expect(code).toBe(2);
});

test('an exit code that the module and a handler set', () => {
  const forged = (has: boolean): string =>
    `process.on('exit', () => { process.exitCode = 0; });\n${protocol('process.exitCode = 0;', has)}`;
  expect(ldfi(folder({ 'p.ts': forged(true) }), ['run', 'p.ts'], {}).code).toBe(0);
  expect(ldfi(folder({ 'p.ts': forged(false) }), ['run', 'p.ts'], {}).code).toBe(4);
});
