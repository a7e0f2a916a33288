/**
 * Nodes that are declared to be alike: what tells them apart is said, and nothing is accepted that does.
 */
import { describe, expect, it, test } from 'vitest';
import { exchanged } from '../../src/faults/alike.js';
import { makeBounds } from '../../src/faults/bounds.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds } from '../../src/faults/fault.js';
import { formatScenario } from '../../src/faults/scenario.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System } from '../../src/lineage/port.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { byPattern } from '../../src/report/classes.js';
import { checkResult } from '../../src/report/result.js';
import { boundsInWords } from '../../src/report/words.js';
import { resolveChecks } from '../../src/search/check.js';
import type { SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { bruteForce } from '../reference/brute-force.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { broadcast, programFrom } from '../support.js';

const ABC: Bounds = { eot: 4, eff: 3, crashes: 0, nodes: ['a', 'b', 'c'], symmetric: ['b', 'c'] };
const BROADCAST = broadcast(ABC.nodes);

async function verdictOf(system: System, options: SearchOptions = {}): Promise<Verdict> {
  for await (const event of search(system, options)) if (event.kind === 'verdict') return event.verdict;
  throw new Error('the last event is the verdict');
}
const spec = (text: string, bounds: Bounds = ABC): Promise<Verdict> =>
  verdictOf(new DedalusSystem(programFrom(text), bounds));

test('what is declared is a bound like others, and is told', () => {
  const [check] = resolveChecks(programFrom(`//! symmetric b, c\n//! check eot=4\n${BROADCAST}`));
  expect(check?.bounds.symmetric).toEqual(['b', 'c']);
  expect(boundsInWords(makeBounds(ABC))).toContain('b c symmetric');
});

test('what is found while the search goes on is folded', async () => {
  const usual = await spec(BROADCAST, { ...ABC, symmetric: [] });
  const verdict = await spec(BROADCAST);
  expect(verdict).toEqual(usual);
  const check = { name: 'x', bounds: ABC, expect: undefined };
  const cut = checkResult({ roots: ['a.ded'], files: [] }, check, { ...verdict, complete: false, stopped: 'limit' });
  expect(byPattern(cut).map(({ differ }) => differ)).toEqual(['the names of b and c']);
  expect(byPattern({ ...cut, bounds: { ...cut.bounds, symmetric: [] } })).toHaveLength(2);
});

describe('nodes that are not alike', () => {
  it('are told apart by facts and rules', async () => {
    await expect(spec(`${BROADCAST} log("b", "old")@1;`)).rejects.toThrow(
      'b and c are not symmetric: there is the fact log("b", "old")@1, but not log("c", "old")@1',
    );
    await expect(spec(`${BROADCAST} log(N, P) :- log(N, P), node(N, "c");`)).rejects.toThrow(
      'there is the rule log(N, P) :- log(N, P), node(N, "c"); but not log(N, P) :- log(N, P), node(N, "b");',
    );
  });

  it('are told apart by other bounds', () => {
    const of = (more: Partial<Bounds>) => () => makeBounds({ ...ABC, ...more });
    expect(of({ crashable: ['b'] })).toThrow('b and c are not symmetric: crashable tells them apart');
    expect(of({ reliable: ['a>b'] })).toThrow('b and c are not symmetric: reliable tells them apart');
    expect(of({ groups: { x: ['b'], y: ['c', 'a'] } })).toThrow('b and c are not symmetric: groups tells them apart');
    expect(of({ reliable: ['a>b', 'a>c'], groups: { x: ['b'], y: ['c'] } })).not.toThrow();
    expect(of({ symmetric: ['b', 'z'] })).toThrow('symmetric are some of the nodes a, b, c; not z');
  });

  it('are told apart by runs', async () => {
    const protocol = defineProtocol({
      name: 'p',
      nodes: ['a', 'b', 'c'],
      state: () => ({ got: 0 }),
      actor: () => ({
        init: (ctx) => {
          if (ctx.id === 'a') for (const to of ['b', 'c']) ctx.send(to, 1);
        },
        onMessage: (ctx) => {
          ctx.state.got = 1;
        },
      }),
      check: (world) => ((world.state('b') as { got: number }).got === 1 ? 'holds' : { violated: 'b' }),
    });
    const system = new ProtocolSystem(protocol, { eot: 3, eff: 2, crashes: 0, symmetric: ['b', 'c'] });
    await expect(verdictOf(system)).rejects.toThrow(
      /b and c are not symmetric: with \{.*\} the outcome is violated, with \{.*\} holds|holds, with .* violated/,
    );
  });
});

/** The first ones, and some of which much is accepted. */
const SEEDS = [...Array.from({ length: 20 }, (_, i) => i), 123, 213, 292, 352, 361, 382, 408, 424, 437, 473, 490, 505];

test('what is accepted of random programs breaks with exchanged nodes, too', async () => {
  const count = { accepted: 0, refused: 0, broken: 0 };
  for (const seed of SEEDS) {
    const { text, bounds } = randomSpec(seed);
    if (scenarioCount(bounds) > 200) continue;
    const program = load(text);
    const pairs = bounds.nodes.flatMap((one, i) => bounds.nodes.slice(0, i).map((other) => [one, other] as const));
    for (const [one, other] of pairs) {
      const system = new DedalusSystem(program, { ...bounds, symmetric: [one, other] });
      const verdict = await verdictOf(system).catch((error: Error) => error);
      if (verdict instanceof Error) {
        expect(verdict.message).toContain('are not symmetric');
        count.refused++;
        continue;
      }
      const minimal = bruteForce(program, bounds)?.minimal ?? [];
      if (verdict.kind === 'violated-failure-free') continue;
      count.accepted++;
      if (minimal.length > 0) count.broken++;
      const names = minimal.map(formatScenario);
      const mirrored = minimal.map((scenario) => formatScenario(exchanged(scenario, one, other)));
      expect([seed, mirrored.sort()]).toEqual([seed, names.sort()]);
    }
  }
  expect(count.accepted).toBeGreaterThan(8);
  expect(count.broken).toBeGreaterThan(3);
  expect(count.refused).toBeGreaterThan(20);
});
