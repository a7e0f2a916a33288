/** `reports/` in a `.gitignore`: results and pages are made anew by each run. */

const LINE = 'reports/';

/** Lines that ignore the folder, or more. */
const SAME = /^(?:\/|\*\*\/)?reports(?:\/|\/\*\*?)?\s*$/;

/**
 * The text with the line, at its end; undefined if it is there already.
 * @param text of a `.gitignore`; the empty text if there is none
 */
export function withReports(text: string): string | undefined {
  if (text.split('\n').some((line) => SAME.test(line))) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${LINE}${end}`;
}
