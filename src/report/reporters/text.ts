/**
 * Text: what the terminal shows, without colours.
 */

import { visible } from '../../core/text.js';
import type { Reporter } from './model.js';

export const textReport: Reporter = ({ checks, unread, summary }) => {
  const blocks = checks.map(({ subject, block }) => `${visible(subject)}\n${block}`);
  const problems = unread.map(({ path, problems }) =>
    [`! COULD NOT BE READ  ${visible(path)}`, ...problems.map(({ message }) => `  ${visible(message)}`), ''].join('\n'),
  );
  return [...blocks, ...problems, ...(summary === undefined ? [] : [`${summary}\n`])].join('\n');
};
