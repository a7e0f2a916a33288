/**
 * The dataflow of a spec as a standalone SVG: relations from left to right in layers, messages dashed, points of order
 * red. It is also the picture of the page.
 */
import { invariant } from '../../core/invariant.js';
import { groupBy } from '../../core/memo.js';
import { beginning } from '../../core/text.js';
import { xmlText } from '../reporters/escape.js';
import { curveOf, GAP, HEIGHT, type Placed, type Point, px } from './curves.js';
import { signsOf } from './dot.js';
import { layersOf } from './layers.js';
import type { CalmResult, FlowEdge, FlowNode } from './model.js';

const BOX = { between: 96, edge: 24, letter: 7.3, most: 24 } as const;
const RED = '#b8360f';
const GREY = '#8a8f98';
const INK = '#16181c';
const STYLE = 'font-family="ui-monospace, monospace" font-size="12"';

type Box = FlowNode & Placed;

export function calmToSvg({ flow }: CalmResult): string {
  const boxes = placed(flow.nodes, flow.edges);
  const lines = drawnEdges(flow.edges, boxes);
  const reach: readonly Point[] = [
    ...lines.flatMap(({ points }) => points),
    ...boxes.flatMap(({ x, y, width }): Point[] => [
      [x, y],
      [x + width, y + HEIGHT],
    ]),
  ];
  const [xs, ys] = [reach.map(([x]) => x), reach.map(([, y]) => y)];
  const [left, top] = [Math.min(0, ...xs) - BOX.edge, Math.min(0, ...ys) - BOX.edge];
  const [width, height] = [Math.max(0, ...xs) + BOX.edge - left, Math.max(0, ...ys) + BOX.edge - top];
  const heads = [
    ['flow', INK],
    ['red', RED],
  ].map(
    ([id, colour]) =>
      `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colour}"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="${[left, top, width, height].map(px).join(' ')}" ${STYLE} role="img" aria-label="dataflow">`,
    `<defs>${heads.join('')}</defs>`,
    `<rect x="${px(left)}" y="${px(top)}" width="100%" height="100%" fill="white"/>`,
    ...lines.map(({ line }) => line),
    ...boxes.flatMap(drawnBox),
    ...lines.map(({ label }) => label).filter((label) => label !== ''),
    '</svg>',
    '',
  ].join('\n');
}

const labelOf = (name: string): string => (name.length > BOX.most ? `${beginning(name, BOX.most - 1)}…` : name);

function drawnBox({ name, x, y, width, isInput, isOutput, isKept }: Box): string[] {
  const colour = isInput ? GREY : INK;
  const box = (by: number): string =>
    `<rect x="${px(x - by)}" y="${px(y - by)}" width="${px(width + 2 * by)}" height="${px(HEIGHT + 2 * by)}" rx="4" fill="${by > 0 ? 'none' : isOutput ? '#eef4fa' : 'white'}" stroke="${colour}" stroke-width="${isOutput && by === 0 ? 2 : 1}"/>`;
  return [
    box(0),
    ...(isKept ? [box(3)] : []),
    `<text x="${px(x + width / 2)}" y="${px(y + 18)}" text-anchor="middle" fill="${colour}"${isOutput ? ' font-weight="bold"' : ''}><title>${xmlText(name)}</title>${xmlText(labelOf(name))}</text>`,
  ];
}

interface Line {
  readonly line: string;
  readonly label: string;
  readonly points: readonly Point[];
}

/** One line for all that leads from one relation to another in the same way: by messages, or not. */
function drawnEdges(edges: readonly FlowEdge[], boxes: readonly Box[]): Line[] {
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const pairs = groupBy(edges, ({ from, to }) => JSON.stringify([from, to]));
  return [...pairs.values()].flatMap((pair) =>
    [...groupBy(pair, ({ time }) => time === 'async').values()].map((alike, nth) => {
      const [from, to] = [byName.get(alike[0].from), byName.get(alike[0].to)];
      invariant(from && to, 'an edge is between relations of the flow');
      const { path, points, x, y } = curveOf(from, to, nth, boxes);
      const has = (what: 'negated' | 'aggregated' | 'threshold' | 'isOrder'): boolean =>
        alike.some((edge) => edge[what]);
      const [colour, width, head] = has('isOrder') ? [RED, 2, 'red'] : [INK, 1, 'flow'];
      const time = alike.find((edge) => edge.time !== 'deductive')?.time ?? 'deductive';
      const dashes = time === 'async' ? ' stroke-dasharray="6 4"' : '';
      const [negated, aggregated, threshold] = [has('negated'), has('aggregated'), has('threshold')];
      const signs = signsOf({ negated, aggregated, threshold, time });
      return {
        line: `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}"${dashes} marker-end="url(#${head})"/>`,
        label:
          signs &&
          `<text x="${px(x)}" y="${px(y)}" text-anchor="middle" fill="${colour}" stroke="white" stroke-width="4" paint-order="stroke">${signs}</text>`,
        points,
      };
    }),
  );
}

/** Boxes in their layers, from left to right. */
function placed(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): Box[] {
  const layers = layersOf(nodes, edges);
  let x = 0;
  const tallest = Math.max(0, ...layers.map(({ length }) => length));
  return layers.flatMap((own, layer) => {
    const widths = own.map(({ name }) => Math.max(40, labelOf(name).length * BOX.letter + 16));
    const widest = Math.max(...widths);
    const top = ((tallest - own.length) * (HEIGHT + GAP)) / 2;
    const boxes = own.map((node, i) => ({
      ...node,
      x: x + (widest - (widths[i] ?? 0)) / 2,
      y: top + i * (HEIGHT + GAP),
      width: widths[i] ?? 0,
      layer,
      isTop: i === 0,
      isBottom: i === own.length - 1,
    }));
    x += widest + BOX.between;
    return boxes;
  });
}
