/**
 * Bundles the scripts of the pages, each into one asset: script, style, and their hashes for the page's content security
 * policy. Pages are assembled from them at run time by src/report/formats/frame.ts.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Name of the asset, and the folder of its `main.ts` and `page.css`. */
const PAGES = { assets: 'src/report/page', overview: 'src/report/overview', live: 'src/live/page' };

const root = new URL('../', import.meta.url);
const path = (name) => new URL(name, root).pathname;
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const common = { bundle: true, minify: true, write: false };

async function assetsOf(folder) {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [path(`${folder}/main.ts`)],
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  });
  // `</script` in the code would end the element that holds it.
  const script = outputFiles[0].text.replaceAll('</script', '<\\/script');
  const style = (await build({ ...common, entryPoints: [path(`${folder}/page.css`)] })).outputFiles[0].text;
  return { script, style, scriptHash: hash(script), styleHash: hash(style) };
}

mkdirSync(path('dist/page'), { recursive: true });
for (const [name, folder] of Object.entries(PAGES))
  writeFileSync(path(`dist/page/${name}.json`), JSON.stringify(await assetsOf(folder)));
