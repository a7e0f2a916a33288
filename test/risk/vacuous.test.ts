/**
 * How many scenarios are vacuous, against counting them: every scenario of random programs and protocols is run by the
 * naive evaluators.
 */
import { expect, it, test } from 'vitest';
import { FALSE, type Formula, TRUE } from '../../src/core/circuit.js';
import { scenarioCount } from '../../src/faults/count.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { canonical, formatScenario } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import type { System } from '../../src/lineage/port.js';
import { vacuousCount } from '../../src/risk/vacuous.js';
import { search } from '../../src/search/search.js';
import { everyFault, everyScenario } from '../reference/all-kinds.js';
import { durableProtocol, PROGRAM_MIXES, PROTOCOL_MIXES } from '../reference/compare-kinds.js';
import { naiveRun } from '../reference/naive.js';
import { protocolOf } from '../reference/protocol/compare.js';
import { naively } from '../reference/protocol/definition.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { enough, sized } from '../size.js';

const SEEDS = Array.from({ length: sized(14, 3) }, (_, i) => 71_000 + i);

/** The bounds of a mix, few faults together where there would be too many scenarios. */
function smallBounds(usual: Bounds, mix: Partial<Bounds>): Bounds {
  const bounds = { ...usual, ...mix };
  const { length } = everyFault(bounds);
  return length <= 8 ? bounds : { ...bounds, maxCost: length <= 18 ? 2 : 1 };
}

async function promisesOf(system: System): Promise<Formula | undefined> {
  for await (const event of search(system)) if (event.kind === 'promises') return event.promises;
  return undefined;
}

/**
 * How many scenarios are vacuous, and how many there are: by the tool, and by running all of them. What takes the tool
 * too long to count is left out.
 */
async function counted(system: System, isVacuous: (scenario: Scenario) => boolean) {
  const promises = await promisesOf(system);
  if (promises === undefined) return undefined;
  const { bounds } = system.space;
  const vacuous = new Set<string>();
  const all = new Set<string>();
  for (const scenario of everyScenario(bounds, bounds.maxCost ?? everyFault(bounds).length)) {
    const name = formatScenario(canonical(scenario));
    if (all.has(name) || canonical(scenario).length < scenario.length) continue;
    all.add(name);
    if (isVacuous(scenario)) vacuous.add(name);
  }
  const told = [await vacuousCount(system.space, promises), await vacuousCount(system.space, FALSE)];
  const wanted = [vacuous.size, all.size].map((count, i) => (told[i] === undefined ? undefined : BigInt(count)));
  return { told, wanted, isMixed: told[0] !== undefined && vacuous.size > 0 && vacuous.size < all.size };
}

test.each(Object.entries({ usual: {}, ...PROGRAM_MIXES }))('random programs, %s', async (_, mix) => {
  let mixed = 0;
  for (const seed of SEEDS) {
    const spec = randomSpec(seed);
    const program = load(spec.text);
    const bounds = smallBounds(spec.bounds, mix);
    const vacuous = (scenario: Scenario): boolean => naiveRun(program, bounds, scenario).outcome.kind === 'vacuous';
    const counts = await counted(new DedalusSystem(program, bounds), vacuous);
    if (!counts) continue;
    expect([seed, counts.told]).toEqual([seed, counts.wanted]);
    if (counts.isMixed) mixed++;
  }
  expect(mixed).toBeGreaterThanOrEqual(enough(3));
});

test.each(Object.entries({ usual: {}, ...PROTOCOL_MIXES }))('random protocols, %s', async (_, mix) => {
  let mixed = 0;
  for (const seed of SEEDS) {
    const usual = durableProtocol(seed);
    const bounds = smallBounds(usual.bounds, mix);
    // Half of them promise something of every tick as well, as long as all nodes live.
    const always = { promise: ['living', 1] as const, provided: ['living', bounds.nodes.length] as const };
    const draft = { ...usual, bounds, ...(seed % 2 === 0 && { always }) };
    const run = naively(draft);
    const system = new ProtocolSystem(protocolOf(draft), bounds);
    const counts = await counted(system, (scenario) => run(scenario).outcome === 'vacuous');
    if (!counts) continue;
    expect([seed, counts.told]).toEqual([seed, counts.wanted]);
    if (counts.isMixed) mixed++;
  }
  expect(mixed).toBeGreaterThanOrEqual(enough(1));
});

it('counts all scenarios where nothing is promised, as many as there are', async () => {
  const bounds: Bounds = { eot: 6, eff: 4, crashes: 1, nodes: ['a', 'b', 'c'] };
  expect(await vacuousCount(new FaultSpace(bounds), FALSE)).toBe(scenarioCount(bounds));
});

it('gives up where that takes long', async () => {
  const bounds: Bounds = { eot: 50, eff: 40, crashes: 1, nodes: ['a', 'b', 'c', 'd'] };
  const space = new FaultSpace(bounds);
  expect(await vacuousCount(space, FALSE)).toBeUndefined();
  expect(await vacuousCount(space, TRUE)).toBe(0n);
});
