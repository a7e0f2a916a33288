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

/** What admits the styles that a script of the page writes: fixed, for what could misuse it cannot enter the page. */
export const nonceOf = ({ styleHash }: PageAssets): string => styleHash.replace(/\W/g, '');

/** The policy of a page that is one script and one style; another page may add to what it admits. */
export const strictPolicy = ({ scriptHash, styleHash }: PageAssets): Readonly<Record<string, string>> => ({
  'default-src': "'none'",
  'script-src': `'${scriptHash}'`,
  'style-src': `'${styleHash}'`,
  'base-uri': "'none'",
  'form-action': "'none'",
});

/** The whole file. The same content and assets give the same bytes. */
export const framed = (
  { heading, plain, way, data, ...titled }: Framed,
  assets: PageAssets,
  policy = strictPolicy(assets),
): string =>
  framedHtml(
    titled,
    `<div id="app"></div>
<section id="plain">${way === undefined ? '' : `\n${way}`}
<h1>${xmlText(heading)}</h1>
<pre>${xmlText(plain)}</pre>
</section>
<script type="application/json" id="data">${inertJson(data)}</script>`,
    assets,
    policy,
  );

/** The same around HTML that needs no script to be read. @param body in which everything from outside is escaped */
export function framedHtml(
  { version, title }: Titled,
  body: string,
  assets: PageAssets,
  policy = strictPolicy(assets),
): string {
  const rules = Object.entries(policy).map(([name, sources]) => `${name} ${sources}`);
  const nonce = policy['style-src']?.includes("'nonce-") ? ` nonce="${nonceOf(assets)}"` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">
<meta name="generator" content="ldfi ${xmlText(version)}">
<title>${xmlText(title)}</title>
<style${nonce}>${assets.style}</style>
</head>
<body>
${body}
<script>${assets.script}</script>
</body>
</html>
`;
}
