/**
 * Pages of classic systems, `docs/gallery/storage/gfs.md` and so on: what a spec models, what breaks it, and a picture
 * of that, or of the run without faults where nothing does.
 */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { verdictOf } from '../../src/answer/verdict.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { runToSvg } from '../../src/report/formats/svg.js';
import type { Case } from '../../src/report/provenance/case.js';
import { DedalusProvenance } from '../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../src/report/provenance/run-view.js';
import { storyOf } from '../../src/report/provenance/story/story.js';
import { storyInWords } from '../../src/report/story.js';
import type { Check } from '../../src/search/check.js';
import { folderOf, pageOf, titleOf } from './folders.js';
import { checkTable, paragraph, plain } from './markdown.js';
import { programAt, ROOT, type Spec } from './specs.js';

/** The page and the picture of each spec that has them, by where they are in the repository. */
export async function classicPages(specs: readonly Spec[]): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const spec of specs) {
    const [page, picture] = [pageOf(spec.path), pageOf(spec.path, 'svg')];
    const check = spec.checks.find(({ expect }) => expect?.startsWith('violated')) ?? spec.checks[0];
    if (page === undefined || picture === undefined || !check) continue;
    const { svg, ...told } = await drawn(spec.path, check);
    files[page] = pageText(spec, { page, picture, check: check.name, ...told });
    files[picture] = svg;
  }
  return files;
}

interface Drawn {
  readonly svg: string;
  readonly caption: string;
  readonly story: string | undefined;
}

interface Shown extends Omit<Drawn, 'svg'> {
  readonly page: string;
  readonly picture: string;
  /** The name of the check of which there is a picture. */
  readonly check: string;
}

/** The first counterexample as a picture and as a sentence; or the run without faults, of which there is no story. */
async function drawn(path: string, { bounds }: Check): Promise<Drawn> {
  const system = new DedalusSystem(programAt(path), bounds);
  const { counterexamples } = await verdictOf(system, { first: true });
  const scenario = counterexamples[0]?.faults ?? [];
  const run = new DedalusProvenance(system).case(scenario) as Case;
  const story = storyOf(run);
  const caption = scenario.length > 0 ? 'What breaks it' : `The run without faults${story ? ', which breaks it' : ''}`;
  return { svg: runToSvg(runView(run)), caption, story: story && storyInWords(story) };
}

function pageText({ path, about, sections, checks }: Spec, { page, picture, check, caption, story }: Shown): string {
  const to = (file: string): string => posix.relative(posix.dirname(page), file);
  const title = titleOf(folderOf(path));
  const anchor = title
    .toLowerCase()
    .replaceAll(/[^a-z -]/g, '')
    .replaceAll(' ', '-');
  const paragraphs = [
    `From the gallery: [${title}](${to('docs/gallery.md')}#${anchor}). In Dedalus: [${posix.basename(path)}](${to(path)}).`,
    ...[about, ...sections].map((section) => withLabel(withLinks(plain(section), path, to))),
    ...(story === undefined ? [] : [`**In the words of the spec.** ${plain(story)}.`]),
    `![${caption}](${posix.basename(picture)})`,
    `${caption}: check \`${check}\`. All checks, and what comes of them:`,
  ];
  return [
    `# ${path.replace(/^specs\//, '')}`,
    '',
    ...paragraphs.flatMap((text) => [...paragraph(text), '']),
    ...checkTable(checks),
    '```sh',
    `npx ldfi run ${path} --report`,
    '```',
    '',
  ].join('\n');
}

/** `Promise: …` with a label that stands out. */
const withLabel = (text: string): string =>
  text.replace(
    /^([A-Z][a-z]+(?: [a-z]+){0,2}): (.)/,
    (_, label: string, first: string) => `**${label}.** ${first.toUpperCase()}`,
  );

/** Names of files that stand beside the spec, as links to their pages or texts. */
const withLinks = (text: string, path: string, to: (file: string) => string): string =>
  text.replaceAll(/[\w./-]+\.(?:ded|inc|ts)\b/g, (name) => {
    const file = posix.join(posix.dirname(path), name);
    return existsSync(ROOT + file) ? `[${name}](${to(pageOf(file) ?? file)})` : name;
  });
