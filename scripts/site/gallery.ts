/**
 * The gallery: `docs/gallery.md`, which is committed, and on the site a page for each spec, with its picture and its
 * text.
 */
import { wrapped } from '../../src/explain/text.js';
import { boundsInWords } from '../../src/report/words.js';
import type { Spec } from './specs.js';

const WIDTH = 120;

/** Titles of the folders below `specs`, in order; a folder without one comes last, with its name as its title. */
const TITLES: Readonly<Record<string, string>> = {
  broadcast: 'Broadcast',
  commit: 'Atomic commit',
  replication: 'Replication',
  consensus: 'Consensus and elections',
  faults: 'Bugs that only some kinds of faults bring out',
  bugs: 'Bugs that made history',
  typescript: 'Protocols in TypeScript',
  adapters: 'Machines of XState',
  bloom: 'Programs in Bloom',
};

const INTRODUCTION = `The specs of the repository, by folder: what each one is about, and what its checks expect. \`npx ldfi run\`
  with the path of one shows what breaks it; \`npx ldfi test\` runs them all. Those whose name ends in \`-fixed\` mend the
  one before. This page is made from the specs: \`npx vitest run test/docs -u\` writes it anew.`;

/** Where a spec and its picture are, as the page that is being made has to link to them. */
export interface Places {
  readonly spec: (path: string) => string;
  readonly picture: (path: string) => string | undefined;
}

const folderOf = ({ path }: Spec): string => path.split('/')[1] ?? '';

/** The page of all specs. */
export function galleryPage(specs: readonly Spec[], { spec: place, picture }: Places): string {
  const present = new Set(specs.map(folderOf));
  const folders = [...new Set([...Object.keys(TITLES).filter((one) => present.has(one)), ...present])];
  return [
    '# Gallery of specs',
    '',
    ...wrapped(INTRODUCTION, WIDTH),
    '',
    ...folders.flatMap((folder) => [
      `## ${TITLES[folder] ?? folder}`,
      '',
      ...specs
        .filter((spec) => folderOf(spec) === folder)
        .flatMap(({ path, about, checks }) => [
          `### ${path.replace(/^specs\//, '')}`,
          '',
          ...wrapped(`${plain(about)} [Its text](${place(path)}).`, WIDTH),
          '',
          ...checkTable(checks),
          ...pictureOf(picture(path), path),
        ]),
    ]),
  ].join('\n');
}

/** The page of one spec. */
export const specPage = (
  { path, checks }: Pick<Spec, 'path' | 'checks'>,
  text: string,
  picture: string | undefined,
): string =>
  [
    `# ${path}`,
    '',
    'From the [gallery](/gallery.md).',
    '',
    ...(checks.length === 0 ? [] : ['```sh', `npx ldfi run ${path}`, '```', '', ...checkTable(checks)]),
    ...pictureOf(picture, path),
    `\`\`\`\`${path.endsWith('.ts') ? 'ts' : 'ded'}`,
    text.trimEnd(),
    '````',
    '',
  ].join('\n');

const checkTable = (checks: Spec['checks']): string[] => [
  '| check | bounds | verdict |',
  '| --- | --- | --- |',
  ...checks.map(
    ({ name, bounds, expect }) => `| \`${name}\` | ${cell(boundsInWords(bounds))} | ${expect ?? 'holds'} |`,
  ),
  '',
];

const pictureOf = (picture: string | undefined, path: string): string[] =>
  picture === undefined ? [] : [`![What breaks ${path}](${picture})`, ''];

/** Text of a comment, of which nothing is markup. */
const plain = (text: string): string => text.replace(/[<>&*_`[\]{}\\]/g, (it) => ESCAPES[it] ?? `\\${it}`);

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '{': '&#123;',
  '}': '&#125;',
};

const cell = (text: string): string => plain(text).replaceAll('|', '\\|');
