/**
 * Random scenarios within bounds.
 */
import type { Bounds, Fault, Scenario } from '../../../src/faults/fault.js';
import { canonical } from '../../../src/faults/scenario.js';
import { omissions } from '../scenarios.js';
import type { Dice } from './dice.js';

/** `count` scenarios with few faults or many. */
export function randomScenarios(bounds: Bounds, dice: Dice, count: number): Scenario[] {
  const slots = omissions(bounds);
  return Array.from({ length: count }, () => {
    const percent = dice.pick([5, 15, 30, 60]);
    const faults: Fault[] = slots.filter(() => dice.chance(percent));
    const from = dice.between(0, bounds.nodes.length - 1);
    const victims = [...bounds.nodes.slice(from), ...bounds.nodes.slice(0, from)];
    for (const node of victims.slice(0, dice.between(0, bounds.crashes)))
      faults.push({ kind: 'crash', node, tick: dice.between(1, bounds.eot - 1) });
    return canonical(faults);
  });
}
