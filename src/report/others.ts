/**
 * The counterexamples beside the first one, a line for those that behave alike or are the same but for ticks and names:
 * `{a→b@1}`, 'and 2 like it but for the names of b, c and d: {a→c@1}, {a→d@1}'.
 */
import { formatScenario } from '../faults/scenario.js';
import { byPattern } from './classes.js';
import type { CheckResult, CounterexampleResult } from './schema.js';
import { probabilityInWords } from './words.js';

/** Most counterexamples like one that are named. */
const MOST_LIKE = 2;

export interface OtherLine {
  readonly scenario: string;
  readonly notes: readonly string[];
}

/** In the order of the result. */
export function otherCounterexamples(result: CheckResult): OtherLine[] {
  const [first] = result.counterexamples;
  if (!first) return [];
  return byPattern(result).flatMap(({ classes, differ }) => {
    const members = classes.flat();
    const [one, ...more] = members.filter((member) => member !== first);
    if (!one) return [];
    const like = more.filter((other) => other.class !== one.class);
    const alike = more.length - like.length;
    const notes = [
      ...(one.probability !== undefined ? [`probability ${probabilityInWords(one.probability)}`] : []),
      ...(alike > 0 ? [`and ${alike} that behave alike`] : []),
      ...(one.class === first.class ? ['behaves like the one above'] : []),
      ...(members[0] === first && one.class !== first.class ? [`like the one above but for ${differ}`] : []),
      ...(like.length > 0 ? [`and ${like.length} like it but for ${differ}: ${listed(like)}`] : []),
      ...(one.horizon !== undefined ? [`not with eot ${one.horizon}`] : []),
    ];
    return [{ scenario: formatScenario(one.faults), notes }];
  });
}

function listed(like: readonly CounterexampleResult[]): string {
  const more = like.length > MOST_LIKE ? ', …' : '';
  return (
    like
      .slice(0, MOST_LIKE)
      .map(({ faults }) => formatScenario(faults))
      .join(', ') + more
  );
}
