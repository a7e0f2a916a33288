/**
 * The page of outputs: the dataflow, and for each output its label, its points of order, and two schedules that
 * disagree, as diagrams side by side. It is plain HTML.
 */
import { formatScenario } from '../../faults/scenario.js';
import { framedHtml, type PageAssets } from '../formats/frame.js';
import { runToSvg } from '../formats/svg.js';
import { given, type Html, html } from '../overview/html.js';
import type { RunView } from '../provenance/views.js';
import { faultInWords } from '../words.js';
import { type Calm, type CalmResult, contradictionsIn, type OutputResult, type ScheduleResult } from './model.js';
import { calmToSvg } from './svg.js';
import {
  differenceInWords,
  FLOW_LEGEND,
  outputsInWords,
  reasonOf,
  remedyOf,
  sentence,
  triedInWords,
  VERDICT_MARKS,
  VERDICT_SENTENCES,
} from './words.js';

/** By output, what the diagrams of its two schedules are made of. */
export type Views = ReadonlyMap<string, readonly [RunView, RunView]>;

export function calmHtml({ version, result, views }: Calm & { readonly views: Views }, assets: PageAssets): string {
  const roots = result.spec.roots.join(' ');
  const wrong = contradictionsIn(result);
  const body = html`<header><span class="brand">ldfi</span><span class="spec">${roots}</span></header>
<main class="page">
<section>
<h1>What needs coordination</h1>
<p class="lead">${outputsInWords(result)}. <span class="hint">${triedInWords(result)}</span></p>
${given(wrong.length > 0, () => html`<p class="broken">ldfi contradicts itself about ${wrong.map(({ relation }) => relation).join(', ')}: please report it.</p>`)}
${flowHtml(result)}
</section>
${result.outputs.map((output) => outputHtml(output, result, views.get(output.relation)))}
</main>`;
  return framedHtml(
    { version, title: `ldfi: what needs coordination in ${roots}` },
    `<div id="app">\n${body.text}\n</div>`,
    assets,
  );
}

const flowHtml = (result: CalmResult): Html => html`<figure>
<div class="sideways" tabindex="0" role="group" aria-label="Dataflow, may scroll sideways">${{ text: calmToSvg(result) }}</div>
<figcaption class="hint">${FLOW_LEGEND}</figcaption>
</figure>`;

function outputHtml(output: OutputResult, result: CalmResult, views: readonly [RunView, RunView] | undefined): Html {
  const { relation, verdict, points, witness } = output;
  const look = verdict === 'D' ? 'broken' : 'fine';
  return html`<section class="output">
<h2><span class="${look}">${VERDICT_MARKS[verdict]}</span> ${relation} <span class="label ${look}">${verdict}</span></h2>
<p>${sentence(VERDICT_SENTENCES[verdict])}</p>
${given(points.length > 0, () => html`<ol class="points">${points.map(({ point, way }) => pointHtml(result, point, way))}</ol>`)}
${given(verdict === 'D' && !witness && result.tried !== undefined, () => html`<p class="hint">No two of the schedules tried disagree: it may be free of coordination after all.</p>`)}
${witness ? witnessHtml(output, witness, views) : { text: '' }}
</section>
`;
}

/** Text in which what stands between backticks is code. */
const marked = (words: string): Html =>
  html`${words.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;

function pointHtml({ points }: CalmResult, number: number, way: readonly string[]): Html {
  const point = points[number];
  if (!point) return { text: '' };
  const { file, line, column } = point.place;
  return html`<li><b>${point.kind}</b> <span class="hint">${file}:${line}:${column}</span>
<pre>${point.rule}</pre>
<p>${marked(sentence(reasonOf(point)))}</p>
${given(way.length > 1, () => html`<p class="hint">${way.join(' → ')}</p>`)}
<p>Remedy: ${marked(remedyOf(point))}.</p></li>
`;
}

const witnessHtml = (
  output: OutputResult,
  [usual, late]: readonly [ScheduleResult, ScheduleResult],
  views: readonly [RunView, RunView] | undefined,
): Html => html`<h3>Two schedules that disagree</h3>
<div class="schedules">
${scheduleHtml('All messages in time', output, usual, views?.[0])}
${scheduleHtml(`Late: ${formatScenario(late.delays)}`, output, late, views?.[1])}
</div>
`;

const scheduleHtml = (
  title: string,
  output: OutputResult,
  schedule: ScheduleResult,
  view: RunView | undefined,
): Html => html`<figure>
<figcaption><b>${title}</b>${given(schedule.delays.length > 0, () => html`<br><span class="hint">${schedule.delays.map(faultInWords).join('; ')}</span>`)}
<br>Only here: <code>${differenceInWords(output, schedule)}</code></figcaption>
${view ? { text: runToSvg(view, title) } : { text: '' }}
</figure>`;
