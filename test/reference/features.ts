/**
 * Which features of the language, and which hard situations, a program contains: to measure that the generator covers
 * them.
 */
import type { Literal, Rule, Term } from '../../src/dedalus/ast.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds } from '../../src/faults/fault.js';
import { hasFactCycle } from './fact-cycle.js';
import { naiveRun } from './naive.js';

type Subgoal = Extract<Literal, { kind: 'subgoal' }>;
type Test = (program: Program, rule: Rule, graph: Graph) => boolean;

/** What relations are derived from, through all kinds of rules. */
interface Graph {
  /** Everything that a relation depends on, at any distance. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>;
  readonly async: ReadonlySet<string>;
  /** What `pre` and `post` need but no @next or @async rule does. */
  readonly assertions: ReadonlySet<string>;
}

const subgoals = (rule: Rule): Subgoal[] => rule.body.filter((it): it is Subgoal => it.kind === 'subgoal');
const comparisons = (rule: Rule) => rule.body.filter((it) => it.kind === 'comparison');
const positives = (rule: Rule): Subgoal[] => subgoals(rule).filter((it) => !it.negated);
const negatives = (rule: Rule): Subgoal[] => subgoals(rule).filter((it) => it.negated);
const names = (terms: readonly Term[]): string[] => terms.flatMap(variablesOf);
const aggregates = (rule: Rule) => rule.head.args.filter((it) => it.kind === 'aggregate');
const reaches = (graph: Graph, from: string, to: string): boolean => graph.below.get(from)?.has(to) ?? false;
const isArithmetic = (term: Term): boolean => term.kind === 'arithmetic';

function variablesOf(term: Term): string[] {
  if (term.kind === 'variable') return [term.name];
  if (term.kind === 'arithmetic') return [...variablesOf(term.left), ...variablesOf(term.right)];
  return term.kind === 'aggregate' && term.variable !== undefined ? [term.variable] : [];
}

function bound(rule: Rule): Set<string> {
  const all = new Set(positives(rule).flatMap((it) => names(it.atom.args)));
  for (const it of comparisons(rule)) if (it.op === '==') for (const name of names([it.left, it.right])) all.add(name);
  return all;
}

function location(rule: Rule): string {
  const arg = subgoals(rule)[0]?.atom.args[0];
  return arg?.kind === 'variable' ? arg.name : arg?.kind === 'constant' ? JSON.stringify(arg.value) : '_';
}

function place(term: Term | undefined): string {
  return term?.kind === 'variable' ? term.name : term?.kind === 'constant' ? JSON.stringify(term.value) : '_';
}

const uses =
  (fn: string): Test =>
  (_, rule) =>
    aggregates(rule).some((it) => it.fn === fn);

/** Features of single rules; a program has one if any of its rules does. */
const RULE_TESTS: Record<string, Test> = {
  negation: (_, rule) => negatives(rule).length > 0,
  'negated wildcard': (_, rule) => negatives(rule).some((it) => it.atom.args.some((arg) => arg.kind === 'wildcard')),
  'negated local variable': (_, rule) => {
    const known = bound(rule);
    return negatives(rule).some((it) => names(it.atom.args).some((name) => !known.has(name)));
  },
  'first subgoal negated': (_, rule) => subgoals(rule)[0]?.negated === true,
  'negation of a negation': (program, rule, graph) =>
    negatives(rule).some((it) =>
      program.rules.some(
        (other) => reachesOrIs(graph, it.atom.relation, other.head.relation) && negatives(other).length > 0,
      ),
    ),
  recursion: (_, rule, graph) =>
    rule.time === 'deductive' && reaches(graph, `=${rule.head.relation}`, rule.head.relation),
  'mutual recursion': (_, rule, graph) =>
    rule.time === 'deductive' &&
    positives(rule).some(
      (it) => it.atom.relation !== rule.head.relation && reaches(graph, `=${it.atom.relation}`, rule.head.relation),
    ),
  'negated recursive relation': (_, rule, graph) =>
    negatives(rule).some((it) => reaches(graph, `=${it.atom.relation}`, it.atom.relation)),
  'recursion above negation': (_, rule, graph) =>
    negatives(rule).length > 0 && reaches(graph, `=${rule.head.relation}`, rule.head.relation),
  count: uses('count'),
  min: uses('min'),
  max: uses('max'),
  sum: uses('sum'),
  avg: uses('avg'),
  'count<_>': (_, rule) => aggregates(rule).some((it) => it.variable === undefined),
  'several aggregates': (_, rule) => aggregates(rule).length > 1,
  'deductive aggregate': (_, rule) => rule.time === 'deductive' && aggregates(rule).length > 0,
  'inductive aggregate': (_, rule) => rule.time === 'inductive' && aggregates(rule).length > 0,
  'async aggregate': (_, rule) => rule.time === 'async' && aggregates(rule).length > 0,
  'aggregate compared': (program, rule) =>
    comparisons(rule).length > 0 &&
    positives(rule).some((it) =>
      program.rules.some((r) => r.head.relation === it.atom.relation && aggregates(r).length > 0),
    ),
  'crash in assertions': (_, rule, graph) =>
    graph.assertions.has(rule.head.relation) && subgoals(rule).some((it) => it.atom.relation === 'crash'),
  'crash in the protocol': (_, rule, graph) =>
    !graph.assertions.has(rule.head.relation) && subgoals(rule).some((it) => it.atom.relation === 'crash'),
  'multi-hop messages': (_, rule, graph) =>
    rule.time === 'async' &&
    positives(rule).some((it) =>
      [...graph.async].some((name) => name !== rule.head.relation && reachesOrIs(graph, it.atom.relation, name)),
    ),
  'retry until': (_, rule) => rule.time === 'inductive' && negatives(rule).length > 0,
  persistence: (_, rule) => rule.time === 'inductive' && subgoals(rule)[0]?.atom.relation === rule.head.relation,
  'head arithmetic': (_, rule) => rule.head.args.some(isArithmetic),
  comparison: (_, rule) => comparisons(rule).length > 0,
  'comparison arithmetic': (_, rule) => comparisons(rule).some((it) => isArithmetic(it.left) || isArithmetic(it.right)),
  'equality binding': (_, rule) => {
    const known = new Set(positives(rule).flatMap((it) => names(it.atom.args)));
    return comparisons(rule).some(
      (it) => it.op === '==' && names([it.left, it.right]).some((name) => !known.has(name)),
    );
  },
  'fixed tick': (_, rule) => positives(rule).some((it) => it.tick !== undefined),
  'fixed tick negated': (_, rule) => negatives(rule).some((it) => it.tick !== undefined),
  'body constant': (_, rule) => subgoals(rule).some((it) => it.atom.args.some((arg) => arg.kind === 'constant')),
  'repeated variable': (_, rule) =>
    subgoals(rule).some((it) => new Set(names(it.atom.args)).size < names(it.atom.args).length),
  'global rule': (_, rule) =>
    rule.time !== 'async' &&
    [rule.head, ...subgoals(rule).map((it) => it.atom)].some((it) => place(it.args[0]) !== location(rule)),
  'post with negation': (program, rule, graph) =>
    reachesOrIs(graph, 'post', rule.head.relation) && negatives(rule).length > 0 && program.rules.length > 0,
  'pre depends on faults': (_, rule, graph) =>
    rule.head.relation === 'pre' &&
    (reaches(graph, 'pre', 'crash') || [...graph.async].some((name) => reaches(graph, 'pre', name))),
};

function reachesOrIs(graph: Graph, from: string, to: string): boolean {
  return from === to || reaches(graph, from, to);
}

/** The names of all features. */
export const FEATURES: readonly string[] = [...Object.keys(RULE_TESTS), 'recursion on a cycle of facts', 'shared slot'];

/** The features of a program; those of runs are looked for in the failure-free run. */
export function featuresOf(program: Program, bounds: Bounds): Set<string> {
  const graph = graphOf(program);
  const found = new Set<string>();
  for (const [name, test] of Object.entries(RULE_TESTS)) {
    if (program.rules.some((rule) => test(program, rule, graph))) found.add(name);
  }
  const run = naiveRun(program, bounds, []);
  if (hasFactCycle(program, run)) found.add('recursion on a cycle of facts');
  const slots = run.messages.filter((it) => it.from !== it.to).map((it) => JSON.stringify([it.from, it.to, it.sent]));
  if (new Set(slots).size < slots.length) found.add('shared slot');
  return found;
}

/** `below` has two keys per relation: its name (all rules) and `=name` (deductive rules, within the tick). */
function graphOf(program: Program): Graph {
  const below = new Map<string, Set<string>>();
  const link = (from: string, to: string): void => {
    below.set(from, (below.get(from) ?? new Set()).add(to));
  };
  for (const rule of program.rules) {
    for (const it of subgoals(rule)) {
      link(rule.head.relation, it.atom.relation);
      if (rule.time === 'deductive') link(`=${rule.head.relation}`, it.atom.relation);
    }
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, all] of below) {
      const size = all.size;
      for (const to of [...all]) {
        for (const further of below.get(from.startsWith('=') ? `=${to}` : to) ?? []) all.add(further);
      }
      if (all.size > size) changed = true;
    }
  }
  const async = new Set(program.rules.filter((it) => it.time === 'async').map((it) => it.head.relation));
  const timed = program.rules.filter((it) => it.time !== 'deductive');
  const protocol = new Set(timed.flatMap((it) => [it.head.relation, ...(below.get(it.head.relation) ?? [])]));
  const assertions = new Set(program.rules.map((it) => it.head.relation).filter((it) => !protocol.has(it)));
  return { below, async, assertions };
}
