/**
 * The dataflow of a spec as a standalone SVG: relations from left to right in layers, messages dashed, points of order
 * red. It is also the picture of the page.
 */
import { invariant } from '../../core/invariant.js';
import { beginning } from '../../core/text.js';
import { xmlText } from '../reporters/escape.js';
import { signsOf } from './dot.js';
import { layersOf } from './layers.js';
import type { CalmResult, FlowEdge, FlowNode } from './model.js';

const BOX = { height: 28, gap: 26, between: 96, edge: 24, letter: 7.3, most: 24 } as const;
const RED = '#b8360f';
const GREY = '#8a8f98';
const INK = '#16181c';
const STYLE = 'font-family="ui-monospace, monospace" font-size="12"';

interface Box extends FlowNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export function calmToSvg({ flow }: CalmResult): string {
  const boxes = placed(flow.nodes, flow.edges);
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const width = Math.max(...boxes.map((box) => box.x + box.width), 0) + BOX.edge;
  const height = Math.max(...boxes.map((box) => box.y + BOX.height), 0) + BOX.edge + BOX.gap;
  const heads = [
    ['flow', INK],
    ['red', RED],
  ].map(
    ([id, colour]) =>
      `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colour}"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" ${STYLE} role="img" aria-label="dataflow">`,
    `<defs>${heads.join('')}</defs>`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...flow.edges.flatMap((edge) => drawnEdge(edge, byName)),
    ...boxes.flatMap(drawnBox),
    '</svg>',
    '',
  ].join('\n');
}

const px = (value: number): string => String(Math.round(value * 10) / 10);
const labelOf = (name: string): string => (name.length > BOX.most ? `${beginning(name, BOX.most - 1)}…` : name);

function drawnBox({ name, x, y, width, isInput, isOutput, isKept }: Box): string[] {
  const colour = isInput ? GREY : INK;
  const box = (by: number): string =>
    `<rect x="${px(x - by)}" y="${px(y - by)}" width="${px(width + 2 * by)}" height="${px(BOX.height + 2 * by)}" rx="4" fill="${by > 0 ? 'none' : isOutput ? '#eef4fa' : 'white'}" stroke="${colour}" stroke-width="${isOutput && by === 0 ? 2 : 1}"/>`;
  return [
    box(0),
    ...(isKept ? [box(3)] : []),
    `<text x="${px(x + width / 2)}" y="${px(y + 18)}" text-anchor="middle" fill="${colour}"${isOutput ? ' font-weight="bold"' : ''}><title>${xmlText(name)}</title>${xmlText(labelOf(name))}</text>`,
  ];
}

function drawnEdge(edge: FlowEdge, boxes: ReadonlyMap<string, Box>): string[] {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  invariant(from && to, 'an edge is between relations of the flow');
  const colour = edge.isOrder ? RED : INK;
  const { path, x, y } = from === to ? loop(from) : from.x < to.x ? ahead(from, to) : back(from, to);
  const style = `fill="none" stroke="${colour}" stroke-width="${edge.isOrder ? 2 : 1}"${edge.time === 'async' ? ' stroke-dasharray="6 4"' : ''}`;
  const signs = signsOf(edge);
  return [
    `<path d="${path}" ${style} marker-end="url(#${edge.isOrder ? 'red' : 'flow'})"/>`,
    ...(signs === ''
      ? []
      : [
          `<text x="${px(x)}" y="${px(y)}" text-anchor="middle" fill="${colour}" stroke="white" stroke-width="4" paint-order="stroke">${signs}</text>`,
        ]),
  ];
}

interface Curve {
  readonly path: string;
  /** Where signs are written. */
  readonly x: number;
  readonly y: number;
}

function ahead(from: Box, to: Box): Curve {
  const [x1, y1] = [from.x + from.width + 3, from.y + BOX.height / 2];
  const [x2, y2] = [to.x - 4, to.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return {
    path: `M${px(x1)} ${px(y1)}C${px(middle)} ${px(y1)} ${px(middle)} ${px(y2)} ${px(x2)} ${px(y2)}`,
    x: middle,
    y: (y1 + y2) / 2 - 4,
  };
}

/** To a box of the same layer or an earlier one: below both. */
function back(from: Box, to: Box): Curve {
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2 + 8];
  const [y1, y2] = [from.y + BOX.height + 3, to.y + BOX.height + 5];
  const low = Math.max(y1, y2) + BOX.gap;
  return {
    path: `M${px(x1)} ${px(y1)}C${px(x1)} ${px(low)} ${px(x2)} ${px(low)} ${px(x2)} ${px(y2)}`,
    x: (x1 + x2) / 2,
    y: low - 5,
  };
}

function loop({ x, y, width }: Box): Curve {
  const [left, right, top] = [x + width / 2 - 12, x + width / 2 + 12, y - 3];
  return {
    path: `M${px(left)} ${px(top)}C${px(left)} ${px(top - 22)} ${px(right)} ${px(top - 22)} ${px(right)} ${px(top - 1)}`,
    x: x + width / 2,
    y: top - 18,
  };
}

/** Boxes in their layers, from left to right. */
function placed(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): Box[] {
  const layers = layersOf(nodes, edges);
  let x: number = BOX.edge;
  const tallest = Math.max(0, ...layers.map(({ length }) => length));
  return layers.flatMap((own) => {
    const widths = own.map(({ name }) => Math.max(40, labelOf(name).length * BOX.letter + 16));
    const widest = Math.max(...widths);
    const top = BOX.edge + 12 + ((tallest - own.length) * (BOX.height + BOX.gap)) / 2;
    const boxes = own.map((node, i) => ({
      ...node,
      x: x + (widest - (widths[i] ?? 0)) / 2,
      y: top + i * (BOX.height + BOX.gap),
      width: widths[i] ?? 0,
    }));
    x += widest + BOX.between;
    return boxes;
  });
}
