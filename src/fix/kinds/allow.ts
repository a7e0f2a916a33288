/**
 * Allow what was kept away: a rule that needed to fire had all else that it needs, and goes without what it negates.
 *
 * `finished(A, T) :- done(A, W, T), notin expired(A, W, T)` becomes `finished(A, T) :- done(A, W, T)`.
 */
import { patternOf, readingOf } from '../../report/provenance/dedalus/joins.js';
import { withoutLiterals } from '../edit.js';
import { inWords, mayEdit, type Proposal, type Scene } from '../scene.js';

export function allowances(scene: Scene): Proposal[] {
  const { it, trail } = scene;
  const { schema } = it.run;
  return trail.steps.flatMap(({ what: { planned, slots, tick, body }, depth }): Proposal[] => {
    const { rule } = planned;
    if (!mayEdit(scene, rule) || body.some(({ negated, holds }) => !negated && !holds)) return [];
    const inTheWay = rule.body.flatMap((literal, at) => {
      if (literal.kind !== 'subgoal' || !literal.negated || at === 0) return [];
      const pattern = patternOf(schema, readingOf(schema, planned, at), slots, tick);
      return it.run.matched(pattern) ? [{ at, pattern }] : [];
    });
    if (inTheWay.length === 0) return [];
    const names = inTheWay.map(({ pattern }) => schema.relations[pattern.relation]?.name ?? '');
    return [
      {
        kinds: ['allow'],
        splices: withoutLiterals(
          rule,
          inTheWay.map(({ at }) => at),
        ),
        size: inTheWay.length,
        depth,
        title: `let \`${rule.head.relation}\` come about in spite of ${names.map((name) => `\`${name}\``).join(' and ')}`,
        why: () =>
          `\`${rule.head.relation}\` is kept away because ${inTheWay.map(({ pattern }) => inWords(scene, pattern)).join(' and ')}; with this it is not`,
      },
    ];
  });
}
