/**
 * The line under the diagram: in full what the mark under the pointer, the finger or the keyboard says, for labels
 * that found no room.
 */
import { h } from './dom.js';
import { MARK } from './roving.js';

const EMPTY = 'Point at a mark, tap it or go to it with the arrow keys to read it in full.';

export class Detail {
  /** Silent: who hears the page is told the same by the mark itself. */
  readonly element = h('p.detail', { 'aria-hidden': 'true' }, EMPTY);
  private readonly svg: SVGSVGElement;
  private slot = '';

  constructor(svg: SVGSVGElement) {
    this.svg = svg;
    for (const kind of ['pointerover', 'focusin'])
      svg.addEventListener(kind, ({ target }) => {
        const mark = target instanceof Element ? target.closest(MARK) : null;
        if (mark) this.tell(mark);
      });
  }

  /** After a change the same message may have met another fate. */
  refresh(): void {
    if (this.slot === '') return;
    const mark = this.svg.querySelector(`[data-slot="${CSS.escape(this.slot)}"]`);
    if (mark) this.tell(mark);
    else this.element.textContent = EMPTY;
  }

  private tell(mark: Element): void {
    this.slot = mark.getAttribute('data-slot') ?? '';
    this.element.textContent = (mark.getAttribute('aria-label') ?? '').replace(' Show its state.', '');
  }
}
