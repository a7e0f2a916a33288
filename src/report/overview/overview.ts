/**
 * The overview of `ldfi test`: what is not as expected first, each with what happens in a sentence; then all checks, by
 * folder and spec, each with a link to its place in the page of its spec.
 *
 * It is plain HTML. The script adds a filter.
 */
import { groupBy } from '../../core/memo.js';
import { boundsInShort, usualBoundNames } from '../../faults/bounds.js';
import { framedHtml, type PageAssets } from '../formats/frame.js';
import { isUnexpected, reasonOf, wasNotRun } from '../meaning.js';
import type { UnreadableSpec } from '../reporters/index.js';
import { sentenceOf } from '../reporters/sentence.js';
import type { CheckResult } from '../schema.js';
import { plural } from '../words.js';
import { given, type Html, html } from './html.js';

export interface OverviewCheck {
  readonly check: CheckResult;
  /** Where it is told. */
  readonly address: string;
  /** How long it took, in milliseconds; left out if that is not to be said. */
  readonly took?: number;
}

export interface Overview {
  /** Of `ldfi`. */
  readonly version: string;
  /** Those of a spec together. */
  readonly checks: readonly OverviewCheck[];
  readonly unread: readonly UnreadableSpec[];
}

/** How a check stands: its mark, its class, and what it is called aloud. */
const STANDS = {
  good: ['✓', 'good', 'as expected'],
  bad: ['✗', 'bad', 'not as expected'],
  none: ['–', 'warn', 'not run'],
} as const;

const standOf = (check: CheckResult): keyof typeof STANDS =>
  wasNotRun(check) ? 'none' : isUnexpected(check) ? 'bad' : 'good';

const specOf = ({ spec }: CheckResult): string => spec.roots.join(' ');

export function overviewHtml(overview: Overview, assets: PageAssets): string {
  const { version, checks, unread } = overview;
  const unexpected = checks.filter(({ check }) => standOf(check) === 'bad');
  const folders = groupBy(checks, ({ check }) => folderOf(check));
  const body = html`<header><span class="brand">ldfi</span><span class="spec">all checks</span></header>
<main class="page">
<section>
${headline(overview, unexpected.length)}
<div class="tools" id="filter" hidden>
<label>Filter <input type="search" id="text" placeholder="spec, check, verdict, words" autocomplete="off"></label>
<label><input type="checkbox" id="unexpected-only"> only what is not as expected</label>
<output id="left" aria-live="polite"></output>
</div>
</section>
${given(unexpected.length > 0, () => failures(unexpected))}
${given(unread.length > 0, () => unreadable(unread))}
${[...folders].map(([folder, own]) => folderSection(folder, own))}
<p id="nothing" hidden>No check fits the filter.</p>
</main>`;
  return framedHtml(
    { version, title: titleOf(overview, unexpected.length) },
    `<div id="app">\n${body.text}\n</div>`,
    assets,
  );
}

const titleOf = ({ checks }: Overview, unexpected: number): string =>
  `ldfi: ${plural(checks.length, 'check')}${unexpected > 0 ? `, ${unexpected} not as expected` : ''}`;

function headline({ checks, unread }: Overview, unexpected: number): Html {
  const many = (stand: keyof typeof STANDS): number => checks.filter(({ check }) => standOf(check) === stand).length;
  const specs = new Set(checks.map(({ check }) => specOf(check))).size;
  const isFine = unexpected === 0 && unread.length === 0 && many('none') === 0;
  const [sign, look] = STANDS[isFine ? 'good' : unexpected + unread.length > 0 ? 'bad' : 'none'];
  const counts = [
    `${many('good')} as expected`,
    `${unexpected} not`,
    ...(many('none') > 0 ? [`${many('none')} not run`] : []),
    ...(unread.length > 0 ? [`${plural(unread.length, 'spec')} could not be read`] : []),
  ];
  const times = checks.flatMap(({ took }) => (took === undefined ? [] : [took]));
  const all = times.reduce((sum, took) => sum + took, 0);
  return html`<h1><span class="mark ${look}" aria-hidden="true">${sign} </span>${sentence(checks.length, unexpected, unread.length, many('none'))}</h1>
<p class="lead">${plural(checks.length, 'check')} of ${plural(specs, 'spec')}: ${counts.join(', ')}${times.length > 0 ? `; they took ${seconds(all)} together` : ''}.</p>`;
}

function sentence(checks: number, unexpected: number, unread: number, notRun: number): string {
  if (unexpected > 0)
    return `${unexpected} of ${plural(checks, 'check')} ${unexpected === 1 ? 'is' : 'are'} not as expected.`;
  if (unread > 0) return `${plural(unread, 'spec')} could not be read.`;
  if (notRun > 0 || checks === 0) return notRun < checks ? `${plural(notRun, 'check')} not run.` : 'No check was run.';
  return checks === 1 ? 'The check is as expected.' : `All ${checks} checks are as expected.`;
}

const failures = (checks: readonly OverviewCheck[]): Html =>
  html`<section id="unexpected" aria-labelledby="unexpected-title">
<h2 id="unexpected-title">Not as expected</h2>
<ol class="stories">
${checks.map(
  ({ check, address }) => html`<li data-stand="bad">
<a href="${address}"><span class="spec">${specOf(check)}</span> <b>${check.name}</b></a>
<p class="story">${sentenceOf(check)}</p>
<p class="hint">${reasonOf(check, 'expectation')}</p>
</li>
`,
)}</ol>
</section>`;

const unreadable = (specs: readonly UnreadableSpec[]): Html =>
  html`<section id="unread" aria-labelledby="unread-title">
<h2 id="unread-title">Could not be read</h2>
<ul class="stories">
${specs.map(
  ({ path, problems }) => html`<li data-stand="bad">
<span class="spec">${path}</span>
${problems.map(
  ({ message, place }) => html`<p class="story"><span class="spec">${place.file}:${place.line}</span> ${message}</p>
`,
)}</li>
`,
)}</ul>
</section>`;

const boundsTitle = (): string => usualBoundNames().join('/');

/** The folder of a spec's first file. */
const folderOf = ({ spec }: CheckResult): string => /^.*\//s.exec(spec.roots[0] ?? '')?.[0] ?? './';

function folderSection(folder: string, checks: readonly OverviewCheck[]): Html {
  const isTimed = checks.some(({ took }) => took !== undefined);
  const columns = ['Check', 'Verdict', boundsTitle(), ...(isTimed ? ['Took'] : []), 'What was found'];
  return html`<section class="folder">
<h2><span class="spec">${folder}</span></h2>
<table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${checks.map((one) => row(one, folder, isTimed))}</tbody>
</table>
</section>
`;
}

function row({ check, address, took }: OverviewCheck, folder: string, isTimed: boolean): Html {
  const stand = standOf(check);
  const [sign, look, aloud] = STANDS[stand];
  const { bounds, verdict, counterexamples, warnings = [] } = check;
  const spec = specOf(check);
  const found = stand === 'bad' || (stand === 'good' && counterexamples.length > 0) ? [sentenceOf(check)] : [];
  const remarks = warnings.length > 0 ? [`${plural(warnings.length, 'warning')}.`] : [];
  const name = spec.startsWith(folder) ? spec.slice(folder.length) : spec;
  const cells = [
    html`<td><span class="mark ${look}" aria-hidden="true">${sign}</span><span class="unseen">${aloud}: </span> <a href="${address}"><span class="spec">${name}</span> <b>${check.name}</b></a></td>`,
    html`<td>${stand === 'good' ? verdict : reasonOf(check, 'expectation')}</td>`,
    html`<td data-is="${boundsTitle()}">${boundsInShort(bounds)}, ${plural(bounds.nodes.length, 'node')}</td>`,
    ...(isTimed ? [html`<td data-is="took">${took === undefined ? '' : seconds(took)}</td>`] : []),
    html`<td>${[...found, ...remarks].join(' ')}</td>`,
  ];
  return html`<tr data-stand="${stand}" data-spec="${spec}">${cells}</tr>
`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
