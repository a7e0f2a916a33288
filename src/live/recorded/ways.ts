/**
 * Ways of succeeding: what the good experiments rest on, and which faults cut which.
 *
 * Where there are many, one that rests on all that another rests on, and more, is left out: whatever cuts the other cuts
 * it as well.
 */
import { clausesOf } from '../../experiments/clauses.js';
import { type FaultSet, isWithin, keyOf } from '../../experiments/fault-sets.js';
import type { Knowledge } from '../../experiments/knowledge.js';
import type { Remembered } from './recall.js';

export interface Way {
  /** Any of these cuts it. */
  readonly hits: FaultSet;
  /** It counts only where all of these fire, because they made less to be promised. */
  readonly given: FaultSet;
  /** Numbers of the experiments that showed it, or one that rests on more. */
  readonly experiments: readonly number[];
}

/** Most ways that are told one by one. */
const MOST = 16;

/** The ways, each once, in the order in which they were seen; the least of them if there are more than can be told. */
export function waysOf(knowledge: Knowledge<Remembered>): Way[] {
  const clauses = clausesOf(knowledge).map((clause) => ({
    ...clause,
    keys: [namesOf(clause.hits), namesOf(clause.given)] as const,
  }));
  type Keyed = (typeof clauses)[number];
  const covers = (a: Keyed, b: Keyed): boolean => isPart(a.keys[0], b.keys[0]) && isPart(a.keys[1], b.keys[1]);
  const distinct = clauses.filter(
    (one, i) => !clauses.slice(0, i).some((other) => covers(one, other) && covers(other, one)),
  );
  const isLeast = (one: Keyed): boolean => !distinct.some((other) => other !== one && covers(other, one));
  const shown = distinct.length > MOST ? distinct.filter(isLeast) : distinct;
  return shown.map((clause) => ({
    hits: clause.hits,
    given: clause.given,
    experiments: clauses
      .filter((other) => covers(clause, other) && (distinct.length > MOST || covers(other, clause)))
      .map(({ experiment }) => experiment.number),
  }));
}

const namesOf = (faults: FaultSet): ReadonlySet<string> => new Set(faults.map((fault) => keyOf([fault])));

const isPart = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  part.size <= whole.size && [...part].every((name) => whole.has(name));

/** Whether a way counts for some faults: if it takes some for granted, they are among them. */
export const counts = ({ given }: Way, faults: FaultSet): boolean => isWithin(given, faults);

/** Whether one of the faults cuts a way. */
export const isCut = ({ hits }: Way, faults: FaultSet): boolean => faults.some((fault) => isWithin([fault], hits));
