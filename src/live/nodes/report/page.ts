/**
 * The page of a result: one file that opens by double-click, loads nothing and has no script. The run without faults and
 * the run with them are side by side as space-time diagrams, and below them is the text of the verdict.
 */
import { xmlText } from '../../../report/reporters/escape.js';
import { diagram } from './diagram.js';
import type { NodesResult } from './schema.js';
import { nodesToText } from './text.js';

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.runs { display: flex; flex-wrap: wrap; gap: 2rem; } figure { margin: 0; overflow-x: auto; } figcaption { font-weight: 600; }
pre { background: #f5f6f8; padding: 1rem; overflow-x: auto; font-size: 13px; }
.fault { color: #b3261e; font-weight: 600; }
svg { font: 11px system-ui, sans-serif; } .lane { stroke: #c4c9d0; } .message { stroke: #5a6472; } .lost { stroke: #b3261e; stroke-dasharray: 4 3; }
.hit { stroke: #b3261e; stroke-width: 2.5; } .tick { fill: #767f8c; } .down { stroke: #b3261e; stroke-width: 4; } .mark { fill: #b3261e; font-size: 14px; }
@media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #16181c; } pre { background: #22252b; } svg { color: #e6e8eb; fill: #e6e8eb; }
.message { stroke: #9aa4b2; } .lane { stroke: #444b55; } .fault, .mark { color: #ff8a80; fill: #ff8a80; } .hit, .lost, .down { stroke: #ff8a80; } }
`;

/** The same result gives the same bytes. */
export function nodesPage(result: NodesResult): string {
  const { tool, workload, promise, baseline, counterexamples, command } = result;
  const title = xmlText(`ldfi nodes: ${workload}`);
  const found = counterexamples.map(
    ({ faults, why, run, reproduced, attempts }, i) => `<section>
<h2>${counterexamples.length > 1 ? `${i + 1}. ` : ''}${faults.map(({ words }) => `<span class="fault">${xmlText(words)}</span>`).join(' and ')}</h2>
<p>${why.map(xmlText).join('<br>')}</p>
<p>Reproduced ${reproduced} of ${attempts}.</p>
<div class="runs">${baseline ? diagram('Without faults', baseline, result.bounds.nodes) : ''}${diagram('With the fault', run, result.bounds.nodes)}</div>
</section>`,
  );
  const good =
    counterexamples.length === 0 && baseline ? [diagram('Without faults', baseline, result.bounds.nodes)] : [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="generator" content="ldfi ${xmlText(tool.version)}">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}: ${xmlText(promise)}</h1>
<p><code>${xmlText(command.join(' '))}</code></p>
${[...found, ...good].join('\n')}
<h2>The verdict</h2>
<pre>${xmlText(nodesToText(result))}</pre>
</body>
</html>
`;
}
