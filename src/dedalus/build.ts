/**
 * Checked clauses -> `Program`: repeated rules and facts are merged, relations tabulated, strata computed.
 */
import { formatFact, type Value } from '../core/value.js';
import { type ListName, listNames, type NamedBounds, namesGiven } from '../faults/names.js';
import type { Atom, Fact, Rule, SourceFile } from './ast.js';
import { CRASH, CRASH_ARITY } from './builtin.js';
import type { Directives } from './directive.js';
import { printClause } from './print.js';
import type { GroundFact, Program, RelationInfo } from './program.js';
import { strataOf } from './strata.js';
import { subgoalsOf } from './terms.js';

/** Builds the program from clauses in which the checks found no error. */
export function buildProgram(
  files: readonly SourceFile[],
  facts: readonly Fact[],
  rules: readonly Rule[],
  { checks, listed }: Directives,
): Program {
  const named = (word: string): string[] =>
    [...new Set(listed.flatMap((one) => (one.word === word ? [one.name] : [])))].sort();
  const [durable, timers, outputs] = [named('durable'), named('timer'), named('output')];
  const distinctRules = distinct(rules, printClause);
  const distinctFacts = distinct(
    facts.map(groundFact),
    (fact) => `${formatFact(fact.relation, fact.row)}@${fact.tick}`,
  );
  const relations = tabulate(distinctFacts, distinctRules);
  const strata = strataOf([...relations.keys()], distinctRules);
  return {
    files,
    relations,
    facts: distinctFacts,
    rules: distinctRules,
    strata,
    ...(durable.length > 0 && { durable }),
    ...(timers.length > 0 && { timers }),
    ...(outputs.length > 0 && { outputs }),
    names: namesOf(listed),
    checks,
  };
}

/** Lists of nodes, and groups: what several directives say of one is put together. */
function namesOf(listed: Directives['listed']): NamedBounds {
  const lists: Partial<Record<ListName, string[]>> = {};
  const groups: Record<string, readonly string[]> = {};
  for (const { word, name, nodes } of listed) {
    if (nodes) groups[name] = [...(groups[name] ?? []), ...nodes];
    const list = listNames().find((one) => one === word);
    if (list) lists[list] = [...(lists[list] ?? []), name];
  }
  return namesGiven({ ...lists, groups });
}

function groundFact(clause: Fact): GroundFact {
  const row = clause.atom.args.flatMap((arg): Value[] => (arg.kind === 'constant' ? [arg.value] : []));
  return { relation: clause.atom.relation, row, tick: clause.tick, clause };
}

/** The first item of each key, in order. */
function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = key(item);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function tabulate(facts: readonly GroundFact[], rules: readonly Rule[]): Map<string, RelationInfo> {
  const arities = new Map<string, number>([[CRASH, CRASH_ARITY]]);
  const add = (atom: Atom): void => {
    arities.set(atom.relation, atom.args.length);
  };
  for (const fact of facts) add(fact.clause.atom);
  for (const rule of rules) {
    add(rule.head);
    for (const subgoal of subgoalsOf(rule)) add(subgoal.atom);
  }
  const names = [...arities.keys()].sort();
  return new Map(names.map((name) => [name, { name, arity: arities.get(name) ?? 0, builtin: name === CRASH }]));
}
