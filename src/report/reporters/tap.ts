/**
 * TAP, version 14 (testanything.org): a test point per check, with the particulars of what is not ok as YAML.
 */

import { visible } from '../../core/text.js';
import type { Place } from '../answer.js';
import { tapText, yamlString } from './escape.js';
import { type CheckDetails, fullName, type Reporter, type UnreadableSpec } from './model.js';

export const tapReport: Reporter = ({ checks, unread }) => {
  const points = [...checks.map(point), ...unread.map(unreadPoint)];
  const numbered = points.map(([first = '', ...yaml], i) => [first.replace(/^(not )?ok /, `$&${i + 1} `), ...yaml]);
  return ['TAP version 14', '# ldfi', `1..${points.length}`, ...numbered.flat(), ''].join('\n');
};

/** The lines of a test point, without its number. */
function point(check: CheckDetails): string[] {
  const name = fullName(check);
  const { standing, sentence, reason, place, timeline } = check;
  if (standing === 'passed') return [`ok - ${tapText(name)}`];
  if (standing === 'not-run') return [`ok - ${tapText(name)} # SKIP ${visible(reason)}`];
  const story = timeline.length > 0 ? ['  timeline:', ...timeline.map((line) => `    - ${yamlString(line)}`)] : [];
  return [
    `not ok - ${tapText(name)}`,
    ...yaml([
      `  message: ${yamlString(sentence)}`,
      `  reason: ${yamlString(reason)}`,
      `  severity: ${standing === 'failed' ? 'fail' : 'todo'}`,
      `  verdict: ${yamlString(check.verdict)}`,
      `  counterexamples: ${check.counterexamples}`,
      ...(place ? at(place) : []),
      ...story,
    ]),
  ];
}

function unreadPoint({ path, problems }: UnreadableSpec): string[] {
  const messages = problems.map(({ message }) => `    - ${yamlString(message)}`);
  const [first] = problems;
  return [
    `not ok - ${tapText(path)} can be read`,
    ...yaml(['  severity: fail', ...(first ? at(first.place) : []), ...(first ? ['  problems:', ...messages] : [])]),
  ];
}

/** Indented by two, between the marks, which stand at that indent too. */
const yaml = (lines: readonly string[]): string[] => ['  ---', ...lines, '  ...'];

const at = ({ file, line, column }: Place): string[] => [
  '  at:',
  `    file: ${yamlString(file)}`,
  `    line: ${line}`,
  `    column: ${column}`,
];
