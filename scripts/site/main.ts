/**
 * `npm run site`: the documentation as a site, in `site/pages`, for any server of files. With `--without-pictures`
 * the specs are not searched, which takes most of the time.
 *
 * The API reference is made by another compiler than the package (`npm run docs:api`, which needs the network): it is
 * on the site if it is there. `LDFI_SITE` names another folder than `site`; it must lie in the repository.
 */
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vitepress';
import { deadLinks } from './dead-links.js';
import { drawAll } from './pictures.js';
import { ROOT } from './specs.js';
import { stage } from './stage.js';

const folder = resolve(ROOT, process.env.LDFI_SITE ?? 'site');
const withPictures = !process.argv.includes('--without-pictures');

if (withPictures && !existsSync(`${ROOT}dist/cli/main.cjs`)) fail('dist is missing: run `npm run build` first');
rmSync(folder, { recursive: true, force: true });
const source = join(folder, 'source');
const pictures = withPictures ? await drawAll(join(source, 'public/pictures')) : new Set<string>();
const missing = await stage(source, pictures);
await build(`${ROOT}docs`);
const dead = deadLinks(join(folder, 'pages'));
if (dead.length > 0) fail(`links that lead nowhere:\n${dead.join('\n')}`);
process.stdout.write(`${join(folder, 'pages')}: ${pictures.size} pictures of specs\n`);
if (missing.includes('api'))
  process.stdout.write('Without the API reference: `npm run docs:api` makes it; then make the site again.\n');
if (missing.includes('page/playground.html'))
  process.stdout.write('Without the playground: `npm run build` makes it; then make the site again.\n');

function fail(why: string): never {
  process.stderr.write(`error: ${why}\n`);
  process.exit(1);
}
