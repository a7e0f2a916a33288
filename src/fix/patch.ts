/**
 * Edits as a unified diff, which `git apply` and `patch` take.
 *
 * Lines are compared by where the edits are, so the diff says what was edited and no more. Line ends stay as they are
 * in the file; a file without one at its end is told so.
 */
import type { SourceFile } from '../dedalus/ast.js';
import { edited, type Splice } from './edit.js';

/** Lines around a change. */
const CONTEXT = 3;

/** Lines of the old text (from, until) that become others. */
interface Change {
  readonly from: number;
  readonly until: number;
  readonly lines: readonly string[];
}

/**
 * The diff of all files that are edited; the empty string if none is.
 * @param name what a file is called in the patch, seen from where it is applied
 */
export function patchOf(
  files: readonly SourceFile[],
  splices: readonly Splice[],
  name: (path: string) => string,
): string {
  return files
    .map((file, number) => {
      const own = splices.filter((one) => one.file === number);
      return own.length === 0 ? '' : filePatch(file, own, name(file.path));
    })
    .join('');
}

function filePatch({ text }: SourceFile, splices: readonly Splice[], name: string): string {
  const old = linesOf(text);
  const hunks = grouped(changesOf(text, splices));
  let shift = 0;
  const bodies = hunks.map((changes) => {
    const [first, last] = [changes[0] as Change, changes.at(-1) as Change];
    const from = Math.max(0, first.from - CONTEXT);
    const until = Math.min(old.length, last.until + CONTEXT);
    const lines: string[] = [];
    let at = from;
    for (const change of changes) {
      lines.push(...old.slice(at, change.from).map((line) => ` ${line}`));
      lines.push(...old.slice(change.from, change.until).map((line) => `-${line}`));
      lines.push(...change.lines.map((line) => `+${line}`));
      at = change.until;
    }
    lines.push(...old.slice(at, until).map((line) => ` ${line}`));
    const grown = changes.reduce((sum, one) => sum + one.lines.length - (one.until - one.from), 0);
    const head = `@@ -${rangeOf(from, until - from)} +${rangeOf(from + shift, until - from + grown)} @@\n`;
    shift += grown;
    return head + lines.map(ended).join('');
  });
  return `--- ${pathWord('a', name)}\n+++ ${pathWord('b', name)}\n${bodies.join('')}`;
}

/** `first,count`, from 1; an empty range begins where the line before it is. */
const rangeOf = (from: number, count: number): string => `${count === 0 ? from : from + 1},${count}`;

/** Lines with their ends; the last one may have none. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const ended = (line: string): string => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`);

/** What becomes of which lines: edits in one line, or in lines side by side, are one change. */
function changesOf(text: string, splices: readonly Splice[]): Change[] {
  const starts = [0];
  for (const line of linesOf(text)) starts.push((starts.at(-1) as number) + line.length);
  const lineAt = (offset: number): number => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? Math.max(0, starts.length - 2) : after - 1;
  };
  const places = splices
    .map((splice) => {
      const last = Math.max(splice.start, splice.end - 1);
      return { splices: [splice], from: lineAt(splice.start), until: Math.min(lineAt(last) + 1, starts.length - 1) };
    })
    .sort((a, b) => a.from - b.from);
  const merged: typeof places = [];
  for (const place of places) {
    const last = merged.at(-1);
    if (last && place.from < last.until) {
      last.splices.push(...place.splices);
      last.until = Math.max(last.until, place.until);
    } else merged.push(place);
  }
  return merged.map(({ splices: own, from, until }) => {
    const [start, end] = [starts[from] as number, starts[until] as number];
    const moved = own.map((one) => ({ ...one, file: 0, start: one.start - start, end: one.end - start }));
    const [{ text: now } = { text: '' }] = edited([{ path: '', text: text.slice(start, end) }], moved);
    return trimmed(linesOf(text).slice(from, until), linesOf(now), from);
  });
}

/** Without the lines at both ends that stay as they were. */
function trimmed(before: readonly string[], after: readonly string[], from: number): Change {
  const shared = Math.min(before.length, after.length);
  let first = 0;
  while (first < shared && before[first] === after[first]) first++;
  let last = 0;
  while (last < shared - first && before.at(-1 - last) === after.at(-1 - last)) last++;
  return {
    from: from + first,
    until: from + before.length - last,
    lines: after.slice(first, after.length - last),
  };
}

/** Changes whose surroundings meet stand in one hunk. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && change.from - last.until <= 2 * CONTEXT) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

/** A path as git writes it: in quotes where it must be, and with a tab after it where it has blanks. */
function pathWord(side: string, name: string): string {
  const path = `${side}/${name}`;
  if (/["\\\p{Cc}]/u.test(path)) return `"${Array.from(path, inQuotes).join('')}"`;
  return path.includes(' ') ? `${path}\t` : path;
}

function inQuotes(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (!/\p{Cc}/u.test(character)) return character;
  return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
