/**
 * A check's result in one sentence, and why that is good or bad: what reports say where there is room for a line.
 */
import { explain } from '../explain.js';
import type { CheckResult, CounterexampleResult } from '../schema.js';
import { faultInWords, witnessInWords } from '../words.js';

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

/** The story of one counterexample; if that is not known, what it breaks and by which faults. */
export function breakingOf(
  counterexample: Pick<CounterexampleResult, 'faults' | 'witnesses' | 'story'> | undefined,
  { bounds, spec }: CheckResult,
): string {
  if (counterexample?.story !== undefined) return `${counterexample.story}.`;
  const faults = (counterexample?.faults ?? []).map(faultInWords);
  const broken = (counterexample?.witnesses ?? []).map((row) => witnessInWords(row, bounds.eot, spec.kind));
  return breakingInWords(broken, faults);
}

/** What breaks if some faults happen, all of it in words: `b has nothing, if what a sends to b at tick 1 is lost.` */
export function breakingInWords(broken: readonly string[], faults: readonly string[]): string {
  const what = broken.length > 0 ? listed(broken, '; ') : 'the promise is broken';
  return `${what}, ${faults.length > 0 ? `if ${listed(faults, ' and ')}` : 'without any fault'}.`;
}

function listed(items: readonly string[], separator: string): string {
  const more = items.length > MOST ? [`${items.length - MOST} more`] : [];
  return [...items.slice(0, MOST), ...more].join(separator);
}

/** The spec of a check: its files, and its protocol where those are modules. */
export const specName = ({ spec }: CheckResult): string =>
  [...spec.roots, ...(spec.protocol === undefined ? [] : [spec.protocol])].join(' ');
