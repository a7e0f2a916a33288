/**
 * Bundles the page of the HTML report, engine included, into one asset: script, style, and their hashes for the page's
 * content security policy. The report is assembled from it at run time by src/report/html.ts.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const path = (name) => new URL(name, root).pathname;

const { outputFiles } = await build({
  entryPoints: [path('src/report/page/main.ts')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
});
// `</script` in the code would end the element that holds it.
const script = outputFiles[0].text.replaceAll('</script', '<\\/script');
const style = (
  await build({ entryPoints: [path('src/report/page/page.css')], bundle: true, minify: true, write: false })
).outputFiles[0].text;
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
mkdirSync(path('dist/page'), { recursive: true });
writeFileSync(
  path('dist/page/assets.json'),
  JSON.stringify({ script, style, scriptHash: hash(script), styleHash: hash(style) }),
);
