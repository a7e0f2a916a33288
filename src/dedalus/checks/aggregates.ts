/**
 * Aggregates stand in heads only, as whole arguments (reference §3), over a variable unless they count, and never
 * where a message needs its receiver. (That the variable is bound is a matter of safety.)
 */
import type { Rule, Term } from '../ast.js';
import type { Report } from '../collector.js';
import { printTerm } from '../print.js';
import { subgoalsOf } from '../terms.js';
import type { CheckInput } from './context.js';

type Aggregate = Extract<Term, { kind: 'aggregate' }>;

/** Aggregates stand where they may, over something that they can aggregate. */
export function checkAggregates(input: CheckInput, report: Report): void {
  for (const rule of input.rules) {
    checkHead(rule, report);
    for (const subgoal of subgoalsOf(rule)) {
      for (const arg of subgoal.atom.args) if (arg.kind === 'aggregate') reportInBody(arg, report);
    }
  }
}

function checkHead(rule: Rule, report: Report): void {
  for (const [index, arg] of rule.head.args.entries()) {
    if (arg.kind !== 'aggregate') continue;
    if (arg.variable === undefined && arg.fn !== 'count') {
      const message = `\`${arg.fn}\` needs a variable`;
      const hint = `only \`count<_>\` does without; write \`${arg.fn}<X>\``;
      report({ severity: 'error', code: 'aggregate-without-variable', message, span: arg.span, hint });
    }
    if (index === 0 && rule.time === 'async') {
      const message = 'an aggregate cannot be the receiver of a message';
      const hint = 'compute it in a rule of its own, and send in another';
      report({ severity: 'error', code: 'aggregate-location', message, span: arg.span, hint });
    }
  }
}

function reportInBody(arg: Aggregate, report: Report): void {
  report({
    severity: 'error',
    code: 'aggregate-in-body',
    message: 'aggregates stand in heads only',
    span: arg.span,
    hint: `derive a relation with \`${printTerm(arg)}\` in its head, and use that here`,
  });
}
