/**
 * Drop a rule that fires only when something has failed: a repetition, a timeout, that does more harm than good.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import { withoutRule } from '../edit.js';
import { headInWords, isMemory, mayEdit, type Proposal, ruleDepth, type Scene } from '../scene.js';

export function drops(scene: Scene): Proposal[] {
  const { it, good, bad, program } = scene;
  return it.run.schema.rules.flatMap(({ rule, index }): Proposal[] => {
    const [first] = bad.get(index) ?? [];
    if (!first || good.has(index) || !mayEdit(scene, rule) || isMemory(rule)) return [];
    return [
      {
        kinds: ['drop'],
        splices: [withoutRule(program.files[rule.span.file] as SourceFile, rule)],
        size: 1 + rule.body.length / 2,
        depth: ruleDepth(scene, index),
        title: `drop a rule for \`${rule.head.relation}\``,
        why: () =>
          `${headInWords(scene, rule, first)} by a rule that fires only where something has failed; without it this cannot happen`,
      },
    ];
  });
}
