/**
 * A search in parts finds what the whole search finds, and what brute force finds: random programs under omissions and
 * crashes, under the other kinds of faults (windows among them), and random protocols.
 */
import { expect, test } from 'vitest';
import type { Findings } from '../../src/answer/findings.js';
import { together } from '../../src/answer/parts.js';
import { Circuit } from '../../src/core/circuit.js';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System } from '../../src/lineage/port.js';
import { literalsOf, minimalAmong } from '../../src/search/cube.js';
import type { SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { answerOf, bruteAnswer, programOf } from '../reference/compare.js';
import { PROGRAM_MIXES } from '../reference/compare-kinds.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomSpec } from '../reference/random-program.js';
import { enough, firstOf, sized } from '../size.js';

async function verdictOf(system: System, options: SearchOptions = {}): Promise<Verdict> {
  for await (const event of search(system, options)) if (event.kind === 'verdict') return event.verdict;
  throw new Error('a search ends in a verdict');
}

async function inParts(make: () => System, of: number, bounds: Bounds): Promise<Verdict> {
  const parts: Findings[] = [];
  for (let number = 1; number <= of; number++) {
    const verdict = await verdictOf(make(), { cube: { number, of } });
    parts.push({ verdict, explored: [], reached: { tick: 0, faults: 0 }, vacuous: undefined, notice: undefined });
  }
  return together(parts, bounds).verdict;
}

/** What does not speak of runs made on the way. */
const told = ({ kind, counterexamples, complete, stopped }: Verdict) =>
  JSON.stringify({ kind, counterexamples, complete, stopped });

/** What a search in parts finds, and how that differs from what the whole finds, if it does. */
async function compared(seed: number, make: () => System, bounds: Bounds) {
  const whole = await verdictOf(make());
  const of = [2, 3, 4, 7][seed % 4] as number;
  const parts = await inParts(make, of, bounds);
  const wrong = told(parts) === told(whole) ? [] : [{ seed, of, whole: told(whole), parts: told(parts) }];
  return { parts, wrong };
}

const PARTS = firstOf([0, 250, 500, 750], 1);
const PART = sized(250, 12);

test.each(PARTS)(
  'random programs from %i on: in parts as a whole, and as brute force has it',
  async (first) => {
    const wrong: unknown[] = [];
    let broken = 0;
    for (let seed = first; seed < first + PART; seed++) {
      const { text, bounds } = randomSpec(seed);
      const program = programOf(text);
      const brute = program && bruteAnswer(program, bounds);
      if (!program || !brute) continue;
      const lineage = seed % 3 === 0 ? 'run' : 'total';
      const make = (): System => new DedalusSystem(program, bounds, { lineage });
      const found = await compared(seed, make, bounds);
      wrong.push(...found.wrong);
      const { verdict, sets } = answerOf(found.parts);
      if (verdict !== brute.verdict || sets !== brute.sets) wrong.push({ seed, brute, verdict, sets });
      if (verdict === 'violated') broken++;
    }
    expect(wrong).toEqual([]);
    expect(broken).toBeGreaterThanOrEqual(enough(26));
  },
  900_000,
);

test.each(Object.entries(PROGRAM_MIXES))(
  'random programs under %s: in parts as a whole',
  async (mix, kinds) => {
    const wrong: unknown[] = [];
    const from = Object.keys(PROGRAM_MIXES).indexOf(mix) * 12;
    for (let seed = from; seed < from + sized(12, 2); seed++) {
      const { text, bounds: usual } = randomSpec(seed);
      const program = programOf(text);
      const bounds = { ...usual, ...kinds, maxCost: 2 };
      if (!program) continue;
      wrong.push(...(await compared(seed, () => new DedalusSystem(program, bounds, {}), bounds)).wrong);
    }
    expect(wrong).toEqual([]);
  },
  900_000,
);

test('random protocols: in parts as a whole', async () => {
  const wrong: unknown[] = [];
  let broken = 0;
  for (let seed = 500; seed < 500 + sized(60, 4); seed++) {
    const draft = randomProtocol(seed);
    const deepens = seed % 2 === 0 && { large: 0 };
    const make = (): System => new ProtocolSystem(protocolOf(draft), draft.bounds, { ...deepens }) as System;
    const found = await compared(seed, make, draft.bounds);
    wrong.push(...found.wrong);
    if (found.parts.kind === 'violated') broken++;
  }
  expect(wrong).toEqual([]);
  expect(broken).toBeGreaterThanOrEqual(enough(11));
}, 900_000);

test('every scenario is in just one cube', () => {
  const circuit = new Circuit();
  const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((number) => circuit.variable(number));
  const formula = circuit.or([circuit.and([a, b]), circuit.and([a, -c]), circuit.and([b, c, -d]), circuit.and([a, d])]);
  for (let of = 1; of <= 20; of++) {
    const cubes = Array.from({ length: of }, (_, i) => literalsOf(circuit, formula, 4, { number: i + 1, of }));
    expect(cubes.filter((it) => it).length).toBe(Math.min(of, 16));
    for (let bits = 0; bits < 16; bits++) {
      const holds = circuit.evaluator((number) => ((bits >> number) & 1) === 1);
      expect(cubes.filter((literals) => literals?.every(holds)).length).toBe(1);
    }
  }
});

test('what contains something else that was found is left out', () => {
  const loss = (tick: number) => ({ kind: 'omission', from: 'a', to: 'b', tick }) as const;
  const found = [[loss(1), loss(2)], [loss(3)], [loss(2)], [loss(3)]].map((faults) => ({ faults }));
  expect(minimalAmong(found).map(({ faults }) => faults.map(({ tick }) => tick))).toEqual([[2], [3]]);
});

test('only a search by lineage has parts', async () => {
  const { text, bounds } = randomSpec(1);
  const program = programOf(text);
  if (!program) throw new Error('it is a program');
  const system = new DedalusSystem(program, bounds, {});
  await expect(verdictOf(system, { strategy: 'random', cube: { number: 1, of: 2 } })).rejects.toThrow(
    'cannot be split',
  );
  await expect(verdictOf(system, { cube: { number: 3, of: 2 } })).rejects.toThrow('at most cube.of');
});
