/**
 * Long lists: the first items, and the next ones whenever the reader asks for more.
 */
import { button, h } from './dom.js';

/** How many items are added when the reader asks. */
const ADDED = 200;

/** @param most how many items are listed at first */
export function fill<T>(
  list: HTMLElement,
  items: readonly T[],
  most: number,
  draw: (item: T) => HTMLElement,
  from = 0,
): void {
  const to = Math.min(items.length, from + most);
  list.append(...items.slice(from, to).map(draw));
  if (to === items.length) return;
  const more = h('li');
  const ask = (): void => {
    more.remove();
    fill(list, items, ADDED, draw, to);
    list.children[to]?.querySelector('button')?.focus();
  };
  more.append(button(`Show more (${items.length - to} left)`, ask));
  list.append(more);
}
