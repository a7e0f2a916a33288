/**
 * What has changed between two results of `ldfi run` or `ldfi test`.
 *
 * Regressions are: a promise that held and does not any more; a verdict that was as expected and is not any more; a
 * counterexample that is new; a check that is gone; a new check that is not as expected; and of results that have
 * frontiers, what is one between those. A counterexample is new if the
 * old bounds admit it, the old search would have found it, and it contains none of the old ones: if it does, what broke
 * before now takes more faults.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatFault, formatScenario, problemsOf } from '../../faults/scenario.js';
import { fullNameOf } from '../check-names.js';
import { byClass } from '../classes.js';
import { EXIT, exitOf, keeps, reasonOf } from '../meaning.js';
import type { CheckResult, CounterexampleResult, Result } from '../schema.js';
import { boundsInWords, plural } from '../words.js';
import { movesIn } from './frontiers.js';
import { byName, type Change, type Difference, differenceOf } from './model.js';

export function diffOfResults(old: Result, now: Result): Difference {
  const [before, after] = [byName(old.checks, fullNameOf), byName(now.checks, fullNameOf)];
  const changes: Change[] = [];
  if (old.invariant !== now.invariant) changes.push(otherReading(old, now));
  let compared = 0;
  for (const [subject, check] of before) {
    const same = after.get(subject);
    if (same) compared++;
    changes.push(...(same ? changesOf(check, same) : [lost(check)]).map((change) => ({ ...change, subject })));
  }
  for (const [subject, check] of after) if (!before.has(subject)) changes.push({ ...gained(check), subject });
  return differenceOf(now.tool.version, 'results', compared, changes);
}

type Found = Omit<Change, 'subject'>;

const isExpected = (check: CheckResult): boolean => exitOf(check, 'expectation') === EXIT.ok;

const otherReading = (old: Result, now: Result): Change => ({
  subject: 'all checks',
  kind: 'reading',
  isRegression: false,
  message: `the invariant was ${old.invariant} and is ${now.invariant}: verdicts do not mean the same`,
});

const lost = ({ verdict }: CheckResult): Found => ({
  kind: 'check-lost',
  isRegression: true,
  message: `is gone; its verdict was ${verdict}`,
  old: verdict,
});

const gained = (check: CheckResult): Found => ({
  kind: 'check-gained',
  isRegression: !isExpected(check),
  message: `is new: ${reasonOf(check, 'expectation')}`,
  new: check.verdict,
});

const changesOf = (old: CheckResult, now: CheckResult): Found[] => [
  ...boundsOf(old, now),
  ...verdictOf(old, now),
  ...gainedIn(old, now),
  ...lostIn(old, now),
  ...movesIn(old.frontier ?? [], now.frontier ?? []),
];

function boundsOf(old: CheckResult, now: CheckResult): Found[] {
  const [before, after] = [boundsInWords(old.bounds), boundsInWords(now.bounds)];
  if (before === after) return [];
  return [{ kind: 'bounds', isRegression: false, message: `has other bounds: ${before} → ${after}` }];
}

function verdictOf(old: CheckResult, now: CheckResult): Found[] {
  const isNoLongerExpected = isExpected(old) && !isExpected(now);
  if (old.verdict === now.verdict) {
    if (isExpected(old) === isExpected(now)) return [];
    const message = `is ${now.verdict} as before, ${isNoLongerExpected ? 'which is not' : 'which is now'} as expected`;
    return [{ kind: 'expectation', isRegression: isNoLongerExpected, message }];
  }
  const noLongerHolds = keeps(old.verdict) === 'yes' && keeps(now.verdict) !== 'yes';
  return [
    {
      kind: 'verdict',
      isRegression: noLongerHolds || isNoLongerExpected,
      message: `${old.verdict} → ${now.verdict}${isNoLongerExpected ? ', not as expected' : ''}`,
      old: old.verdict,
      new: now.verdict,
    },
  ];
}

const keyOf = ({ faults }: CounterexampleResult): string => formatScenario(faults);

/** Those of one result that are not in the other. */
function onlyIn(one: CheckResult, other: CheckResult): CounterexampleResult[] {
  const known = new Set(other.counterexamples.map(keyOf));
  return one.counterexamples.filter((found) => !known.has(keyOf(found)));
}

function gainedIn(old: CheckResult, now: CheckResult): Found[] {
  const all = onlyIn(now, old);
  const olds = old.counterexamples.map(({ faults }) => faults.map(formatFault));
  const containsOld = ({ faults }: CounterexampleResult): boolean => {
    const names = new Set(faults.map(formatFault));
    return olds.some((smaller) => smaller.every((name) => names.has(name)));
  };
  const isOutside = ({ faults }: CounterexampleResult): boolean => problemsOf(faults, old.bounds).length > 0;
  const isKnown = old.complete || old.verdict === 'holds';
  const harder = all.filter(containsOld);
  const outside = all.filter((one) => !containsOld(one) && isOutside(one));
  const fresh = all.filter((one) => !containsOld(one) && !isOutside(one));
  return [
    ...told(
      fresh,
      'counterexamples-gained',
      isKnown,
      isKnown ? 'new' : 'perhaps not new, for the old search was not complete',
    ),
    ...told(outside, 'counterexamples-gained', false, 'outside the old bounds'),
    ...told(harder, 'counterexamples-gained', false, 'of more faults than before'),
  ];
}

const lostIn = (old: CheckResult, now: CheckResult): Found[] =>
  told(
    onlyIn(old, now),
    'counterexamples-lost',
    false,
    now.complete ? 'no more' : 'not found, by a search that is not complete',
  );

/** Most classes that a sentence names. */
const MOST_NAMED = 3;

function told(
  found: readonly CounterexampleResult[],
  kind: Change['kind'],
  isRegression: boolean,
  how: string,
): Found[] {
  if (found.length === 0) return [];
  const classes = byClass(found);
  const named = classes.slice(0, MOST_NAMED).map(([first, ...others]) => {
    const alike = others.length > 0 ? ` (and ${others.length} alike)` : '';
    return `${nameOf(first.faults)}${alike}`;
  });
  const more = classes.length > MOST_NAMED ? `, and ${classes.length - MOST_NAMED} more` : '';
  const message = `${plural(found.length, 'counterexample')} ${how}: ${named.join(', ')}${more}`;
  return [{ kind, isRegression, message, counterexamples: found.map(({ faults }) => faults) }];
}

const nameOf = (faults: Scenario): string => (faults.length === 0 ? 'no fault at all' : formatScenario(faults));
