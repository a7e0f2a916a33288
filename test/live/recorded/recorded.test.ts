/**
 * Recorded experiments say what the search knew, and nothing that the system would not do.
 */
import { describe, expect, test } from 'vitest';
import { subsetsOfSize } from '../../../src/core/subsets.js';
import type { Experiment, LiveFault } from '../../../src/experiments/experiment.js';
import { searchLive } from '../../../src/experiments/search.js';
import { coverageOf } from '../../../src/live/recorded/coverage.js';
import { rangesOf, toRanges } from '../../../src/live/recorded/places.js';
import { recall, whatIf } from '../../../src/live/recorded/recall.js';
import { recordedOf } from '../../../src/live/recorded/record.js';
import { MOST, recordedSchema } from '../../../src/live/recorded/schema.js';
import { isCut, waysOf } from '../../../src/live/recorded/ways.js';
import { randomApplication, systemOf } from '../../experiments/application.js';
import { enough, sized } from '../../size.js';

/** Up to so many faults, each set once. */
function setsOf(kinds: ReadonlyMap<string, readonly string[]>, most: number): (readonly LiveFault[])[] {
  const faults = [...kinds].flatMap(([call, own]) => own.map((kind) => ({ call, kind })));
  const fits = (members: readonly LiveFault[], { call }: LiveFault): boolean => members.at(-1)?.call !== call;
  return Array.from({ length: most + 1 }, (_, size) => [...subsetsOfSize(faults, size, fits)]).flat();
}

const experiment = (change: Partial<Experiment> & Pick<Experiment, 'calls'>): Experiment => ({
  ...{ faults: [], fired: [], support: [], outcome: { kind: 'good' }, problems: [] },
  ...change,
});

describe('random applications', () => {
  test('what if is answered as the application does it, and after an exact pass nothing is open', async () => {
    let [asked, answered, explained] = [0, 0, 0];
    for (let seed = 1; seed <= sized(30, 8); seed++) {
      const system = systemOf(randomApplication(seed), 1);
      const verdict = await searchLive(system, { maxFaults: 2, exact: 2, insist: true, maxRuns: 100_000 });
      if (verdict.kind === 'broken' || verdict.kind === 'vacuous') continue;
      const recorded = recordedSchema.parse(JSON.parse(JSON.stringify(recordedOf(verdict))));
      const recalled = recall(
        recorded,
        verdict.counterexamples.map(({ faults }) => faults),
      );
      for (const set of setsOf(recalled.knowledge.kinds, recalled.knowledge.kinds.size < 7 ? 3 : 2)) {
        const answer = whatIf(recalled, set);
        asked++;
        if (answer.kind === 'open') continue;
        answered++;
        if (answer.kind === 'explained') explained++;
        const real = await system.run(set);
        expect([seed, set, answer.experiment.outcome.kind]).toEqual([seed, set, real.outcome.kind]);
      }
      for (const size of [1, 2]) {
        const { sets, known } = coverageOf(recalled, size);
        const others = [...(known?.explained.values() ?? [])].reduce((sum, count) => sum + count, 0);
        expect(known).toMatchObject({ open: 0, unresolved: 0 });
        expect((known?.kept ?? 0) + (known?.broken ?? 0) + (known?.within ?? 0) + others).toBe(sets);
      }
    }
    expect(answered).toBeGreaterThanOrEqual(enough(1_001));
    expect(explained).toBeGreaterThanOrEqual(enough(301));
    expect(answered).toBeLessThan(asked);
  });

  test('where the loop found nothing more, no set that it is about cuts every way', async () => {
    let greens = 0;
    for (let seed = 1; seed <= sized(40, 8); seed++) {
      const verdict = await searchLive(systemOf(randomApplication(seed), 1), { maxFaults: 2, exact: 0 });
      if (verdict.kind !== 'monotone') continue;
      greens++;
      const { knowledge } = recall(recordedOf(verdict), []);
      const ways = waysOf(knowledge);
      expect(ways.length).toBeGreaterThan(0);
      for (const set of setsOf(knowledge.kinds, 2)) expect(ways.every((way) => isCut(way, set))).toBe(false);
    }
    expect(greens).toBeGreaterThanOrEqual(enough(4));
  });
});

describe('what is kept', () => {
  const call = (id: string) => ({ id, parent: undefined, kinds: ['status'] });

  test('experiments that are alike are one', () => {
    const same = experiment({ calls: [call('a'), call('b')], support: ['a', 'b'] });
    const { experiments, left } = recordedOf({ learned: [same, same, same], unresolved: [] });
    expect(left).toBe(0);
    expect(experiments).toEqual([
      { faults: [], fired: [], calls: '0-1', restsOn: '0-1', good: true, why: [], times: 3 },
    ]);
  });

  test('an experiment with too many calls is left out as a whole, a bad one last', () => {
    const large = experiment({ calls: Array.from({ length: MOST.calls }, (_, i) => call(`c${i}`)) });
    const bad = experiment({
      calls: [call('a')],
      faults: [{ call: 'a', kind: 'status' }],
      fired: [{ call: 'a', kind: 'status' }],
      outcome: { kind: 'bad', why: Array.from({ length: 9 }, () => 'x'.repeat(1_000)) },
    });
    const recorded = recordedOf({ learned: [large, bad], unresolved: [] });
    expect(recorded).toMatchObject({
      calls: [{ id: 'a' }],
      left: 1,
      experiments: [{ good: false, fired: ['status 0'] }],
    });
    expect(recorded.experiments[0]?.why.join('').length).toBeLessThanOrEqual(MOST.reasons * MOST.reason);
    expect(recordedSchema.safeParse(recorded).success).toBe(true);
  });

  test('places that are not in the list are refused', () => {
    const one = { faults: [], fired: [], calls: '0', restsOn: '', good: true, why: [], times: 1 };
    const of = (change: object) =>
      recordedSchema.safeParse({
        calls: [{ id: 'a', kinds: [] }],
        experiments: [{ ...one, ...change }],
        left: 0,
        unresolved: [],
      }).success;
    expect(of({})).toBe(true);
    for (const change of [
      { calls: '0-1' },
      { restsOn: '7' },
      { fired: ['status 1'] },
      { calls: '0-999999' },
      { calls: 'x' },
    ])
      expect([change, of(change)]).toEqual([change, false]);
  });

  test('places as ranges', () => {
    expect(toRanges([5, 0, 1, 2, 1])).toBe('0-2 5');
    expect(rangesOf('0-2 5')).toEqual([
      [0, 2],
      [5, 5],
    ]);
    expect([toRanges([]), rangesOf('')]).toEqual(['', []]);
  });
});

describe('what if', () => {
  const lost = (id: string): LiveFault => ({ call: id, kind: 'status' });
  const call = (id: string) => ({ id, parent: undefined, kinds: ['status'] });
  const recalled = recall(
    recordedOf({
      learned: [
        experiment({ calls: [call('a'), call('b')], support: ['a', 'b'] }),
        experiment({ calls: [call('a'), call('c')], faults: [lost('a')], fired: [lost('a')], support: ['c'] }),
        experiment({
          ...{ calls: [call('a'), call('b')], faults: [lost('b')], fired: [lost('b')] },
          outcome: { kind: 'bad', why: ['it broke'] },
        }),
      ],
      unresolved: [[lost('c'), lost('a')]],
    }),
    [[lost('b')]],
  );

  test('tried, explained, or neither', () => {
    expect(whatIf(recalled, [lost('a')])).toMatchObject({ kind: 'tried', experiment: { number: 2 } });
    expect(whatIf(recalled, [lost('c')])).toMatchObject({ kind: 'explained', experiment: { number: 1 } });
    // b does not occur once a fails.
    expect(whatIf(recalled, [lost('a'), lost('b')])).toMatchObject({ kind: 'explained', experiment: { number: 2 } });
    expect(whatIf(recalled, [lost('b')])).toMatchObject({
      kind: 'tried',
      experiment: { outcome: { why: ['it broke'] } },
    });
    expect(whatIf(recalled, [lost('a'), lost('c')])).toEqual({ kind: 'open', within: undefined, isUnresolved: true });
    expect(whatIf(recalled, [{ call: 'a', kind: 'hang' }])).toEqual({
      kind: 'open',
      within: undefined,
      isUnresolved: false,
    });
  });

  test('a set that was left out because a part of it breaks the promise is open', () => {
    const other = recall(
      recordedOf({
        learned: [
          experiment({ calls: [call('a'), call('b')], support: ['a', 'b'] }),
          experiment({
            calls: [call('a'), call('b')],
            faults: [lost('b')],
            fired: [lost('b')],
            outcome: { kind: 'bad', why: [] },
          }),
        ],
        unresolved: [],
      }),
      [[lost('b')]],
    );
    expect(whatIf(other, [lost('a'), lost('b')])).toEqual({ kind: 'open', within: 0, isUnresolved: false });
  });
});
