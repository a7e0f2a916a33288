/**
 * The space-time diagram of a run as a standalone SVG, for documents and pull requests: the page's layout, drawn as
 * text.
 */
import { quietInWords } from '../page/grid.js';
import { EDGE, type Layout, layout } from '../page/layout.js';
import type { Arrow, Band } from '../page/marks.js';
import type { RunView } from '../provenance/views.js';
import { xmlText } from '../reporters/escape.js';

const WIDTH = 900;
const FAULT = '#b8360f';
const BLUE = '#0b63a5';
const GREY = '#8a8f98';
/** Labels are as large as those of the page, for which the layout finds room. */
const STYLE = 'font-family="ui-monospace, monospace" font-size="11"';

/** A number of pixels, short and the same everywhere. */
const px = (value: number): string => String(Math.round(value * 10) / 10);

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${px(x)}" y="${px(y)}"${more}>${xmlText(words)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, more: string): string =>
  `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" ${more}/>`;

/** The whole file. @param label what it is a picture of, for who cannot see it */
export function runToSvg(view: RunView, label?: string): string {
  const it = layout(view, { width: WIDTH, all: false, ghosts: true });
  const picture = it.pictureOf(it.arrowsIn());
  const [width, height] = [px(Math.max(it.width, WIDTH)), px(it.height + 10)];
  const parts = [
    `<rect width="100%" height="100%" fill="white"/>`,
    ...grid(it),
    ...bands(it),
    ...picture.fans.flatMap(({ arrows, x1, y1 }) =>
      arrows.map(({ x2, y2 }) => line(x1, y1, x2, y2, `stroke="${GREY}" stroke-opacity="0.3"`)),
    ),
    ...picture.arrows.flatMap(arrow),
    ...it.dots.map(({ x, y, ghost, slice }) =>
      ghost
        ? `<circle cx="${px(x)}" cy="${px(y)}" r="4" fill="white" stroke="${GREY}" stroke-dasharray="2 2"/>`
        : `<circle cx="${px(x)}" cy="${px(y)}" r="4" fill="${slice ? BLUE : GREY}"/>`,
    ),
    ...it.labelsOf(picture, it.dots).map(({ x, y, anchor, text: words, of, kind }) => {
      const isHit = kind === 'strike' || ('fate' in of && (of.fate === 'lost' || of.moved !== undefined));
      const fill = isHit ? FAULT : kind === 'missing' || !('slice' in of && of.slice) ? GREY : '#16181c';
      return text(x, y, words, ` text-anchor="${anchor}" fill="${fill}"`);
    }),
    ...it.flags.map(({ x, y, text: words }) =>
      text(x, y, words, ` text-anchor="middle" font-weight="bold" fill="${FAULT}"`),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${STYLE} role="img"${label === undefined ? '' : ` aria-label="${xmlText(label)}"`}>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">',
    `<path d="M0 0 8 4 0 8z" fill="${BLUE}"/></marker></defs>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function grid({ lanes, rows, quiet, notes, top, bottom, width }: Layout): string[] {
  return [
    ...rows.map(({ tick, y }) => text(36, y + 4, String(tick), ` text-anchor="end" fill="${GREY}"`)),
    ...quiet.map((band) => text(EDGE.left, band.y + 18, quietInWords(band), ` fill="${GREY}"`)),
    ...notes.map(({ y }) => line(EDGE.left, y, width, y, `stroke="${GREY}" stroke-dasharray="6 4"`)),
    ...lanes.flatMap(({ node, x }) => [
      line(x, top, x, bottom, `stroke="${GREY}"`),
      text(x, top - 10, node, ' text-anchor="middle" font-weight="bold"'),
    ]),
  ];
}

/** Fill and outline of a band, by how it looks. */
const BANDS: Readonly<Record<Band['look'], readonly [half: number, fill: string, dash: string]>> = {
  down: [9, '#fbe3da', '4 3'],
  gap: [9, 'white', '4 3'],
  slow: [5, '#fbe3da', '1 3'],
  first: [10, 'none', '1 3'],
  wall: [3, FAULT, '0'],
};

function bands({ bands: all }: Layout): string[] {
  return all.map(({ look, x, y, bottom }) => {
    const [half, fill, dash] = BANDS[look];
    return `<rect x="${px(x - half)}" y="${px(y)}" width="${2 * half}" height="${px(Math.max(14, bottom - y))}" fill="${fill}" stroke="${FAULT}" stroke-dasharray="${dash}"/>`;
  });
}

function arrow({ x1, y1, x2, y2, ex, ey, fate, slice, moved }: Arrow): string[] {
  if (fate === 'ghost') return [line(x1, y1, x2, y2, `stroke="${GREY}" stroke-dasharray="3 4"`)];
  if (fate === 'delivered')
    return [
      line(
        x1,
        y1,
        x2,
        y2,
        moved
          ? `stroke="${FAULT}" stroke-dasharray="8 3" marker-end="url(#head)"`
          : `stroke="${slice ? BLUE : GREY}" stroke-opacity="${slice ? 1 : 0.5}" marker-end="url(#head)"`,
      ),
    ];
  const cross = text(ex, ey + 5, '✗', ` text-anchor="middle" font-size="16" font-weight="bold" fill="${FAULT}"`);
  return [line(x1, y1, ex, ey, `stroke="${FAULT}" stroke-width="1.6"`), cross];
}
