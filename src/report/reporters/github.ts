/**
 * GitHub annotations: workflow commands, which a step writes to its log and GitHub shows at the lines of a pull request.
 *
 * Failed, given up because of an error, and a spec that could not be read: `error`. Otherwise inconclusive, and not run: `warning`.
 */
import { commandMessage, commandProperty } from './escape.js';
import type { Place, Reporter } from './model.js';
import { fullName } from './sentence.js';

/** Most lines of a timeline: an annotation is a box beside the code. */
const MOST_LINES = 20;

export const githubReport: Reporter = ({ result, details, unread }) => {
  const commands = details.flatMap(({ standing, place, sentence, reason, timeline }, i) => {
    const check = result.checks[i];
    if (!check || standing === 'passed') return [];
    const more = timeline.length > MOST_LINES ? [`… and ${timeline.length - MOST_LINES} more`] : [];
    const story = [...timeline.slice(0, MOST_LINES), ...more];
    const lines = [`${sentence} (${reason})`, ...(story.length > 0 ? ['', ...story] : [])];
    const level = standing === 'failed' || check.stopped === 'error' ? 'error' : 'warning';
    return [command(level, place, `ldfi: ${fullName(check)}`, lines.join('\n'))];
  });
  const problems = unread.flatMap(({ path, problems }) =>
    problems.map(({ place, message }) => command('error', place, `ldfi cannot read ${path}`, message)),
  );
  return [...commands, ...problems].map((line) => `${line}\n`).join('');
};

function command(level: 'error' | 'warning', { file, line, column }: Place, title: string, message: string): string {
  const properties = [
    `file=${commandProperty(file)}`,
    `line=${line}`,
    `col=${column}`,
    `title=${commandProperty(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${commandMessage(message)}`;
}
