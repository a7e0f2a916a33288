/**
 * Tokens on one line, with the blanks that belong between them: `p(X, count<Y>)@next :- q(X, Y), Y > -1;`.
 */
import type { Item } from './items.js';

/** What came before, as far as it decides on blanks. */
interface Before {
  readonly item: Item;
  /** Whether it is a `-` that belongs to the number after it. */
  readonly isSign: boolean;
  /** Whether a tick or a time comes next: it is the `@` of `@ 3`. */
  readonly isAt: boolean;
}

const TIGHT_BEFORE = new Set([',', ';', ')']);

/** The items, which hold no line comment, as text. */
export function onOneLine(items: readonly Item[]): string {
  let text = '';
  let depth = 0;
  let inAggregate = false;
  let before: Before | undefined;
  for (const item of items) {
    const opens = depth > 0 && item.text === '<' && item.kind === 'token';
    const closes: boolean = inAggregate && item.text === '>';
    if (before && !(opens || inAggregate) && isApart(before, item)) text += ' ';
    text += item.text;
    inAggregate = (inAggregate || opens) && !closes;
    if (item.kind === 'token') depth += item.text === '(' ? 1 : item.text === ')' ? -1 : 0;
    before = {
      item,
      isSign: item.text === '-' && (!before || isBeforeOperand(before.item)),
      isAt: item.text === '@' && before?.item.text === ')',
    };
  }
  return text;
}

/** Whether what comes next is an operand, so that a `-` is a sign. */
const isBeforeOperand = ({ kind, isWord, text }: Item): boolean =>
  kind === 'token' && !isWord && text !== ')' && !text.startsWith('"');

function isApart({ item: before, isSign, isAt }: Before, item: Item): boolean {
  if (item.kind !== 'token') return before.text !== '(';
  if (TIGHT_BEFORE.has(item.text)) return false;
  if (before.text === '(' && before.kind === 'token') return false;
  if (before.kind !== 'token') return true;
  if (item.text === '(') return !before.isWord || before.text === 'notin';
  if (item.text.startsWith('@') && before.text === ')') return false;
  return !isSign && !isAt;
}
