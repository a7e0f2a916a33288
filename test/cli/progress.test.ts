/**
 * The line of progress.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { counting, progress } from '../../src/cli/io/progress.js';

const BOUNDS = { eot: 20, eff: 6, crashes: 0, nodes: ['a', 'b'] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('tells what is going on, what was explored, and how far that is exact', () => {
  const lines: string[] = [];
  const bar = progress('x.ded loss', BOUNDS, undefined, (text) => lines.push(text));
  const after = (event: Parameters<typeof bar.update>[0]): string | undefined => {
    vi.advanceTimersByTime(5_000);
    bar.update(event);
    return lines.at(-1);
  };
  const scenario = [1, 2].map((tick) => ({ kind: 'omission', from: 'a', to: 'b', tick }) as const);
  expect(after({ kind: 'ground', tick: 7, work: 1 })).toBe(
    'x.ded loss: preparing tick 7 of 20; 0 scenarios run; 5.0 s\n',
  );
  bar.update({ kind: 'run', execution: 41, scenario, outcome: { kind: 'holds' } as never });
  bar.update({ kind: 'counterexample', counterexample: {} as never });
  expect(after({ kind: 'hypothesis', scenario })).toBe(
    'x.ded loss: trying 2 faults; 41 scenarios run, 1 counterexample; 10.0 s\n',
  );
  expect(after({ kind: 'exact', exact: { eff: 2, faults: 1 } })).toBe(
    'x.ded loss: trying 2 faults; 41 scenarios run, 1 counterexample; no other counterexample with EFF ≤ 2; 1 fault: no other; 2 faults: unfinished; 15.0 s\n',
  );
});

test('fits a terminal, and is taken away in the end', () => {
  const texts: string[] = [];
  const bar = progress('x'.repeat(100), BOUNDS, 40, (text) => texts.push(text));
  bar.update({ kind: 'ground', tick: 1, work: 1 });
  expect(texts).toEqual([]);
  vi.advanceTimersByTime(400);
  bar.update({ kind: 'ground', tick: 1, work: 1 });
  bar.clear();
  expect(texts).toEqual([`\r\x1b[2K${'x'.repeat(39)}`, '\r\x1b[2K']);
});

test('counts what is read, once that takes long, and leaves nothing behind', () => {
  const texts: string[] = [];
  const bar = counting('reading specs', 3, 30, (text) => texts.push(text));
  bar.next('a.ded');
  vi.advanceTimersByTime(400);
  bar.next('b.ded');
  bar.clear();
  expect(texts).toEqual(['\r\x1b[2Kreading specs: 1 of 3 (b.ded)'.slice(0, 34), '\r\x1b[2K']);
  const none = counting('reading specs', 3, undefined, (text) => texts.push(text));
  vi.advanceTimersByTime(400);
  none.next('a.ded');
  none.clear();
  expect(texts).toHaveLength(2);
});
