/**
 * Diagnostics -> text for a terminal, as rustc shows them. Pure: colours come in as functions, text goes out as a
 * string in which everything that came from a spec is escaped.
 */

import { visible } from '../core/text.js';
import type { SourceFile, Span } from './ast.js';
import { MORE_CODE } from './collector.js';
import type { Diagnostic } from './diagnostic.js';
import { frameOf } from './frame.js';
import { locate } from './locate.js';

/** Functions that colour a piece of text. */
export interface Palette {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;

/** Leaves text as it is. */
export const PLAIN_PALETTE: Palette = { red: same, yellow: same, blue: same, bold: same, dim: same };

/** One diagnostic with its code frame, hint and related places; no line end at the end. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  files: readonly SourceFile[],
  palette: Palette = PLAIN_PALETTE,
): string {
  const { severity, code, message, span, hint, related = [] } = diagnostic;
  const accent = severity === 'error' ? palette.red : palette.yellow;
  if (code === MORE_CODE) return accent(visible(message));
  const head = `${palette.bold(accent(`${severity}[${visible(code)}]`))}${palette.bold(`: ${visible(message)}`)}`;
  const spans = [span, ...related.map((place) => place.span)];
  const gutter = Math.max(...spans.map((each) => String(locate(files, each).line).length));
  const blank = ' '.repeat(gutter);
  const lines = [head, ...renderFrame(files, span, gutter, '^', accent, palette)];
  if (hint !== undefined) lines.push(`${blank} ${palette.blue('=')} ${palette.bold('help')}: ${visible(hint)}`);
  for (const place of related) {
    lines.push(`${palette.bold(palette.blue('note'))}: ${visible(place.message)}`);
    lines.push(...renderFrame(files, place.span, gutter, '-', palette.blue, palette));
  }
  return lines.join('\n');
}

/** All diagnostics, a blank line between them, each line ended; the empty string if there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  palette: Palette = PLAIN_PALETTE,
): string {
  if (diagnostics.length === 0) return '';
  return `${diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, files, palette)).join('\n\n')}\n`;
}

/** ` --> path:line:column` and the underlined line; for a file as a whole, the path alone. */
function renderFrame(
  files: readonly SourceFile[],
  span: Span,
  gutter: number,
  mark: string,
  accent: (text: string) => string,
  palette: Palette,
): string[] {
  const { path, line, column } = locate(files, span);
  const blank = ' '.repeat(gutter);
  const arrow = `${blank}${palette.blue('-->')} ${visible(path)}`;
  const frame = frameOf(files, span);
  if (!frame) return [arrow];
  const bar = palette.blue('|');
  return [
    `${arrow}:${line}:${column}`,
    `${blank} ${bar}`,
    `${palette.blue(String(frame.line).padStart(gutter))} ${bar} ${frame.source}`.trimEnd(),
    `${blank} ${bar} ${' '.repeat(frame.indent)}${accent(mark.repeat(frame.width))}`,
  ];
}
