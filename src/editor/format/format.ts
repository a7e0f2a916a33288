/**
 * The formatter of specs: the same program, the same comments, laid out in one way.
 *
 * ```
 * p(X,Y)@next:-p(X,Y);q(X)@1;   becomes   p(X, Y)@next :- p(X, Y);  q(X)@1;
 * ```
 * Clauses that share a line go on sharing it, as tables of facts do; of blank lines one is kept.
 *
 * Invariants: the parsed program and the directives are the same; formatting twice changes nothing more.
 */
import { Collector } from '../../dedalus/collector.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { parse } from '../../dedalus/parser.js';
import { layOut, WIDTH } from './clause.js';
import { type Item, isShort, itemsOf } from './items.js';

/** The text laid out; or the mistakes for which nobody can say what it means. */
export type Formatted = { readonly text: string } | { readonly mistakes: readonly Diagnostic[] };

/** A clause, or a comment between clauses. */
interface Unit {
  readonly text: string;
  readonly comment: Item | undefined;
  readonly first: Item;
}

/** @param file number of the file in spans of mistakes */
export function format(text: string, file = 0): Formatted {
  const collector = new Collector();
  parse(text, file, collector.report);
  if (collector.failed) return { mistakes: collector.finish().filter(({ severity }) => severity === 'error') };
  const newline = isOfWindows(text) ? '\r\n' : '\n';
  const units = unitsOf(itemsOf(text), newline);
  let out = '';
  for (const [i, unit] of units.entries()) out += between(units[i - 1], unit, out, newline) + unit.text;
  const mark = text.charCodeAt(0) === 0xfeff ? '\ufeff' : '';
  return { text: mark + out + (out === '' ? '' : newline) };
}

/** Whether all lines end in the way of Windows. */
const isOfWindows = (text: string): boolean => text.includes('\n') && !/(?<!\r)\n/.test(text);

function unitsOf(items: readonly Item[], newline: string): Unit[] {
  const units: Unit[] = [];
  let own: Item[] = [];
  for (const item of items) {
    if (item.kind !== 'token' && own.length === 0) {
      units.push({ text: item.text, comment: item, first: item });
      continue;
    }
    own.push(item);
    if (item.kind !== 'token' || item.text !== ';') continue;
    const [first = item, ...others] = own;
    const written = first.text + others.map(({ gap, text }) => gap + text).join('');
    units.push({ text: layOut(own, written, newline), comment: undefined, first });
    own = [];
  }
  return units;
}

/** What goes between two units. */
function between(before: Unit | undefined, { text, comment, first }: Unit, out: string, newline: string): string {
  if (!before) return '';
  if (first.lines > 0) return first.lines > 1 ? newline + newline : newline;
  if (comment) return /^ +$/.test(first.gap) ? first.gap : ' ';
  // Two blanks, or as many as a table has.
  const gap = before.comment ? ' ' : /^ {2,}$/.test(first.gap) ? first.gap : '  ';
  const isLong = before.comment ? !isShort(before.comment) : before.text.includes('\n');
  const column = out.length - out.lastIndexOf('\n') - 1;
  return isLong || text.includes('\n') || column + gap.length + text.length > WIDTH ? newline : gap;
}
