/**
 * Escaping for each form of report. Names come from specs and may be anything: what could end a string, start markup or a workflow command, or
 * is not allowed in XML at all, never gets through.
 */

/** Controls, invisible and bidirectional formatting, halves of characters, private and unassigned-for-ever ones, line separators. */
const UNUSUAL = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Text for one line of any document: what is unusual is written `\u{…}`. The result is well-formed and has no line ends. */
export const inLine = (text: string): string =>
  text.replace(UNUSUAL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The same for text of several lines. */
export const inLines = (text: string): string => text.split('\n').map(inLine).join('\n');

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for the content of an XML element; `]]>` cannot occur in it. */
export const xmlText = (text: string): string => inLines(text).replace(/[&<>"]/g, (c) => XML[c] as string);

/** Text for an XML attribute in double quotes, in which a raw line end would become a space. */
export const xmlAttribute = (text: string): string => xmlText(text).replaceAll('\n', '&#10;');

/** The message of a workflow command of GitHub Actions. */
export const commandMessage = (text: string): string =>
  inLines(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property of a workflow command of GitHub Actions. */
export const commandProperty = (text: string): string =>
  commandMessage(inLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Text for one line of Markdown, in a table or outside. Character references, unlike backslashes, are never taken for structure: not for a cell's
 * end, not for code, links or HTML.
 */
export const markdownText = (text: string): string =>
  inLine(text).replace(/[&<>`*_~|\\[\]#!@$]|:(?=\/\/)|(?<=www)\.|^[-+=\d]/gi, (c) => `&#${c.charCodeAt(0)};`);

/** A fenced block whose fence is longer than any in its content. */
export function fenced(language: string, content: string): string[] {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...inLines(content).replace(/\n+$/, '').split('\n'), fence];
}

/** The description of a TAP test point, in which `#` would begin a directive. */
export const tapText = (text: string): string => inLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');

/** A string in YAML: double quotes, in which JSON's escapes mean the same. */
export const yamlString = (text: string): string => JSON.stringify(inLine(text));

/** A relative path or an absolute one as a URI reference. */
export function uriReference(path: string): string {
  const encoded = inLine(path).split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/** The inside of a quoted Graphviz string, in which backslashes begin escapes and `&` a character reference. */
const inDot = (text: string): string =>
  inLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');

/** A quoted Graphviz string: a name, or a label of one line. */
export const dotString = (text: string): string => `"${inDot(text)}"`;

/** A Graphviz label of several lines, aligned on the left. */
export const dotLabel = (lines: readonly string[]): string =>
  lines.length === 1 ? dotString(lines.join()) : `"${lines.map((line) => `${inDot(line)}\\l`).join('')}"`;
