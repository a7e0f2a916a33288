/**
 * Guard a rule: `notin` something that held where the rule went wrong, and never where it fired for good.
 *
 * `slot(A, W, T)@next :- slot(A, W, T)` gets `notin fails(A, W, T)`: what has failed does not keep its slot.
 */
import type { PlannedRule } from '../../simulator/plan.js';
import { withLiteral } from '../edit.js';
import type { Instance } from '../firings.js';
import { literalsHolding, literalText, namedLocation, type Proposed, patternAt } from '../literals.js';
import {
  headInWords,
  inWords,
  isMemory,
  isWitness,
  mayEdit,
  type Proposal,
  relationDepth,
  ruleDepth,
  type Scene,
} from '../scene.js';

/** Most firings of a rule that are looked at. */
const MOST = 12;

export function guards(scene: Scene): Proposal[] {
  const { it, good, bad } = scene;
  return it.run.schema.rules.flatMap((planned) => {
    const [fired = [], firedWell = []] = [bad.get(planned.index), good.get(planned.index)];
    const { rule } = planned;
    if (!mayEdit(scene, rule) || (isMemory(rule) && isWitness(scene, rule.head.relation))) return [];
    const found = new Map<string, Proposal>();
    for (const instance of fired.slice(0, MOST))
      for (const literal of literalsHolding(scene, planned, instance, false)) {
        const text = literalText(rule, literal);
        if (found.has(text)) continue;
        const isUsual = firedWell.some((one) => it.good.matched(patternAt(it.good, planned, literal, one)));
        if (!isUsual) found.set(text, guardedBy(scene, planned, literal, instance));
      }
    return [...found.values()];
  });
}

function guardedBy(scene: Scene, planned: PlannedRule, literal: Proposed, instance: Instance): Proposal {
  const { rule } = planned;
  const { name, id } = literal.relation;
  const head = rule.head.relation;
  const open = literal.columns.slice(1).filter((column) => column === undefined).length;
  return {
    kinds: ['guard'],
    splices: [withLiteral(rule, `notin ${literalText(rule, literal)}`), ...namedLocation(rule)],
    size: 1,
    depth: ruleDepth(scene, planned.index) + relationDepth(scene, id) / 4 + open / 2,
    title: `stop \`${head}\` where there is \`${name}\``,
    why: () =>
      `${headInWords(scene, rule, instance)} although ${inWords(scene, patternAt(scene.it.run, planned, literal, instance))}; with this \`${name}\` puts an end to it`,
  };
}
