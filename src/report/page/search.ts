/**
 * The search of the page: a field that opens with `/`, counts what was found, and goes from one to the next. It finds
 * what stands on the page, what is folded away in it, and what the diagram shows, be it out of sight.
 */
import { button, h, isField } from './dom.js';
import { type Place, placesOf } from './text-search.js';

/** Something that is drawn, and not text of the page. */
export interface Drawn {
  readonly text: string;
  reveal(): void;
}

type Found = Drawn | Place;

/** Most places that are marked: browsers take long over more. */
const MOST_MARKED = 2_000;
const [ALL, HERE] = ['found', 'found-here'];

export class Search {
  private readonly field = h('input', {
    type: 'search',
    id: 'search-text',
    placeholder: 'Find in the report',
    'aria-label': 'Find in the report',
    autocomplete: 'off',
  });
  private readonly count = h('output', { id: 'search-count', 'aria-live': 'polite' });
  private readonly bar = h(
    'div.search',
    { role: 'search', hidden: true },
    this.field,
    this.count,
    button('▲', () => this.go(-1), { 'aria-label': 'Previous (Shift+Enter)', title: 'Previous (Shift+Enter)' }),
    button('▼', () => this.go(1), { 'aria-label': 'Next (Enter)', title: 'Next (Enter)' }),
    button('Close', () => this.close(), { title: 'Close (Esc)' }),
  );
  /** What opens it, and the field itself. */
  readonly elements = [
    button('Find', () => this.open(), { class: 'finder', title: 'Find in the report ( / )' }),
    this.bar,
  ];
  private at = -1;
  private before: Element | null = null;

  /**
   * @param page what is searched
   * @param drawn what the diagram shows, in the order of time
   * @param diagram before which nothing of that is found, and after which all of it
   */
  constructor(
    private readonly page: Element,
    private readonly drawn: () => readonly Drawn[],
    private readonly diagram: Element,
  ) {
    this.field.addEventListener('input', () => this.begin());
    document.addEventListener('keydown', (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const { key, target, shiftKey } = event;
    const isOpen = !this.bar.hidden;
    const isOurs = target === this.field;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === '/' && !isField(target)) this.open();
    else if (isOpen && (key === 'F3' || (isOurs && key === 'Enter'))) this.go(shiftKey ? -1 : 1);
    else if (isOpen && key === 'Escape') this.close();
    else return;
    event.preventDefault();
  }

  private open(): void {
    if (this.bar.hidden) this.before = document.activeElement;
    this.bar.hidden = false;
    this.field.focus();
    this.field.select();
    if (this.field.value !== '') this.mark(this.find());
  }

  private close(): void {
    this.bar.hidden = true;
    this.unmark();
    const place = this.before instanceof HTMLElement && this.before.isConnected ? this.before : undefined;
    place?.focus({ preventScroll: true });
  }

  /** Goes to the first place. */
  private begin(): void {
    this.at = -1;
    this.unmark();
    if (this.field.value.trim() === '') this.count.textContent = '';
    else this.go(1);
  }

  /** What is on the page changes with every step, so it is searched anew. */
  private go(by: 1 | -1): void {
    const found = this.find();
    const many = found.length;
    this.at = many === 0 ? -1 : this.at < 0 && by < 0 ? many - 1 : (this.at + by + many) % many;
    this.count.textContent = many === 0 ? 'nothing found' : `${this.at + 1} of ${many}`;
    const here = found[this.at];
    if (here && 'reveal' in here) here.reveal();
    else if (here) showPlace(here);
    this.mark(found);
  }

  /** In the order of the page; what is drawn where the diagram is. */
  private find(): Found[] {
    const wanted = this.field.value.trim().toLowerCase();
    if (wanted === '') return [];
    const places = placesOf(this.page, wanted);
    const isBefore = ({ block }: Place): boolean =>
      (block.compareDocumentPosition(this.diagram) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const drawn = this.drawn().filter(({ text }) => text.toLowerCase().includes(wanted));
    const before = places.filter(isBefore);
    return [...before, ...drawn, ...places.slice(before.length)];
  }

  private mark(found: readonly Found[]): void {
    this.unmark();
    // Browsers that cannot mark a range still go to it.
    if (!('highlights' in CSS)) return;
    const ranges = found.slice(0, MOST_MARKED).flatMap((one) => ('range' in one ? [one.range] : []));
    const here = found[this.at];
    CSS.highlights.set(ALL, new Highlight(...ranges));
    if (here && 'range' in here) CSS.highlights.set(HERE, new Highlight(here.range));
  }

  private unmark(): void {
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(HERE);
  }
}

/** Unfolds what it is in, and brings it into sight. */
function showPlace({ block, range }: Place): void {
  for (let fold = block.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    if (!(fold.open || block.matches('summary'))) fold.open = true;
  const box = range.startContainer.parentElement ?? block;
  box.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
}
