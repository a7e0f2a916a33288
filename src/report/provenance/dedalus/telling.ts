/**
 * Facts of a run of a spec as clauses: `b never has log hello`, `p has decided tx abort`.
 */
import type { Row } from '../../../core/value.js';
import type { Case } from '../case.js';
import type { Clause, Told } from '../story/clause.js';
import type { FactKey } from '../views.js';
import { ANY } from './pattern.js';
import { type Predicate, predicateOf, valueInWords } from './phrases.js';
import type { Traced } from './traced.js';

/** A clause whose subject stands apart. */
export interface Saying {
  readonly who: string;
  readonly says: string;
  readonly told: readonly Told[];
  /** The tick, unless it is so at all of them. */
  readonly tick: number | undefined;
}

export interface Phrase extends Predicate {
  readonly who: string;
  readonly isMessage: boolean;
}

export function phraseOf({ run: { schema } }: Case<Traced>, { relation, row }: FactKey): Phrase {
  const rules = schema.rules.filter(({ rule }) => rule.head.relation === relation);
  const isMessage = rules.length > 0 && rules.every(({ rule }) => rule.time === 'async');
  const isNumber = rules.some(({ rule }) =>
    rule.head.args.some(({ kind }, i) => kind === 'aggregate' && (typeof row[i] !== 'string' || row[i] === ANY)),
  );
  const [first = ANY] = row;
  const who = first === ANY ? 'no node' : valueInWords(first);
  return { ...predicateOf(relation, row, isMessage, isNumber), who, isMessage };
}

/** A fact of the run at its tick, or that it is not so. */
export function clauseOf(it: Case<Traced>, fact: FactKey): Clause {
  const { who, says, told, tick } = sayingOf(it, fact);
  return { words: `${who} ${says}`, told, ticks: tick === undefined ? undefined : [tick] };
}

export function sayingOf(it: Case<Traced>, fact: FactKey): Saying {
  if (!it.holds(fact)) return lacking(it, fact);
  const { who, yes } = phraseOf(it, fact);
  return { who, says: yes, told: [holding(fact)], tick: fact.tick };
}

export const holding = (fact: FactKey): Told => ({ fact, holds: true, ever: false });

/** That a fact does not hold: at its tick, or at any. */
export function lackingTold({ run, of }: Case<Traced>, fact: FactKey): Told {
  const ticks = Array.from({ length: of.eot }, (_, i) => i + 1);
  return { fact, holds: false, ever: ticks.every((tick) => !run.holds({ ...fact, tick })) };
}

/** `never has log hello`, `no longer has log hello`, `has value 1, not 2`. */
function lacking(it: Case<Traced>, fact: FactKey): Saying {
  const { who, yes, no, never, isMessage } = phraseOf(it, fact);
  const own = lackingTold(it, fact);
  const tick = own.ever ? undefined : fact.tick;
  if (who === 'no node') return { who, says: own.ever ? `ever ${yes}` : yes, told: [own], tick };
  const instead = isMessage ? undefined : insteadOf(it, fact);
  if (instead) {
    const says = `${phraseOf(it, instead.fact).yes}, not ${valueInWords(instead.wanted)}`;
    return { who, says, told: [own, holding(instead.fact)], tick: fact.tick };
  }
  if (own.ever) return { who, says: never, told: [own], tick };
  const before = { ...fact, tick: fact.tick - 1 };
  while (before.tick > 1 && !it.run.holds(before)) before.tick--;
  const isLost = !isMessage && before.tick >= 1 && it.run.holds(before);
  return isLost
    ? { who, says: `no longer ${yes}`, told: [own, holding(before)], tick }
    : { who, says: no, told: [own], tick };
}

/** The one fact of the same relation and node, if it differs in its last column only, and one is all there should be. */
function insteadOf({ run, references }: Case<Traced>, { relation, row, tick }: FactKey) {
  if (row.length < 2 || row.includes(ANY)) return undefined;
  const open = run.names.pattern({ relation, row: row.map((value, i) => (i === 0 ? value : ANY)), tick });
  if (!open || !references.some((other) => other.holds({ relation, row, tick }) && other.matches(open).length === 1))
    return undefined;
  const [tuple, ...others] = run.matches(open);
  if (tuple === undefined || others.length > 0) return undefined;
  const there: Row = run.names.row(open.relation, tuple);
  const isSame = row.slice(0, -1).every((value, i) => value === there[i]);
  return isSame ? { fact: { relation, row: there, tick }, wanted: row.at(-1) ?? '' } : undefined;
}
