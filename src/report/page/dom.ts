/**
 * Elements, and nothing else: every string that comes from a spec enters the page through these functions, as text or
 * as an attribute's value, never as markup. Characters that could turn text around are shown as escapes.
 */
import { visible } from '../../core/text.js';

type Attribute = string | number | boolean | undefined | ((event: Event) => void);
export type Attributes = Readonly<Record<string, Attribute>>;
export type Child = Node | string | undefined | readonly (Node | string)[];

/** Attributes that are read to people. */
const READ = /^(?:title|aria-)/;

/** The name of an element, with its classes: `p.hint`. */
type Tag<K extends string> = K | `${K}.${string}`;

/** Attributes, if there are any; then the children. */
type Content = [Attributes, ...Child[]] | Child[];

/** An HTML element. Functions among the attributes are listeners: `onclick`. */
export const h = <K extends keyof HTMLElementTagNameMap>(tag: Tag<K>, ...content: Content): HTMLElementTagNameMap[K] =>
  make('http://www.w3.org/1999/xhtml', tag, content) as HTMLElementTagNameMap[K];

/** An SVG element. */
export const s = <K extends keyof SVGElementTagNameMap>(tag: Tag<K>, ...content: Content): SVGElementTagNameMap[K] =>
  make('http://www.w3.org/2000/svg', tag, content) as SVGElementTagNameMap[K];

const isAttributes = (part: Attributes | Child): part is Attributes =>
  typeof part === 'object' && !(part instanceof Node) && !Array.isArray(part);

function make(space: string, tag: string, content: Content): Element {
  const dot = tag.indexOf('.');
  const element = document.createElementNS(space, dot < 0 ? tag : tag.slice(0, dot));
  if (dot >= 0) element.setAttribute('class', tag.slice(dot + 1).replaceAll('.', ' '));
  for (const [i, part] of content.entries())
    if (i === 0 && isAttributes(part)) give(element, part);
    else add(element, part as Child);
  return element;
}

function give(element: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(key, value === true ? '' : READ.test(key) ? visible(String(value)) : String(value));
}

function add(element: Element, child: Child): void {
  if (typeof child === 'string') element.append(visible(child));
  else if (child instanceof Node) element.append(child);
  else for (const part of child ?? []) add(element, part);
}

/** A button that is a button. */
export const button = (label: Child, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  h('button', { type: 'button', ...attributes, onclick }, label);

/** Monospaced text of a spec. */
export const code = (text: string): HTMLElement => h('code', {}, text);

/** A section with a heading of its own, and a hint beside it: text, or an element whose text changes. */
export function section(
  id: string,
  title: string,
  hint: string | HTMLElement,
  ...children: readonly Child[]
): HTMLElement {
  const heading = h('h2', { id: `${id}-title` }, title);
  const note = typeof hint !== 'string' ? hint : hint === '' ? undefined : h('p', { class: 'hint' }, hint);
  const head = h('div', { class: 'head' }, heading, note);
  return h('section', { id, 'aria-labelledby': `${id}-title` }, head, ...children);
}

/** Shows the diagram, after a choice further down the page that drew it anew. */
export const toDiagram = (): void => document.getElementById('diagram')?.scrollIntoView({ block: 'start' });

/** Text that may break between its words only: commands and facts stay legible on a narrow screen. */
export const words = (text: string): (Node | string)[] =>
  text.split(' ').flatMap((word, i) => [...(i === 0 ? [] : [' ']), h('span', { class: 'word' }, word)]);

/** What may be wider than the page: scrolls in a frame of its own, by keyboard too. */
export const scroller = (label: string, ...children: readonly Child[]): HTMLElement =>
  h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, ...children);

/** A table with a header row. */
export function table(head: readonly Child[], rows: readonly HTMLElement[], attributes: Attributes = {}): HTMLElement {
  const cells = head.map((cell) => h('th', { scope: 'col' }, cell));
  const body = h('table', attributes, h('thead', {}, h('tr', {}, cells)), h('tbody', {}, rows));
  return scroller('Table, may scroll sideways', body);
}

/** Copies text; says so. Falls back to a selection where the clipboard is closed to files. */
export function copyButton(label: string, text: () => string | Promise<string>, title?: string): HTMLButtonElement {
  const made = button(label, () => {
    const done = (word: string): void => {
      made.textContent = word;
      setTimeout(() => {
        made.textContent = label;
      }, 1500);
    };
    copy(text).then(
      () => done('Copied'),
      () => done('Copying failed'),
    );
  });
  made.classList.add('copy');
  // What the button says after the click is heard, too.
  made.setAttribute('aria-live', 'polite');
  if (title !== undefined) made.title = title;
  return made;
}

async function copy(textOf: () => string | Promise<string>): Promise<void> {
  const text = await textOf();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', { class: 'offscreen' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (!copied) throw new Error('the clipboard is closed');
  }
}

/** Whether a key that is pressed there is meant for a field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
