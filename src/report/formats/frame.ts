/**
 * The frame of every page: opens by double-click, loads nothing, executes nothing but its own script.
 *
 * ```ts
 * framed({ version: '1.0.0', title: 'ldfi: shop', heading: 'shop', plain: '✗ VIOLATED …', data }, assets);
 * ```
 * Everything from outside is data: JSON in an inert element, in which no `<` survives, or escaped text. The content
 * security policy admits one script and one style by hash. Without scripts the plain text of the result is still there.
 */
import { xmlText } from '../reporters/escape.js';

/** What the build made of a page: code, style, and their hashes in the form of a content security policy. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  readonly scriptHash: string;
  readonly styleHash: string;
}

interface Titled {
  /** Of `ldfi`. */
  readonly version: string;
  readonly title: string;
}

export interface Framed extends Titled {
  readonly heading: string;
  /** The result for who has no scripts. */
  readonly plain: string;
  /** A way out of the page for who has no scripts, as HTML. */
  readonly way?: string | undefined;
  /** What the script draws. */
  readonly data: unknown;
}

/** JSON that means the same and cannot end the element it stands in. */
export const inertJson = (data: unknown): string =>
  JSON.stringify(data).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** The whole file. The same content and assets give the same bytes. */
export const framed = ({ heading, plain, way, data, ...titled }: Framed, assets: PageAssets): string =>
  framedHtml(
    titled,
    `<div id="app"></div>
<section id="plain">${way === undefined ? '' : `\n${way}`}
<h1>${xmlText(heading)}</h1>
<pre>${xmlText(plain)}</pre>
</section>
<script type="application/json" id="data">${inertJson(data)}</script>`,
    assets,
  );

/** The same around HTML that needs no script to be read. @param body in which everything from outside is escaped */
export function framedHtml({ version, title }: Titled, body: string, assets: PageAssets): string {
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
<meta name="generator" content="ldfi ${xmlText(version)}">
<title>${xmlText(title)}</title>
<style>${assets.style}</style>
</head>
<body>
${body}
<script>${assets.script}</script>
</body>
</html>
`;
}
