/**
 * The checks that a file asks for, for 'run this check': the `//! check` lines of a spec, and the entries of `checks`
 * in a module with protocols.
 */

import { codeOf } from '../core/code.js';
import type { Span } from '../dedalus/ast.js';
import type { ProgramTree } from '../dedalus/load.js';

/** A check of a file. */
export interface FoundCheck {
  /** What tells it apart from the others of its file. */
  readonly key: string;
  /** What people call it. */
  readonly title: string;
  readonly span: Span;
}

/** Of the files that were named, not of included ones; the key is its number. */
export const checksOf = ({ checks }: ProgramTree): FoundCheck[] =>
  checks.map(({ name, span }, i) => ({
    key: String(i),
    title: name ?? (checks.length === 1 ? 'check' : `check-${i + 1}`),
    span,
  }));

/** Keys of which an object with a name has one if it is a check. */
const BOUND = /\b(?:eot|eff|crashes|faults|expect)\s*:/;
const NAME = /\bname\s*:\s*(['"`])/;

/**
 * The checks that a module in TypeScript or JavaScript writes down, as object literals with a name and a bound, without
 * running it; the key is the name.
 */
export function checksOfModule(text: string): FoundCheck[] {
  if (!/\b(?:defineProtocol|defineSystem|ldfi)\b/.test(text)) return [];
  const code = codeOf(text);
  const found = objectsIn(code).flatMap(({ start, end, own }): FoundCheck[] => {
    const name = BOUND.test(own) ? NAME.exec(own) : null;
    if (!name) return [];
    const from = start + name.index + name[0].length;
    const until = code.indexOf(name[1] ?? '', from);
    const title = text.slice(from, until);
    const isPlain = until > from && until < end && !/[\\$\n]/.test(title);
    return isPlain ? [{ key: title, title, span: { file: 0, start, end } }] : [];
  });
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Braces within braces, beyond which nobody wrote this. */
const MOST_DEPTH = 100;

/** Pairs of braces, with what is in them and in no other braces inside; the others are blank. */
function objectsIn(code: string): { start: number; end: number; own: string }[] {
  const objects: { start: number; end: number; own: string }[] = [];
  const open: { start: number; at: number; own: string }[] = [];
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    const outer = open.at(-1);
    if (outer) outer.own += code.slice(outer.at, index);
    if (brace === '{') {
      if (open.length === MOST_DEPTH) return [];
      open.push({ start: index, at: index, own: '' });
      continue;
    }
    const closed = open.pop();
    if (!closed) continue;
    objects.push({ start: closed.start, end: index + 1, own: closed.own });
    const parent = open.at(-1);
    if (!parent) continue;
    parent.own += ' '.repeat(index + 1 - closed.start);
    parent.at = index + 1;
  }
  return objects;
}
