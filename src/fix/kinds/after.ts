/**
 * Do a thing after another: a subgoal gives way to what comes of it a little later.
 *
 * `ack(C, W)@async :- write(S, C, W)` becomes `ack(C, W)@async :- stored(S, C, W)`.
 */
import type { Literal } from '../../dedalus/ast.js';
import { literalVariables, variablesOf } from '../../dedalus/terms.js';
import type { PlannedRule } from '../../simulator/plan.js';
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

/** How many ticks later the other thing may be. */
const LATER = [0, 1, 2];

export function afters(scene: Scene): Proposal[] {
  const { it, good, bad } = scene;
  return it.run.schema.rules.flatMap((planned) => {
    const fired = bad.get(planned.index) ?? [];
    const [well] = good.get(planned.index) ?? [];
    const { rule } = planned;
    if (!mayEdit(scene, rule) || isMemory(rule) || !well || fired.length === 0) return [];
    // Where the node of a rule has no name, there is nothing to say where the other thing is.
    if (namedLocation(rule).length > 0) return [];
    const found = new Map<string, Proposal>();
    for (const [at, literal] of rule.body.entries()) {
      if (literal.kind !== 'subgoal' || literal.negated || literal.tick !== undefined) continue;
      const needed = neededOf(planned, literal);
      for (const later of LATER)
        for (const other of literalsHolding(scene, planned, well, true, well.tick + later)) {
          const text = `${at} ${literalText(rule, other)}`;
          const first = literal.atom.args[0];
          const has = (name: string): boolean =>
            other.columns.includes(name) || (first?.kind === 'variable' && first.name === name);
          if (found.has(text) || !needed.every(has)) continue;
          const early = fired.find((one) => !it.run.matched(patternAt(it.run, planned, other, one)));
          if (early) found.set(text, instead(scene, planned, literal, other, early));
        }
    }
    return [...found.values()];
  });
}

/** The variables of a subgoal that the rest of its rule needs. */
function neededOf({ rule }: PlannedRule, literal: Literal): string[] {
  const rest = [
    ...variablesOf(...rule.head.args),
    ...rule.body.filter((one) => one !== literal).flatMap(literalVariables),
  ];
  const names = new Set(rest.map(({ name }) => name));
  return [...new Set(literalVariables(literal).map(({ name }) => name))].filter((name) => names.has(name));
}

function instead(
  scene: Scene,
  planned: PlannedRule,
  literal: Literal & { readonly kind: 'subgoal' },
  other: Proposed,
  early: Instance,
): Proposal {
  const { rule } = planned;
  const head = rule.head.relation;
  const lacking = patternAt(scene.it.run, planned, other, early);
  return {
    kinds: ['after'],
    splices: [{ ...literal.span, text: literalText(rule, other) }],
    size: 2,
    depth: ruleDepth(scene, planned.index) + relationDepth(scene, other.relation.id) / 4,
    title: `let \`${head}\` come after \`${other.relation.name}\`, not after \`${literal.atom.relation}\``,
    why: () =>
      `${headInWords(scene, rule, early)} though ${inWords(scene, lacking)}; with this \`${head}\` comes after \`${other.relation.name}\``,
  };
}
