/**
 * Long lists: the first items, and the next ones whenever the reader asks for more.
 */
import { type Attributes, button, h } from './dom.js';

/** How many items are added when the reader asks. */
const ADDED = 200;

/** @param most how many items are listed at first */
export function longList<T>(
  items: readonly T[],
  most: number,
  draw: (item: T) => HTMLElement,
  attributes: Attributes = {},
): HTMLElement {
  const list = h('ul', attributes);
  const fill = (from: number, to: number): void => {
    list.append(...items.slice(from, to).map(draw));
    if (to >= items.length) return;
    const more = h('li');
    const ask = (): void => {
      more.remove();
      fill(to, to + ADDED);
      list.children[to]?.querySelector('button')?.focus();
    };
    more.append(button(`Show more (${items.length - to} left)`, ask));
    list.append(more);
  };
  fill(0, most);
  return list;
}
