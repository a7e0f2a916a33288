/**
 * The gallery: `docs/gallery.md`, which is committed, and on the site a page for each spec, with its picture and its
 * text.
 */
import { folderOf, inOrder, titleOf } from './folders.js';
import { checkTable, paragraph, plain } from './markdown.js';
import type { Spec } from './specs.js';

const INTRODUCTION = `The specs of the repository, by folder: what each one is about, and what its checks expect. \`npx ldfi run\`
  with the path of one shows what breaks it; \`npx ldfi test\` runs them all. Those whose name ends in \`-fixed\` mend the
  one before. Classic systems have a page each, with the
  story and a picture, and [the levels of consistency](gallery/levels.md) say which store gives what. This page is made from the specs: \`npx vitest run test/docs -u\` writes it anew.`;

/** Where a spec and its picture are, as the page that is being made has to link to them. */
export interface Places {
  readonly spec: (path: string) => string;
  /** Its page in `docs/gallery`, if it has one. */
  readonly page: (path: string) => string | undefined;
  readonly picture: (path: string) => string | undefined;
}

/** The page of all specs. */
export function galleryPage(specs: readonly Spec[], { spec: place, page, picture }: Places): string {
  const folders = inOrder(new Set(specs.map(({ path }) => folderOf(path))));
  return [
    '# Gallery of specs',
    '',
    ...paragraph(INTRODUCTION),
    '',
    ...folders.flatMap((folder) => [
      `## ${titleOf(folder)}`,
      '',
      ...specs
        .filter(({ path }) => folderOf(path) === folder)
        .flatMap(({ path, about, checks }) => [
          `### ${path.replace(/^specs\//, '')}`,
          '',
          ...paragraph(`${plain(about)} ${linksTo(place(path), page(path))}`),
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

const linksTo = (text: string, page: string | undefined): string =>
  page === undefined ? `[Its text](${text}).` : `[Its story](${page}) and [its text](${text}).`;

const pictureOf = (picture: string | undefined, path: string): string[] =>
  picture === undefined ? [] : [`![What breaks ${path}](${picture})`, ''];
