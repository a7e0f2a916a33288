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
  for (const command of ['run', 'test', 'check'])
    expect(ldfi(cwd, [command, 'p.ts'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: the process was ended before there was a result\n',
    });
});

test('a handler that ends the process', () => {
  const { code, stderr } = ldfi(folder({ 'p.ts': protocol('process.exit(0);') }), ['run', 'p.ts']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/error\[impure-handler\]: init of a at tick 1: process\.exit was used/);
});

test('work that comes to light after the verdict', () => {
  const cwd = folder({ 'p.ts': protocol("later(() => ctx.send('b', 1));") });
  const { code, stdout, stderr } = ldfi(cwd, ['run', 'p.ts']);
  expect(stdout).toContain('HOLDS');
  expect(stderr).toMatch(/^error: after the verdict, ctx\.send of . was used after its handler had returned: .*\n$/);
  expect(code).toBe(2);
});

test('a promise that is rejected after the verdict', () => {
  const cwd = folder({ 'p.ts': protocol("later(() => void Promise.reject(new Error('lost')));") });
  const { code, stderr } = ldfi(cwd, ['run', 'p.ts']);
  expect(stderr).toContain('a promise that nobody waits for was rejected (Error: lost)');
  expect(stderr).not.toMatch(STACK);
  expect(code).toBe(2);
});

test('an exit code that a handler sets', () => {
  const set = 'process.exitCode = 0; later(() => { process.exitCode = 0; });';
  expect(ldfi(folder({ 'p.ts': protocol(set) }), ['run', 'p.ts']).code).toBe(0);
  expect(ldfi(folder({ 'p.ts': protocol(set, false) }), ['run', 'p.ts']).code).toBe(4);
});
