/** The site of these pages, which `npm run site` makes; scripts/site/ puts them where VitePress reads them. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { folderOf, inOrder, titleOf } from '../../scripts/site/folders.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}${process.env.LDFI_SITE ?? 'site'}`;
const grammar = JSON.parse(readFileSync(`${root}editors/vscode/syntaxes/ded.tmLanguage.json`, 'utf8'));

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });
const group = (text: string, items: DefaultTheme.SidebarItem[]): DefaultTheme.SidebarItem => ({ text, items });
/** What is not there each time, if it is. */
const ifThere = (path: string, item: DefaultTheme.SidebarItem): DefaultTheme.SidebarItem[] =>
  existsSync(`${folder}/source/${path}`) ? [item] : [];

/** Pages of classic systems, folder by folder, folded until somebody asks for one. */
function classics(): DefaultTheme.SidebarItem[] {
  const paths = globSync('gallery/*/*.md', { cwd: `${root}docs` }).sort();
  return inOrder(new Set(paths.map(folderOf))).map((folder) => ({
    ...group(
      titleOf(folder),
      paths
        .filter((path) => folderOf(path) === folder)
        .map((path) => page(basename(path, '.md'), `/${path.replace('.md', '')}`)),
    ),
    collapsed: true,
  }));
}

/** The anchor of a heading as forges make it, so that links lead to the same place there and here. */
const slugify = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

/** A lost message. */
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 3v10M14 3v10M2 5l6 3m-2-2 4 4m0-4-4 4" stroke="#b8360f" stroke-width="2" fill="none"/></svg>',
  );

export default defineConfig({
  title: 'ldfi',
  description: 'The smallest set of faults that breaks a distributed protocol, or a proof that there is none.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: ICON }]],
  srcDir: `${folder}/source`,
  srcExclude: ['public/**'],
  outDir: `${folder}/pages`,
  cacheDir: `${folder}/cache`,
  markdown: {
    languages: [{ ...grammar, name: 'ded' }],
    image: { lazyLoading: true },
    anchor: { slugify },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      group('Start', [page('What it is', '/'), page('Tutorial', '/tutorial'), page('I want to …', '/guide')]),
      group('Write', [
        page('The spec language', '/dedalus'),
        page('Protocols in TypeScript', '/protocols'),
        page('Asynchronous TypeScript', '/async'),
        page('Bloom in TypeScript', '/bloom'),
      ]),
      group('Run', [
        page('Faults', '/faults'),
        page('Verdicts', '/verdicts'),
        page('What a green means', '/green'),
        page('What needs coordination', '/calm'),
        page('What a word means', '/explain'),
        page('In CI', '/ci'),
        page('In the editor', '/editor'),
        page('Playground', '/playground'),
        ...ifThere('public/try.html', { ...page('Try it here', '/try.html'), target: '_self' }),
      ]),
      group('Real systems', [page('Running services', '/live'), page('Programs as nodes', '/nodes')]),
      group('Analyse', [page('Where order matters', '/blazes'), page('How stale a read may be', '/pbs')]),
      group('Understand', [
        page('How the proof works', '/proof'),
        page('Compared with other tools', '/comparison'),
        page('Architecture', '/architecture'),
        page('Contributing', '/contributing'),
      ]),
      group('Classic systems', [page('Levels of consistency', '/gallery/levels'), ...classics()]),
      group('Reference', [
        page('Commands and flags', '/reference'),
        page('Gallery of specs', '/gallery'),
        page('Changes', '/changelog'),
        ...ifThere('public/api', { ...page('API', '/api/index.html'), target: '_self' }),
      ]),
    ],
  },
});
