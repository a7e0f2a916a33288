/**
 * How every page starts: its data is read and drawn, and the plain text that stands in for it is hidden. Where that
 * fails the text stays, and the page says why.
 */
import { h } from './dom.js';

/** @param draw what it throws is said in the page */
export function start<T>(draw: (app: HTMLElement, data: T) => void): void {
  const app = document.getElementById('app');
  const data = document.getElementById('data');
  if (!app || !data) return;
  try {
    draw(app, JSON.parse(data.textContent ?? ''));
    const plain = document.getElementById('plain');
    if (plain) plain.hidden = true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    app.append(h('p', { role: 'alert', id: 'problem' }, `This report cannot be drawn: ${message}. Below is its text.`));
  }
}

/**
 * What stands at the top of every page: a link past it, the tool, what the page is about.
 * @param main the page below
 */
export const header = (main: HTMLElement, about: string, ...more: readonly HTMLElement[]): HTMLElement =>
  h('header', skip('Skip to the report', main), h('span.brand', 'ldfi'), h('span.spec', about), ...more);

/** A link past what precedes; the address stays, for it holds what is shown. */
const skip = (words: string, target: HTMLElement): HTMLElement =>
  h('a.skip', { href: '#', onclick: (event) => jump(event, target) }, words);

function jump(event: Event, target: HTMLElement): void {
  event.preventDefault();
  target.focus();
}
