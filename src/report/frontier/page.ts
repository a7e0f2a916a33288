/**
 * The page of frontiers: per spec and end of time a sentence and a grid, in which a broken cell leads to the
 * counterexample that breaks it and the command that shows it.
 *
 * It is plain HTML; a mark and words say what a colour says. The script only opens what a link leads to.
 */
import { formatScenario } from '../../faults/scenario.js';
import { framedHtml, type PageAssets } from '../formats/frame.js';
import { given, type Html, html } from '../overview/html.js';
import { clausesOf } from '../words.js';
import type { CellResult, FrontierResult, Frontiers, SliceResult } from './schema.js';
import {
  ABRIDGED,
  askedAt,
  CELL_MARKS,
  cellCommand,
  cellInWords,
  cellLook,
  frontierTitle,
  isAbridged,
  isOwn,
  rowsOf,
  sliceInWords,
} from './words.js';

export function frontiersHtml({ tool, invariant, frontiers }: Frontiers, assets: PageAssets): string {
  const roots = [...new Set(frontiers.map(({ spec }) => spec.roots.join(' ')))].join(', ');
  const body = html`<header><span class="brand">ldfi</span><span class="spec">${roots}</span></header>
<main class="page">
<section>
<h1>How much is tolerated</h1>
<p class="lead">Each grid is of one end of time. ${legend()}</p>
</section>
${frontiers.map((one, i) => frontierHtml(one, invariant, `f${i + 1}`))}
</main>`;
  const title = `ldfi: how much ${roots} tolerates`;
  return framedHtml({ version: tool.version, title }, `<div id="app">\n${body.text}\n</div>`, assets);
}

const legend = (): Html =>
  html`${(['holds', 'violated', 'vacuous', 'inconclusive'] as const).map((verdict) => {
    const [mark, words] = CELL_MARKS[verdict];
    return html`<span class="key"><span class="cell ${cellLook({ verdict })}" aria-hidden="true">${mark}</span> ${words}</span> `;
  })}<span class="key"><span class="cell asked" aria-hidden="true">&nbsp;</span> what a check asks for</span>`;

/** One frontier as a section. @param id begins the ids of its parts */
const frontierHtml = (frontier: FrontierResult, invariant: Frontiers['invariant'], id: string): Html =>
  html`<section class="frontier" aria-labelledby="${id}">
<h2 id="${id}">${frontierTitle(frontier)}</h2>
${given(isAbridged(frontier), () => html`<p class="hint">${ABRIDGED}</p>`)}
${frontier.slices.map((slice) => sliceHtml(frontier, slice, invariant, `${id}-eot${slice.eot}`))}</section>
`;

function sliceHtml(frontier: FrontierResult, slice: SliceResult, invariant: Frontiers['invariant'], id: string): Html {
  const { eot, axes, stopped, detail, counterexamples } = slice;
  const [along] = axes;
  const values = along?.values ?? [];
  const rows = rowsOf(frontier, slice);
  return html`<div class="slice${isOwn(frontier, slice) ? ' own' : ''}">
<h3>eot ${eot}</h3>
<p>${sentence(slice)}${given(stopped !== undefined, () => html` <span class="hint">Stopped: ${detail ?? 'the time was over'}.</span>`)}</p>
<div class="sideways"><table class="tolerated" aria-label="eot ${eot}">
<thead><tr><td></td><th scope="colgroup" colspan="${values.length}">${along?.name ?? ''}</th></tr>
<tr><td></td>${values.map((value) => html`<th scope="col">${value}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({
    label,
    cells,
  }) => html`<tr><th scope="row">${label}</th>${cells.map((cell) => cellHtml(frontier, slice, cell, id))}</tr>
`,
)}</tbody>
</table></div>
${given(counterexamples.length > 0, () => causes(frontier, slice, invariant, id))}</div>
`;
}

const sentence = (slice: SliceResult): string => {
  const words = sliceInWords(slice);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
};

function cellHtml(frontier: FrontierResult, slice: SliceResult, cell: CellResult, id: string): Html {
  const [mark, words] = CELL_MARKS[cell.verdict];
  const asked = askedAt(frontier, slice, cell);
  const by = asked.length > 0 ? `; asked for by ${asked.join(', ')}` : '';
  const aloud = `${cellInWords(slice, cell)}: ${words}${by}`;
  const classes = `cell ${cellLook(cell)}${asked.length > 0 ? ' asked' : ''}`;
  const inside = html`<span aria-hidden="true">${mark}</span><span class="unseen">${aloud}</span>`;
  const { counterexample } = cell;
  return counterexample === undefined
    ? html`<td class="${classes}" title="${aloud}">${inside}</td>`
    : html`<td class="${classes}" title="${aloud}"><a href="#${id}-${counterexample + 1}">${inside}</a></td>`;
}

/** The counterexamples that cells lead to, each with the least cells that it breaks. */
function causes(frontier: FrontierResult, slice: SliceResult, invariant: Frontiers['invariant'], id: string): Html {
  const used = slice.counterexamples.flatMap(({ faults }, i) => {
    const [first] = slice.cells.filter(({ counterexample }) => counterexample === i);
    return first ? [{ faults, first, number: i + 1 }] : [];
  });
  return html`<details class="causes"><summary>What breaks it: ${used.length === 1 ? 'one counterexample' : `${used.length} counterexamples`}</summary>
<ul>
${used.map(
  ({
    faults,
    first,
    number,
  }) => html`<li id="${id}-${number}"><b>${faults.length === 0 ? 'no fault at all' : formatScenario(faults)}</b>, first with ${cellInWords(slice, first)}${given(first.isSmallest === false, () => html` <span class="hint">(there may be a smaller one)</span>`)}
${given(faults.length > 0, () => html`<span class="hint">${clausesOf(faults).join('; ')}</span>`)}
<code>${cellCommand(frontier, invariant, slice, first)}</code></li>
`,
)}</ul></details>
`;
}
