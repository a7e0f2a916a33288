/**
 * Marks of one kind in the diagram. What looks the same as before keeps its element, so that a what-if, a scroll and a
 * zoom cost no more than what they change, and the keyboard's focus stays where it is.
 */
import { s } from './dom.js';

export class Layer<Mark> {
  readonly element = s('g');
  private shown: ReadonlyMap<string, Element> = new Map();

  /**
   * @param look a key that is equal exactly for marks that are drawn alike
   */
  constructor(
    private readonly look: (mark: Mark) => string,
    private readonly draw: (mark: Mark) => SVGElement,
  ) {}

  /** Shows exactly these, in this order. */
  show(marks: readonly Mark[]): void {
    const wanted = new Map<string, Element>();
    for (const mark of marks) {
      const look = this.look(mark);
      let key = look;
      for (let copy = 2; wanted.has(key); copy++) key = `${look} ${copy}`;
      wanted.set(key, this.shown.get(key) ?? this.draw(mark));
    }
    for (const [key, element] of this.shown) if (!wanted.has(key)) element.remove();
    this.shown = wanted;
    let next = this.element.firstChild;
    for (const element of wanted.values())
      if (element === next) next = next.nextSibling;
      else this.element.insertBefore(element, next);
  }
}
