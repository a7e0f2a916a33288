/**
 * Why a module could not be loaded, as diagnostics: a syntax error, a missing import, or whatever it threw, at the line
 * that did it.
 */
import type { SourceFile, Span } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { callBefore } from '../../report/source/definition.js';
import { LoadTimeout } from '../../worker/live-threads.js';
import { frameIn } from '../../worker/throw-place.js';
import { problemDiagnostics, problemsIn } from './definition-problems.js';

/**
 * What an error that came out of loading means for the user.
 * @param paths absolute paths of `files`, in the same order
 */
export function loadErrors(error: unknown, paths: readonly string[], files: readonly SourceFile[]): Diagnostic[] {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof LoadTimeout) return [diagnostic('never-loads', text, WHOLE)];
  const unread = syntaxError(text, paths, files) ?? missingModule(error, text, paths, files);
  if (unread) return [unread];
  const site = throwSite(error, paths, files);
  if (!isLdfiError(error))
    return [diagnostic('throws-while-loading', `loading it threw ${nameOf(error)}${line(text)}`, site)];
  const problems = problemsIn(error);
  if (problems.length === 0) return [diagnostic(error.code, text, site)];
  return problemDiagnostics(problems, files, callBefore(files, endOfLine(files, site)) ?? site);
}

/** An LdfiError, also of another copy of this package. */
function isLdfiError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && error.name === 'LdfiError' && typeof (error as { code?: unknown }).code === 'string';
}

/**
 * The place of a line and column, both from 1, as far as the end of the line's word; the line's code where there is no
 * such column.
 */
function spanAt(files: readonly SourceFile[], file: number, lineNumber: number, column: number): Span {
  const text = files[file]?.text ?? '';
  let start = 0;
  for (let n = 1; n < lineNumber; n++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const [all = ''] = /^[^\r\n]*/.exec(text.slice(start)) ?? [];
  // Columns are those of the compiled code, which may be longer than the line.
  if (column > all.length + 1) return { file, start: start + all.search(/\S|$/), end: start + all.trimEnd().length };
  const [word = ''] = /^[\w$]+/.exec(all.slice(column - 1, column + 99)) ?? [];
  const at = start + column - 1;
  return { file, start: at, end: Math.min(at + Math.max(1, word.length), text.length) };
}

const WHOLE: Span = { file: 0, start: 0, end: 0 };

const diagnostic = (code: string, message: string, span: Span, hint?: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  span,
  hint,
});

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ` : '');

const line = (text: string): string => text.split('\n')[0] ?? '';

/** jiti's words for a parser's complaint: `ParseError: what  path:line:column`, the column from 0. */
function syntaxError(text: string, paths: readonly string[], files: readonly SourceFile[]): Diagnostic | undefined {
  const found = /^ParseError: (.*?)\s*\n\s*(.+):(\d+):(\d+)\s*$/s.exec(text);
  if (!found) return undefined;
  const [, what = '', path = '', row, column] = found;
  const file = paths.indexOf(path.replaceAll('\\', '/'));
  return diagnostic('syntax', what.trim(), file < 0 ? WHOLE : spanAt(files, file, Number(row), Number(column) + 1));
}

function missingModule(
  error: unknown,
  text: string,
  paths: readonly string[],
  files: readonly SourceFile[],
): Diagnostic | undefined {
  const { code, requireStack } = error as { code?: unknown; requireStack?: unknown };
  const specifier = /^Cannot find (?:module|package) '([^']*)'/.exec(text)?.[1];
  if (specifier === undefined || (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND')) return undefined;
  const importer = Array.isArray(requireStack) ? paths.indexOf(String(requireStack[0])) : -1;
  const candidates = importer >= 0 ? [importer] : files.map((_, i) => i);
  for (const file of candidates) {
    const at = quotedAt(files[file]?.text ?? '', specifier);
    if (at < 0) continue;
    const hint = /^[./]/.test(specifier) ? undefined : `install it: npm install ${specifier}`;
    return diagnostic(
      'missing-module',
      `cannot find module "${specifier}"`,
      { file, start: at, end: at + specifier.length + 2 },
      hint,
    );
  }
  return diagnostic('missing-module', `cannot find module "${specifier}"`, WHOLE);
}

function quotedAt(text: string, specifier: string): number {
  for (const quote of ["'", '"', '`']) {
    const at = text.indexOf(`${quote}${specifier}${quote}`);
    if (at >= 0) return at;
  }
  return -1;
}

/** From there to the end of the line: columns are those of the compiled code. */
function endOfLine(files: readonly SourceFile[], { file, start }: Span): Span {
  const text = files[file]?.text ?? '';
  const end = text.indexOf('\n', start);
  return { file, start, end: end < 0 ? text.length : end };
}

/**
 * The innermost place of the user's own files on the stack.
 * @param paths absolute paths of `files`, in the same order
 */
export function throwSite(error: unknown, paths: readonly string[], files: readonly SourceFile[]): Span {
  const frame = frameIn(error, new Set(paths));
  return frame ? spanAt(files, paths.indexOf(frame.path), frame.line, frame.column) : WHOLE;
}
