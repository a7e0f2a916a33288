/**
 * Change a number: how many it takes, or how long a rule waits.
 */
import type { Term } from '../../dedalus/ast.js';
import { mayEdit, type Proposal, type Scene } from '../scene.js';

/** By how much. */
const STEPS = [1, 2, -1];

export function thresholds(scene: Scene): Proposal[] {
  const { trail, it } = scene;
  return [...trail.rules].flatMap(([index, depth]) => {
    const rule = it.run.schema.rules[index]?.rule;
    if (!rule || !mayEdit(scene, rule)) return [];
    const terms = [
      ...rule.head.args,
      ...rule.body.flatMap((literal): Term[] => (literal.kind === 'comparison' ? [literal.left, literal.right] : [])),
    ];
    return numbersIn(terms).flatMap(({ value, span }) =>
      STEPS.filter((step) => value + step >= 0).map((step): Proposal => {
        const now = value + step;
        return {
          kinds: ['threshold'],
          splices: [{ ...span, text: String(now) }],
          size: 1,
          depth: depth + Math.abs(step) / 2,
          title: `${now} instead of ${value} in the rule for \`${rule.head.relation}\``,
          why: () =>
            `${value} is too ${step > 0 ? 'little' : 'much'} for \`${rule.head.relation}\`; with ${now} the faults are not enough`,
        };
      }),
    );
  });
}

/** The whole numbers that stand alone; what is added to another number counts, and is left alone. */
const numbersIn = (terms: readonly Term[]) =>
  terms.flatMap((term) =>
    term.kind === 'constant' && typeof term.value === 'number' ? [{ value: term.value, span: term.span }] : [],
  );
