/**
 * GitHub annotations: workflow commands, which a step writes to its log and GitHub shows at the lines of a pull
 * request.
 *
 * Failed, given up because of an error, and a spec that could not be read: `error`. Otherwise inconclusive, and not
 * run: `warning`. GitHub shows ten of each per step, so counterexamples of a check at the same line are one annotation,
 * and every check has its first before any has its second.
 */

import type { Place } from '../answer.js';
import { plural } from '../words.js';
import { commandMessage, commandProperty } from './escape.js';
import { type CheckDetails, type ClassDetails, fullName, type Reporter } from './model.js';

/** Most lines of a timeline, and most other counterexamples of a line: an annotation is a box beside the code. */
const MOST = { timeline: 20, others: 5 };

export const githubReport: Reporter = ({ checks, unread }) => {
  const told = checks.filter(({ standing }) => standing !== 'passed').map(annotations);
  const problems = unread.flatMap(({ path, problems }) =>
    problems.map(({ place, message }) => command('error', place, `ldfi cannot read ${path}`, message)),
  );
  const commands = [...told.flatMap((all) => all.slice(0, 1)), ...problems, ...told.flatMap((all) => all.slice(1))];
  return commands.map((line) => `${line}\n`).join('');
};

/** One per line of the source; one for all if they are in no file. */
function annotations(check: CheckDetails): string[] {
  const { standing, reason, classes, unlistedClasses } = check;
  const level = standing === 'failed' || check.isError ? 'error' : 'warning';
  const lines = new Map<string, Pick<ClassDetails, 'sentence' | 'timeline' | 'place'>[]>();
  for (const one of classes.length > 0 ? classes : [check]) {
    const line = one.place ? `${one.place.line} ${one.place.file}` : '';
    lines.set(line, [...(lines.get(line) ?? []), one]);
  }
  return [...lines.values()].flatMap(([first, ...others], i) => {
    if (!first) return [];
    const { sentence, timeline, place } = first;
    const story = capped(timeline, MOST.timeline);
    const more = capped(
      others.map((other) => `- ${other.sentence}`),
      MOST.others,
    );
    const message = [
      `${sentence} (${reason})`,
      ...(story.length > 0 ? ['', ...story] : []),
      ...(more.length > 0
        ? [
            '',
            `${plural(others.length, 'more way')} to break it that ${others.length === 1 ? 'leads' : 'lead'} here:`,
            ...more,
          ]
        : []),
      ...(i === 0 && unlistedClasses > 0
        ? ['', `${plural(unlistedClasses, 'further way')} to break it without an annotation; the JSON has all.`]
        : []),
    ];
    return [command(level, place, `ldfi: ${fullName(check)}`, message.join('\n'))];
  });
}

const capped = (lines: readonly string[], most: number): string[] => [
  ...lines.slice(0, most),
  ...(lines.length > most ? [`… and ${lines.length - most} more`] : []),
];

function command(level: 'error' | 'warning', place: Place | undefined, title: string, message: string): string {
  const properties = [
    ...(place ? [`file=${commandProperty(place.file)}`, `line=${place.line}`, `col=${place.column}`] : []),
    `title=${commandProperty(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${commandMessage(message)}`;
}
