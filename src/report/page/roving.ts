/**
 * The diagram by keyboard: one stop of the Tab key, arrow keys from mark to mark in the order of time. What is beyond
 * sight is drawn as the focus nears it.
 */
import { keepFocus } from './focus.js';

/** What is told of when it is pointed at, or reached by keyboard. */
export const MARK = '.arrow, .dot, .fan, .quiet';
const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class Roving {
  private marks: SVGElement[] = [];

  /** @param reached told of each mark that the keyboard goes to */
  constructor(
    private readonly svg: SVGSVGElement,
    private readonly reached: (mark: SVGElement) => void,
  ) {
    svg.addEventListener('keydown', (event) => this.key(event));
    svg.addEventListener('focusin', ({ target }) => {
      if (target instanceof SVGElement && target.matches(MARK)) this.stopAt(target);
    });
  }

  /** Draws the marks anew. */
  redraw(draw: () => void): void {
    keepFocus(this.svg, draw);
    const ranked = [...this.svg.querySelectorAll<SVGElement>(MARK)].map((mark) => ({ mark, rank: rank(mark) }));
    this.marks = ranked.sort((a, b) => a.rank - b.rank).map(({ mark }) => mark);
    // First the fault, which is what most have come to see.
    const held = this.marks.find((mark) => mark === document.activeElement);
    this.stopAt(held ?? this.marks.find((mark) => mark.matches('.omitted')) ?? this.marks[0]);
  }

  private stopAt(mark: SVGElement | undefined): void {
    for (const other of this.svg.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
    mark?.setAttribute('tabindex', '0');
  }

  private key(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof SVGElement)) return;
    const by = STEP[key];
    const at = this.marks.indexOf(target);
    const next = key === 'Home' ? 0 : key === 'End' ? this.marks.length - 1 : by === undefined ? -1 : at + by;
    const mark = this.marks[next];
    if (!mark || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    mark.focus();
    this.reached(mark);
  }
}

/** By tick; at one tick what a node knows comes before what is sent. */
function rank(mark: Element): number {
  const slot = mark.getAttribute('data-slot');
  return slot === null ? Number(mark.getAttribute('data-tick')) : Number(slot.slice(slot.lastIndexOf('@') + 1)) + 0.5;
}
