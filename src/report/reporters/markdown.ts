/**
 * A summary in Markdown, for a job's page or a pull request: a table of all checks, and a section with a diagram for
 * each that failed.
 *
 * GitHub refuses a summary beyond 1 MiB and a diagram beyond 50,000 characters, so both are bounded, and what is left
 * out is counted.
 */

import { visible } from '../../core/text.js';
import { plural } from '../words.js';
import { fenced, markdownCell, markdownText } from './escape.js';
import { type CheckDetails, fullName, type Reporter, type ReporterInput, type UnreadableSpec } from './model.js';

/** In characters, of which UTF-8 may need several bytes each. */
const MOST = { summary: 250_000, diagram: 50_000 };

/** Most lines of a list. */
const MOST_LINES = 40;

const MARK = { passed: '✅', failed: '❌', inconclusive: '⚠️', 'not-run': '⏭️' } as const;

export const markdownReport: Reporter = (input) => {
  const { checks, unread } = input;
  const open = checks.filter(({ standing }) => standing === 'failed' || standing === 'inconclusive');
  const head = [`## ldfi: ${headline(input)}`, '', ...table(input)];
  const rest = [...warningsOf(checks), ...coverageOf(checks)];
  const blocks = bounded(head.join('\n').length, [...unread.map(unreadSection), ...open.map(section), ...rest]);
  return `${[...head, ...blocks].join('\n')}\n`;
};

function headline({ checks, unread }: ReporterInput): string {
  const many = (standing: CheckDetails['standing']): number => checks.filter((it) => it.standing === standing).length;
  const counts = [
    ...(many('failed') > 0 ? [`${many('failed')} failed`] : []),
    ...(many('inconclusive') > 0 ? [`${many('inconclusive')} inconclusive`] : []),
    ...(many('not-run') > 0 ? [`${many('not-run')} not run`] : []),
    ...(unread.length > 0 ? [`${plural(unread.length, 'spec')} could not be read`] : []),
  ];
  const all = `${plural(checks.length, 'check')}, ${many('passed')} fine`;
  return [all, ...counts].join(', ');
}

function table({ checks, headings }: ReporterInput): string[] {
  if (checks.length === 0) return [];
  const rows = checks.map((check) => {
    const { standing, reason, bounds, counterexamples, isComplete, runs } = check;
    const cells = [
      MARK[standing],
      markdownText(fullName(check)),
      markdownText(reason),
      markdownCell(bounds),
      `${counterexamples}${isComplete || counterexamples === 0 ? '' : '+'}`,
      `${runs}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `| | Check | Verdict | ${headings.bounds} | Counterexamples | ${headings.runs} |`,
    '| --- | --- | --- | --- | ---: | ---: |',
    ...rows,
  ];
}

/** The warnings of all checks. */
function warningsOf(checks: readonly CheckDetails[]): string[] {
  const lines = checks.flatMap((check) =>
    check.warnings.map((warning) => `- ${markdownText(fullName(check))}: ${markdownText(warning)}`),
  );
  if (lines.length === 0) return [];
  return [['', ...details(plural(lines.length, 'warning'), capped(lines))].join('\n')];
}

/** What the runs of all checks have covered. */
function coverageOf(checks: readonly CheckDetails[]): string[] {
  const rows = checks.flatMap((check) =>
    check.coverage.map(({ what, covered, atMost, all, details }) =>
      [markdownText(fullName(check)), markdownText(what), covered, atMost, all, markdownText(details)].join(' | '),
    ),
  );
  if (rows.length === 0) return [];
  const head = [
    '| Check | | In the runs | Can matter, at most | Of | Which |',
    '| --- | --- | ---: | ---: | ---: | --- |',
  ];
  return [['', ...details('Coverage', [...head, ...capped(rows.map((row) => `| ${row} |`))])].join('\n')];
}

function section(check: CheckDetails): string {
  const { sentence, reason, place, timeline, mermaid, standing, counterexamples, others } = check;
  const faults = check.faults.map((words, i) => `${i + 1}. ${markdownText(words)}`);
  const more = counterexamples > 1 ? ` (one of ${counterexamples} minimal counterexamples)` : '';
  const where = place ? `; see ${markdownText(`${place.file}:${place.line}`)}` : '';
  return [
    '',
    `### ${MARK[standing]} ${markdownText(fullName(check))}`,
    '',
    `${markdownText(sentence)} (${markdownText(reason)}${where})`,
    ...(faults.length > 0 ? ['', `The faults that break it${more}:`, '', ...capped(faults)] : []),
    ...(mermaid === undefined ? [] : ['', ...diagram(mermaid)]),
    ...(others.length > 0
      ? ['', ...details('More counterexamples', capped(others.map((other) => `- ${markdownText(other)}`)))]
      : []),
    ...(timeline.length > 0 ? ['', ...details('What happens', fenced('text', capped(timeline).join('\n')))] : []),
  ].join('\n');
}

const diagram = (text: string): string[] =>
  text.length > MOST.diagram ? ['The diagram is too large to be drawn here.'] : fenced('mermaid', text);

const details = (title: string, lines: readonly string[]): string[] => [
  `<details><summary>${title}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
];

const unreadSection = ({ path, problems }: UnreadableSpec): string =>
  [
    '',
    `### ❌ ${markdownText(path)} could not be read`,
    '',
    ...capped(problems.map(({ message, place }) => `- ${markdownText(`${place.file}:${place.line}: ${message}`)}`)),
  ].join('\n');

function capped(lines: readonly string[]): string[] {
  const more = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} more`] : [];
  return [...lines.slice(0, MOST_LINES).map(visible), ...more];
}

/** As many blocks as there is room for. */
function bounded(used: number, blocks: readonly string[]): string[] {
  let room = MOST.summary - used;
  const fitting = blocks.filter(({ length }) => {
    room -= length + 1;
    return room >= 0;
  });
  const left = blocks.length - fitting.length;
  return left === 0 ? fitting : [...fitting, '', `${plural(left, 'more section')} did not fit in here.`];
}
