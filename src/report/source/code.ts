/**
 * The text of a module with blanks in place of comments and of what stands in strings, templates and regular expressions: the braces and names that
 * are left are code. Quotes stay, and so do offsets and lines.
 *
 * A tokenizer without a parser: after an operand a slash divides, elsewhere it begins a regular expression.
 */

interface Token {
  readonly kind: 'comment' | 'text' | 'space' | 'code';
  readonly text: string;
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/[\\\n])+\/\w*/y;
/** A template as far as it ends or its next `${` begins. */
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;
const CODE = /[\p{ID_Continue}$]+|\s+|[\s\S]/uy;

/** What ends in an operand, so that a slash after it divides. */
const OPERAND =
  /^(?!(?:return|typeof|instanceof|case|in|of|do|else|delete|void|throw|new|await|yield)$)[\p{ID_Continue}$]|[)\]}'"`]$/u;

export function codeOf(text: string): string {
  const parts: string[] = [];
  scan(text, 0, ({ kind, text: token }) => {
    parts.push(kind === 'comment' ? blank(token) : kind === 'text' ? blanked(token) : token);
    return false;
  });
  return parts.join('');
}

/** Takes token by token until it is told to stop; where it stopped. */
function scan(text: string, start: number, stops: (token: Token) => boolean): number {
  let before = '';
  for (let at = start; at < text.length; ) {
    const token = tokenAt(text, at, before);
    at += token.text.length;
    if (stops(token)) return at;
    if (token.kind === 'text' || token.kind === 'code') before = token.text;
  }
  return text.length;
}

function tokenAt(text: string, at: number, before: string): Token {
  const first = text[at];
  if (first === '`') return { kind: 'text', text: text.slice(at, endOfTemplate(text, at)) };
  if (first === '"' || first === "'") return { kind: 'text', text: matchAt(STRING, text, at) };
  if (first === '/') {
    const comment = matchAt(COMMENT, text, at);
    if (comment !== '') return { kind: 'comment', text: comment };
    const regex = OPERAND.test(before) ? '' : matchAt(REGEX, text, at);
    if (regex !== '') return { kind: 'text', text: regex };
  }
  const token = matchAt(CODE, text, at);
  return { kind: token.trim() === '' ? 'space' : 'code', text: token };
}

/** Templates may stand in templates. */
function endOfTemplate(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const piece = matchAt(TEMPLATE, text, at);
    at += piece.length;
    if (!piece.endsWith('${')) return at;
    let depth = 1;
    at = scan(text, at, ({ text: token }) => {
      depth += token === '{' ? 1 : token === '}' ? -1 : 0;
      return depth === 0;
    });
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** All but the quotes. */
function blanked(text: string): string {
  const [first = ''] = text;
  const last = text.length > 1 && text.endsWith(first) ? first : '';
  return `${first}${blank(text.slice(1, text.length - last.length))}${last}`;
}
