/**
 * Facts of a spec in plain words, made of the spec's own: `decided("p", "tx", "abort")` is 'p has decided tx abort'.
 *
 * The first column is who it is said of. What kind of word a relation is shows in its name, as far as it can: `serves`
 * is what a node does, `decided` what it has done, `leader` what it is; all else it has.
 */
import type { Row, Value } from '../../../core/value.js';
import { ANY } from './pattern.js';

/** What a fact says of its node: `has decided tx`, `has not decided tx`, `has never decided tx`. */
export interface Predicate {
  readonly yes: string;
  readonly no: string;
  readonly never: string;
  /** The verb alone, where the rest has been said: `has`, `does`, `is`. */
  readonly verb: string;
}

const DONE = /(?:ed|seen|kept|held|sent|done|read|heard|known|paid|made|got|won|lost|taken|given|written|begun)$/;
const PASSIVE = /^(?:elected|deposed|bound|chosen|settled)$/;
/** What somebody else has done to it. */
const SUFFERED = /^(?:told|shown|asked)$/;
const BEING = /(?:leader|candidate|primary|master|owner|holder|member|follower|coordinator|active|back|ready|awake)$/;
const DOING = /[^su]s$/;

/** @param isMessage whether it only ever comes by a message */
export function predicateOf(relation: string, row: Row, isMessage: boolean, isNumber: boolean): Predicate {
  const words = wordsOf(relation);
  const rest = [
    words,
    ...row
      .slice(1)
      .filter((value) => value !== ANY)
      .map(valueInWords),
  ].join(' ');
  const given = rest.slice(words.length);
  if (isMessage) return { yes: `gets ${rest}`, no: `does not get ${rest}`, never: `never gets ${rest}`, verb: 'does' };
  if (PASSIVE.test(words) || BEING.test(words) || (given === '' && !DONE.test(words) && !DOING.test(words)))
    return { yes: `is ${rest}`, no: `is not ${rest}`, never: `is never ${rest}`, verb: 'is' };
  if (SUFFERED.test(words))
    return { yes: `was ${rest}`, no: `was not ${rest}`, never: `was never ${rest}`, verb: 'was' };
  if (DONE.test(words)) return { yes: `has ${rest}`, no: `has not ${rest}`, never: `has never ${rest}`, verb: 'has' };
  if (DOING.test(words) && !isNumber)
    return { yes: rest, no: `does not ${baseOf(words)}${given}`, never: `never ${rest}`, verb: 'does' };
  return { yes: `has ${rest}`, no: `has no ${rest}`, never: `never has ${rest}`, verb: 'has' };
}

/** `preCommit`, `pre_commit`: `pre commit`. */
const wordsOf = (relation: string): string =>
  relation
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

/** `serves`: `serve`. */
const baseOf = (words: string): string =>
  words
    .replace(/ies$/, 'y')
    .replace(/(?<=s|sh|ch|x|z|o)es$/, '')
    .replace(/s$/, '');

/** A name as it is, anything that could be mistaken for another word in quotes. */
export const valueInWords = (value: Value): string =>
  typeof value === 'number' || /^[\p{L}\p{N}_.:+-]+$/u.test(value) ? String(value) : JSON.stringify(value);
