/**
 * A summary in Markdown, for a job's page or a pull request: a table of all checks, and a section with a diagram for
 * each that failed.
 *
 * GitHub refuses a summary beyond 1 MiB and a diagram beyond 50,000 characters, so both are bounded, and what is left
 * out is counted.
 */

import { visible } from '../../core/text.js';
import { boundsInShort, usualBoundNames } from '../../faults/bounds.js';
import type { CheckResult } from '../schema.js';
import { faultInWords, plural } from '../words.js';
import { fenced, markdownText } from './escape.js';
import type { CheckDetails, Reporter, ReporterInput, UnreadableSpec } from './model.js';
import { fullName } from './sentence.js';

/** In characters, of which UTF-8 may need several bytes each. */
const MOST = { summary: 250_000, diagram: 50_000 };

/** Most lines of a list. */
const MOST_LINES = 40;

const MARK = { passed: '✅', failed: '❌', inconclusive: '⚠️', 'not-run': '⏭️' } as const;

export const markdownReport: Reporter = (input) => {
  const { result, details, unread } = input;
  const sections = details.flatMap((detail, i) => {
    const check = result.checks[i];
    return check && (detail.standing === 'failed' || detail.standing === 'inconclusive')
      ? [section(check, detail)]
      : [];
  });
  const head = [`## ldfi: ${headline(input)}`, '', ...table(input)];
  const blocks = bounded(head.join('\n').length, [...unread.map(unreadSection), ...sections]);
  return `${[...head, ...blocks].join('\n')}\n`;
};

function headline({ details, unread }: ReporterInput): string {
  const many = (standing: CheckDetails['standing']): number => details.filter((d) => d.standing === standing).length;
  const counts = [
    ...(many('failed') > 0 ? [`${many('failed')} failed`] : []),
    ...(many('inconclusive') > 0 ? [`${many('inconclusive')} inconclusive`] : []),
    ...(many('not-run') > 0 ? [`${many('not-run')} not run`] : []),
    ...(unread.length > 0 ? [`${plural(unread.length, 'spec')} could not be read`] : []),
  ];
  const all = `${plural(details.length, 'check')}, ${many('passed')} fine`;
  return [all, ...counts].join(', ');
}

function table({ result, details }: ReporterInput): string[] {
  if (details.length === 0) return [];
  const rows = details.map(({ standing, reason }, i) => {
    const check = result.checks[i] as CheckResult;
    const cells = [
      MARK[standing],
      markdownText(fullName(check)),
      markdownText(reason),
      `${boundsInShort(check.bounds, ' / ')} / ${check.bounds.nodes.length}`,
      `${check.counterexamples.length}${check.complete || check.counterexamples.length === 0 ? '' : '+'}`,
      `${check.executions}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `| | Check | Verdict | ${usualBoundNames().join(' / ')} / nodes | Counterexamples | Executions |`,
    '| --- | --- | --- | --- | ---: | ---: |',
    ...rows,
  ];
}

function section(check: CheckResult, { sentence, reason, place, timeline, mermaid, standing }: CheckDetails): string {
  const [first, ...others] = check.counterexamples;
  const faults = (first?.faults ?? []).map((fault, i) => `${i + 1}. ${markdownText(faultInWords(fault))}`);
  const more = others.length > 0 ? ` (one of ${others.length + 1} minimal counterexamples)` : '';
  const where = `${place.file}:${place.line}`;
  return [
    '',
    `### ${MARK[standing]} ${markdownText(fullName(check))}`,
    '',
    `${markdownText(sentence)} (${markdownText(reason)}; see ${markdownText(where)})`,
    ...(faults.length > 0 ? ['', `The faults that break it${more}:`, '', ...capped(faults)] : []),
    ...(mermaid === undefined ? [] : ['', ...diagram(mermaid)]),
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
