/**
 * Escaping for each form of report. Names come from specs and may be anything: what could end a string, start markup or
 * a workflow command never gets through. What is invisible or not allowed in XML at all is written out first
 * (`core/text.ts`).
 */
import { visible, visibleLines } from '../../core/text.js';

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for the content of an element of XML or HTML, or for a quoted attribute of HTML; `]]>` cannot occur in it. */
export const xmlText = (text: string): string => visibleLines(text).replace(/[&<>"']/g, (c) => XML[c] as string);

/** Text for an XML attribute in double quotes, in which a raw line end would become a space. */
export const xmlAttribute = (text: string): string => xmlText(text).replaceAll('\n', '&#10;');

/** The message of a workflow command of GitHub Actions. */
export const commandMessage = (text: string): string =>
  visibleLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property of a workflow command of GitHub Actions. */
export const commandProperty = (text: string): string =>
  commandMessage(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

const reference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** Text within a line of Markdown, as in a cell of a table, which begins with something else. */
export const markdownCell = (text: string): string =>
  visible(text).replace(/[&<>`*_~|\\[\]#!@$]|:(?=\/\/)|(?<=www)\./gi, reference);

/**
 * Text for one line of Markdown, in a table or outside. Character references, unlike backslashes, are never taken for
 * structure: not for a cell's end, not for code, links or HTML.
 */
export const markdownText = (text: string): string => markdownCell(text).replace(/^[-+=\d]/, reference);

/** A fenced block whose fence is longer than any in its content. */
export function fenced(language: string, content: string): string[] {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...visibleLines(content).replace(/\n+$/, '').split('\n'), fence];
}

/** The description of a TAP test point, in which `#` would begin a directive. */
export const tapText = (text: string): string => visible(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');

/** A string in YAML: double quotes, in which JSON's escapes mean the same. */
export const yamlString = (text: string): string => JSON.stringify(visible(text));

/** A relative path or an absolute one as a URI reference. */
export function uriReference(path: string): string {
  const encoded = visible(path).split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/** The inside of a quoted Graphviz string, in which backslashes begin escapes and `&` a character reference. */
const inDot = (text: string): string =>
  visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');

/** A quoted Graphviz string: a name, or a label of one line. */
export const dotString = (text: string): string => `"${inDot(text)}"`;
