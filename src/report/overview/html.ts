/**
 * HTML as text, in which everything that is not HTML already is escaped.
 *
 * ```ts
 * html`<b>${'a < b'}</b>`.text; // <b>a &lt; b</b>
 * ```
 */
import { xmlText } from '../reporters/escape.js';

/** Text that is HTML. */
export interface Html {
  readonly text: string;
}

type Part = string | number | Html | readonly Html[];

export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  text: literals.map((literal, i) => (i === 0 ? '' : textOf(parts[i - 1] as Part)) + literal).join(''),
});

/** The HTML if a condition is met, else nothing. */
export const given = (condition: boolean, make: () => Html): Html => (condition ? make() : { text: '' });

function textOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return xmlText(String(part));
  return 'text' in part ? part.text : part.map(({ text }) => text).join('');
}
