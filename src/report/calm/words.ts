/**
 * Labels, points of order and remedies in words.
 */
import type { CalmVerdict } from '../../calm/labels.js';
import type { PointKind } from '../../calm/points.js';
import { formatFact } from '../../core/value.js';
import { listInWords, plural } from '../words.js';
import type { CalmResult, OutputResult, PointResult, ScheduleResult } from './model.js';

export const VERDICT_SENTENCES: Readonly<Record<CalmVerdict, string>> = {
  A: 'coordination-free: messages, and no order of them matters',
  N: 'coordination-free: not monotone, but no message reaches it',
  I: 'coordination-free: no message reaches it',
  D: 'needs coordination: the order of messages matters',
};

/** Each as a mark that says without colours what a colour says. */
export const VERDICT_MARKS: Readonly<Record<CalmVerdict, string>> = { A: '✓', N: '✓', I: '✓', D: '✗' };

/** What the signs of the dataflow mean. */
export const FLOW_LEGEND =
  'Dashed: messages. Red: where their order matters. Double frame: keeps its rows. ¬ negates, Σ aggregates, ≥ is a threshold, +1 is the next tick.';

const names = (relations: readonly string[]): string => listInWords(relations.map((name) => `\`${name}\``));

/** Why the order matters there. */
const REASONS: Readonly<Record<PointKind, (point: PointResult) => string>> = {
  negation: ({ of }) => `asks what is not in ${names(of)} so far; what comes later makes the answer wrong`,
  deletion: ({ of }) =>
    `keeps rows only as long as ${names(of)} ${of.length === 1 ? 'lets' : 'let'} it: what comes first is lost, or not`,
  aggregate: ({ of }) => `takes ${names(of)} for complete; what comes later changes the value`,
  race: ({ of, momentary }) =>
    of.length > 1 && momentary.length < of.length
      ? `${names(momentary)} ${momentary.length === 1 ? 'is' : 'are'} there for a moment, and ${momentary.length === 1 ? 'meets' : 'meet'} what ${names(of.filter((one) => !momentary.includes(one)))} ${of.length - momentary.length === 1 ? 'has' : 'have'} by then`
      : `${names(of)} must be there in the same moment`,
  past: ({ of }) => `asks what ${names(of)} had at a fixed tick; what comes later is never seen`,
  beside: ({ of }) => `is not monotone in ${names(of)}; no message reaches that, but messages come to the same output`,
};

export const reasonOf = (point: PointResult): string => REASONS[point.kind](point);

const REMEDIES: Readonly<Record<PointKind, (point: PointResult) => string>> = {
  negation: ({ of }) =>
    `seal it: ask for a message that says that ${names(of)} ${of.length === 1 ? 'is' : 'are'} complete, or for a threshold; else coordinate here`,
  deletion: ({ of }) =>
    `grow only: keep what was, and keep ${names(of)} beside it, with versions if the last one counts; else coordinate here`,
  aggregate: ({ of }) =>
    `ask for a threshold (\`C >= k\`) where that is enough; or seal ${names(of)}: have the sender say how many there are; else coordinate here`,
  race: ({ momentary, of }) =>
    `keep ${names(momentary.length > 0 ? momentary : of)} (\`@next\`), so that each row meets all others, whichever comes first; else coordinate here`,
  past: ({ of }) => `ask of ${names(of)} now, and not at a tick; else coordinate here`,
  beside: () => 'make an output of its own of it, if both are not needed in one',
};

export const remedyOf = (point: PointResult): string => REMEDIES[point.kind](point);

/** What an output has in one schedule and not in the other: `shown("ann", "hello")`. */
export function differenceInWords({ relation }: OutputResult, { final, ever }: ScheduleResult): string {
  const rows = final.length > 0 ? final : ever;
  if (rows.length === 0) return 'nothing';
  const shown = rows.slice(0, 4).map((row) => formatFact(relation, row));
  const more = rows.length > shown.length ? ` and ${rows.length - shown.length} more` : '';
  return `${shown.join(', ')}${more}${final.length > 0 ? ' at the end' : ' for a while'}`;
}

/** What was tried to find witnesses. */
export function triedInWords({ tried }: CalmResult): string {
  if (!tried) return 'No schedules were tried.';
  const { schedules, restless, delay, until, complete, stopped } = tried;
  if (complete && schedules === 1)
    return `One schedule is all there is: up to tick ${until} no node sends another one a message. Are all nodes named?`;
  const bounds = `delays of up to ${plural(delay, 'tick')}, of messages sent up to tick ${until}`;
  const lost = restless > 0 ? `; ${restless} of them did not come to rest, and show nothing` : '';
  return `${complete ? 'All' : 'Tried'} ${plural(schedules, 'schedule')} with ${bounds}${complete ? ' were tried' : ''}${lost}.${stopped === undefined ? '' : ` Stopped: ${stopped}.`}`;
}

/** All outputs in one line. */
export function outputsInWords({ outputs, unnamed }: CalmResult): string {
  const more =
    unnamed.length === 0 ? '' : `; what only the promise reads may need it: see --output ${unnamed.join(',')}`;
  const ordered = outputs.filter(({ verdict }) => verdict === 'D').length;
  const all = plural(outputs.length, 'output');
  if (outputs.length === 1)
    return ordered === 0 ? `${all}, free of coordination${more}` : `${all}, which needs coordination`;
  if (ordered === 0) return `${all}, none of which needs coordination${more}`;
  return `${all}, ${ordered} of which ${ordered === 1 ? 'needs' : 'need'} coordination`;
}

/** Words as a sentence. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
