/**
 * The text of a module with blanks in place of comments and of what stands in strings, templates and regular
 * expressions: the braces and names that are left are code. Quotes stay, and so do offsets and lines.
 */
import jsTokens from 'js-tokens';

export function codeOf(text: string): string {
  const parts: string[] = [];
  /** How many templates are open: what stands in one is blank, code too. */
  let templates = 0;
  for (const { type, value } of jsTokens(text)) {
    if (type === 'TemplateTail') templates--;
    if (templates > 0 || type.endsWith('Comment')) parts.push(blank(value));
    else if (type === 'TemplateHead') parts.push(value.slice(0, 1) + blank(value.slice(1)));
    else if (type === 'TemplateTail') parts.push(value.endsWith('`') ? `${blank(value.slice(0, -1))}\`` : blank(value));
    else parts.push(TEXTS.has(type) ? blanked(value) : value);
    if (type === 'TemplateHead') templates++;
  }
  return parts.join('');
}

const TEXTS: ReadonlySet<string> = new Set(['StringLiteral', 'NoSubstitutionTemplate', 'RegularExpressionLiteral']);

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** All but the quotes. */
function blanked(text: string): string {
  const [first = ''] = text;
  const last = text.length > 1 && text.endsWith(first) ? first : '';
  return `${first}${blank(text.slice(1, text.length - last.length))}${last}`;
}
