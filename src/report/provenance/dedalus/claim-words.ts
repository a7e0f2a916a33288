/**
 * What came about in a run of a spec against what should have, as a clause: what holds first, what lacks after it.
 */
import { type Broken, isBrokenAt } from '../../../core/outcome.js';
import { formatFact } from '../../../core/value.js';
import { listInWords } from '../../words.js';
import type { Case } from '../case.js';
import type { Clause } from '../story/clause.js';
import type { FactKey, FactView } from '../views.js';
import { holding, lackingTold, phraseOf, type Saying, sayingOf } from './telling.js';
import type { Traced } from './traced.js';

/** Facts that hold, and facts that do not. */
export interface Sides {
  readonly there: FactView[];
  readonly lacking: FactView[];
  /** Comparisons that fail: `1 >= 2 is false`. */
  readonly notes: string[];
  /** Crashes that stand in the way. */
  readonly crashes: FactView[];
}

/** Most facts that one side of a claim names. */
const MOST = 4;

/** @param promised what `pre` rests on @param broken what `post` stumbles over, or what `never` rests on */
export function claimInWords(it: Case<Traced>, promised: Sides, broken: Sides, witness: Broken): Clause {
  const { lacking, notes } = broken;
  const names = new Set(broken.there.map(nameOf));
  const own = promised.there.filter((fact) => !names.has(nameOf(fact)));
  const there = broken.there.length > 0 ? broken.there : own;
  if (there.length + lacking.length === 0) return wholeInWords(it, witness);
  if (lacking.length + notes.length === 0 && broken.there.length === 1 && own.length > 0) {
    const [kept, yet] = [side(it, own, ' while '), side(it, broken.there, ' while ')];
    return { words: `${kept.words}, yet ${yet.words}`, told: [...kept.told, ...yet.told] };
  }
  const has = side(it, there, ' while ');
  const lacks = lackingSide(it, lacking, there);
  const because = notes.length > 0 ? [listInWords(notes)] : [];
  const parts = [has.words, lacks.words].filter((words) => words !== '').join(', but ');
  return { words: [parts, ...because].join(', and '), told: [...has.told, ...lacks.told] };
}

const nameOf = ({ relation, row }: FactKey): string => JSON.stringify([relation, row]);

function wholeInWords({ of: { eot } }: Case<Traced>, witness: Broken): Clause {
  if (isBrokenAt(witness)) {
    const fact = { relation: 'never', ...witness };
    return { words: `${formatFact('never', witness.row)} holds at tick ${witness.tick}`, told: [holding(fact)] };
  }
  const [pre, post] = ['pre', 'post'].map((relation) => ({ relation, row: witness, tick: eot }));
  return {
    words: `${formatFact('pre', witness)} holds, but ${formatFact('post', witness)} does not`,
    told: [holding(pre as FactKey), { fact: post as FactKey, holds: false, ever: false }],
  };
}

/** `p has decided tx abort while q has decided tx commit`; what is said of one node together. */
function side(it: Case<Traced>, facts: readonly FactKey[], joint: string): Clause {
  const shown = facts.slice(0, MOST).map((fact) => sayingOf(it, fact));
  const subjects: { who: string; says: string[] }[] = [];
  for (const { who, says } of shown) {
    const last = subjects.at(-1);
    if (last?.who === who) last.says.push(says);
    else subjects.push({ who, says: [says] });
  }
  const words = subjects.map(({ who, says }) => `${who} ${listInWords(says)}`);
  const more = facts.length > shown.length ? ` (and ${facts.length - shown.length} more)` : '';
  const all = words.length === 2 ? words.join(joint) : listInWords(words);
  return { words: `${all}${more}${whenInWords(it, shown)}`, told: shown.flatMap(({ told }) => told) };
}

/** ` at tick 4`, if they are all of one tick before the end. */
function whenInWords({ of: { eot } }: Case<Traced>, sayings: readonly Saying[]): string {
  const ticks = [...new Set(sayings.flatMap(({ tick }) => tick ?? []))];
  return ticks.length === 1 && ticks[0] !== eot ? ` at tick ${ticks[0]}` : '';
}

/**
 * `b never has log hello`, `neither b nor c has log hello`; in short after a fact that says the same of another node,
 * or another thing of the same.
 */
function lackingSide(it: Case<Traced>, facts: readonly FactKey[], there: readonly FactKey[]): Clause {
  const phrases = facts.map((fact) => phraseOf(it, fact));
  const [first, ...others] = phrases;
  const told = facts.map((fact) => lackingTold(it, fact));
  if (!first) return { words: '', told };
  const { who, yes, verb } = first;
  const said = there.map((fact) => phraseOf(it, fact));
  const isSaid = said.length === 1 && said[0]?.yes === yes;
  const isAlike = others.length > 0 && phrases.every((one) => one.yes === yes && one.who !== 'no node');
  if (isAlike) {
    const names = phrases.map((one) => one.who);
    const ever = told.every((one) => one.ever) ? 'ever ' : '';
    return {
      words: `neither ${names.slice(0, -1).join(', ')} nor ${names.at(-1)} ${ever}${isSaid ? verb : yes}`,
      told,
    };
  }
  if (others.length === 0 && isSaid && who !== 'no node')
    return { words: told[0]?.ever ? `${who} never ${verb}` : `${who} ${verb} not`, told };
  const { words, ...rest } = side(it, facts, ' and ');
  const isOfSame = there.length > 0 && said.every((one) => one.who === who) && phrases.every((one) => one.who === who);
  return { words: isOfSame ? words.slice(who.length + 1) : words, ...rest };
}
