/**
 * A broken promise in one sentence: what broke, and when.
 */
import type { Broken } from '../core/outcome.js';
import type { Scenario } from '../faults/fault.js';
import { faultInWords, listInWords, plural, witnessInWords } from './words.js';

/** Most faults that the sentence names. */
const MOST_FAULTS = 6;

/** `b: has nothing, when a crashes at tick 2 and what a sends to b at tick 1 is lost`. */
export const sentenceOf = (scenario: Scenario, witnesses: readonly Broken[], eot: number, kind?: 'protocol'): string =>
  `${brokenPart(witnesses, eot, kind)}, ${whenInWords(scenario)}`;

/** `b: has nothing (and 2 more)`. */
export function brokenPart([first, ...others]: readonly Broken[], eot: number, kind?: 'protocol'): string {
  const broken = first ? witnessInWords(first, eot, kind) : 'the promise is broken';
  return others.length > 0 ? `${broken} (and ${others.length} more)` : broken;
}

/** `when a crashes at tick 2 and what a sends to b at tick 1 is lost`. */
export function whenInWords(scenario: Scenario): string {
  if (scenario.length === 0) return 'even without any fault';
  const named = scenario.slice(0, MOST_FAULTS).map(faultInWords);
  const more = scenario.length - named.length;
  const all = more > 0 ? [...named, plural(more, 'more fault')] : named;
  return `when ${listInWords(all)}`;
}
