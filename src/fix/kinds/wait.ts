/**
 * Let a rule wait: one more subgoal, which held wherever the rule fired for good, and did not where it fired too early.
 *
 * `received(B, C, D)@async :- mutation(C, B, T, D)` gets `row(C, T, D)`: what is not stored is not acknowledged.
 */
import type { PlannedRule } from '../../simulator/plan.js';
import { withLiteral } from '../edit.js';
import type { Instance } from '../firings.js';
import { literalsHolding, literalText, namedLocation, type Proposed, patternAt } from '../literals.js';
import {
  headInWords,
  inWords,
  isMemory,
  mayEdit,
  type Proposal,
  relationDepth,
  ruleDepth,
  type Scene,
} from '../scene.js';

export function waits(scene: Scene): Proposal[] {
  const { it, good, bad } = scene;
  return it.run.schema.rules.flatMap((planned) => {
    const [fired = [], firedWell = []] = [bad.get(planned.index), good.get(planned.index)];
    if (!mayEdit(scene, planned.rule) || isMemory(planned.rule) || fired.length === 0 || firedWell.length === 0)
      return [];
    const found = new Map<string, Proposal>();
    for (const instance of firedWell)
      for (const literal of literalsHolding(scene, planned, instance, true)) {
        const text = literalText(planned.rule, literal);
        if (found.has(text)) continue;
        const early = fired.find((one) => !it.run.matched(patternAt(it.run, planned, literal, one)));
        if (!early) continue;
        const isLate = firedWell.some((one) => !it.good.matched(patternAt(it.good, planned, literal, one)));
        found.set(text, waitFor(scene, planned, literal, early, isLate));
      }
    return [...found.values()];
  });
}

function waitFor(scene: Scene, planned: PlannedRule, literal: Proposed, early: Instance, isLate: boolean): Proposal {
  const { rule } = planned;
  const lacking = patternAt(scene.it.run, planned, literal, early);
  const { name, id } = literal.relation;
  const head = rule.head.relation;
  const open = literal.columns.slice(1).filter((column) => column === undefined).length;
  return {
    kinds: ['wait'],
    splices: [withLiteral(rule, literalText(rule, literal)), ...namedLocation(rule)],
    size: 1,
    // What it waits for should be there in time where all is well.
    depth: ruleDepth(scene, planned.index) + relationDepth(scene, id) / 4 + open / 2 + (isLate ? 4 : 0),
    title: `let \`${head}\` wait for \`${name}\``,
    why: () =>
      `${headInWords(scene, rule, early)} though ${inWords(scene, lacking)}; with this \`${head}\` waits for \`${name}\``,
  };
}
