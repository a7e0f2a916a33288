/**
 * The page of how stale reads are: a sentence, a chart over which a slider reads off figures, and tables of all of them.
 *
 * It is plain HTML and can be read without its script, which only moves the mark of the slider.
 */
import { framedHtml, type PageAssets } from '../formats/frame.js';
import { given, type Html, html } from '../overview/html.js';
import { chart, scaleOf } from './chart.js';
import type { StalenessResult } from './schema.js';
import {
  CLOSED,
  closedRows,
  INTERVALS,
  msInWords,
  quorumInWords,
  shareInWords,
  strictness,
  summary,
  timeColumns,
  timeRows,
} from './words.js';

export function stalenessHtml(result: StalenessResult, assets: PageAssets): string {
  const title = quorumInWords(result);
  const body = html`<header><span class="brand">ldfi</span><span class="spec">${title}</span></header>
<main class="page">
<section>
<h1>How stale a read may be</h1>
<p class="lead">${strictness(result)} ${summary(result)}</p>
${given(result.curve.length > 1, () => overTime(result))}</section>
${tables(result)}
</main>`;
  return framedHtml(
    { version: result.tool.version, title: `ldfi: how stale reads are, ${title}` },
    `<div id="app">\n${body.text}\n</div>`,
    assets,
  );
}

function overTime(result: StalenessResult): Html {
  const { curve } = result;
  const { x, y } = scaleOf(curve);
  return html`<h2>Over time</h2>
${chart(result)}
<p class="when" hidden><label for="when">Time after the write</label> <input type="range" id="when" min="0" max="${curve.length - 1}" value="0"> <output for="when" id="said"></output></p>
<details><summary>The figures of the curve</summary>
<div class="sideways"><table class="figures">
<thead><tr><th scope="col">after the write</th><th scope="col">consistent</th></tr></thead>
<tbody id="points">
${curve.map(
  (
    point,
  ) => html`<tr data-x="${x(point.ms)}" data-y="${y(point.probability)}"><th scope="row">${msInWords(point.ms)}</th><td>${shareInWords(point)}</td></tr>
`,
)}</tbody>
</table></div></details>
`;
}

function tables(result: StalenessResult): Html {
  return html`<section>
<h2>Times, for so many of them</h2>
<div class="sideways"><table class="figures">
<thead><tr><td></td>${timeColumns(result).map((share) => html`<th scope="col">${share}</th>`)}</tr></thead>
<tbody>
${timeRows(result).map(
  ([what, cells]) => html`<tr><th scope="row">${what}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table></div>
<p class="hint">${INTERVALS}</p>
<h2>By the numbers alone</h2>
<p>${CLOSED}</p>
<div class="sideways"><table class="figures"><tbody>
${closedRows(result).map(
  ([what, figure]) => html`<tr><th scope="row">${what}</th><td>${figure}</td></tr>
`,
)}</tbody></table></div>
</section>`;
}
