/**
 * Every protocol in specs/typescript: each check gives its expected verdict, completely, and wherever running every
 * scenario is affordable, that gives the same minimal counterexamples; below size 1 for every third protocol.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstGiven, makeBounds } from '../../src/faults/bounds.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { canonical, compareScenarios, formatScenario } from '../../src/faults/scenario.js';
import { isProtocol } from '../../src/protocol/define.js';
import type { Runnable } from '../../src/protocol/host-of.js';
import { isSystem } from '../../src/protocol/system/define.js';
import type { AnyProtocol, ProtocolCheck } from '../../src/protocol/types.js';
import { check, systemOf } from '../../src/testing/check.js';
import { everyFault, isBeyondUsual, minimalSets, withinReach } from '../reference/all-kinds.js';
import { allScenarios, isSubset } from '../reference/scenarios.js';
import { isWhole, sized } from '../size.js';

const FOLDER = 'specs/typescript';
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts'))
  .sort();

/** Most scenarios that are run one by one; fewer where handlers are slow. */
const most = (protocol: AnyProtocol): bigint => (protocol.name === 'kv-sansio' ? 100n : BigInt(sized(1_500)));

const boundsOf = ({ name: _, expect: __, ...given }: ProtocolCheck, protocol: Runnable): Bounds =>
  makeBounds({ ...firstGiven(given), nodes: protocol.nodes });

const inOrder = (scenarios: readonly Scenario[]): string =>
  scenarios
    .map((scenario) => canonical(scenario))
    .sort(compareScenarios)
    .map(formatScenario)
    .join(' ');

/** The minimal violated scenarios, by running all on the plain simulator. */
function bruteForce(protocol: AnyProtocol, bounds: Bounds): string {
  const system = systemOf(protocol, bounds);
  const isViolated = (scenario: Scenario): boolean => system.plain(canonical(scenario)).outcome.kind === 'violated';
  if (isBeyondUsual(bounds)) {
    const { sets } = minimalSets(bounds, bounds.maxCost ?? everyFault(bounds).length, isViolated);
    return inOrder(sets);
  }
  const minimal: Scenario[] = [];
  const smallestFirst = [...allScenarios(bounds)].sort((a, b) => a.length - b.length);
  for (const scenario of smallestFirst) {
    if (minimal.some((one) => isSubset(one, scenario))) continue;
    if (isViolated(scenario)) minimal.push(scenario);
  }
  return inOrder(minimal);
}

/** Bounds like those of a check, but so small that all scenarios can be run. */
function affordable(protocol: AnyProtocol, all: Bounds): Bounds {
  if (isBeyondUsual(all)) return withinReach(all, Number(most(protocol)));
  const { eot, eff, crashes, nodes } = all;
  for (let dead = crashes; dead >= 0; dead--)
    for (let lossy = eff; lossy >= 0; lossy--) {
      const bounds = { eot, eff: lossy, crashes: dead, nodes };
      if (scenarioCount(bounds) <= most(protocol)) return bounds;
    }
  throw new Error('no bounds are small enough');
}

it('there are at least twenty protocols', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(20);
});

describe.each(FILES.map((file, i) => [file, isWhole || i % 3 === 0] as const))('%s', (file, isCompared) => {
  const load = async (): Promise<Runnable> => {
    const module = (await import(join('../..', FOLDER, file))) as { default: unknown };
    if (!isProtocol(module.default) && !isSystem(module.default)) throw new Error(`${file} exports no protocol`);
    return module.default;
  };

  it('is named like its file and expects something of every check', async () => {
    const { name, checks } = await load();
    expect(`${name}.ts`).toBe(file);
    expect(checks.length).toBeGreaterThan(0);
    for (const one of checks) expect(one).toMatchObject({ name: expect.any(String), expect: expect.any(String) });
  });

  it('gives the expected verdicts', async () => {
    const protocol = await load();
    for (const one of protocol.checks) {
      const { nodes: _, ...bounds } = boundsOf(one, protocol);
      const verdict = await check(protocol, bounds);
      expect({ name: one.name, verdict: verdict.kind, complete: verdict.complete }).toEqual({
        name: one.name,
        verdict: one.expect,
        complete: true,
      });
    }
  });

  it.runIf(isCompared)('has the minimal counterexamples that brute force finds', async () => {
    const protocol = await load();
    // Those of systems are compared in test/reference/system.
    if (isSystem(protocol)) return;
    for (const one of protocol.checks) {
      const bounds = affordable(protocol, boundsOf(one, protocol));
      const { nodes: _, ...given } = bounds;
      const { kind, counterexamples } = await check(protocol, given);
      if (kind === 'vacuous') continue;
      const found = inOrder(counterexamples.map(({ faults }) => faults));
      expect({ ...bounds, found }).toEqual({ ...bounds, found: bruteForce(protocol, bounds) });
    }
  });
});
