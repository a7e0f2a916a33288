/**
 * Bundles the scripts of the pages, each into one asset: script, style, and their hashes for the page's content security
 * policy. Reports are assembled from them at run time by src/report/formats/frame.ts; the playground, which is the same
 * for everybody, is written whole.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { playgroundHtml } from '../dist/playground/html.js';

/** Name of the asset, and the folder of its `page.css`, and of its `main.ts` if it has a script. */
const PAGES = {
  assets: 'src/report/page',
  overview: 'src/report/overview',
  frontier: 'src/report/frontier',
  calm: 'src/report/calm',
  staleness: 'src/report/staleness',
  blazes: 'src/report/blazes',
  live: 'src/live/page',
};

const root = new URL('../', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const zipped = (content) => gzipSync(content, { level: 9 }).toString('base64');
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const common = { bundle: true, minify: true, write: false, logLevel: 'warning' };

async function script(entry) {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [path(entry)],
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    // The solver asks for it, to find the file that it is given instead.
    define: { 'import.meta.url': '"file:///"' },
    external: ['node:*'],
  });
  // `</script` in the code would end the element that holds it.
  return outputFiles[0].text.replaceAll('</script', '<\\/script');
}

async function assetsOf(folder) {
  // A page that is only read has no script.
  const code = existsSync(path(`${folder}/main.ts`)) ? await script(`${folder}/main.ts`) : '';
  const style = (await build({ ...common, entryPoints: [path(`${folder}/page.css`)] })).outputFiles[0].text;
  return { script: code, style, scriptHash: hash(code), styleHash: hash(style) };
}

/** The specs and what they include, sorted. */
function gallery() {
  const names = readdirSync(path('specs'), { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  const wanted = names.filter((name) => /\.(?:ded|inc)$/.test(name)).sort();
  return wanted.map((name) => [`specs/${name}`, readFileSync(path(`specs/${name}`), 'utf8')]);
}

mkdirSync(path('dist/page'), { recursive: true });
for (const [name, folder] of Object.entries(PAGES))
  writeFileSync(path(`dist/page/${name}.json`), JSON.stringify(await assetsOf(folder)));

const wasm = readFileSync(fileURLToPath(import.meta.resolve('cadical-wasm/cadical.wasm')));
const data = {
  version: JSON.parse(readFileSync(path('package.json'), 'utf8')).version,
  worker: zipped(await script('src/playground/worker.ts')),
  solver: zipped(wasm),
  gallery: gallery(),
};
writeFileSync(path('dist/page/playground.html'), playgroundHtml(data, await assetsOf('src/playground/page')));
