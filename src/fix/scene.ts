/**
 * What proposals are made from: a run that breaks the promise beside the one without faults, and what may be edited.
 */
import type { Rule } from '../dedalus/ast.js';
import type { Program } from '../dedalus/program.js';
import type { Case } from '../report/provenance/case.js';
import type { Pattern } from '../report/provenance/dedalus/pattern.js';
import type { Traced } from '../report/provenance/dedalus/traced.js';
import type { Relation } from '../simulator/relation.js';
import type { Splice } from './edit.js';
import { type Instance, instancesIn } from './firings.js';
import { FAR, type Trail, trailOf } from './trail.js';

/** What kinds of edits there are, and how unusual each is: an edit of a usual kind comes before others. */
export const EDIT_KINDS = {
  persist: 0,
  wait: 0,
  durable: 0,
  retry: 1,
  guard: 1,
  allow: 2,
  threshold: 3,
  after: 3,
  drop: 4,
} as const;
export type EditKind = keyof typeof EDIT_KINDS;

/** An edit that may mend a spec. */
export interface Proposal {
  /** More than one where edits are put together. */
  readonly kinds: readonly EditKind[];
  readonly splices: readonly Splice[];
  /** How many clauses and literals come or go. */
  readonly size: number;
  /** How far from the promise what it edits is. */
  readonly depth: number;
  /** What it does: `let received wait for row`. */
  readonly title: string;
  /** Why, in the words of the spec. */
  why(): string;
}

export interface Scene {
  readonly it: Case<Traced>;
  /** The relations of the assertion, which no edit touches. */
  readonly asserted: ReadonlySet<string>;
  readonly trail: Trail;
  readonly program: Program;
  /** How many of the files were named by the user; the others are included. */
  readonly roots: number;
  readonly bad: ReadonlyMap<number, readonly Instance[]>;
  readonly good: ReadonlyMap<number, readonly Instance[]>;
}

export const sceneOf = (it: Case<Traced>, program: Program, roots: number): Scene => ({
  it,
  asserted: assertedIn(it, program),
  trail: trailOf(it),
  program,
  roots,
  bad: instancesIn(it.run),
  good: instancesIn(it.good),
});

/** What only `pre`, `post` and `never` need, and what remembers something for them. */
function assertedIn({ of: { helpers, records } }: Case<Traced>, program: Program): ReadonlySet<string> {
  const asserted = new Set([...helpers, ...records]);
  const derived = new Set(program.rules.map(({ head }) => head.relation));
  const kept = new Set(program.rules.flatMap(({ time, head }) => (time === 'deductive' ? [] : [head.relation])));
  for (let size = -1; size !== asserted.size; ) {
    size = asserted.size;
    for (const relation of derived) {
      const readers = readersOf(program, relation);
      if (!kept.has(relation) && readers.length > 0 && readers.every((one) => asserted.has(one)))
        asserted.add(relation);
    }
  }
  return asserted;
}

/** The relations whose rules read a relation, itself aside. */
const readersOf = ({ rules }: Program, relation: string): string[] =>
  rules.flatMap(({ head, body }) =>
    head.relation !== relation && body.some((one) => one.kind === 'subgoal' && one.atom.relation === relation)
      ? [head.relation]
      : [],
  );

/** Whether a rule is one of the protocol. */
export const mayEdit = ({ asserted }: Scene, { head }: Rule): boolean => !asserted.has(head.relation);

/** Whether a rule does nothing but keep a relation from tick to tick. */
export const isMemory = ({ time, head, body }: Rule): boolean =>
  time === 'inductive' &&
  body.some((one) => one.kind === 'subgoal' && !one.negated && one.atom.relation === head.relation);

/** Whether the assertion reads a relation: to forget it would hide what has happened. */
export const isWitness = ({ program, asserted }: Scene, relation: string): boolean =>
  readersOf(program, relation).some((reader) => asserted.has(reader));

/** Whether a rule of the protocol may read a relation. */
export const mayRead = ({ it }: Scene, { name }: Pick<Relation, 'name'>): boolean =>
  !it.of.helpers.has(name) && name !== it.run.schema.crash.name;

export const ruleDepth = ({ trail }: Scene, rule: number): number => trail.rules.get(rule) ?? FAR;
export const relationDepth = ({ trail }: Scene, relation: number): number => trail.relations.get(relation) ?? FAR;

/** A fact, or that it is lacking, in the words of the story: `c has no row users ada at tick 2`. */
export function inWords({ it }: Scene, pattern: Pattern): string {
  const { words, ticks } = it.of.clause(it, it.run.names.view(pattern));
  return ticks === undefined ? words : `${words} at tick ${ticks.join(' and ')}`;
}

/** The head of an instance in the words of the story. */
export function headInWords(scene: Scene, rule: Rule, { tuple, headTick }: Instance): string {
  const { id, tuples } = scene.it.run.schema.relation(rule.head.relation);
  return inWords(scene, { relation: id, columns: tuples.get(tuple), tick: headTick });
}
