/**
 * `crash` is built in (reference §4): nothing may derive it, and only assertions should read it.
 */
import type { Atom } from '../ast.js';
import { CRASH } from '../builtin.js';
import type { Report } from '../collector.js';
import { subgoalsOf } from '../terms.js';
import { type CheckInput, protocolRelations } from './context.js';

/** Nothing derives `crash`, and the protocol does not read it. */
export function checkCrash(input: CheckInput, report: Report): void {
  for (const fact of input.facts) checkGiven(fact.atom, report);
  const protocol = protocolRelations(input.rules);
  for (const rule of input.rules) {
    checkGiven(rule.head, report);
    if (!protocol.has(rule.head.relation)) continue;
    for (const subgoal of subgoalsOf(rule)) {
      if (subgoal.atom.relation !== CRASH) continue;
      report({
        severity: 'warning',
        code: 'crash-in-protocol',
        message: `a rule of the protocol reads \`crash\`: real nodes have no such oracle`,
        span: subgoal.span,
        hint: 'detect failures with a time-out; only rules that lead to `pre` and `post` alone should read `crash`',
      });
    }
  }
}

function checkGiven(atom: Atom, report: Report): void {
  if (atom.relation !== CRASH) return;
  report({
    severity: 'error',
    code: 'crash-derived',
    message: '`crash` is built in: facts and rules cannot add to it',
    span: atom.relationSpan,
    hint: 'crashes come from the bounds (`--crashes`); for a relation of your own, use another name',
  });
}
