/**
 * Location (reference §3): a rule runs at the first argument of its first subgoal. An `@async` head goes where its own
 * first argument says; any other rule should stay at its location, in head and body. A rule that does not is *global*:
 * fine in assertions, a warning in the protocol, where it would read another node's memory without a message.
 */
import type { Atom, Rule, Term } from '../ast.js';
import type { Report } from '../collector.js';
import { printTerm } from '../print.js';
import { boundVariables, literalVariables, type Subgoal, subgoalsOf, variablesOf } from '../terms.js';
import { type CheckInput, protocolRelations } from './context.js';

/** Every rule runs somewhere, every message has a sender, and rules of the protocol stay at one node. */
export function checkLocation(input: CheckInput, report: Report): void {
  const protocol = protocolRelations(input.rules);
  for (const rule of input.rules) {
    const subgoals = subgoalsOf(rule);
    const [first] = subgoals;
    if (!first) {
      report({
        severity: 'error',
        code: 'no-subgoal',
        message: `the rule for \`${rule.head.relation}\` has no subgoal, so it runs nowhere`,
        span: rule.span,
        hint: 'add a subgoal, whose first argument is the node at which the rule runs',
      });
      continue;
    }
    if (rule.time === 'async' && !hasSender(rule, first)) reportSender(first, report);
    else if (protocol.has(rule.head.relation)) checkLocal(rule, subgoals, report);
  }
}

/** Whether the location of a rule is some definite node, so that a message can come from there. */
function hasSender(rule: Rule, first: Subgoal): boolean {
  const [location] = first.atom.args;
  if (!first.negated || !location) return true;
  if (location.kind === 'wildcard') return false;
  if (location.kind !== 'variable') return true;
  return boundVariables(rule).has(location.name) || !isLocal(rule, first, location.name);
}

/** Whether a variable appears in this subgoal only. */
function isLocal(rule: Rule, subgoal: Subgoal, name: string): boolean {
  const elsewhere = rule.body.filter((literal) => literal !== subgoal).flatMap(literalVariables);
  return ![...variablesOf(...rule.head.args), ...elsewhere].some((occurrence) => occurrence.name === name);
}

function reportSender(first: Subgoal, report: Report): void {
  report({
    severity: 'error',
    code: 'unknown-sender',
    message: 'nothing says which node sends this message',
    span: first.atom.args[0]?.span ?? first.span,
    hint: 'put a positive subgoal first: its first argument is the sender',
  });
}

/** Warns when a rule of the protocol is global. */
function checkLocal(rule: Rule, subgoals: readonly Subgoal[], report: Report): void {
  const nameOf = locationNames(rule);
  const [first] = subgoals;
  const here = first && nameOf(first.atom);
  for (const subgoal of subgoals) {
    if (subgoal === first || nameOf(subgoal.atom) === here) continue;
    reportMixed(rule, first as Subgoal, subgoal, report);
    return;
  }
  if (rule.time === 'async' || nameOf(rule.head) === here) return;
  const at = first ? place(first.atom) : '';
  report({
    severity: 'warning',
    code: 'head-elsewhere',
    message: `the rule for \`${rule.head.relation}\` runs ${at} but derives a tuple ${place(rule.head)}, without a message`,
    span: rule.head.span,
    hint: `write \`${rule.head.relation}(…)@async :- …;\` to send it`,
    related: first ? [{ span: first.span, message: `the rule runs ${at}` }] : [],
  });
}

function reportMixed(rule: Rule, first: Subgoal, other: Subgoal, report: Report): void {
  const { relation } = other.atom;
  const here = first.atom.args[0] ? printTerm(first.atom.args[0]) : '_';
  const to = here === '_' ? 'Node' : here;
  report({
    severity: 'warning',
    code: 'mixed-locations',
    message: `the rule for \`${rule.head.relation}\` runs ${place(first.atom)} but reads \`${relation}\` ${place(other.atom)}, without a message`,
    span: other.span,
    hint: `send it first, \`${relation}_seen(${to}, …)@async :- ${relation}(…), …;\`, and read \`${relation}_seen(${to}, …)\` here`,
    related: [{ span: first.span, message: `the rule runs ${place(first.atom)}` }],
  });
}

function place(atom: Atom): string {
  const [location] = atom.args;
  return location && location.kind !== 'wildcard' ? `at \`${printTerm(location)}\`` : 'at any node';
}

/**
 * A function that names the location of an atom of the rule: equal names are certainly the same node. Variables that
 * the rule equates share a name; every `_` is a node of its own.
 */
function locationNames(rule: Rule): (atom: Atom) => string {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  let fresh = 0;
  const key = (term: Term | undefined): string => {
    if (term?.kind === 'variable') return `variable ${term.name}`;
    if (term?.kind === 'constant') return `constant ${typeof term.value} ${term.value}`;
    return `unknown ${fresh++}`;
  };
  for (const literal of rule.body) {
    if (literal.kind !== 'comparison' || literal.op !== '==') continue;
    const [left, right] = [root(key(literal.left)), root(key(literal.right))];
    if (left !== right) parent.set(left, right);
  }
  return (atom) => root(key(atom.args[0]));
}
