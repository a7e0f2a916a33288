/**
 * A check's result in one sentence, and why that is good or bad: what reports say where there is room for a line.
 */
import { explain } from '../explain.js';
import type { CheckResult, CounterexampleResult } from '../schema.js';
import { faultInWords, witnessInWords } from '../words.js';
import type { Standing } from './model.js';

/** Most faults and witnesses that a sentence lists. */
const MOST = 6;

/** What was found, in one line: what breaks and by which faults, or what the verdict means. */
export function sentenceOf(check: CheckResult): string {
  const [first] = check.counterexamples;
  if (check.verdict === 'holds') return 'No set of faults within the bounds breaks the promise.';
  if (check.verdict !== 'violated' && check.verdict !== 'violated-failure-free') {
    const words = explain(check)[0] ?? '';
    return first ? `${words} It has a counterexample: ${breakingOf(first, check)}` : words;
  }
  return breakingOf(first, check);
}

/** What one counterexample breaks and by which faults, in one line. */
export function breakingOf(
  counterexample: Pick<CounterexampleResult, 'faults' | 'witnesses'> | undefined,
  { bounds, spec }: CheckResult,
): string {
  const faults = (counterexample?.faults ?? []).map(faultInWords);
  const broken = (counterexample?.witnesses ?? []).map((row) => witnessInWords(row, bounds.eot, spec.kind));
  const what = broken.length > 0 ? listed(broken, '; ') : 'the promise is broken';
  return `${what}, ${faults.length > 0 ? `if ${listed(faults, ' and ')}` : 'without any fault'}.`;
}

function listed(items: readonly string[], separator: string): string {
  const more = items.length > MOST ? [`${items.length - MOST} more`] : [];
  return [...items.slice(0, MOST), ...more].join(separator);
}

/** @param expected the verdict that was asked for, if one was */
export function reasonOf({ verdict }: CheckResult, standing: Standing, expected: string | undefined): string {
  if (standing === 'not-run') return 'not run: the interrupt or the timeout came first';
  if (standing === 'passed') return expected === verdict ? `${verdict}, as expected` : verdict;
  return expected === undefined || expected === verdict ? verdict : `${verdict}, but expected ${expected}`;
}

/**
 * How a check stands, by what the command makes of it.
 * @param exit the exit code that the check alone would give: 0 is fine, 1 and 4 are wrong answers, all else is none
 */
export function standingOf({ stopped, executions, verdict }: CheckResult, exit: number): Standing {
  if (stopped === 'aborted' && executions === 0) return 'not-run';
  if (exit === 0) return 'passed';
  return exit === 1 || exit === 4 || verdict === 'violated' ? 'failed' : 'inconclusive';
}

/** The spec of a check: its files, and its protocol where those are modules. */
export const specName = ({ spec }: CheckResult): string =>
  [...spec.roots, ...(spec.protocol === undefined ? [] : [spec.protocol])].join(' ');

/** The spec and the name of a check: unique in a result. */
export const fullName = (check: CheckResult): string => `${specName(check)} ${check.name}`;
