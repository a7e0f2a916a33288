/**
 * The frame of the diagram: a picture that scrolls, with the heads of its lanes and the ruler of its ticks in sight all
 * the time; and how large it is drawn.
 */
import { h, s } from './dom.js';
import { drawHeads, drawRuler, type Grid } from './grid.js';
import { Layer } from './layer.js';
import { EDGE, type Layout } from './layout.js';

/** Smallest and largest scale. */
const SCALES = { least: 0.1, most: 4 } as const;
/** Height of the canvas at most, as a part of the window's: `max-height` in diagram.css. */
const HEIGHT = 0.82;
/** What borders and rounding take of it. */
const EDGES = 6;

export interface Sight {
  readonly top: number;
  readonly bottom: number;
}

type Size = Pick<Layout, 'width' | 'height'>;

export class Frame {
  readonly svg = s('svg', { role: 'group', 'aria-label': 'Space-time diagram: one lane per node, time runs downward' });
  private readonly corner = s(
    'svg.corner',
    { 'aria-hidden': 'true' },
    s('text.tick', { x: 36, y: 22, 'text-anchor': 'end' }, 'tick'),
  );
  private readonly heads = s('svg.heads', { 'aria-hidden': 'true' });
  private readonly ruler = s('svg.ruler', { 'aria-hidden': 'true' });
  private readonly paper = h('div.paper', this.corner, this.heads, this.ruler, this.svg);
  readonly canvas = h('div.canvas', { tabindex: -1 }, this.paper);
  /** Around the canvas: shows where there is more to scroll to. */
  readonly element = h('div.frame', this.canvas);
  private readonly names = new Layer<Pick<Grid, 'lanes' | 'top' | 'gap'>>((it) => JSON.stringify(it), drawHeads);
  private readonly ticks = new Layer<Pick<Grid, 'rows' | 'quiet' | 'notes'>>((it) => JSON.stringify(it), drawRuler);
  scale = 1;

  constructor() {
    this.heads.append(this.names.element);
    this.ruler.append(this.ticks.element);
    this.canvas.addEventListener('scroll', () => this.hint(), { passive: true });
  }

  show({ lanes, top, gap, rows, quiet, notes }: Grid): void {
    this.names.show([{ lanes, top, gap }]);
    this.ticks.show([{ rows, quiet, notes }]);
  }

  /** Marks the node and the tick that are chosen. */
  mark(node: string | undefined, tick: number): void {
    for (const head of this.heads.querySelectorAll('.name'))
      head.classList.toggle('chosen', head.getAttribute('data-head') === node);
    for (const one of this.ruler.querySelectorAll('.tick'))
      one.classList.toggle('chosen', node !== undefined && one.getAttribute('data-at') === String(tick));
  }

  /** What may be in sight, in units of the picture; asked for before anything is changed, it costs nothing. */
  sight(): Sight {
    const top = this.canvas.scrollTop / this.scale;
    return { top, bottom: top + EDGE.top + (globalThis.innerHeight * HEIGHT) / this.scale };
  }

  /** How large the whole picture can be drawn; no larger than it is. */
  fitting({ width, height }: Size): number {
    const { clientWidth } = this.canvas;
    return Math.min(1, (clientWidth - EDGES) / width, (globalThis.innerHeight * HEIGHT - EDGES) / height);
  }

  resize({ width, height }: Size, scale: number): void {
    this.scale = Math.max(SCALES.least, Math.min(SCALES.most, scale));
    const { left, top } = EDGE;
    const size = (svg: SVGSVGElement, x: number, y: number, w: number, tall: number): void => {
      set(svg, 'viewBox', `${x} ${y} ${w} ${tall}`);
      set(svg, 'width', String(Math.round(w * this.scale)));
      set(svg, 'height', String(Math.round(tall * this.scale)));
    };
    size(this.corner, 0, 0, left, top);
    size(this.heads, left, 0, width - left, top);
    size(this.ruler, 0, top, left, height - top);
    size(this.svg, left, top, width - left, height - top);
    requestAnimationFrame(() => this.hint());
  }

  /** Where in the picture a pointer is. */
  heightAt({ clientY }: MouseEvent): number {
    return (clientY - this.svg.getBoundingClientRect().top) / this.scale + EDGE.top;
  }

  /** Brings a place into sight, if it is not. */
  reveal(x: number, y: number): void {
    const { canvas, scale } = this;
    const [left, top] = [x * scale, y * scale];
    const margin = 60;
    const isBeside =
      left < canvas.scrollLeft + EDGE.left + margin || left > canvas.scrollLeft + canvas.clientWidth - margin;
    const isAway = top < canvas.scrollTop + EDGE.top + margin || top > canvas.scrollTop + canvas.clientHeight - margin;
    if (isBeside) canvas.scrollLeft = left - canvas.clientWidth / 2;
    if (isAway) canvas.scrollTop = top - canvas.clientHeight / 2;
  }

  /** Shadows at the edges beyond which there is more. */
  private hint(): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = this.canvas;
    this.element.classList.toggle('more-right', scrollLeft + clientWidth < scrollWidth - 2);
    this.element.classList.toggle('more-left', scrollLeft > 2);
    this.element.classList.toggle('more-below', scrollTop + clientHeight < scrollHeight - 2);
  }
}

/** Browsers lay out all the text of a picture again when these are written, be it to what they are. */
function set(svg: SVGSVGElement, name: 'viewBox' | 'width' | 'height', value: string): void {
  if (svg.getAttribute(name) !== value) svg.setAttribute(name, value);
}
