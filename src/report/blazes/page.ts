/**
 * The page of a topology: its picture, the label of each stream, why, and where to coordinate. It needs no script.
 */
import { isDeterministic, labelInWords } from '../../blazes/labels.js';
import { framedHtml, type PageAssets } from '../formats/frame.js';
import { type Html, html } from '../overview/html.js';
import type { BlazesResult } from './schema.js';
import { blazesFigure } from './svg.js';
import { blazesTitle, coordinationInWords, meaningOf, verdictInWords, whyLines } from './words.js';

export function blazesHtml(result: BlazesResult, assets: PageAssets): string {
  const { deterministic, name, file } = result;
  const body = html`<header><span class="brand">ldfi</span><span class="spec">${file}</span></header>
<main class="page">
<section>
<h1>${name ?? file}</h1>
<p class="lead"><span class="cell ${deterministic ? 'kept' : 'broken'}" aria-hidden="true">${deterministic ? '✓' : '✗'}</span> ${verdictInWords(result)}</p>
<div class="sideways" tabindex="0" role="region" aria-label="Picture of the topology">${blazesFigure(result)}</div>
</section>
${streams(result)}
${whys(result)}
${plan(result)}
</main>`;
  return framedHtml(
    { version: result.tool.version, title: `ldfi: ${blazesTitle(result)}` },
    `<div id="app">\n${body.text}\n</div>`,
    assets,
  );
}

const streams = (result: BlazesResult): Html => html`<section>
<h2>Streams</h2>
<table class="labels">
<thead><tr><th scope="col">stream</th><th scope="col">label</th><th scope="col">what is in it</th></tr></thead>
<tbody>
${result.streams.map(
  ({ name, label }) =>
    html`<tr><th scope="row">${name}</th><td><span class="cell ${isDeterministic(label) ? 'kept' : 'broken'}">${labelInWords(label)}</span></td><td>${meaningOf(label)}</td></tr>
`,
)}</tbody>
</table>
</section>`;

const whys = ({ outlets }: BlazesResult): Html => html`<section>
<h2>Why</h2>
${outlets.map(
  (outlet) => html`<h3>${outlet.component}.${outlet.interface}: ${labelInWords(outlet.label)}</h3>
<ul>${whyLines(outlet).map((line) => html`<li>${line}</li>`)}</ul>
`,
)}</section>`;

const plan = (result: BlazesResult): Html => html`<section>
<h2>Coordination</h2>
${
  result.plan.length === 0
    ? html`<p>None is needed.</p>`
    : html`<ul>${result.plan.map((one) => html`<li><b>${one.strategy}</b> ${coordinationInWords(one)}</li>`)}</ul>`
}
</section>`;
