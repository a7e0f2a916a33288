/**
 * What a search over experiments concludes, and above all what it does not.
 */
import { describe, expect, test } from 'vitest';
import type { Experiment, LiveFault, LiveSystem } from '../../src/experiments/experiment.js';
import { searchLive } from '../../src/experiments/search.js';

/** A system of calls a, b, c under `edge` that is good as long as `isGood` says so. */
function system(
  isGood: (hit: ReadonlySet<string>, run: number) => boolean,
  change: (experiment: Experiment, run: number) => Partial<Experiment> = () => ({}),
): LiveSystem & { runs: number } {
  return {
    parallel: 2,
    runs: 0,
    async run(faults) {
      const number = ++this.runs;
      const names = ['a', 'b', 'c'];
      const fired = faults.filter(({ call }) => names.includes(call));
      const hit = new Set(fired.map(({ call }) => call));
      const experiment: Experiment = {
        faults,
        fired,
        calls: names.map((id) => ({ id, parent: 'edge', kinds: ['status', 'hang'] })),
        support: names.filter((id) => !hit.has(id)),
        outcome: isGood(hit, number) ? { kind: 'good' } : { kind: 'bad', why: ['no'] },
        problems: [],
      };
      return { ...experiment, ...change(experiment, number) };
    },
  };
}

const always = (): boolean => true;
const sets = (found: readonly { faults: readonly LiveFault[] }[]): string[] =>
  found.map(({ faults }) => faults.map(({ call, kind }) => `${kind} ${call}`).join('+')).sort();

describe('a verdict', () => {
  test('says how far it is exact', async () => {
    const verdict = await searchLive(system(always));
    expect(verdict).toMatchObject({ kind: 'exact', exact: 2, monotone: 3, reasons: [], counterexamples: [] });
  });

  test('rests on the assumption that faults hide nothing if the exact pass does not fit', async () => {
    const verdict = await searchLive(
      system(always, ({ support }) => ({ support: support.filter((call) => call === 'a') })),
      { maxRuns: 20, maxFaults: 2 },
    );
    expect(verdict).toMatchObject({ kind: 'monotone', monotone: 2, exact: 1, needed: 12 });
  });

  test('of a search that insists on the exact pass is never green without it', async () => {
    const verdict = await searchLive(system(always), { maxRuns: 10, insist: true });
    expect(verdict).toMatchObject({ kind: 'stopped', stopped: 'runs' });
  });

  test('without the loop is never green for want of hypotheses', async () => {
    const verdict = await searchLive(system(always), { lineage: false, maxRuns: 7 });
    expect(verdict).toMatchObject({ kind: 'stopped', monotone: undefined, exact: 0, needed: 6 });
  });

  test('about safety is never green for want of hypotheses, though lineage helps to search', async () => {
    const narrow = system(always, ({ support }) => ({ support: support.filter((call) => call === 'a') }));
    const verdict = await searchLive(narrow, { maxRuns: 20, maxFaults: 2, safety: true });
    expect(verdict).toMatchObject({ kind: 'stopped', monotone: undefined, exact: 1, needed: 12 });
  });

  test('has minimal counterexamples of every kind of fault, reproduced', async () => {
    const verdict = await searchLive(system((hit) => !(hit.has('a') || (hit.has('b') && hit.has('c')))));
    expect(verdict.kind).toBe('counterexamples');
    expect(sets(verdict.counterexamples)).toEqual([
      'hang a',
      'hang b+hang c',
      'hang b+status c',
      'status a',
      'status b+hang c',
      'status b+status c',
    ]);
    expect(verdict.counterexamples.every((it) => it.reproduced === 3 && it.attempts === 3 && it.minimal)).toBe(true);
  });

  test('keeps what was found when the budget ends', async () => {
    const verdict = await searchLive(
      system((hit) => hit.size < 2),
      { maxFaults: 2, lineage: false, insist: true, maxRuns: 13 },
    );
    expect(verdict).toMatchObject({ kind: 'counterexamples', stopped: 'runs' });
  });

  test('keeps what was found when it is interrupted, and ends', async () => {
    const controller = new AbortController();
    const verdict = await searchLive(
      system((hit) => !hit.has('a')),
      { signal: controller.signal, on: ({ kind }) => kind === 'counterexample' && controller.abort() },
    );
    expect(verdict).toMatchObject({ kind: 'counterexamples', stopped: 'aborted' });
    expect(verdict.counterexamples.length).toBeGreaterThan(0);
  });
});

describe('nothing is green by luck', () => {
  test('when the promise is broken without faults', async () => {
    expect(await searchLive(system(() => false))).toMatchObject({ kind: 'broken' });
  });

  test('when nothing can be injected', async () => {
    const none = system(always, ({ calls }) => ({ calls: calls.map((call) => ({ ...call, kinds: [] })) }));
    expect(await searchLive(none)).toMatchObject({ kind: 'vacuous' });
    expect(await searchLive(system(always, () => ({ calls: [], support: [] })))).toMatchObject({ kind: 'vacuous' });
  });

  test('when a baseline is bad', async () => {
    const verdict = await searchLive(system((_, run) => run !== 3));
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons).toEqual(['without faults the promise was broken in 1 of 5 experiments']);
  });

  test('when baselines differ in their calls', async () => {
    const jittery = system(always, ({ calls }, run) => (run === 2 ? { calls: calls.slice(0, 2) } : {}));
    const verdict = await searchLive(jittery);
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons).toEqual(['without faults c occurred in 4 of 5 experiments']);
  });

  test('when a planned fault does not fire', async () => {
    const deaf = system(always, ({ fired }) => ({ fired: fired.filter(({ call }) => call !== 'b') }));
    const verdict = await searchLive(deaf);
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons).toContain('the fault status at b did not fire, though the call occurred');
  });

  test('when a call is gone that occurs in other experiments with the same faults', async () => {
    const shy = system(always, ({ faults, fired, calls }) =>
      faults.some(({ call }) => call === 'b')
        ? { fired: fired.filter(({ call }) => call !== 'b'), calls: calls.filter(({ id }) => id !== 'b') }
        : {},
    );
    const verdict = await searchLive(shy);
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons[0]).toContain('the call occurs in some experiments and not in others');
  });

  test('when experiments have problems, though only with some faults', async () => {
    const odd = system(always, ({ fired }) => ({
      problems: fired.some(({ call }) => call === 'c') ? ['2 calls belong to no experiment'] : [],
    }));
    const verdict = await searchLive(odd);
    expect(verdict).toMatchObject({ kind: 'unreliable', reasons: ['2 calls belong to no experiment'] });
  });

  test('when a bad outcome does not come again', async () => {
    let once = true;
    const flaky = system((hit) => {
      if (!hit.has('a') || !once) return true;
      once = false;
      return false;
    });
    const verdict = await searchLive(flaky);
    expect(verdict).toMatchObject({ kind: 'unreliable', counterexamples: [] });
    expect(verdict.reasons[0]).toContain('broke the promise once, and not again in 3 more experiments');
  });
});

test('a passing trouble is forgotten once the experiment succeeds', async () => {
  let once = true;
  const troubled = system(always, ({ fired }) => {
    if (fired.length === 0 || !once) return {};
    once = false;
    return { problems: ['the network was down'] };
  });
  expect(await searchLive(troubled)).toMatchObject({ kind: 'exact', reasons: [] });
});

test('options that make no sense are refused, all at once', async () => {
  const bad = searchLive(system(always), { maxFaults: 0, maxRuns: 1.5 });
  await expect(bad).rejects.toThrow(
    'search: maxFaults must be an integer from 1 to 8; maxRuns must be an integer from 1 to 1000000',
  );
});

test('what the system throws ends the search, after what is under way', async () => {
  const broken = system(always);
  const run = broken.run.bind(broken);
  let under = 0;
  broken.run = async (faults, signal) => {
    under++;
    try {
      if (faults.length > 0) throw new Error('the reset failed');
      return await run(faults, signal);
    } finally {
      under--;
    }
  };
  await expect(searchLive(broken)).rejects.toThrow('the reset failed');
  expect(under).toBe(0);
});
