/**
 * A difference for people: as text for the terminal, and as Markdown for a comment on a pull request.
 */
import { groupBy } from '../../core/memo.js';
import { visible } from '../../core/text.js';
import { PLAIN_TEXT } from '../formats/text.js';
import { markdownText } from '../reporters/escape.js';
import { plural } from '../words.js';
import type { Change, Difference } from './model.js';

/** By which a workflow finds the comment that it wrote before. */
const MARKER = '<!-- ldfi diff -->';

/** Most changes of a comment: GitHub takes 65,536 characters. */
const MOST_ROWS = 60;

/** Longest message of a row. */
const LONGEST = 600;

/** What has become better: a check that is mended, a counterexample that is gone, a cell that is tolerated. */
const BETTER: readonly Change['kind'][] = ['counterexamples-lost', 'cells-mended'];

const markOf = ({ kind, isRegression }: Change): '❌' | '✅' | 'ℹ️' =>
  isRegression ? '❌' : BETTER.includes(kind) ? '✅' : 'ℹ️';

/** `2 regressions, 1 other change`. */
function headline({ regressions, changes, compared, of }: Difference): string {
  const others = changes.length - regressions;
  const counts = [
    ...(regressions > 0 ? [plural(regressions, 'regression')] : []),
    ...(others > 0 ? [plural(others, regressions > 0 ? 'other change' : 'change')] : []),
  ];
  const what = plural(compared, of === 'results' ? 'check' : 'frontier');
  if (counts.length === 0) return `nothing has changed (${what} compared)`;
  return `${counts.join(', ')}${regressions === 0 ? ', no regression' : ''} (${what} compared)`;
}

/** Each line ended. */
export function differenceToText(difference: Difference, palette = PLAIN_TEXT): string {
  const blocks = [...groupBy(difference.changes, ({ subject }) => subject)].map(([subject, own]) => {
    const lines = own.map((change) => {
      const message = visible(change.message);
      return `  ${change.isRegression ? palette.red(`✗ ${message}`) : BETTER.includes(change.kind) ? palette.green(`✓ ${message}`) : `· ${message}`}`;
    });
    return `${palette.bold(visible(subject))}\n${lines.join('\n')}\n\n`;
  });
  const colour = difference.regressions > 0 ? palette.red : palette.green;
  return `${blocks.join('')}${colour(headline(difference))}\n`;
}

/** Regressions come first, and what is too much is counted. */
export function differenceToMarkdown(difference: Difference): string {
  const { changes } = difference;
  const sorted = [...changes.filter((one) => one.isRegression), ...changes.filter((one) => !one.isRegression)];
  const rows = sorted.slice(0, MOST_ROWS).map((change) => {
    const { message, subject } = change;
    const text = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
    return `| ${markOf(change)} | ${markdownText(subject)} | ${markdownText(text)} |`;
  });
  const table = rows.length > 0 ? ['', '| | Check | What has changed |', '| --- | --- | --- |', ...rows] : [];
  const left = sorted.length - rows.length;
  const more = left > 0 ? ['', `… and ${plural(left, 'more change')}.`] : [];
  return `${[MARKER, `## ldfi: ${headline(difference)}`, ...table, ...more].join('\n')}\n`;
}
