/**
 * What the outcome of a run that breaks the promise rests on, by how near it is to the promise: rules that fired, rules
 * that should have fired and what they lacked, facts that were absent.
 *
 * One walk over the provenance graph, from the promise down. Facts that differ from the runs that keep the promise are
 * near, others far; what is there for the promise only costs nothing.
 */
import type { Case } from '../report/provenance/case.js';
import { differs, firingsOf, type Step, whyNot } from '../report/provenance/dedalus/explain.js';
import { keyOf, type Pattern } from '../report/provenance/dedalus/pattern.js';
import type { Traced } from '../report/provenance/dedalus/traced.js';

/** Most facts that are looked at. */
const MOST = 500;

/** What a step costs to a fact that differs, and to another. */
const COST = { differs: 1, same: 3 } as const;

/** Farther than anything that was found. */
export const FAR = 20;

interface Found<T> {
  readonly what: T;
  readonly depth: number;
}

export interface Trail {
  readonly it: Case<Traced>;
  /** By the number of a rule: how near it is to the promise. */
  readonly rules: ReadonlyMap<number, number>;
  /** By relation id. */
  readonly relations: ReadonlyMap<number, number>;
  /** What fired, or failed to fire. */
  readonly steps: readonly Found<Step>[];
  /** What does not hold, and would have mattered. */
  readonly absences: readonly Found<Pattern>[];
}

export function trailOf(it: Case<Traced>): Trail {
  const rules = new Map<number, number>();
  const relations = new Map<number, number>();
  const steps: Found<Step>[] = [];
  const absences: Found<Pattern>[] = [];
  const seen = new Set<string>();
  const queue: Pattern[][] = [];
  const { helpers, records } = it.of;
  const isHelper = (relation: number): boolean => {
    const { name } = it.run.schema.relations[relation] as { name: string };
    return helpers.has(name) || records.has(name);
  };
  const add = (pattern: Pattern, depth: number): void => {
    if (pattern.tick < 1 || pattern.relation === it.run.schema.crash.id || seen.has(keyOf(pattern))) return;
    queue[depth] ??= [];
    queue[depth].push(pattern);
  };
  for (const fact of [...it.of.claim(it).roots, ...it.of.ends(it)]) {
    const pattern = it.run.names.pattern(fact);
    if (pattern) add(pattern, 0);
  }
  for (let depth = 0; depth < queue.length && depth < FAR; depth++)
    for (let at = 0; at < (queue[depth]?.length ?? 0) && seen.size < MOST; at++) {
      const pattern = queue[depth]?.[at] as Pattern;
      if (seen.has(keyOf(pattern))) continue;
      seen.add(keyOf(pattern));
      nearer(relations, pattern.relation, depth);
      const holds = it.run.matched(pattern);
      if (!holds) absences.push({ what: pattern, depth });
      for (const step of holds ? firingsOf(it, pattern) : whyNot(it, pattern)) {
        steps.push({ what: step, depth });
        nearer(rules, step.planned.index, depth);
        for (const fact of step.body) {
          if (!holds && !step.fault && !fact.blocking && !(fact.negated === fact.holds)) continue;
          const { pattern: next } = fact;
          // What is kept from tick to tick is one fact.
          const isSame = isHelper(next.relation) || next.relation === pattern.relation;
          add(next, depth + (isSame ? 0 : differs(it, next) ? COST.differs : COST.same));
        }
      }
    }
  return { it, rules, relations, steps, absences };
}

function nearer(depths: Map<number, number>, of: number, depth: number): void {
  if (depth < (depths.get(of) ?? FAR)) depths.set(of, depth);
}
