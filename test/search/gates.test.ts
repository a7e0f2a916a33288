/**
 * What is claimed of all scenarios before a green is true of all of them: random programs and random protocols, every
 * scenario run by the naive evaluators.
 */
import { expect, test } from 'vitest';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Fault, Scenario } from '../../src/faults/fault.js';
import { kinds } from '../../src/faults/kinds.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { Reach, System } from '../../src/lineage/port.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { everyScenario } from '../reference/all-kinds.js';
import { programOf } from '../reference/compare.js';
import { PROGRAM_MIXES } from '../reference/compare-kinds.js';
import { naiveRun } from '../reference/naive.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomSpec } from '../reference/random-program.js';
import { allScenarios, scenarioCount } from '../reference/scenarios.js';
import { enough, sized } from '../size.js';

/** Most scenarios of one case. */
const MOST = 400;

async function searched(system: System): Promise<Verdict> {
  for await (const event of search(system)) if (event.kind === 'verdict') return event.verdict;
  throw new Error('a search ends in a verdict');
}

const nounOf = (kind: string): string => kinds().find((one) => one.kind === kind)?.noun ?? kind;

/** The kinds with which a verdict says that nothing is promised. */
function excusedBy({ warnings, coverage }: Verdict): string[] {
  const [said] = warnings.filter(({ code }) => code === 'excused-fault');
  const all = (coverage?.faults ?? []).map(({ kind }) => kind);
  if (!said) return [];
  if (said.message.startsWith('Something is promised only without faults')) return all;
  return all.filter((kind) => said.message.includes(nounOf(kind)));
}

/** The kinds of faults of which every scenario is vacuous, where some other scenario is not. */
function excusedInFact(scenarios: readonly Scenario[], isVacuous: (scenario: Scenario) => boolean): string[] {
  const promising = scenarios.filter((scenario) => !isVacuous(scenario));
  const there = new Set(scenarios.flat().map(({ kind }) => kind));
  if (promising.length === 0) return [];
  return [...there].filter((kind) => !promising.some((scenario) => scenario.some((fault) => fault.kind === kind)));
}

/** The last tick before the end at which a node sends something to another one. */
const lastSent = ({ messages }: Sending, end = Number.POSITIVE_INFINITY): number =>
  Math.max(0, ...messages.filter(({ from, to, sent }) => from !== to && sent < end).map(({ sent }) => sent));

interface Sending {
  readonly messages: readonly { readonly from: string; readonly to: string; readonly sent: number }[];
}

/** The first scenario in which a fault that is said to be idle changes what `seen` sees of the run. */
function refuted(
  { space }: System,
  { idle = new Set() }: Reach,
  scenarios: readonly Scenario[],
  seen: (scenario: Scenario) => string,
): unknown {
  const keys = new Set([...idle].map((i) => JSON.stringify(space.faults[i])));
  const isIdle = (fault: Fault): boolean => keys.has(JSON.stringify(space.faults.find((one) => same(one, fault))));
  const wrong = scenarios.find((scenario) => {
    const felt = scenario.filter((fault) => !isIdle(fault));
    return felt.length < scenario.length && seen(felt) !== seen(scenario);
  });
  return wrong;
}

const same = (a: Fault, b: Fault): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** All facts but `crash`, which says who crashed, and the outcome. */
const factsOf = (program: Program, bounds: Bounds) => (scenario: Scenario) => {
  const { ticks, outcome } = naiveRun(program, bounds, scenario);
  return JSON.stringify([ticks.map((facts) => [...facts].filter(([name]) => name !== 'crash').sort()), outcome]);
};

const small = (bounds: Bounds): Bounds => ({ ...bounds, eff: Math.min(bounds.eff, 3), eot: Math.min(bounds.eot, 5) });

/** In every third case nothing is promised to who knows of a crash. */
function programOfSeed(seed: number): { readonly program: Program; readonly bounds: Bounds } | undefined {
  const { text, bounds } = randomSpec(seed);
  const excusing = seed % 3 === 0 && bounds.crashes > 0;
  const changed = text.replace(/^pre\((\w+)(.*?);/gm, 'pre($1$2, notin crash($1, _, _);');
  const program = (excusing && programOf(changed)) || programOf(text);
  return program && { program, bounds: small(bounds) };
}

test('random programs: idle faults, rules that never fire, faults that are excused altogether', async () => {
  const wrong: unknown[] = [];
  const found = { idle: 0, never: 0, excused: 0 };
  for (let seed = 0; seed < sized(400, 8); seed++) {
    const { program, bounds } = programOfSeed(seed) ?? {};
    if (!program || !bounds || scenarioCount(bounds) > MOST) continue;
    wrong.push(...(await wrongClaims(program, bounds, found)).map((claim) => ({ seed, claim })));
  }
  expect(wrong).toEqual([]);
  expect(found.idle).toBeGreaterThanOrEqual(enough(400));
  expect(found.never).toBeGreaterThanOrEqual(enough(40));
  expect(found.excused).toBeGreaterThanOrEqual(enough(10));
}, 900_000);

/** What a search claims of a program that some scenario refutes. @param found counts what was claimed */
async function wrongClaims(
  program: Program,
  bounds: Bounds,
  found: { idle: number; never: number; excused: number },
): Promise<unknown[]> {
  const scenarios = allScenarios(bounds);
  const system = new DedalusSystem(program, bounds, { lineage: 'total' });
  const verdict = await searched(system);
  const reach = system.reach();
  const naively = (scenario: Scenario) => naiveRun(program, bounds, scenario);
  const idle = refuted(system, reach, scenarios, factsOf(program, bounds));
  const late = scenarios.find((scenario) => lastSent(naively(scenario)) > (reach.lastSent ?? bounds.eot));
  const fires = scenarios.find((scenario) =>
    system.reached(system.simulate(scenario)).some((rule) => reach.pieces[rule]?.never),
  );
  found.idle += reach.idle?.size ?? 0;
  found.never += reach.pieces.filter(({ never }) => never).length;
  const wrong = [...(idle ? [{ idle }] : []), ...(late ? [{ late }] : []), ...(fires ? [{ fires }] : [])];
  if (verdict.kind === 'no-post' || verdict.kind === 'violated-failure-free') return wrong;
  const said = excusedBy(verdict).sort();
  const fact = excusedInFact(scenarios, (scenario) => naively(scenario).outcome.kind === 'vacuous').sort();
  found.excused += fact.length;
  return said.join() === fact.join() ? wrong : [...wrong, { said, fact }];
}

test.each(Object.entries(PROGRAM_MIXES))(
  'random programs under %s: faults that are said to be idle change no fact',
  async (mix, more) => {
    const wrong: unknown[] = [];
    let idle = 0;
    const from = Object.keys(PROGRAM_MIXES).indexOf(mix) * 20;
    for (let seed = from; seed < from + sized(20, 2); seed++) {
      const { text, bounds: given } = randomSpec(seed);
      const bounds = { ...small(given), ...more, maxCost: 2 };
      const program = programOf(text);
      if (!program) continue;
      const system = new DedalusSystem(program, bounds, {});
      await searched(system);
      const reach = system.reach();
      const scenarios = [...everyScenario(bounds, 2)].slice(0, MOST);
      const scenario = refuted(system, reach, scenarios, factsOf(program, bounds));
      if (scenario) wrong.push({ seed, scenario });
      idle += reach.idle?.size ?? 0;
    }
    expect(wrong).toEqual([]);
    expect(idle).toBeGreaterThanOrEqual(enough(20));
  },
  900_000,
);

test('random protocols: idle faults and faults that are excused altogether', async () => {
  const wrong: unknown[] = [];
  const found = { idle: 0, known: 0, excused: 0 };
  for (let seed = 0; seed < sized(200, 5); seed++) {
    const draft = randomProtocol(seed);
    const bounds = { ...draft.bounds, maxCost: 2 };
    const scenarios = [...everyScenario(bounds, 2)];
    if (scenarios.length > 4 * MOST) continue;
    const run = naively({ ...draft, bounds });
    const system = new ProtocolSystem(protocolOf(draft), bounds) as System;
    const verdict = await searched(system);
    const reach = system.reach?.();
    if (!reach) throw new Error('a protocol has handlers');
    const seen = (scenario: Scenario): string => {
      const { outcome, states, logs } = run(scenario);
      return JSON.stringify([outcome, [...states], [...logs]]);
    };
    const idle = refuted(system, reach, scenarios, seen);
    if (idle) wrong.push({ seed, idle });
    const late = scenarios.find((scenario) => lastSent(run(scenario), bounds.eot) > (reach.lastSent ?? bounds.eot));
    if (late) wrong.push({ seed, late, lastSent: reach.lastSent });
    found.idle += reach.idle?.size ?? 0;
    if (verdict.kind === 'violated-failure-free' || !reach.idle) continue;
    found.known++;
    const said = excusedBy(verdict);
    const fact = excusedInFact(scenarios, (scenario) => run(scenario).outcome === 'vacuous');
    // Where the search was stopped by what it found first, it need not know.
    if (said.some((kind) => !fact.includes(kind)) || (verdict.kind === 'holds' && said.length < fact.length))
      wrong.push({ seed, said, fact });
    found.excused += fact.length;
  }
  expect(wrong).toEqual([]);
  expect(found.known).toBeGreaterThanOrEqual(enough(60));
  expect(found.idle).toBeGreaterThanOrEqual(enough(60));
}, 900_000);
