/**
 * The pages of the site as VitePress reads them: those of `docs`, some from beside it, and one for each spec.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { pageOf } from './folders.js';
import { galleryPage, specPage } from './gallery.js';
import { AS_THEY_ARE, BESIDE, withSiteLinks } from './links.js';
import { allSpecs, ROOT } from './specs.js';

/** What is built elsewhere, and where the site has it: it is there if it was built. */
const BUILT: readonly (readonly [path: string, place: string])[] = [
  ['api', 'api'],
  ['page/playground.html', 'try.html'],
];

/**
 * @param folder where to write them
 * @param pictures paths of the specs of which there is a picture, `public/pictures/PATH.svg` in that folder
 * @returns what is not on the site, because it was not built: paths below `dist`
 */
export async function stage(folder: string, pictures: ReadonlySet<string>): Promise<string[]> {
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const read = (path: string): string => readFileSync(ROOT + path, 'utf8');
  const page = (path: string, name: string): void => write(name, withSiteLinks(read(path), path));

  for (const path of globSync('docs/**/*.md', { cwd: ROOT })) page(path, path.replace(/^docs\//, ''));
  for (const [path, name] of Object.entries(BESIDE)) page(path, name);
  for (const path of globSync('docs/**/*.svg', { cwd: ROOT })) write(path.replace(/^docs\//, ''), read(path));
  for (const [path, name] of Object.entries(AS_THEY_ARE)) write(join('public', name), read(path));

  const specs = await allSpecs();
  const picture = (path: string): string | undefined => (pictures.has(path) ? `/pictures/${path}.svg` : undefined);
  const pageOnSite = (path: string): string | undefined => pageOf(path)?.replace(/^docs/, '');
  write('gallery.md', galleryPage(specs, { spec: (path) => `/${path}.md`, page: pageOnSite, picture }));
  const includes = globSync('specs/**/*.inc', { cwd: ROOT }).map((path) => ({ path, checks: [] }));
  for (const spec of [...specs, ...includes])
    write(`${spec.path}.md`, specPage(spec, read(spec.path), picture(spec.path)));

  return BUILT.filter(([path, place]) => {
    const isThere = existsSync(`${ROOT}dist/${path}`);
    if (isThere) cpSync(`${ROOT}dist/${path}`, join(folder, 'public', place), { recursive: true });
    return !isThere;
  }).map(([path]) => path);
}
