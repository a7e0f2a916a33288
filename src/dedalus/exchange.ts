/**
 * Whether a program stays the same when two nodes are exchanged, in its facts and wherever a rule names them.
 *
 * `member("b", "c")@1` needs `member("c", "b")@1` beside it. That is not all that may tell nodes apart (names have an
 * order, which a comparison may look at), but it says best what is wrong.
 */
import { formatFact, type Value } from '../core/value.js';
import type { Atom, Literal, Rule, Term } from './ast.js';
import { printClause, printLiteral } from './print.js';
import type { Program } from './program.js';

/** What has no counterpart with the two nodes exchanged, as a clause; undefined if all has. */
export function asymmetry({ facts, rules }: Program, one: string, other: string): string | undefined {
  const named = (value: Value): Value => (value === one ? other : value === other ? one : value);
  const texts = facts.map(({ relation, row, tick }) => `${formatFact(relation, row)}@${tick}`);
  const known = new Set([...texts, ...rules.map(textOf)]);
  for (const [i, { relation, row, tick }] of facts.entries()) {
    const counterpart = `${formatFact(relation, row.map(named))}@${tick}`;
    if (!known.has(counterpart)) return `there is the fact ${texts[i]}, but not ${counterpart}`;
  }
  for (const rule of rules) {
    const counterpart = renamed(rule, named);
    if (!known.has(textOf(counterpart)))
      return `there is the rule ${printClause(rule)} but not ${printClause(counterpart)}`;
  }
  return undefined;
}

/** Equal for rules that differ in the order of what follows the first subgoal, which is where they are. */
function textOf(rule: Rule): string {
  const [first, ...rest] = rule.body.map(printLiteral);
  return JSON.stringify([printClause({ ...rule, body: [] }), first, ...rest.sort()]);
}

function renamed(rule: Rule, named: (value: Value) => Value): Rule {
  const term = (it: Term): Term => {
    if (it.kind === 'constant') return { ...it, value: named(it.value) };
    return it.kind === 'arithmetic' ? { ...it, left: term(it.left), right: term(it.right) } : it;
  };
  const atom = (it: Atom): Atom => ({ ...it, args: it.args.map(term) });
  const literal = (it: Literal): Literal =>
    it.kind === 'subgoal' ? { ...it, atom: atom(it.atom) } : { ...it, left: term(it.left), right: term(it.right) };
  return { ...rule, head: atom(rule.head), body: rule.body.map(literal) };
}
