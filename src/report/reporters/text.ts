/**
 * Text: what the terminal shows, without colours.
 */

import { visible } from '../../core/text.js';
import { resultsInWords } from '../formats/text.js';
import type { Reporter } from './model.js';
import { specName } from './sentence.js';

export const textReport: Reporter = ({ result, details, unread }) => {
  const blocks = details.map(({ block }, i) => {
    const check = result.checks[i];
    return check ? `${visible(specName(check))}\n${block}` : block;
  });
  const problems = unread.map(({ path, problems }) =>
    [`! COULD NOT BE READ  ${visible(path)}`, ...problems.map(({ message }) => `  ${visible(message)}`), ''].join('\n'),
  );
  const count = result.checks.length === 0 ? 'No check was run.' : resultsInWords(result.checks);
  return `${[...blocks, ...problems, count].join('\n')}\n`;
};
