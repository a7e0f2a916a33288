/**
 * The space-time diagram in its frame: what is in sight is drawn, the rest when it is scrolled to; zoom, drag,
 * keyboard.
 */
import type { MessageView, RunView } from '../provenance/views.js';
import { Detail } from './detail.js';
import { button, h, s } from './dom.js';
import type { Flag } from './flags.js';
import { Frame, type Sight } from './frame.js';
import { drawGrid, type Grid, gridOf } from './grid.js';
import type { LabelBox } from './labels.js';
import { Layer } from './layer.js';
import { type Layout, layout } from './layout.js';
import type { Arrow, Band, Dot, Fan, LayoutOptions } from './marks.js';
import { Roving } from './roving.js';
import {
  countsInWords,
  drawArrow,
  drawBand,
  drawDot,
  drawFan,
  drawFlag,
  drawLabel,
  hatching,
  lookOfArrow,
  lookOfDot,
  lookOfFan,
  lookOfLabel,
} from './shapes.js';

export interface DiagramEvents {
  message(message: MessageView): void;
  place(node: string, tick: number): void;
  lane(node: string, tick: number): void;
  /** The keyboard is at this node and tick. */
  reached(node: string, tick: number): void;
}

/** What is to stand out. */
export interface Emphasis {
  readonly messages: ReadonlySet<string>;
  readonly node: string | undefined;
  readonly tick: number;
}

/** Messages and dots up to which everything is drawn at once, and how far beyond what is in sight otherwise. */
const MOST_MARKS = 500;
const BEYOND = 100;
/** Width of a printed diagram: what stands between the margins of A4. */
const PAPER = 700;

const strength = (arrow: Arrow): number => (arrow.bold || arrow.moved ? 2 : arrow.slice ? 1 : 0);

/** Strong arrows are drawn over weak ones. What is alike goes by its place, so that few move in another run. */
const arrowOrder = (a: Arrow, b: Arrow): number =>
  strength(a) - strength(b) || a.y1 - b.y1 || a.x1 - b.x1 || a.x2 - b.x2;
const labelOrder = (a: LabelBox, b: LabelBox): number => a.y - b.y || a.x - b.x;

export class Diagram {
  private readonly frame = new Frame();
  readonly svg = this.frame.svg;
  readonly canvas = this.frame.canvas;
  readonly element: HTMLElement;
  private readonly counts = h('output.counts');
  private readonly grid = new Layer<Grid>(
    (grid) => JSON.stringify(grid),
    (grid) => drawGrid(grid),
  );
  private readonly bands = new Layer<Band>(
    (band) => JSON.stringify(band),
    (band) => drawBand(band),
  );
  private readonly lines = new Layer<Arrow>(
    (arrow) => `${this.isLean(arrow)}\n${lookOfArrow(arrow)}`,
    (arrow) => drawArrow(arrow, { lean: this.isLean(arrow) }),
  );
  private readonly fans = new Layer<Fan>(lookOfFan, drawFan);
  private readonly points = new Layer<Dot>(
    (dot) => lookOfDot(dot).join('\n'),
    (dot) => drawDot(dot),
  );
  private readonly labels = new Layer<LabelBox>((label) => lookOfLabel(label).join('\n'), drawLabel);
  private readonly flags = new Layer((flag: Flag & { readonly width: number }) => JSON.stringify(flag), drawFlag);
  private readonly roving = new Roving(this.svg, (mark) => this.reached(mark));
  /** The row and the lane that are chosen. */
  private readonly cursor = s('g.cursor');
  /** Bands of ticks and fans that the reader has opened, by name. */
  private readonly opened = new Set<string>();
  private readonly detail = new Detail(this.svg);
  /** The room on paper, while it is printed. */
  private paper: number | undefined;
  private room = 0;
  private again = (): void => {};
  private few = true;
  private laid: Layout | undefined;
  /** Those that are drawn, by their ids. */
  private arrows = new Map<string, Arrow>();
  private emphasis: Emphasis = { messages: new Set(), node: undefined, tick: 1 };
  private drawn: readonly [number, number] = [0, 0];
  private moved = false;

  constructor(
    private readonly events: DiagramEvents,
    switches: HTMLElement,
  ) {
    const tools = h(
      'div.tools',
      switches,
      this.counts,
      button('−', () => this.zoom(this.frame.scale / 1.25), { 'aria-label': 'Zoom out' }),
      button('+', () => this.zoom(this.frame.scale * 1.25), { 'aria-label': 'Zoom in' }),
      button('Fit', () => this.fit(), { title: 'The whole run at once (f)' }),
      button('100 %', () => this.zoom(1), { title: 'As large as it is (0)' }),
    );
    this.element = h('div.diagram', tools, this.frame.element, this.detail.element);
    const layers = [this.grid, this.bands, this.fans, this.lines, this.points, this.labels, this.flags];
    this.svg.append(hatching('hatching'), this.cursor, ...layers.map(({ element }) => element));
    this.svg.addEventListener('click', (event) => this.click(event));
    this.svg.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.click(event);
    });
    this.canvas.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.canvas.addEventListener('wheel', (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(this.frame.scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
    });
    globalThis.addEventListener('resize', () => this.resized(), { passive: true });
    globalThis.addEventListener('beforeprint', () => this.print(PAPER));
    globalThis.addEventListener('afterprint', () => this.print(undefined));
    this.drag();
  }

  show(view: RunView, options: Omit<LayoutOptions, 'width'>, emphasis: Emphasis): void {
    this.again = () => this.show(view, options, this.emphasis);
    const width = this.paper ?? this.roomOnScreen();
    this.room = width;
    const sight = this.frame.sight();
    this.laid = layout(view, { ...options, width, opened: this.opened });
    this.emphasis = emphasis;
    this.svg.classList.toggle('everything', options.all);
    this.zoom(this.frame.scale, sight);
    this.counts.textContent = countsInWords(this.laid);
  }

  /** Brings a message, or a node at a tick, into sight. */
  reveal(wanted: string | { readonly node: string; readonly tick: number }): void {
    const tick = typeof wanted === 'string' ? this.laid?.messages.find(({ id }) => id === wanted)?.sent : wanted.tick;
    if (tick === undefined || !this.laid) return;
    const band = this.laid.quiet.find(({ from, last }) => from <= tick && tick <= last);
    if (band) this.unfold(band.id);
    this.canvas.scrollTop = this.laid.scale.yOf(tick) * this.frame.scale - this.canvas.clientHeight / 3;
    this.canvas.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  /** A phone that is turned, a window that is drawn wider. */
  private resized(): void {
    if (this.paper === undefined && Math.abs(this.roomOnScreen() - this.room) > 20) this.again();
  }

  private roomOnScreen(): number {
    return Math.max(300, this.canvas.clientWidth || 900);
  }

  /** Lays it out for paper, whole, or for the screen again. */
  private print(width: number | undefined): void {
    this.paper = width;
    this.again();
    if (width !== undefined) this.draw(true);
  }

  /** Changes what stands out, draws nothing anew. */
  emphasise(emphasis: Emphasis): void {
    this.emphasis = emphasis;
    const { messages, node, tick } = emphasis;
    const isSelected = (id: string): boolean =>
      this.arrows.get(id)?.messages.some((one) => messages.has(one.id)) ?? false;
    for (const element of this.lines.element.children)
      element.classList.toggle('selected', messages.size > 0 && isSelected(element.getAttribute('data-message') ?? ''));
    for (const element of this.points.element.children) {
      const isHere = element.getAttribute('data-node') === node && element.getAttribute('data-tick') === String(tick);
      element.classList.toggle('selected', isHere);
    }
    this.drawCursor();
  }

  /** In pictures with very many arrows, the weak ones come without a tooltip. */
  private isLean(arrow: Arrow): boolean {
    return !this.few && strength(arrow) === 0;
  }

  /** The row of the chosen tick, and the lane of the chosen node. */
  private drawCursor(): void {
    const { node, tick } = this.emphasis;
    const lane = this.laid?.lanes.find((one) => one.node === node);
    this.frame.mark(lane && node, tick);
    this.cursor.replaceChildren(...(lane && this.laid ? cursorAt(this.laid, lane.x, tick) : []));
  }

  /** Brings the cursor into sight. */
  follow(): void {
    const { node, tick } = this.emphasis;
    const lane = this.laid?.lanes.find((one) => one.node === node);
    if (lane && this.laid) this.frame.reveal(lane.x, this.laid.scale.yOf(tick));
  }

  /** The keyboard has gone to a mark: the cursor goes with it. */
  private reached(mark: SVGElement): void {
    const arrow = this.arrows.get(mark.getAttribute('data-message') ?? '');
    const node = arrow?.from ?? mark.getAttribute('data-node');
    if (node !== null) this.events.reached(node, arrow?.sent ?? Number(mark.getAttribute('data-tick')));
  }

  private zoom(scale: number, sight?: Sight): void {
    if (!this.laid) return;
    this.frame.resize(this.laid, scale);
    this.draw(false, sight ?? this.frame.sight());
  }

  /** The whole run at once. */
  fit(): void {
    if (this.laid) this.zoom(this.frame.fitting(this.laid));
  }

  /** As large as it is. */
  unzoom(): void {
    this.zoom(1);
  }

  private scrolled(): void {
    const { top, bottom } = this.frame.sight();
    const [from, to] = this.drawn;
    if (top < from || bottom > to) this.draw(false);
  }

  /** Draws what is in sight and somewhat beyond, or everything. */
  private draw(everything: boolean, { top, bottom } = this.frame.sight()): void {
    const laid = this.laid;
    if (!laid) return;
    const few = everything || laid.messages.length + laid.dots.length <= MOST_MARKS;
    this.few = few;
    const from = few ? 0 : Math.max(0, top - BEYOND);
    const to = few ? laid.height : bottom + BEYOND;
    this.drawn = [from === 0 ? Number.NEGATIVE_INFINITY : from, to >= laid.height ? Number.POSITIVE_INFINITY : to];
    const picture = laid.pictureOf(laid.arrowsIn(from, to));
    const { arrows, fans } = picture;
    const dots = laid.dots.filter(({ y }) => y >= from && y <= to);
    this.arrows = new Map(arrows.map((arrow) => [arrow.id, arrow]));
    this.roving.redraw(() => {
      const grid = gridOf(laid, from, to);
      this.grid.show([grid]);
      this.frame.show(grid);
      this.fans.show(fans);
      this.bands.show(laid.bands);
      this.lines.show([...arrows].sort(arrowOrder));
      this.points.show(dots);
      this.labels.show(laid.labelsOf(picture, dots).sort(labelOrder));
      this.flags.show(laid.flags.map((flag) => ({ ...flag, width: laid.width })));
    });
    this.detail.refresh();
    this.emphasise(this.emphasis);
  }

  private click(event: Event): void {
    if (this.moved || !(event.target instanceof Element) || !this.laid) return;
    const arrow = event.target.closest('[data-message]');
    const dot = event.target.closest<SVGElement>('.dot');
    const lane = event.target.closest('[data-lane]');
    const folded = event.target.closest('[data-quiet], [data-fan]');
    const message = this.arrows.get(arrow?.getAttribute('data-message') ?? '')?.messages[0];
    if (folded) this.unfold(folded.getAttribute('data-quiet') ?? folded.getAttribute('data-fan') ?? '');
    else if (message) this.events.message(message);
    else if (dot) this.events.place(dot.getAttribute('data-node') ?? '', Number(dot.getAttribute('data-tick')));
    else if (lane && event instanceof MouseEvent)
      this.events.lane(lane.getAttribute('data-lane') ?? '', this.tickAt(event));
  }

  /** Shows what stands for more, one by one. */
  private unfold(name: string): void {
    this.opened.add(name);
    this.again();
  }

  /** The tick whose row is nearest below the pointer. */
  private tickAt(event: MouseEvent): number {
    const y = this.frame.heightAt(event);
    const rows = this.laid?.rows ?? [];
    return (rows.find((row) => row.y + 6 >= y) ?? rows.at(-1))?.tick ?? 1;
  }

  /** The canvas follows the pointer. */
  private drag(): void {
    let start: { x: number; y: number; left: number; top: number } | undefined;
    this.canvas.addEventListener('pointerdown', ({ clientX, clientY, pointerType }) => {
      this.moved = false;
      const { scrollLeft: left, scrollTop: top } = this.canvas;
      if (pointerType === 'mouse') start = { x: clientX, y: clientY, left, top };
    });
    globalThis.addEventListener('pointerup', () => {
      start = undefined;
    });
    this.canvas.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (!start) return;
      if (Math.hypot(clientX - start.x, clientY - start.y) > 5) this.moved = true;
      if (this.moved) this.canvas.scrollTo(start.left - (clientX - start.x), start.top - (clientY - start.y));
    });
  }
}

/** A row and a lane, and the place where they meet. */
function cursorAt({ width, top, bottom, scale }: Layout, x: number, tick: number): SVGElement[] {
  const y = scale.yOf(tick);
  return [
    s('rect.row', { x: 0, y: y - 11, width, height: 22 }),
    s('rect.lane', { x: x - 13, y: top, width: 26, height: bottom - top }),
    s('circle.here', { cx: x, cy: y, r: 11 }),
  ];
}
