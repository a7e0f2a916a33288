/**
 * Safety: every variable of a head, a comparison or a negated subgoal is bound by a positive subgoal or an equality
 * (range restriction; reference §3). A variable that appears in one negated subgoal and nowhere else acts as `_`.
 */
import type { Rule, Term } from '../ast.js';
import type { Report } from '../collector.js';
import { suggest } from '../suggest.js';
import { boundVariables, literalVariables, type Occurrence, variablesOf, visitTerm } from '../terms.js';
import type { CheckInput } from './context.js';

/** Every variable that needs a value has one, and `_` and arithmetic stand only where they may. */
export function checkSafety(input: CheckInput, report: Report): void {
  for (const fact of input.facts) for (const arg of fact.atom.args) checkConstant(arg, report);
  for (const rule of input.rules) {
    checkRule(rule, report);
    checkPlaces(rule, report);
  }
}

/** Arguments of facts are constants. */
function checkConstant(arg: Term, report: Report): void {
  if (arg.kind === 'constant') return;
  const hint = arg.kind === 'variable' ? `did you mean "${arg.name}"?` : 'write the value';
  const message = 'the arguments of a fact are constants';
  const fix = arg.kind === 'variable' ? { span: arg.span, text: `"${arg.name}"` } : undefined;
  report({ severity: 'error', code: 'fact-not-constant', message, span: arg.span, hint, fix });
}

/** Reports each unbound variable of a rule once. */
function checkRule(rule: Rule, report: Report): void {
  const bound = boundVariables(rule);
  const places = placesOf(rule);
  const reported = new Set<string>();
  const demand = (occurrence: Occurrence, where: string, hint: string): void => {
    const { name, span } = occurrence;
    if (bound.has(name) || reported.has(name)) return;
    reported.add(name);
    const close = suggest(name, bound);
    const message = `the variable \`${name}\` ${where} is not bound`;
    report({
      severity: 'error',
      code: 'unbound-variable',
      message,
      span,
      hint: close ? `did you mean \`${close}\`?` : hint,
      fix: close ? { span: occurrence.place ?? span, text: close } : undefined,
    });
  };
  for (const occurrence of variablesOf(...rule.head.args)) {
    demand(occurrence, 'of the head', 'bind it in a positive subgoal of the body');
  }
  for (const literal of rule.body) {
    if (literal.kind === 'comparison') {
      const hint = 'bind it in a positive subgoal, or by `==` with something bound';
      for (const occurrence of literalVariables(literal)) demand(occurrence, 'of this comparison', hint);
    } else if (literal.negated) {
      for (const occurrence of literalVariables(literal)) {
        if ((places.get(occurrence.name) ?? 0) === 1) continue;
        demand(occurrence, 'of this negated subgoal', 'bind it in a positive subgoal, or use `_` for any value');
      }
    }
  }
}

/** In how many places (the head, each body element) each variable appears. */
function placesOf(rule: Rule): Map<string, number> {
  const places = new Map<string, number>();
  for (const occurrences of [variablesOf(...rule.head.args), ...rule.body.map(literalVariables)]) {
    for (const name of new Set(occurrences.map((occurrence) => occurrence.name))) {
      places.set(name, (places.get(name) ?? 0) + 1);
    }
  }
  return places;
}

/** `_` only as an argument of a subgoal; arithmetic anywhere but there. */
function checkPlaces(rule: Rule, report: Report): void {
  const noWildcard = (where: string, hint: string) => (term: Term) => {
    if (term.kind !== 'wildcard') return;
    report({ severity: 'error', code: 'wildcard', message: `\`_\` has no value ${where}`, span: term.span, hint });
  };
  for (const arg of rule.head.args) {
    visitTerm(arg, noWildcard('to put into the head', 'name it, and bind it in the body'));
  }
  for (const literal of rule.body) {
    if (literal.kind === 'comparison') {
      const visit = noWildcard('to compare', 'name it, and bind it in a subgoal');
      visitTerm(literal.left, visit);
      visitTerm(literal.right, visit);
      continue;
    }
    for (const arg of literal.atom.args) {
      if (arg.kind !== 'arithmetic') continue;
      const message = 'arithmetic cannot stand in a subgoal';
      const hint = 'put a new variable here and add a comparison that binds it: `X == …`';
      report({ severity: 'error', code: 'arithmetic-in-subgoal', message, span: arg.span, hint });
    }
  }
}
