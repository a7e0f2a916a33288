/**
 * A fault kind of a test's own, in this one file: what the port promises, from the search to the pages, with nothing
 * else touched.
 *
 * A detour makes all messages of a slot arrive some ticks later, so that they meet, and may be overtaken by, what was
 * sent after them. Its meaning for the naive simulators is written apart from its kind.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { replay } from '../../src/cli/commands/replay.js';
import * as terminal from '../../src/cli/io/terminal.js';
import { makeBounds } from '../../src/faults/bounds.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Fault, Omission, Scenario } from '../../src/faults/fault.js';
import { type FaultKind, unknownNode } from '../../src/faults/kind.js';
import { register } from '../../src/faults/kinds.js';
import {
  admit,
  canonical,
  compareScenarios,
  formatScenario,
  parseFaults,
  scenarioCommand,
} from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System, SystemRun } from '../../src/lineage/port.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { emitTest } from '../../src/report/formats/emit.js';
import { reportHtml } from '../../src/report/formats/html.js';
import { runToMermaid } from '../../src/report/formats/mermaid.js';
import { checkToText } from '../../src/report/formats/text.js';
import { tell, timeline } from '../../src/report/formats/timeline.js';
import { reportModel } from '../../src/report/model.js';
import { fromHash, toHash } from '../../src/report/page/store.js';
import { toggleMessage } from '../../src/report/page/whatif.js';
import { checkResult, resultToJson, toResult } from '../../src/report/result.js';
import { resultFromJson } from '../../src/report/schema.js';
import { boundsInWords, faultInWords } from '../../src/report/words.js';
import { resolveChecks } from '../../src/search/check.js';
import type { SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { survives } from '../../src/testing/tolerance.js';
import { naiveRun } from '../reference/naive.js';
import { definitionOf, naively } from '../reference/protocol/definition.js';
import { randomProtocol } from '../reference/protocol/random-protocol.js';
import { randomSpec } from '../reference/random-program.js';
import { type Clock, usualClock } from '../reference/scenarios.js';
import { enough, sized } from '../size.js';
import { programFrom } from '../support.js';

interface Detour {
  readonly kind: 'detour';
  readonly from: string;
  readonly to: string;
  readonly tick: number;
  /** So many ticks later than usual, 1 or 2. */
  readonly by: number;
}

interface Detours {
  readonly detours: number;
}

const slotOf = ({ from, to, tick }: Detour) => ({ from, to, sent: tick });
const detour: FaultKind<Detour, Detours> = {
  kind: 'detour',
  rate: 1e-3,
  fields: { from: 'node', to: 'node', tick: 'tick', by: 'tick' },
  chosen: { in: (detours = 1) => ({ detours }), out: { detours: 0 } },
  bounds: {
    detours: { least: 0, most: 8, default: 0, value: 'n', help: 'most detours', inWords: (n) => `${n} detours` },
  },

  order: ({ tick, from, to, by }) => [tick, from, to, by],

  possible({ eot, nodes, detours }) {
    const faults: Detour[] = [];
    for (let tick = 1; detours > 0 && tick < eot; tick++)
      for (const from of nodes)
        for (const to of nodes)
          for (let by = 1; by <= 2 && tick + 1 + by <= eot; by++)
            if (from !== to) faults.push({ kind: 'detour', from, to, tick, by });
    return faults;
  },
  size: (bounds) => detour.possible(bounds).length,
  most: ({ detours }) => detours,
  many: (count) => `${count} detours`,

  noun: 'detours',
  end: ({ eot }) => eot - 1,
  outside: ({ from, to, tick, by }, { eot, nodes }) =>
    tick + 1 + by > eot ? 'it would arrive after the end of time' : unknownNode([from, to], nodes),
  admitting: (faults) => ({ detours: faults.length }),

  slot: slotOf,
  arrives({ bounds: { nodes }, circuit, variable }, { from, to, sent }, arrivals) {
    const taken = [1, 2].map((by) => {
      const when = variable<Detour>({ kind: 'detour', from: nodes[from] ?? '', to: nodes[to] ?? '', tick: sent, by });
      return { by, when };
    });
    return arrivals.flatMap(({ at, when }) => [
      { at, when: circuit.and([when, ...taken.map((detoured) => -detoured.when)]) },
      ...taken.map((detoured) => ({ at: at + detoured.by, when: circuit.and([when, detoured.when]) })),
    ]);
  },
  denies: () => false,

  inWords: ({ from, to, tick, by }) => `what ${from} sends to ${to} at tick ${tick} makes a detour of ${by}`,
  short: '{from}↷{to}@{tick}+{by}',
  command: 'detour {from}>{to}@{tick}+{by}',
  hit: 'DETOUR',
};

let restore: () => void;
beforeAll(() => {
  restore = register(detour);
});
afterAll(() => restore());

/** The kind is none of the product's: types know nothing of it. */
const detourOf = (from: string, to: string, tick: number, by: number): Fault =>
  ({ kind: 'detour', from, to, tick, by }) as unknown as Fault;
const boundsOf = (bounds: Bounds & Detours): Bounds => makeBounds(bounds);

/** What a detour means, said once more. */
const detouredClock: Clock = (scenario, from, to, sent) => {
  const found = scenario
    .map((fault) => fault as unknown as Detour)
    .find((fault) => fault.kind === 'detour' && fault.from === from && fault.to === to && fault.tick === sent);
  return usualClock(scenario, from, to, sent).map((tick) => tick + (found?.by ?? 0));
};

/** All scenarios of at most `most` faults, from a list of faults and rules of their own. */
function scenariosOf({ eot, eff, crashes, nodes, ...rest }: Bounds, most: number): Scenario[] {
  const { detours } = rest as unknown as Detours;
  const faults: Fault[] = [];
  for (let tick = 1; tick < eot; tick++) {
    if (crashes > 0) for (const node of nodes) faults.push({ kind: 'crash', node, tick });
    for (const from of nodes)
      for (const to of nodes) {
        if (from === to) continue;
        if (tick < eff) faults.push({ kind: 'omission', from, to, tick });
        for (const by of [1, 2]) if (detours > 0 && tick + 1 + by <= eot) faults.push(detourOf(from, to, tick, by));
      }
  }
  const fits = (scenario: readonly Fault[]): boolean => {
    const dead = scenario.filter((fault) => fault.kind === 'crash');
    const hits = scenario.filter((fault) => fault.kind !== 'crash') as readonly (Omission | Detour)[];
    const slots = new Set(hits.map(({ from, to, tick }) => JSON.stringify([from, to, tick])));
    return (
      dead.length <= crashes &&
      new Set(dead.map(({ node }) => node)).size === dead.length &&
      hits.filter(({ kind }) => kind !== 'omission').length <= detours &&
      slots.size === hits.length &&
      !hits.some(({ from, tick }) => dead.some((fault) => fault.node === from && fault.tick <= tick))
    );
  };
  let level: Fault[][] = [[]];
  const all: Scenario[] = [[]];
  for (let size = 1; size <= most && level.length > 0; size++) {
    level = level.flatMap((scenario) =>
      faults
        .slice(scenario.length === 0 ? 0 : faults.indexOf(scenario.at(-1) as Fault) + 1)
        .map((fault) => [...scenario, fault])
        .filter(fits),
    );
    all.push(...level.map((scenario) => canonical(scenario)));
  }
  return all;
}

const inOrder = (scenarios: readonly Scenario[]): string =>
  [...scenarios].sort(compareScenarios).map(formatScenario).join(' ');

/** The smallest of the violated scenarios. */
const minimalOf = (violated: readonly Scenario[]): Scenario[] =>
  violated.filter(
    (large) => !violated.some((small) => small.length < large.length && small.every((fault) => has(large, fault))),
  );
const has = (scenario: Scenario, fault: Fault): boolean => scenario.some((one) => isSame(one, fault));
const isSame = (a: Fault, b: Fault): boolean => JSON.stringify(a) === JSON.stringify(b);

async function verdictOf<R extends SystemRun>(system: System<R>, options: SearchOptions = {}): Promise<Verdict> {
  for await (const event of search(system, options)) if (event.kind === 'verdict') return event.verdict;
  throw new Error('a search ends in a verdict');
}

const MOST = 2;
const setsOf = ({ counterexamples }: Verdict): string =>
  inOrder(counterexamples.map(({ faults }) => faults).filter(({ length }) => length <= MOST));

const small = (bounds: Bounds, eot = 4): Bounds =>
  boundsOf({ ...bounds, eot: Math.min(bounds.eot, eot), eff: Math.min(bounds.eff, 2), detours: 2 });

describe('the space', () => {
  it.each([
    { eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b'], detours: 1 },
    { eot: 4, eff: 0, crashes: 0, nodes: ['a', 'b'], detours: 2 },
    { eot: 4, eff: 2, crashes: 2, nodes: ['a', 'b'], detours: 2 },
    { eot: 3, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'], detours: 2 },
  ])('is counted as it is enumerated: %j', (bounds) => {
    const known = boundsOf(bounds);
    expect(scenarioCount(known)).toBe(BigInt(scenariosOf(known, 100).length));
  });

  it('admits what is enumerated and nothing else, with a variable for each fault', () => {
    const bounds = boundsOf({ eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b'], detours: 1 });
    const space = new FaultSpace(bounds);
    expect(new Set(space.faults.map((fault) => space.variable(fault))).size).toBe(space.faults.length);
    let admitted = 0;
    for (let bits = 0; bits < 2 ** space.faults.length; bits++) {
      const chosen = space.faults.filter((_, i) => (bits >> i) & 1);
      if (canonical(chosen).length < chosen.length) continue;
      if (space.circuit.evaluator((i) => ((bits >> i) & 1) === 1)(space.admissible)) admitted++;
    }
    expect(admitted).toBe(scenariosOf(bounds, 100).length);
  });
});

describe('searched and simulated as by brute force', () => {
  it('Dedalus programs', { timeout: 120_000 }, async () => {
    let detoured = 0;
    for (let seed = 0; seed < sized(30, 6); seed++) {
      const { text, bounds: wide } = randomSpec(seed);
      const bounds = small(wide);
      const program = programFrom(text);
      const naive = (scenario: Scenario) => naiveRun(program, bounds, scenario, detouredClock).outcome.kind;
      const system = new DedalusSystem(program, bounds, { lineage: 'total' });
      const scenarios = scenariosOf(bounds, scenarioCount(bounds) > 3_000n ? 1 : MOST);
      const kinds = scenarios.map((scenario) => [formatScenario(scenario), naive(scenario)]);
      expect(scenarios.map((one) => [formatScenario(one), system.simulate(one).outcome.kind])).toEqual(kinds);
      if (kinds[0]?.[1] !== 'holds') continue;
      const brute = minimalOf(scenariosOf(bounds, MOST).filter((scenario) => naive(scenario) === 'violated'));
      detoured += brute.flat().filter(({ kind }) => String(kind) === 'detour').length;
      for (const lineage of ['total', 'run'] as const) {
        const verdict = await verdictOf(new DedalusSystem(program, bounds, { lineage }));
        expect(`${seed} ${setsOf(verdict)}`).toBe(`${seed} ${inOrder(brute)}`);
      }
      const every = await verdictOf(system, { strategy: 'exhaustive', maxFaults: MOST });
      expect(setsOf(every)).toBe(inOrder(brute));
      const some = await verdictOf(system, { strategy: 'random', maxExecutions: 50 });
      for (const { faults } of some.counterexamples.filter(({ faults: { length } }) => length <= MOST))
        expect(brute.map(formatScenario)).toContain(formatScenario(faults));
    }
    expect(detoured).toBeGreaterThanOrEqual(enough(5));
  });

  it('protocols', { timeout: 120_000 }, async () => {
    let detoured = 0;
    for (let seed = 0; seed < sized(20, 5); seed++) {
      const drawn = randomProtocol(seed);
      const draft = { ...drawn, bounds: small(drawn.bounds) };
      const { bounds } = draft;
      if (scenariosOf(bounds, MOST).length > 300) continue;
      const naive = naively(draft, detouredClock);
      const protocol = defineProtocol(definitionOf(draft));
      const scenarios = scenariosOf(bounds, MOST);
      const outcomes = new Map(scenarios.map((scenario) => [scenario, naive(scenario).outcome]));
      const system = new ProtocolSystem(protocol, bounds, { lineage: 'run' });
      for (const [scenario, outcome] of [...outcomes].filter((_, i) => i % 7 === 0))
        expect([formatScenario(scenario), system.plain(scenario).outcome.kind]).toEqual([
          formatScenario(scenario),
          outcome,
        ]);
      if (naive([]).outcome !== 'holds') continue;
      const brute = minimalOf(scenarios.filter((scenario) => outcomes.get(scenario) === 'violated'));
      detoured += brute.flat().filter(({ kind }) => String(kind) === 'detour').length;
      for (const lineage of ['auto', 'run'] as const) {
        const verdict = await verdictOf(new ProtocolSystem(protocol, bounds, { lineage }));
        expect(`${seed} ${setsOf(verdict)}`).toBe(`${seed} ${inOrder(brute)}`);
      }
    }
    expect(detoured).toBeGreaterThanOrEqual(enough(11));
  });
});

const SPEC = `
//! check name=early eot=4 eff=1 detours=1 nodes=a,b
go("a", "b")@1; want("b")@1;
got(Y)@async :- go(X, Y);
want(Y)@next :- want(Y);
pre(Y) :- want(Y);
post(Y) :- want(Y), got(Y)@2;
`;

const early = () => {
  const program = programFrom(SPEC);
  const [check] = resolveChecks(program);
  if (!check) throw new Error('the spec has a check');
  return { program, check, system: new DedalusSystem(program, check.bounds) };
};

describe('told everywhere', () => {
  const fault = detourOf('a', 'b', 1, 2);

  test('the command line and the words', () => {
    expect(scenarioCommand([fault])).toBe('detour a>b@1+2');
    expect(parseFaults('omit a>b@2, detour a>b@1+2, "x y"↷b@1+1, crash a@1, a→b@3')).toEqual({
      faults: [
        { kind: 'omission', from: 'a', to: 'b', tick: 2 },
        fault,
        detourOf('x y', 'b', 1, 1),
        { kind: 'crash', node: 'a', tick: 1 },
        { kind: 'omission', from: 'a', to: 'b', tick: 3 },
      ],
    });
    expect(parseFaults('detour a>b')).toMatchObject({ problem: expect.stringContaining('detour {from}>{to}') });
    const bounds = boundsOf({ eot: 4, eff: 2, crashes: 0, nodes: ['a', 'b'], detours: 1 });
    expect(boundsInWords(bounds)).toBe('eot 4, eff 2, no crashes, 1 detours, nodes a b');
    expect(faultInWords(fault)).toBe('what a sends to b at tick 1 makes a detour of 2');
    expect(() => admit([fault, detourOf('a', 'b', 1, 1), detourOf('a', 'b', 3, 1)], bounds)).toThrow(
      /a↷b@3\+1: it would arrive after[\s\S]*a↷b@1\+1 and a↷b@1\+2 exclude each other; 2 detours; these bounds allow 1/,
    );
    expect(formatScenario(admit([fault, { kind: 'omission', from: 'a', to: 'b', tick: 1 }], bounds))).toBe('{a→b@1}');
  });

  test('JSON, text, timeline, diagram, page and emitted tests', async () => {
    const { check, system } = early();
    const verdict = await verdictOf(system);
    expect(setsOf(verdict)).toBe('{a↷b@1+1} {a↷b@1+2}');
    const result = checkResult({ roots: ['s.ded'], files: ['s.ded'] }, check, verdict);
    const whole = toResult('0.0.0', 'strict', {}, [result]);
    const json = resultToJson(whole);
    expect(resultFromJson(json)).toEqual({ result: JSON.parse(json) });
    expect(resultFromJson(json.replace('"by": 1', '"by": 0'))).toMatchObject({ problem: expect.any(String) });
    const faults = verdict.counterexamples[0]?.faults ?? [];
    const run = system.simulate(faults);
    expect(checkToText(result, { timeline: timeline(run) })).toMatch(
      /makes a detour of 1[\s\S]*got\("b"\) {2}DETOUR {2}\(arrives at tick 3\)/,
    );
    expect(runToMermaid(tell(run), ['a', 'b'])).toContain('n0->>n1: got(');
    const assets = { script: '', style: '', scriptHash: '', styleHash: '' };
    const html = reportHtml(reportModel(whole, [{ path: 's.ded', text: SPEC }]), assets);
    expect(html).toContain('"kind":"detour","from":"a","to":"b","tick":1,"by":1');
    const state = {
      check: 0,
      beyond: false,
      scenario: [fault],
      node: 'a',
      tick: 1,
      fact: undefined,
      message: undefined,
      fault: undefined,
    };
    expect(fromHash(toHash({ ...state, all: false, ghosts: true }, []), []).scenario).toEqual([fault]);
    const emitted = emitTest('json', {
      subject: { kind: 'dedalus', roots: ['s.ded'], text: SPEC },
      bounds: check.bounds,
      beyond: false,
      scenario: faults,
      witnesses: [['b']],
      invariant: 'strict',
    } as unknown as Parameters<typeof emitTest>[1]);
    expect(JSON.parse(emitted)).toMatchObject({ bounds: { detours: 1 }, faults });
  });

  test('the page: clicks on a message go through all that may happen to it', () => {
    const bounds = boundsOf({ eot: 4, eff: 2, crashes: 0, nodes: ['a', 'b'], detours: 1 });
    const message = { id: 'm', from: 'a', to: 'b', sent: 1, at: 4, label: 'm', fate: 'delivered', slice: true };
    const click = (scenario: Scenario): unknown =>
      toggleMessage(message as unknown as Parameters<typeof toggleMessage>[0], scenario, bounds);
    const omission = { kind: 'omission', from: 'a', to: 'b', tick: 1 } as const;
    expect(click([])).toEqual({ scenario: [omission] });
    expect(click([omission])).toEqual({ scenario: [detourOf('a', 'b', 1, 1)] });
    expect(click([detourOf('a', 'b', 1, 2)])).toEqual({ scenario: [] });
  });

  test('replay, with faults as they are printed; and one scenario in a test suite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ldfi-kind-'));
    const printed: string[] = [];
    const spy = vi.spyOn(terminal, 'print').mockImplementation((text) => void printed.push(text));
    try {
      const spec = join(folder, 's.ded');
      writeFileSync(spec, SPEC);
      const { check, system } = early();
      const result = checkResult({ roots: [spec], files: [spec] }, check, await verdictOf(system));
      writeFileSync(join(folder, 'o.json'), resultToJson(toResult('0.0.0', 'strict', {}, [result])));
      const code = await replay(join(folder, 'o.json'), { counterexample: 1, faults: 'detour a>b@1+2' });
      expect([code, printed.join('')]).toEqual([
        1,
        expect.stringMatching(/{a↷b@1\+2}[\s\S]*arrives at tick 4[\s\S]*still violated/),
      ]);
    } finally {
      spy.mockRestore();
      rmSync(folder, { recursive: true, force: true });
    }
    const protocol = defineProtocol<{ at: boolean }, string>({
      name: 'early',
      nodes: ['a', 'b'],
      state: () => ({ at: false }),
      actor: (id) => ({
        init: (ctx) => {
          if (id === 'a') ctx.send('b', 'hello');
          else ctx.setTimer('late', 2);
        },
        onMessage: (ctx) => {
          ctx.state = { at: true };
        },
        onTimer: (ctx) => ctx.log(ctx.state.at ? 'in time' : 'too late'),
      }),
      check: (world) => (world.log('b').includes('in time') ? 'holds' : { violated: 'too late' }),
    });
    expect((await survives(protocol, [])).kind).toBe('yes');
    expect((await survives(protocol, [detourOf('a', 'b', 1, 2)])).kind).toBe('no');
  });
});
