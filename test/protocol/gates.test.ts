/**
 * Cheats with functions that were at hand before any handler ran: kept by a module, or imported by name. And what gates
 * let through.
 */
import { Console } from 'node:console';
import crypto, { randomBytes, randomFillSync, randomInt, randomUUID } from 'node:crypto';
import { exit, hrtime, nextTick } from 'node:process';
import { Writable } from 'node:stream';
import { setTimeout as later, setImmediate as soon } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { guarded } from '../../src/protocol/guards/guards.js';
import { complaint, onMessage, WHERE } from './cheats.js';
import './standing.js';

// What a module may keep at its top, once the gates stand.
const KeptDate = Date;
const { now } = Date;
const { random } = Math;
const { format } = new Intl.DateTimeFormat();
const keptPerformance = performance.now.bind(performance);
const keptTimeout = setTimeout;
const keptExit = process.exit;

const cheats: Record<string, readonly [cheat: () => unknown, said: RegExp]> = {
  'Date kept by a module': [() => new KeptDate(), /the current date was used/],
  'its Date.now, coarse': [() => Math.floor(KeptDate.now() / 1e7), /the current date was used/],
  'Date.now kept by a module': [() => Math.floor(now() / 1e7), /the current date was used/],
  'Math.random kept by a module': [() => random() < 2, /Math\.random was used/],
  'performance.now kept by a module': [() => keptPerformance() < 0, /performance\.now was used/],
  'setTimeout kept by a module': [() => keptTimeout(() => undefined, 0), /setTimeout was used/],
  'a format without a date': [() => new Intl.DateTimeFormat().format(), /the current date was used/],
  'a format kept by a module': [() => format(), /the current date was used/],
  'parts of a format without a date': [() => new Intl.DateTimeFormat().formatToParts(), /the current date was used/],
  'performance.mark': [() => performance.mark('q').startTime > 1e9, /performance\.mark was used/],
  'performance.timeOrigin': [() => performance.timeOrigin, /performance\.timeOrigin was used/],
  'the time of an event': [() => new Event('x').timeStamp > 1e12, /Event\.prototype\.timeStamp was used/],
  'AbortSignal.timeout': [() => AbortSignal.timeout(1), /AbortSignal\.timeout was used/],
  'process.cpuUsage': [() => process.cpuUsage().user > 1e12, /process\.cpuUsage was used/],
  'process.memoryUsage': [() => process.memoryUsage().rss > 1, /process\.memoryUsage was used/],
  'process.memoryUsage.rss': [() => process.memoryUsage.rss() > 1, /process\.memoryUsage\.rss was used/],
  'process.pid': [() => process.pid, /process\.pid was used: it differs from process to process/],
  'setTimeout of node:timers': [() => later(() => undefined, 0), /setTimeout.* was used: .*ctx\.setTimer/],
  'setImmediate of node:timers': [() => soon(() => undefined), /setImmediate.* was used: .*ctx\.setTimer/],
  'setTimeout of node:timers/promises': [() => void wait(0), /setTimeout of node:timers\/promises was used/],
  'a promisified setTimeout': [() => void promisify(setTimeout)(0), /setTimeout.* was used: .*ctx\.setTimer/],
  'nextTick of node:process': [() => nextTick(() => undefined), /process\.nextTick was used/],
  'hrtime of node:process': [() => hrtime.bigint() > 1n, /process\.hrtime\.bigint was used/],
  'randomBytes of node:crypto': [() => randomBytes(1), /randomBytes of node:crypto was used: .*ctx\.random\(\)/],
  'randomInt of node:crypto': [() => randomInt(2), /randomInt of node:crypto was used/],
  'randomInt of the default export': [() => crypto.randomInt(2), /randomInt of node:crypto was used/],
  'randomUUID of node:crypto': [() => randomUUID() < '', /randomUUID of node:crypto was used/],
  'randomFillSync of node:crypto': [() => randomFillSync(new Uint8Array(1)), /randomFillSync of node:crypto was used/],
  'getRandomValues of node:crypto': [() => crypto.getRandomValues(new Uint8Array(1)), /getRandomValues was used/],
  'process.exit': [() => process.exit(0), /process\.exit was used: no verdict would come/],
  'process.exit kept by a module': [() => keptExit(0), /process\.exit was used/],
  'exit of node:process': [() => exit(0), /process\.exit was used/],
  'process.abort': [() => process.abort(), /process\.abort was used/],
  'process.kill': [() => process.kill(1, 0), /process\.kill was used/],
  'process.reallyExit': [
    () => (process as unknown as { reallyExit(code: number): void }).reallyExit(0),
    /process\.reallyExit was used/,
  ],
};

describe('what was at hand before', () => {
  for (const [name, [cheat, said]] of Object.entries(cheats)) {
    test(name, async () => {
      const words = await complaint(onMessage(() => void cheat()));
      expect(words).toMatch(/^impure-handler: /);
      expect(words).toMatch(WHERE);
      expect(words).toMatch(said);
    });
  }
});

describe('what gates let through', () => {
  afterEach(() => vi.useRealTimers());

  test('everything, while no handler runs', async () => {
    expect(new KeptDate()).toBeInstanceOf(Date);
    expect(new Date(0).constructor).toBe(Date);
    expect(Date.name).toBe('Date');
    expect([random(), Math.random()].every((n) => n >= 0 && n < 1)).toBe(true);
    expect(Math.abs(now() - KeptDate.now())).toBeLessThan(1_000);
    expect(new Intl.DateTimeFormat('en').format()).toBe(new Intl.DateTimeFormat('en').format(new Date()));
    expect(randomBytes(2)).toHaveLength(2);
    expect(process.pid).toBeGreaterThan(1);
    await wait(1);
    await promisify(setTimeout)(1);
  });

  test('the same function every time', () => {
    expect(Date.now).toBe(Date.now);
    expect(new Date(0).constructor).toBe(KeptDate);
    guarded(() => undefined);
    expect(Date).toBe(KeptDate);
    expect(Math.random).toBe(random);
  });

  test('dates and formats that are given a date', async () => {
    const cheat = onMessage((ctx) => {
      ctx.state.n = new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(new KeptDate(0));
    });
    expect(await complaint(cheat)).toBe('nothing: holds');
  });

  test('a clock of the test suite, until handlers run', async () => {
    vi.useFakeTimers({ now: 5 });
    expect(Date.now()).toBe(5);
    expect(() => guarded(() => Date.now())).toThrow('the current date was used');
    expect(() => guarded(() => setTimeout(() => undefined, 0))).toThrow('setTimeout was used');
    expect(Date.now()).toBe(5);
  });

  test('a spy of the test suite', () => {
    const spy = vi.spyOn(Date, 'now').mockReturnValue(7);
    expect(Date.now()).toBe(7);
    expect(() => guarded(() => Date.now())).toThrow('the current date was used');
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(Date.now()).toBeGreaterThan(7);
  });

  test('what a handler prints', async () => {
    let printed = '';
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        printed += chunk;
        // As streams of test runners do.
        setTimeout(done, 0);
      },
    });
    const { console } = globalThis;
    globalThis.console = new Console(stream);
    try {
      const cheat = onMessage((ctx) => {
        globalThis.console.time('t');
        globalThis.console.log('hello', ctx.id);
        globalThis.console.error('hello', ctx.id);
        globalThis.console.timeEnd('t');
      });
      expect(await complaint(cheat)).toBe('nothing: holds');
    } finally {
      globalThis.console = console;
    }
    expect(printed).toMatch(/^hello b\n/);
  });

  test('but not what comes after it', async () => {
    const cheat = onMessage(() => {
      console.debug();
      return void Math.random();
    });
    expect(await complaint(cheat)).toMatch(/Math\.random was used/);
  });
});
