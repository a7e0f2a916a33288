/**
 * The HTML report as one string: opens by double-click, loads nothing, executes nothing but its own script.
 *
 * Everything from a spec is data: JSON in an inert element, in which no `<` survives, or escaped text. The content
 * security policy admits one script and one style by hash. Without scripts the plain text of the result is still there.
 */
import type { ReportModel } from '../model.js';
import { xmlText } from '../reporters/escape.js';
import { checkToText } from './text.js';

/** What the build made of src/report/page: code, style, and their hashes in the form of a content security policy. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  readonly scriptHash: string;
  readonly styleHash: string;
}

/** JSON that means the same and cannot end the element it stands in. */
export const inertJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** The title of the page about some specs, as HTML. */
export const pageTitle = (roots: readonly string[]): string => xmlText(`ldfi: ${roots.join(', ')}`);

/** The whole file. The same model and assets give the same bytes. */
export function reportHtml(model: ReportModel, assets: PageAssets): string {
  const { checks } = model.result;
  const roots = [...new Set(checks.flatMap(({ spec }) => spec.roots))];
  const policy = [
    "default-src 'none'",
    `script-src '${assets.scriptHash}'`,
    `style-src '${assets.styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="ldfi ${xmlText(model.result.tool.version)}">
<title>${pageTitle(roots)}</title>
<style>${assets.style}</style>
</head>
<body>
<div id="app"></div>
<section id="plain">
<h1>${xmlText(roots.join(', '))}</h1>
<pre>${xmlText(checks.map((check) => checkToText(check)).join('\n'))}</pre>
</section>
<script type="application/json" id="data">${inertJson(model)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}
