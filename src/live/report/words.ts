/**
 * What a verdict says, in sentences.
 */
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { KIND_WORDS } from '../http/faults.js';
import type { LiveCounterexampleResult, LiveResult, RunView } from './result.js';
import { callIn, shortName } from './tree.js';

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The verdict as a heading. */
export const HEADINGS: Readonly<Record<LiveResult['verdict'], string>> = {
  broken: 'BROKEN WITHOUT FAULTS',
  vacuous: 'NOTHING TO INJECT',
  counterexamples: 'VIOLATED',
  unreliable: 'UNRELIABLE',
  exact: 'HOLDS',
  monotone: 'HOLDS, AS FAR AS LINEAGE TELLS',
  stopped: 'INCONCLUSIVE',
};

const EXITS: Readonly<Record<LiveResult['verdict'], ExitCode>> = {
  exact: EXIT.ok,
  monotone: EXIT.ok,
  counterexamples: EXIT.counterexample,
  unreliable: EXIT.inconclusive,
  stopped: EXIT.inconclusive,
  broken: EXIT.falseGreen,
  vacuous: EXIT.falseGreen,
};

export const liveExit = ({ verdict }: LiveResult): ExitCode => EXITS[verdict];

/** A fault in words: `payments POST /charges #1: no answer`. @param run in which it happened, if it did */
export const faultInWords = ({ call, kind }: { call: string; kind: string }, run: RunView | null = null): string =>
  `${shortName(call, callIn(run, call))}: ${KIND_WORDS[kind as keyof typeof KIND_WORDS] ?? kind}`;

export const faultsInWords = ({ faults, run }: LiveCounterexampleResult): string =>
  faults.map((fault) => faultInWords(fault, run)).join('; ');

/** Counterexamples at the same calls together, which differ only in the kinds of their faults. */
export function alikeIn(found: readonly LiveCounterexampleResult[]): LiveCounterexampleResult[][] {
  const groups = new Map<string, LiveCounterexampleResult[]>();
  for (const one of found) {
    const key = one.faults
      .map(({ call }) => call)
      .sort()
      .join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** What the verdict rests on, a sentence each. */
export function basisOf(result: LiveResult): string[] {
  const { exact, monotone, needed, verdict, stopped, experiments, kinds } = result;
  const lines: string[] = [];
  if (verdict === 'broken') return ['The promise is broken without any fault, so faults would tell nothing.'];
  if (verdict === 'vacuous')
    return ['No call passed through a proxy, so nothing could be injected: see `ldfi live doctor`.'];
  if (exact > 0)
    lines.push(`Exact up to ${plural(exact, 'fault')}: every set was tried, or an experiment shows what it would do.`);
  if (monotone !== null && monotone > exact)
    lines.push(
      `Up to ${plural(monotone, 'fault')} no ${verdict === 'counterexamples' ? 'further ' : ''}set cuts every known way of succeeding. That takes for granted that no fault hides a call that another would have hit.`,
    );
  if (needed !== null)
    lines.push(
      `The exact pass for ${plural(exact + 1, 'fault')} would take ${plural(needed, 'more experiment')}: raise --max-runs.`,
    );
  if (stopped === 'runs') lines.push('The budget of experiments was spent: raise --max-runs.');
  if (stopped === 'system') lines.push('The system could no longer be experimented on, so it was stopped.');
  if (stopped === 'aborted') lines.push('It was stopped before it was complete.');
  lines.push(`${plural(experiments, 'experiment')}; kinds of faults: ${kinds.join(', ')}.`);
  return lines;
}

/** How often a counterexample came again. */
export function reproducedInWords({ reproduced, attempts, minimal }: LiveCounterexampleResult): string {
  const again = attempts === 0 ? 'not tried again' : `reproduced ${reproduced} of ${attempts}`;
  return minimal ? again : `${again}, perhaps not minimal`;
}
