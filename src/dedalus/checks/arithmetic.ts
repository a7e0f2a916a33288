/**
 * Arithmetic that is undefined whatever the variables are: on a string, or a division by zero. Its rule never fires.
 */
import type { Term } from '../ast.js';
import type { Report } from '../collector.js';
import { visitTerm } from '../terms.js';
import type { CheckInput } from './context.js';

/** No arithmetic that is always undefined. */
export function checkArithmetic(input: CheckInput, report: Report): void {
  for (const rule of input.rules) {
    for (const arg of rule.head.args) visitTerm(arg, (term) => checkTerm(term, report));
    for (const literal of rule.body) {
      if (literal.kind !== 'comparison') continue;
      visitTerm(literal.left, (term) => checkTerm(term, report));
      visitTerm(literal.right, (term) => checkTerm(term, report));
    }
  }
}

function checkTerm(term: Term, report: Report): void {
  if (term.kind !== 'arithmetic') return;
  for (const side of [term.left, term.right]) {
    if (side.kind !== 'constant' || typeof side.value !== 'string') continue;
    const message = 'arithmetic on a string is undefined: this rule never fires';
    report({ severity: 'warning', code: 'undefined-arithmetic', message, span: side.span });
  }
  if (term.op === '/' && term.right.kind === 'constant' && term.right.value === 0) {
    const message = 'division by zero is undefined: this rule never fires';
    report({ severity: 'warning', code: 'undefined-arithmetic', message, span: term.span });
  }
}
