/**
 * Where the parts of a topology are in its picture: components in columns from left to right, as far as streams go that
 * way; what goes back, goes below.
 */
import { partsOf } from '../../blazes/topology.js';
import type { BlazesResult } from './schema.js';

type Stream = BlazesResult['streams'][number];

/** A component, or (without a width) an end outside. */
export interface Box {
  readonly name: string;
  readonly isReplicated: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly stream: Stream;
  /** An SVG path. */
  readonly d: string;
  /** Where its words are, in the middle of them. */
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Pixels: of a letter, between streams, between boxes, around it all, and of a box at least. */
const SIZE = { letter: 7.3, port: 28, between: 26, margin: 20, width: 80, height: 44 } as const;

interface Edge {
  readonly stream: Stream;
  readonly from: string;
  readonly to: string;
}

/** @param wordsOf what stands beside a stream */
export function layoutOf({ components, streams }: BlazesResult, wordsOf: (stream: Stream) => string): Picture {
  const edges = streams.flatMap(edgesOf);
  const names = new Set([...components.map(({ name }) => name), ...edges.flatMap(({ from, to }) => [from, to])]);
  const columns = columnsOf([...names], edges);
  const gap = Math.round(Math.max(...streams.map((stream) => wordsOf(stream).length)) * SIZE.letter) + 30;
  const isReplicated = new Map(components.map(({ name, replicated }) => [name, replicated]));
  const boxes = placed(columns, edges, isReplicated, gap);
  const below = Math.max(...[...boxes.values()].map(({ y, height }) => y + height));
  // What goes back goes the further below, the further back it goes.
  const span = ({ from, to }: Edge): number => (boxes.get(from)?.x ?? 0) - (boxes.get(to)?.x ?? 0);
  const backs = edges.filter((edge) => !isForward(boxes, edge)).sort((one, other) => span(one) - span(other));
  const sorted = [...edges.filter((edge) => isForward(boxes, edge)), ...backs];
  const lines = sorted.map((edge) => lineOf(edge, sorted, boxes, gap, below + SIZE.port * (1 + backs.indexOf(edge))));
  return {
    boxes: [...boxes.values()],
    lines,
    width:
      Math.max(...[...boxes.values()].map(({ x, width }) => x + width)) + SIZE.margin + (backs.length > 0 ? 40 : 0),
    height: below + SIZE.port * backs.length + SIZE.margin,
  };
}

/** Ends outside have names that no component can have. */
function edgesOf(stream: Stream): Edge[] {
  const { name, from, to } = stream;
  const source = from === undefined ? `> ${name}` : partsOf(from)[0];
  const targets = to.length === 0 ? [`${name} >`] : to.map((end) => partsOf(end)[0]);
  return targets.map((target) => ({ stream, from: source, to: target }));
}

/** By name: how far to the right. What closes a circle does not count. */
function columnsOf(names: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const backs = new Set<Edge>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const edge of edges.filter(({ from }) => from === name)) {
      if (state.get(edge.to) === 'open') backs.add(edge);
      else if (!state.has(edge.to)) visit(edge.to);
    }
    state.set(name, 'done');
  };
  const isSource = (name: string): boolean => !edges.some(({ to }) => to === name);
  for (const name of [...names.filter(isSource), ...names]) if (!state.has(name)) visit(name);
  const columns = new Map(names.map((name) => [name, 0]));
  const column = (name: string): number => columns.get(name) ?? 0;
  const onwards = edges.filter((edge) => !backs.has(edge));
  for (let i = 0; i < names.length; i++)
    for (const { from, to } of onwards) columns.set(to, Math.max(column(to), column(from) + 1));
  // What comes from outside begins right before where it goes.
  for (const name of names.filter(isSource)) {
    const targets = onwards.filter(({ from }) => from === name).map(({ to }) => column(to));
    columns.set(name, Math.max(0, Math.min(...targets) - 1));
  }
  return columns;
}

function placed(
  columns: ReadonlyMap<string, number>,
  edges: readonly Edge[],
  isReplicated: ReadonlyMap<string, boolean>,
  gap: number,
): Map<string, Box> {
  const boxes = new Map<string, Box>();
  let x = SIZE.margin;
  for (let column = 0; column <= Math.max(...columns.values()); column++) {
    const names = [...columns].filter(([, at]) => at === column).map(([name]) => name);
    const widths = names.map((name) =>
      isReplicated.has(name) ? Math.max(SIZE.width, Math.round(name.length * SIZE.letter) + 24) : 0,
    );
    const wide = Math.max(...widths);
    let y = SIZE.margin;
    for (const [i, name] of names.entries()) {
      const ports = Math.max(portsOf(edges, name, 'from').length, portsOf(edges, name, 'to').length, 1);
      const height = isReplicated.has(name) ? Math.max(SIZE.height, ports * SIZE.port) : SIZE.port;
      const width = widths[i] ?? 0;
      boxes.set(name, {
        name,
        isReplicated: isReplicated.get(name) ?? false,
        x: x + (wide - width) / 2,
        y,
        width,
        height,
      });
      y += height + SIZE.between;
    }
    x += wide + gap;
  }
  return boxes;
}

const portsOf = (edges: readonly Edge[], name: string, side: 'from' | 'to'): Edge[] =>
  edges.filter((edge) => edge[side] === name);

function isForward(boxes: ReadonlyMap<string, Box>, { from, to }: Edge): boolean {
  const [source, target] = [boxes.get(from), boxes.get(to)];
  return source !== undefined && target !== undefined && source.x + source.width < target.x;
}

function lineOf(edge: Edge, edges: readonly Edge[], boxes: ReadonlyMap<string, Box>, gap: number, below: number): Line {
  const [x1, y1] = portAt(edge, edges, boxes, 'from');
  const [x2, y2] = portAt(edge, edges, boxes, 'to');
  const { stream } = edge;
  if (!isForward(boxes, edge)) {
    const d = `M${x1} ${y1} C${x1 + 40} ${y1} ${x1 + 40} ${below} ${x1} ${below} L${x2} ${below} C${x2 - 40} ${below} ${x2 - 40} ${y2} ${x2} ${y2}`;
    return { stream, d, x: (x1 + x2) / 2, y: below - 5 };
  }
  // Level as long as its words are, which stand before the first turn.
  const turn = x1 + gap - 20;
  const bend = y1 === y2 || turn >= x2 ? '' : ` C${turn + 10} ${y1} ${turn} ${y2} ${x2 - 8} ${y2}`;
  const d = bend === '' ? `M${x1} ${y1} L${x2} ${y2}` : `M${x1} ${y1} L${turn - 20} ${y1}${bend} L${x2} ${y2}`;
  return { stream, d, x: x1 + (gap - 20) / 2, y: y1 - 5 };
}

/** Where a stream leaves a box, or comes to it: one below the other. */
function portAt(
  edge: Edge,
  edges: readonly Edge[],
  boxes: ReadonlyMap<string, Box>,
  side: 'from' | 'to',
): [number, number] {
  const box = boxes.get(edge[side]);
  if (!box) return [0, 0];
  const ports = portsOf(edges, edge[side], side);
  const y = box.y + (box.height * (ports.indexOf(edge) + 1)) / (ports.length + 1);
  return [Math.round(side === 'from' ? box.x + box.width : box.x), Math.round(y)];
}
