/**
 * Deepening of protocols: what is found beside a large preparation, and how far it is said to be all, against brute
 * force.
 */
import { expect, test } from 'vitest';
import broadcastAck from '../../specs/typescript/broadcast-ack.js';
import { LdfiError } from '../../src/core/invariant.js';
import { canonical, compareScenarios, formatScenario } from '../../src/faults/scenario.js';
import { type ProtocolOptions, ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import type { SearchEvent } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { bruteForce } from '../reference/protocol/brute-force.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import type { Draft } from '../reference/protocol/draft.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { enough, sized } from '../size.js';

/** The minimal sets within the bounds, in order. */
function minimalSets({ bounds, ...draft }: Draft, eff = bounds.eff): string[] | undefined {
  const run = naively({ ...draft, bounds });
  const found = bruteForce(run, { ...bounds, eff }, undefined, 600);
  return found?.minimal
    .map((set) => canonical(set))
    .sort(compareScenarios)
    .map(formatScenario);
}

const drafts: { seed: number; draft: Draft; minimal: string[][] }[] = [];
for (let seed = 0; drafts.length < sized(24, 3); seed++) {
  const draft = randomProtocol(seed);
  const { eff } = draft.bounds;
  if (eff < 3 || naively(draft)([]).outcome === 'violated') continue;
  const minimal = Array.from({ length: eff + 1 }, (_, upTo) => minimalSets(draft, upTo)).filter(
    (sets) => sets !== undefined,
  );
  if (minimal.length > eff) drafts.push({ seed, draft, minimal });
}

/** When a search is aborted: after so many events, or at the first one of a kind. */
interface Stop {
  readonly after?: number;
  readonly until?: SearchEvent['kind'];
}

const verdictOf = (draft: Draft, stop?: Stop) =>
  verdictIn(new ProtocolSystem(protocolOf(draft), draft.bounds, { large: 0 }), stop);

async function verdictIn(system: ProtocolSystem, { after, until }: Stop = {}) {
  const abort = new AbortController();
  const deepened = new Set<string>();
  let events = 0;
  let audited = false;
  let verdict: Verdict | undefined;
  for await (const event of search(system, { signal: abort.signal })) {
    if (event.kind === 'deepen') deepened.add(JSON.stringify(event.within));
    if (event.kind === 'verdict') verdict = event.verdict;
    if (event.kind === 'audit') audited = true;
    if (++events === after || event.kind === until) abort.abort();
  }
  if (!verdict) throw new Error('the last event is the verdict');
  return {
    verdict,
    deepened,
    audited,
    events,
    found: verdict.counterexamples.map(({ faults }) => formatScenario(faults)),
  };
}

test('the same sets are found', async () => {
  let levels = 0;
  for (const { seed, draft, minimal } of drafts) {
    const { verdict, deepened, found } = await verdictOf(draft);
    expect([seed, verdict.complete, found]).toEqual([seed, true, minimal[draft.bounds.eff]]);
    expect(verdict.statistics.exact).toBeUndefined();
    levels += deepened.size;
  }
  expect(levels).toBeGreaterThan(drafts.length);
});

test('nothing is said to be exact before what it rests on is audited', async () => {
  let audits = 0;
  const some = drafts.slice(0, 8);
  for (const { draft } of some) {
    const { verdict, audited } = await verdictOf(draft, { until: 'audit' });
    expect(verdict.statistics.exact).toBeUndefined();
    if (audited) audits++;
    const system = new ProtocolSystem(protocolOf(draft), draft.bounds, { large: 0 });
    system.audit = () => {
      throw new LdfiError('hidden-state', 'a variable is kept');
    };
    await expect(verdictIn(system)).rejects.toThrow('a variable is kept');
  }
  expect(audits).toBe(some.length);
});

test('wherever it is stopped, all is found that is said to be', async () => {
  const claims = { eff: 0, faults: 0, found: 0 };
  for (const { seed, draft, minimal } of drafts) {
    const { events } = await verdictOf(draft);
    for (let after = 2; after < events; after += Math.ceil(events / 16)) {
      const { verdict, found } = await verdictOf(draft, { after });
      const all = minimal[draft.bounds.eff] ?? [];
      expect([seed, after, all]).toEqual([seed, after, expect.arrayContaining(found)]);
      const { eff, faults } = verdict.statistics.exact ?? {};
      if (eff !== undefined)
        expect([seed, after, found]).toEqual([seed, after, expect.arrayContaining(minimal[eff] ?? [])]);
      const few = all.filter((set) => set.split(', ').length <= (faults ?? 0));
      expect([seed, after, found]).toEqual([seed, after, expect.arrayContaining(few)]);
      if (eff !== undefined) claims.eff++;
      if (faults !== undefined) claims.faults++;
      if (few.length > 0) claims.found++;
    }
  }
  expect(claims.eff).toBeGreaterThanOrEqual(enough(11));
  expect(claims.faults).toBeGreaterThanOrEqual(enough(11));
  expect(claims.found).toBeGreaterThan(0);
});

/** b counts in a closure, and shows it when it heard nothing of a for just two ticks. */
const secretive = defineProtocol<{ now: boolean; heard: string; shown: number }, string, string>({
  name: 'secretive',
  nodes: ['a', 'b'],
  state: () => ({ now: false, heard: '', shown: 0 }),
  actor: (id) => {
    let count = 0;
    return {
      init: (ctx) => ctx.setPeriodic('watch', 1),
      onTimer: (ctx) => {
        count++;
        if (id === 'a') return ctx.send('b', 'here');
        ctx.state.heard = `${ctx.state.heard}${ctx.state.now ? '!' : '.'}`.slice(-5);
        ctx.state.now = false;
        if (ctx.state.heard === '!!..!') ctx.state.shown = count;
      },
      onMessage: (ctx) => {
        ctx.state.now = true;
      },
    };
  },
  check: (world) => (world.state('b').shown > 7 ? { violated: 'silence' } : 'holds'),
});

test('hidden state that shows only then leads back to whole runs, and what was proved is not', async () => {
  const searched = async (options: ProtocolOptions, stop?: Stop) => {
    const system = new ProtocolSystem(secretive, { eot: 9, eff: 7, crashes: 0 }, options);
    return { ...(await verdictIn(system, stop)), fallback: system.fallback };
  };
  const { found } = await searched({ lineage: 'run' });
  const options = { large: 0, limits: { probes: 0 } };
  const whole = await searched(options);
  expect([whole.verdict.complete, whole.found]).toEqual([true, found]);
  const claims = { before: 0, after: 0 };
  for (let after = 2; after < whole.events; after += after < 40 ? 3 : 40) {
    const { verdict, found: some, fallback } = await searched(options, { after });
    expect(found).toEqual(expect.arrayContaining(some));
    const { eff } = verdict.statistics.exact ?? {};
    if (fallback !== undefined) claims.after += eff ?? 0;
    else claims.before += eff ?? 0;
  }
  expect(claims.before).toBeGreaterThan(0);
  expect(claims.after).toBe(0);
});

test('an abort is seen within a tick, however long that takes', async () => {
  const abort = new AbortController();
  const system = new ProtocolSystem(broadcastAck, { eot: 9, eff: 7, crashes: 1 });
  const later = new Set<number>();
  let verdict: Verdict | undefined;
  for await (const event of search(system, { signal: abort.signal })) {
    if (event.kind === 'verdict') verdict = event.verdict;
    if (event.kind !== 'ground' || event.tick < 4) continue;
    if (event.tick > 4) later.add(event.tick);
    else setImmediate(() => abort.abort());
  }
  expect(verdict?.stopped).toBe('aborted');
  expect(later.size).toBeLessThan(2);
});
