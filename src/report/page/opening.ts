/**
 * An item of a tree that opens: a button that says whether it is open, the title, and the content, made when it is
 * first wanted. By keyboard: right and left open and close, up and down go to the item before and after.
 */
import { button, type Child, h } from './dom.js';

let made = 0;

/** @param name of what opens, for those who hear the button only */
export function opening(name: string, title: Child, content: () => HTMLElement, open: boolean): HTMLLIElement {
  const id = `opening-${++made}`;
  const body = h('div', { id, hidden: true });
  const toggle = button('', () => show(!isOpen()), { class: 'toggle', 'aria-label': `Reasons: ${name}` });
  toggle.setAttribute('aria-controls', id);
  const row = h('div.row', toggle, h('span', title));
  const item = h('li.fact', row, body);
  const isOpen = (): boolean => item.classList.contains('open');
  const show = (yes: boolean): void => {
    if (yes && !body.firstChild) body.append(content());
    body.hidden = !yes;
    toggle.setAttribute('aria-expanded', String(yes));
    item.classList.toggle('open', yes);
  };
  row.addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('button')) show(!isOpen());
  });
  toggle.addEventListener('keydown', (event) => {
    const { key } = event;
    if (key === 'ArrowRight' && !isOpen()) show(true);
    else if (key === 'ArrowLeft' && isOpen()) show(false);
    else if (key === 'ArrowLeft') item.parentElement?.closest('.fact')?.querySelector<HTMLElement>('.toggle')?.focus();
    else if (key === 'ArrowDown' || key === 'ArrowRight') neighbour(toggle, 1)?.focus();
    else if (key === 'ArrowUp') neighbour(toggle, -1)?.focus();
    else return;
    event.preventDefault();
  });
  show(open);
  return item;
}

/** The next toggle in sight, before or after. */
function neighbour(toggle: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const all = [...(toggle.closest('section') ?? document).querySelectorAll<HTMLElement>('.toggle')];
  const seen = all.filter((other) => !other.closest('[hidden]'));
  return seen[seen.indexOf(toggle) + by];
}
