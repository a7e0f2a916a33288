/** Word counts: when the first number is put out, and what is left of it when a mapper crashes. */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/faults/fault.js';
import { firstTick, runOf } from './support.js';

const MAPPERS = ['m1', 'm2', 'm3'];
const [BARRIER, PIPELINED] = ['specs/mapreduce/barrier.ded', 'specs/mapreduce/pipelined.ded'];

/** The numbers that are put out at the end. */
const outputs = async (path: string, scenario: Scenario): Promise<Record<string, unknown>> => {
  const run = await runOf(path, scenario);
  return Object.fromEntries(run.rows('output', run.eot).map(([, word, count]) => [word, count]));
};

/** The words of some mappers, counted here. */
async function counted(mappers: readonly string[]): Promise<Record<string, number>> {
  const run = await runOf(BARRIER);
  const counts: Record<string, number> = {};
  for (const [mapper, , word] of run.rows('found', run.eot))
    if (mappers.includes(String(mapper))) counts[String(word)] = (counts[String(word)] ?? 0) + 1;
  return counts;
}

test('with a barrier the first number comes a tick after the last mapper, without one a tick after the first', async () => {
  for (const [path, which] of [
    [BARRIER, Math.max],
    [PIPELINED, Math.min],
  ] as const) {
    const run = await runOf(path);
    const finished = MAPPERS.map((mapper) => firstTick(run, 'finished', mapper) ?? Number.NaN);
    expect(finished).toEqual([1, 2, 4]);
    expect(firstTick(run, 'output')).toBe(which(...finished) + 1);
  }
});

test('without faults both count right in the end', async () => {
  const all = await counted(MAPPERS);
  expect(all).toEqual({ rose: 3, a: 2, is: 2 });
  expect(await outputs(BARRIER, [])).toEqual(all);
  expect(await outputs(PIPELINED, [])).toEqual(all);
});

describe.each(MAPPERS)('%s crashes before it has sent anything', (node) => {
  const crash: Scenario = [{ kind: 'crash', node, tick: 1 }];

  test('with a barrier there is nothing', async () => {
    expect(await outputs(BARRIER, crash)).toEqual({});
  });

  test('without one there is what the others have found', async () => {
    const others = await counted(MAPPERS.filter((mapper) => mapper !== node));
    expect(await outputs(PIPELINED, crash)).toEqual(others);
    expect(Object.keys(others).length).toBeGreaterThan(0);
  });
});
