/**
 * The same program with another promise: that what an output ever had is there in the end. It always is; so provenance,
 * which tells what a promise rests on, tells where each row of the output comes from.
 */
import type { Atom, Rule, Term } from '../dedalus/ast.js';
import { POST, PRE } from '../dedalus/builtin.js';
import type { Program, RelationInfo } from '../dedalus/program.js';
import { strataOf } from '../dedalus/strata.js';
import { scopeOf } from './outputs.js';

/** @param output a relation of the program */
export function watched(program: Program, output: string): Program {
  const { protocol } = scopeOf(program, [output]);
  const own = program.rules.filter(({ head }) => protocol.has(head.relation));
  const place = own.find(({ head }) => head.relation === output) ?? own[0];
  const info = program.relations.get(output);
  if (!place || !info || protocol.has(PRE) || protocol.has(POST)) return program;
  const { span } = place;
  const args = Array.from({ length: info.arity }, (_, i): Term => ({ kind: 'variable', name: `X${i}`, span }));
  const atom = (relation: string): Atom => ({ relation, relationSpan: span, args, span });
  const rule = (head: string, body: string, time: Rule['time'] = 'deductive'): Rule => {
    const literal = { kind: 'subgoal' as const, negated: false, atom: atom(body), tick: undefined, span };
    return { kind: 'rule', head: atom(head), time, body: [literal], span };
  };
  const rules = [...own, rule(POST, output), rule(POST, POST, 'inductive'), rule(PRE, POST)];
  const kept = [...program.relations].filter(([name, { builtin }]) => builtin || protocol.has(name));
  const promise = [PRE, POST].map((name): [string, RelationInfo] => [name, { ...info, name }]);
  const relations = new Map([...kept, ...promise].sort(([a], [b]) => (a < b ? -1 : 1)));
  const facts = program.facts.filter(({ relation }) => protocol.has(relation));
  return { ...program, relations, facts, rules, strata: strataOf([...relations.keys()], rules) };
}
