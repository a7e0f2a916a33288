/**
 * The filter of the overview: words that must all be in a check, its spec or what was found, and a box for what is not
 * as expected. The rest of the page needs no script.
 */
const byId = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;

/** What is filtered, and the text in which words are looked for. */
interface Item {
  readonly element: HTMLElement;
  readonly text: string;
  readonly isGood: boolean;
}

const items = [...document.querySelectorAll<HTMLElement>('[data-stand]')].map((element): Item => {
  const spec = element.dataset.spec ?? '';
  const text = `${spec} ${element.textContent}`.toLowerCase();
  return { element, text, isGood: element.dataset.stand === 'good' };
});
/** What is of no use once nothing in it is left. */
const frames = [...document.querySelectorAll<HTMLElement>('section.folder, section:has(> .stories)')];

function filter(text: string, unexpectedOnly: boolean): void {
  const words = text.toLowerCase().split(/\s+/);
  for (const { element, text, isGood } of items)
    element.hidden = !words.every((word) => text.includes(word)) || (unexpectedOnly && isGood);
  const isLeft = (frame: Element): boolean => frame.querySelector('[data-stand]:not([hidden])') !== null;
  for (const frame of frames) frame.hidden = !isLeft(frame);
  const rows = items.filter(({ element }) => element.matches('tr'));
  const left = rows.filter(({ element }) => !element.hidden).length;
  const [output, nothing] = [byId('left'), byId('nothing')];
  if (output) output.textContent = left === rows.length ? '' : `${left} of ${rows.length} checks`;
  if (nothing) nothing.hidden = frames.some((frame) => !frame.hidden) || items.length === 0;
}

const [box, field, only] = [byId('filter'), byId<HTMLInputElement>('text'), byId<HTMLInputElement>('unexpected-only')];
if (box && field && only && items.length > 0) {
  const apply = (): void => filter(field.value, only.checked);
  for (const input of [field, only]) input.addEventListener('input', apply);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === field) return;
    event.preventDefault();
    field.focus();
  });
  box.hidden = false;
  // What a browser has kept of the fields when it comes back to the page.
  apply();
}
