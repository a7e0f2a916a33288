/**
 * The picture of a topology: components (replicated ones doubled) and streams with their labels; heavy and red is what may
 * differ.
 */
import { isDeterministic, labelInWords } from '../../blazes/labels.js';
import { type Html, html } from '../overview/html.js';
import { type Box, type Line, layoutOf, type Picture } from './layout.js';
import type { BlazesResult } from './schema.js';
import { blazesTitle } from './words.js';

const STYLE = `
text { font: 12px ui-monospace, monospace; fill: #1a1d21 }
text.stream { stroke: white; stroke-width: 4px; paint-order: stroke }
text.bad { fill: #b83c00; font-weight: bold }
path.stream { fill: none; stroke: #545c66; stroke-width: 1.5 }
path.bad { stroke: #b83c00; stroke-width: 2.5 }
.box { fill: #f5f6f8; stroke: #545c66 }
.head, .end { fill: #545c66 }
`;

/** The whole file. */
export function blazesToSvg(result: BlazesResult): string {
  const picture = pictureOf(result);
  const size = `width="${picture.width}" height="${picture.height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${attributesOf(result, picture).text}>
<style>${STYLE}</style>
<rect width="100%" height="100%" fill="white"/>
${partsOf(picture).text}
</svg>
`;
}

/** The same within a page, whose style it has. */
export function blazesFigure(result: BlazesResult): Html {
  const picture = pictureOf(result);
  return html`<svg class="topology" width="${picture.width}" ${attributesOf(result, picture)}>${partsOf(picture)}</svg>`;
}

const pictureOf = (result: BlazesResult): Picture => layoutOf(result, wordsOf);

const wordsOf = ({ name, label }: BlazesResult['streams'][number]): string => `${name}: ${labelInWords(label)}`;

const attributesOf = (result: BlazesResult, { width, height }: Picture): Html =>
  html`viewBox="0 0 ${width} ${height}" role="img" aria-label="${blazesTitle(result)}"`;

const partsOf = ({ boxes, lines }: Picture): Html =>
  html`<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>
${lines.map(lineHtml)}${boxes.map(boxHtml)}${lines.map(wordsHtml)}`;

const classOf = ({ stream }: Line): string => (isDeterministic(stream.label) ? 'stream' : 'stream bad');

const lineHtml = (line: Line): Html =>
  html`<path class="${classOf(line)}" d="${line.d}" marker-end="url(#head)"/>
`;

const wordsHtml = (line: Line): Html =>
  html`<text class="${classOf(line)}" x="${Math.round(line.x)}" y="${Math.round(line.y)}" text-anchor="middle">${wordsOf(line.stream)}</text>
`;

function boxHtml({ name, x, y, width, height, isReplicated }: Box): Html {
  if (width === 0)
    return html`<circle class="end" cx="${Math.round(x)}" cy="${Math.round(y + height / 2)}" r="3"/>
`;
  const size = html`width="${Math.round(width)}" height="${Math.round(height)}" rx="5"`;
  const [left, top] = [Math.round(x), Math.round(y)];
  const behind = isReplicated ? html`<rect class="box" x="${left + 5}" y="${top - 5}" ${size}/>` : html``;
  return html`${behind}<rect class="box" x="${left}" y="${top}" ${size}/><text x="${Math.round(left + width / 2)}" y="${Math.round(top + height / 2 + 4)}" text-anchor="middle">${name}</text>
`;
}
