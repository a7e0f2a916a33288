/**
 * What is said of outputs where something is odd: a contradiction, a D without a witness, runs without rest.
 */
import { describe, expect, test } from 'vitest';
import { calmOf } from '../../src/answer/calm.js';
import { DedalusSubject } from '../../src/answer/dedalus.js';
import { parseProgram } from '../../src/dedalus/load.js';
import { type CalmResult, contradictionsIn } from '../../src/report/calm/model.js';
import { calmToSvg } from '../../src/report/calm/svg.js';
import { calmToText } from '../../src/report/calm/text.js';
import { gallery } from './support.js';

async function resultOf(text: string): Promise<CalmResult> {
  const { program, files } = parseProgram(text, 'x.ded');
  if (!program) throw new Error('the spec has errors');
  const subject = new DedalusSubject(program, files, ['x.ded']);
  const bounds = { eot: 4, eff: 0, crashes: 0, nodes: ['a', 'b'] };
  return (await calmOf(subject, bounds, { schedules: 100, delay: 2 })).result;
}

const SEND = 'go("a", 1)@1; peer("a", "b")@1; in(M, V)@async :- go(N, V), peer(N, M)@1; in(N, V)@next :- in(N, V);\n';

test('an output that is called free and is not is a contradiction', async () => {
  const subject = gallery('chat');
  const bounds = { eot: 5, eff: 0, crashes: 0, nodes: ['ann', 'bob', 'srv'] };
  const { result } = await calmOf(subject, bounds, { schedules: 20, delay: 2 });
  expect(contradictionsIn(result)).toEqual([]);
  const wrong = { ...result, outputs: result.outputs.map((output) => ({ ...output, verdict: 'A' as const })) };
  expect(contradictionsIn(wrong)).toHaveLength(1);
  expect(calmToText(wrong)).toContain('ldfi contradicts itself, please report it: shown is called free');
});

test('a D that no schedule shows says so', async () => {
  const result = await resultOf(`${SEND}out(N, V) :- in(N, V), notin in(N, 7);\n`);
  expect(result.outputs).toMatchObject([{ relation: 'out', verdict: 'D' }]);
  expect(result.tried).toMatchObject({ complete: true, schedules: 3 });
  expect(calmToText(result)).toContain('it may be free of coordination after all');
});

test('what only the promise reads is named where all else is free, unless the spec names its outputs', async () => {
  const promise = 'first(N, min<V>) :- in(N, V); pre(V) :- first(_, V); post(V) :- first(_, V);\n';
  const free = await resultOf(`${SEND}${promise}`);
  expect(free.outputs).toMatchObject([{ relation: 'in', verdict: 'A' }]);
  expect(calmToText(free)).toMatch(
    /free of coordination; what only the promise reads may need it: see --output first\.\n$/,
  );
  expect(calmToText(await resultOf(`//! output in\n${SEND}${promise}`))).toMatch(/free of coordination\.\n$/);
  const other = await resultOf(`${SEND}${promise}least(N, min<V>) :- in(N, V);\n`);
  expect(other.unnamed).toEqual([]);
});

describe('a run that never comes to rest', () => {
  test('shows nothing', async () => {
    const result = await resultOf(`${SEND}out(N, V) :- in(N, V); out(N, V + 1)@next :- out(N, V);\n`);
    expect(result.tried).toMatchObject({ schedules: 1, restless: 1 });
    expect(calmToText(result)).toContain('1 of them did not come to rest, and show nothing');
  });

  test('but for clocks that no message reaches, which do not count', async () => {
    const clock = 'clock("b", 1)@1; clock(N, T + 1)@next :- clock(N, T);';
    const result = await resultOf(`${SEND}${clock}\nout(N, T) :- clock(N, T), in(N, _), T < 4;\n`);
    expect(result.outputs[0]?.verdict).toBe('D');
    expect(result.outputs[0]?.witness?.[0].ever).toEqual([['b', 2]]);
  });
});

test('in the picture of the dataflow no line lies on another, or leaves the picture', async () => {
  const again =
    'out(N, V) :- in(N, V); in(N, V)@next :- out(N, V), notin in(N, 7); in(M, V)@async :- out(N, V), peer(N, M);';
  for (const text of [
    `${SEND}${again}`,
    `${SEND}${again} side(N, V) :- in(N, V), out(N, V); out(N, V) :- side(N, V);`,
  ]) {
    const result = await resultOf(`//! output out\n${text}`);
    const svg = calmToSvg(result);
    const lines = [...svg.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map(([, line]) => line ?? '');
    const kinds = result.flow.edges.map(({ from, to, time }) => JSON.stringify([from, to, time === 'async']));
    expect(kinds.length).toBeGreaterThan(new Set(kinds).size);
    expect(lines).toHaveLength(new Set(kinds).size);
    expect(new Set(lines).size).toBe(lines.length);
    const [left = 0, top = 0, width = 0, height = 0] = (/viewBox="(-?[\d.]+ [^"]*)" font/.exec(svg)?.[1] ?? '')
      .split(' ')
      .map(Number);
    for (const [, x, y] of lines.join(' ').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) {
      expect(Number(x) >= left && Number(x) <= left + width).toBe(true);
      expect(Number(y) >= top && Number(y) <= top + height).toBe(true);
    }
  }
});
