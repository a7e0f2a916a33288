/**
 * Warnings of a check as they are shown: each with the place to look at and what its line says; and those that only
 * `--strict` gives.
 */
import { withPauses } from '../core/work.js';
import { lineRange } from '../dedalus/locate.js';
import type { Warning } from '../lineage/port.js';
import type { CheckResult } from '../report/result.js';
import type { Check } from '../search/check.js';
import { Tally } from '../search/coverage.js';
import { excusedRuns, foreseenOf, idleTicks } from '../search/gates.js';
import type { Verdict } from '../search/verdict.js';
import type { Method, Subject } from './subject.js';

/** Codes of what is to be said of the promise rather than of the bounds. */
const OF_PROMISE = ['excused-fault', 'vacuous-failure-free'];

/** Longest line that is shown. */
const LONGEST = 160;

/** The result with a place for every warning. @param verdict that it is of */
export function withPlaces(subject: Subject, verdict: Verdict, method: Method, result: CheckResult): CheckResult {
  const found = [...(result.warnings ?? []), ...byRuns(verdict)];
  const late = verdict.coverage ? idleTicks(verdict.coverage) : [];
  const all = method.strict ? withStrictOnly(subject, [...found, ...late], method, result) : found;
  const coverage = result.coverage && {
    ...result.coverage,
    pieces: {
      ...result.coverage.pieces,
      missed: result.coverage.pieces.missed.map((piece) => ({
        ...piece,
        ...(piece.place && { place: placeOf(subject, piece.place, 'check', result) }),
      })),
    },
  };
  if (all.length === 0 && !coverage) return result;
  const warnings = placed(subject, all, result);
  return { ...result, ...(warnings.length > 0 && { warnings }), ...(coverage && { coverage }) };
}

/** What is known of a check without a search: what a verdict on it would be told with. */
export async function foreseen(
  subject: Subject,
  { name, bounds }: Check,
  signal?: AbortSignal,
): Promise<PlacedWarning[]> {
  const system = subject.system(bounds, { lineage: 'auto', invariant: 'strict' });
  const about = { name, spec: subject.spec };
  if (system.defect) {
    const message = 'There is no relation `post`, and no `never`: nothing is promised, so nothing can break.';
    return placed(subject, [{ code: system.defect, message }], about);
  }
  if (system.foresee) await withPauses(system.foresee(), signal);
  return placed(subject, foreseenOf(system, system.foresee && new Tally(system).coverage()), about);
}

const placed = (subject: Subject, warnings: readonly Warning[], check: About): PlacedWarning[] =>
  warnings.map(({ code, message, place }) => {
    const about = OF_PROMISE.includes(code) ? 'promise' : 'check';
    return { code, message, place: placeOf(subject, place, about, check) };
  });

/** Where a search does not know in which scenarios something is promised, its runs say it of themselves. */
function byRuns({ kind, coverage }: Verdict): Warning[] {
  return coverage && kind === 'holds' && !coverage.excused ? excusedRuns(coverage) : [];
}

/** Also what only `--strict` says, and that a warning is meant to be given and is not. */
function withStrictOnly(
  subject: Subject,
  found: readonly Warning[],
  method: Method,
  result: CheckResult,
): readonly Warning[] {
  const all = [...found, ...strictOnly(result, method), ...subject.remarks];
  const needless = (result.allow ?? []).filter((allowed) => !all.some(({ code }) => code === allowed));
  if (needless.length === 0) return all;
  const message = `The check allows a warning that is not given: ${needless.join(', ')}.`;
  return [...all, { code: 'needless-allow', message }];
}

/** What is no news to who looks at the verdict, and still no green for who wants to be sure. */
function strictOnly({ complete, expect, notice, stopped, verdict }: CheckResult, { strict }: Method): Warning[] {
  const isCut = !complete && stopped !== 'error' && verdict !== 'inconclusive';
  return [
    ...(isCut ? [{ code: 'cut-short', message: 'The search was stopped: there may be more counterexamples.' }] : []),
    ...(strict === 'expectation' && expect === undefined
      ? [{ code: 'no-expectation', message: 'The check does not say which verdict it expects.' }]
      : []),
    ...(notice === undefined ? [] : [{ code: 'hidden-state', message: `${notice}.`.replace(/\.\.$/, '.') }]),
  ];
}

type Placed = NonNullable<Warning['place']>;
type About = Pick<CheckResult, 'name' | 'spec'>;
type PlacedWarning = NonNullable<CheckResult['warnings']>[number];

function placeOf(
  subject: Subject,
  place: Placed | undefined,
  about: 'promise' | 'check',
  check: About,
): { path: string; line: number; column: number; text?: string } {
  const isKnown = place !== undefined && 'path' in place;
  const spot = isKnown ? { ...place, file: place.path } : subject.spot(place ?? about, check);
  const file = subject.files.find(({ path }) => path === spot.file);
  const range = file && lineRange(file, spot.line);
  const text = range && file.text.slice(range.start, Math.min(range.end, range.start + LONGEST)).trim();
  return { path: spot.file, line: spot.line, column: spot.column, ...(text && { text }) };
}
