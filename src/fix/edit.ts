/**
 * Edits of a spec: pieces of its text, each put in the place of another.
 *
 * ```ts
 * edited(files, [clauseAfter(files[0], 0, rule.span.end, 'vote(X, Y)@next :- vote(X, Y);')]);
 * ```
 * What is left as it was keeps its every character, line ends too.
 */
import type { Literal, Rule, SourceFile, Span } from '../dedalus/ast.js';
import type { Program } from '../dedalus/program.js';

/** `text` in the place of what is at a span. */
export interface Splice extends Span {
  readonly text: string;
}

/** The texts after an edit. @param splices that do not overlap */
export function edited(files: readonly SourceFile[], splices: readonly Splice[]): SourceFile[] {
  return files.map(({ path, text }, file) => {
    const own = splices.filter((one) => one.file === file).sort((a, b) => b.start - a.start);
    return { path, text: own.reduce((now, one) => now.slice(0, one.start) + one.text + now.slice(one.end), text) };
  });
}

/** The line end that a text uses. */
const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** A line of its own, after the line in which an offset is. @param gap with an empty line before it */
export function lineAfter({ text }: SourceFile, file: number, offset: number, line: string, gap = false): Splice {
  const next = text.indexOf('\n', offset);
  const end = next < 0 ? text.length : next;
  const at = text[end - 1] === '\r' ? end - 1 : end;
  const lineEnd = lineEndOf(text);
  return { file, start: at, end: at, text: `${gap ? lineEnd : ''}${lineEnd}${line}` };
}

/** A clause beside those that give the same relation; at the end of the first file if they are in included ones. */
export function clauseFor(program: Program, roots: number, relation: string, clause: string): Splice {
  const givers = [...program.facts.map(({ clause }) => clause), ...program.rules].filter(
    (one) => ('head' in one ? one.head : one.atom).relation === relation && one.span.file < roots,
  );
  const rules = givers.filter((one) => one.kind === 'rule');
  const last = (rules.length > 0 ? rules : givers).at(-1);
  if (last) return lineAfter(program.files[last.span.file] as SourceFile, last.span.file, last.span.end, clause);
  const root = program.files[0] as SourceFile;
  const end = root.text.trimEnd().length;
  const isAlone = !program.rules.some(({ span }) => span.file === 0);
  return lineAfter(root, 0, end, clause, isAlone);
}

/** One more literal at the end of a rule's body. */
export function withLiteral(rule: Rule, text: string): Splice {
  const { file, end } = (rule.body.at(-1) as Literal).span;
  return { file, start: end, end, text: `, ${text}` };
}

/** Without some literals of a rule's body, by their positions; at least one of the others comes first. */
export function withoutLiterals(rule: Rule, gone: readonly number[]): Splice[] {
  return gone.map((at) => {
    const { span } = rule.body[at] as Literal;
    return { ...span, start: (rule.body[at - 1] as Literal).span.end, text: '' };
  });
}

/** Without a rule: with the rest of its line if nothing else is there. */
export function withoutRule({ text }: SourceFile, { span }: Rule): Splice {
  const before = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  const after = next < 0 ? text.length : next + 1;
  const isAlone = /^\s*$/.test(text.slice(before, span.start)) && /^\s*$/.test(text.slice(span.end, after));
  return isAlone ? { file: span.file, start: before, end: after, text: '' } : { ...span, text: '' };
}
