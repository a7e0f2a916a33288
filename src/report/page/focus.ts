/**
 * Keeps the keyboard's place where elements are drawn anew: who has just removed a fault or lost a message by keyboard
 * goes on from there.
 */
const FOCUSABLE = 'button, [href], input, summary, [tabindex]';

/** What an element is for, whatever the drawing it belongs to. */
const identity = (element: Element): string =>
  element.getAttribute('data-slot') ??
  (element.hasAttribute('data-tick')
    ? `${element.getAttribute('data-node')}@${element.getAttribute('data-tick')}`
    : (element.getAttribute('aria-label') ?? element.textContent ?? ''));

const focusables = (box: ParentNode): (HTMLElement | SVGElement)[] => [
  ...box.querySelectorAll<HTMLElement | SVGElement>(FOCUSABLE),
];

/** Redraws a box; the focus, if it is inside, goes to the same thing, else to the one in its place, else to the box. */
export function keepFocus(box: HTMLElement | SVGElement, redraw: () => void): void {
  const held = document.activeElement;
  if (!held || held === box || !box.contains(held)) {
    redraw();
    return;
  }
  const name = identity(held);
  const at = [...box.querySelectorAll(FOCUSABLE)].indexOf(held);
  redraw();
  if (box.contains(document.activeElement)) return;
  const now = focusables(box);
  const next = now.find((element) => identity(element) === name) ?? now[Math.min(at, now.length - 1)] ?? box;
  if (next === box) box.setAttribute('tabindex', '-1');
  next.focus({ preventScroll: true });
}

/** Other children for a box, with the focus kept. */
export const renew = (box: HTMLElement, ...children: readonly (Node | string)[]): void =>
  keepFocus(box, () => box.replaceChildren(...children));
