/**
 * The result as a page: one file without scripts, for people who were not there. Good beside bad, each call as a bar in
 * time, faults in red.
 */
import { xmlText } from '../../report/reporters/escape.js';
import type { CallView, LiveCounterexampleResult, LiveResult, RunView } from './result.js';
import { fateOf, treeOf } from './tree.js';
import { alikeIn, basisOf, faultInWords, faultsInWords, HEADINGS, reproducedInWords } from './words.js';

const STYLE = `
:root { color-scheme: light dark; --red: light-dark(#b3261e, #ff8a80); --dim: light-dark(#5f6368, #a8adb3);
  --bar: light-dark(#9db4d0, #4c6a8f); --line: light-dark(#dadce0, #3c4043); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.bad { color: var(--red); font-weight: 600; } .dim { color: var(--dim); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { font-family: ui-monospace, monospace; font-size: .85rem; white-space: nowrap; }
.time { width: 30%; min-width: 10rem; }
.track { position: relative; height: 1.2rem; }
.track i { position: absolute; top: .25rem; height: .7rem; min-width: 3px; background: var(--bar); border-radius: 2px; }
.track i.hit { background: var(--red); }
`;

/** The whole page, which is the same for the same result. */
export function pageOfLive(result: LiveResult): string {
  const { tool, verdict, config, counterexamples, reasons, alike } = result;
  const title = `${config}: ${HEADINGS[verdict].toLowerCase()}`;
  const doubts = counterexamples.length > 0 ? 'What is doubtful' : 'Why nothing can be concluded';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="ldfi ${xmlText(tool.version)}">
<title>${xmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${counterexamples.length > 0 ? '<span class="bad">✗</span> ' : ''}${xmlText(HEADINGS[verdict])}</h1>
<p class="dim">${xmlText(config)}</p>
${promises(result)}
${alikeIn(counterexamples)
  .map((group, i) => counterexample(result, group, i))
  .join('\n')}
${counterexamples.length === 0 && result.baseline ? `<h2>Without faults</h2>\n${list(result.baseline.why)}\n${table(null, result.baseline, result)}` : ''}
${reasons.length > 0 ? `<h2>${doubts}</h2>\n${list(reasons)}` : ''}
<h2>What it rests on</h2>
${list([...basisOf(result), ...alike.map((name) => `${name}: calls that cannot be told apart, so one fault hits them all.`)])}
</body>
</html>
`;
}

const list = (items: readonly string[]): string =>
  `<ul>\n${items.map((item) => `<li>${xmlText(item)}</li>`).join('\n')}\n</ul>`;

function promises({ promise: { expect, never, file } }: LiveResult): string {
  const said = Object.entries({ Expected: expect, Never: never, Promise: file });
  return list(said.flatMap(([name, text]) => (text === null ? [] : [`${name}: ${text}`])));
}

function counterexample(result: LiveResult, group: readonly LiveCounterexampleResult[], index: number): string {
  const [one, ...others] = group as [LiveCounterexampleResult, ...LiveCounterexampleResult[]];
  const also = others.map((other) => `Also: ${faultsInWords(other)} (${reproducedInWords(other)})`);
  return `<section>
<h2>Counterexample ${index + 1} <span class="dim">(${xmlText(reproducedInWords(one))})</span></h2>
<ol>
${one.faults.map((fault) => `<li class="bad">${xmlText(faultInWords(fault, one.run))}</li>`).join('\n')}
</ol>
${list(one.run.why)}
${table(result.baseline, one.run, result)}
${others.length > 0 ? list(also) : ''}
</section>`;
}

function table(good: RunView | null, bad: RunView, { entry }: LiveResult): string {
  const end = Math.max(1, bad.answer.ms, ...bad.calls.map(({ to, from }) => to ?? from));
  const rows = treeOf(good, bad).map((line) =>
    row(line.label, good && fateOf(line.good), fateOf(line.bad), line.bad, end),
  );
  const whole: Pick<CallView, 'from' | 'to' | 'fault'> = { from: 0, to: bad.answer.ms, fault: null };
  const first = row(`${entry.method} ${entry.url}`, good && answerInWords(good), answerInWords(bad), whole, end);
  const heads = ['Call', ...(good ? ['Without faults', 'With them'] : ['What happened'])];
  return `<div class="scroll"><table>
<tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}<th scope="col" class="time">Time, ${Math.round(end)} ms</th></tr>
${[first, ...rows].join('\n')}
</table></div>`;
}

const answerInWords = ({ answer }: RunView): string =>
  `${answer.status > 0 ? answer.status : (answer.error ?? 'no answer')}, ${Math.round(answer.ms)} ms`;

function row(
  label: string,
  good: string | null,
  bad: string,
  call: Pick<CallView, 'from' | 'to' | 'fault'> | undefined,
  end: number,
): string {
  const isHit = call !== undefined && call.fault !== null;
  const percent = (ms: number): string => Math.min(100, (100 * ms) / end).toFixed(1);
  const bar = call
    ? `<i${isHit ? ' class="hit"' : ''} style="left:${percent(call.from)}%;width:${percent((call.to ?? end) - call.from)}%"></i>`
    : '';
  const cells = good === null ? '' : `<td class="dim">${xmlText(good)}</td>`;
  return `<tr><td>${xmlText(label).replaceAll('  ', '&nbsp; ')}</td>${cells}<td${isHit ? ' class="bad"' : ''}>${xmlText(bad)}</td><td class="time"><div class="track">${bar}</div></td></tr>`;
}
