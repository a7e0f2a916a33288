/**
 * A replay for the terminal: each counterexample, and whether it is still one.
 */
import { visible, visibleLines } from '../../core/text.js';
import { PLAIN_TEXT, type TextPalette } from '../../report/formats/text.js';
import type { ReplayedCounterexample, ReplayResult } from './result.js';

const COMMANDS = { live: '`ldfi live run`', nodes: '`ldfi nodes`' } as const;

/** Each line ended. */
export function replayToText(result: ReplayResult, palette: TextPalette = PLAIN_TEXT): string {
  const { broken, reasons, counterexamples } = result;
  const { bold, yellow } = palette;
  const lines: string[] = [];
  if (broken.length > 0)
    lines.push(`${yellow('! without faults the promise is broken already')}: ${visible(broken.join('; '))}`);
  else
    for (const [i, one] of counterexamples.entries()) {
      lines.push(bold(`Counterexample ${i + 1} of ${counterexamples.length}`));
      lines.push(...one.faults.map(({ words }) => `  ${visible(words)}`));
      lines.push(`  ${standingInWords(one, result, palette)}`);
    }
  if (reasons.length > 0)
    lines.push(bold('What is doubtful'), ...reasons.map((reason) => `  ${yellow(visibleLines(reason))}`));
  return `${lines.join('\n')}\n`;
}

/** `✗ still broken, 3 of 3`. */
export function standingInWords(
  { standing, times, broken, missed }: ReplayedCounterexample,
  { of }: ReplayResult,
  { red, green, yellow }: TextPalette = PLAIN_TEXT,
): string {
  switch (standing) {
    case 'broken':
      return red(`✗ still broken, ${broken} of ${times}`);
    case 'kept':
      return green(`✓ the promise holds, ${times} of ${times}; run ${COMMANDS[of]} to search for others`);
    case 'missed':
      return yellow(
        missed > 0
          ? `! the faults did not all happen, in ${missed} of ${times}: run ${COMMANDS[of]}`
          : '! not broken, but that is doubtful',
      );
    default:
      return yellow('! not tried');
  }
}
