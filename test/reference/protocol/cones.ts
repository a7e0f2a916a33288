/**
 * The lineage of whole runs against the naive simulator: what it is true of must end as the run it was taken from, node
 * by node.
 *
 * This is a stronger question than whether the search finds the right sets (where one run too many in H is noticed only
 * if nothing else stands in its way).
 */
import type { Fault, Scenario } from '../../../src/faults/fault.js';
import { canonical, formatScenario } from '../../../src/faults/scenario.js';
import { coneLineage } from '../../../src/lineage/learned/cone.js';
import { ProtocolSystem } from '../../../src/lineage/learned/system.js';
import { crashSets, isSubset, omissions } from '../scenarios.js';
import { protocolOf } from './compare.js';
import { naively } from './definition.js';
import type { Dice } from './dice.js';
import type { Draft } from './draft.js';
import { show } from './show.js';

/**
 * The first scenario of which a run's lineage is true by mistake (or false, though it is the run's own) in words; or
 * undefined.
 */
export function compareCones(draft: Draft, scenarios: readonly Scenario[], dice: Dice): string | undefined {
  const system = new ProtocolSystem(protocolOf(draft), draft.bounds, { lineage: 'run' });
  const run = naively(draft);
  const ends = (scenario: Scenario): string => {
    const { states, logs, alive } = run(scenario);
    return show([states, logs, alive]);
  };
  for (const scenario of scenarios) {
    const own = system.simulate(canonical(scenario));
    const formula = coneLineage(system.space, own);
    if (!system.space.evaluator(own.scenario)(formula)) return `${formatScenario(scenario)} is not in its own lineage`;
    for (const other of neighbours(draft, scenario, dice))
      if (system.space.evaluator(other)(formula) && ends(other) !== ends(scenario))
        return `${formatScenario(other)} is in the lineage of ${formatScenario(scenario)}, but ends otherwise`;
  }
  return undefined;
}

/** Scenarios within the bounds that differ in one fault, or in the tick of one crash, or in two of these. */
function neighbours({ bounds }: Draft, scenario: Scenario, dice: Dice): Scenario[] {
  const step = (from: Scenario): Scenario => {
    const slots = omissions(bounds);
    const losses = from.filter((fault) => fault.kind === 'omission');
    const crashes = from.filter((fault) => fault.kind === 'crash');
    if (slots.length > 0 && dice.chance(60)) {
      const slot = dice.pick(slots);
      const without = losses.filter((fault) => !isSubset([fault], [slot]));
      return [...crashes, ...without, ...(without.length === losses.length ? [slot] : [])];
    }
    const other: readonly Fault[] = dice.pick(crashSets(bounds));
    return [...other, ...losses];
  };
  return Array.from({ length: 8 }, () => canonical(dice.chance(60) ? step(scenario) : step(step(scenario))));
}
