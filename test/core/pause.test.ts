/**
 * The event loop turns whatever a test suite has done to its timers.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { pause } from '../../src/core/event-loop.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { check } from '../../src/testing/check.js';
import '../../src/testing/vitest.js';

afterEach(() => {
  vi.useRealTimers();
  vi.resetModules();
  vi.unstubAllGlobals();
});

const BOUNDS = { eot: 4, eff: 2 };
const still = defineProtocol({ name: 'still', nodes: ['a', 'b'], actor: () => ({}), check: () => 'holds' });

test('searches come to an end under fake timers', async () => {
  vi.useFakeTimers();
  expect((await check(still, BOUNDS)).kind).toBe('holds');
  expect((await check(still, BOUNDS, { strategy: 'exhaustive' })).kind).toBe('holds');
  await expect(still).toTolerate(BOUNDS);
});

test('also where timers were faked before anything was loaded', async () => {
  vi.useFakeTimers();
  vi.resetModules();
  const fresh = await import('../../src/core/event-loop.js');
  await fresh.pause();
});

test('also without channels', async () => {
  vi.stubGlobal('MessageChannel', undefined);
  vi.useFakeTimers();
  await pause();
});

test('what waits gets its turn, however often there is a pause', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  for (let i = 0; i < 10_000 && turns < 3; i++) await pause();
  clearInterval(timer);
  expect(turns).toBe(3);
});
