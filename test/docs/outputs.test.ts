/**
 * What the README and the tutorial show is what is printed, and what they say comes true; the picture and the gallery
 * are those of today. `npx vitest run test/docs -u` writes them anew.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { classicPages } from '../../scripts/site/classics.js';
import { pageOf } from '../../scripts/site/folders.js';
import { galleryPage } from '../../scripts/site/gallery.js';
import { LEVELS_PAGE, levels, levelsPage } from '../../scripts/site/levels.js';
import { allSpecs } from '../../scripts/site/specs.js';
import { folder, ldfi, PACKAGE } from '../cli/support.js';
import { copyPackage } from '../packaged.js';
import { runBlock, withOutput } from './outputs.js';
import { blocksOf, textOf } from './pages.js';

const MINUTES = { timeout: 600_000 };
const SPECS = allSpecs();

test('README', MINUTES, async () => {
  const cwd = folder();
  copyPackage(cwd);
  const page = withOutput('README.md', (block) => {
    const { code, stdout } = runBlock({ text: block }, cwd);
    expect(code).toBe(1);
    return stdout;
  });
  await expect(page).toMatchFileSnapshot('../../README.md');
});

test('the grid of the reference', MINUTES, () => {
  const words = ['frontier', 'specs/bugs/output-commit.ded', '--eot', '9', '--timeout', '600'];
  expect(textOf('docs/reference.md')).toContain(`\`\`\`text\n${ldfi(PACKAGE, words).stdout}\`\`\``);
});

test.each(['blazes', 'pbs'])('what %s prints', MINUTES, async (name) => {
  const page = withOutput(`docs/${name}.md`, (block) => runBlock({ text: block }, PACKAGE).stdout);
  await expect(page).toMatchFileSnapshot(`../../docs/${name}.md`);
});

test('the two schedules of the page on coordination', MINUTES, () => {
  const words = ['calm', 'specs/calm/chat.ded'];
  expect(textOf('docs/calm.md')).toContain(`\`\`\`text\n${ldfi(PACKAGE, words).stdout}\`\`\``);
});

test('the picture of the README', MINUTES, async () => {
  const cwd = folder();
  ldfi(cwd, ['run', join(PACKAGE, 'specs/broadcast/retry.ded')]);
  const { stdout } = ldfi(cwd, ['report', 'reports/retry.json', '--format', 'svg']);
  await expect(stdout).toMatchFileSnapshot('../../docs/pictures/retry.svg');
});

test('the tutorial, step by step', MINUTES, async () => {
  const [program, retry, relay] = blocksOf('docs/tutorial.md')
    .filter(({ language }) => language === 'ded')
    .map(({ text }) => text);
  if (program === undefined || retry === undefined || relay === undefined) throw new Error('the tutorial has three');
  const cwd = folder({ 'hello.ded': program });
  const file = join(cwd, 'hello.ded');
  const edit = async (from: string | RegExp, to: string): Promise<void> => {
    const before = await readFile(file, 'utf8');
    const after = before.replace(from, () => to);
    expect(after).not.toBe(before);
    await writeFile(file, after);
  };
  const fact = 'say("a", "hello")@1;\n';
  // Before the second block of commands, and so on.
  const edits = [undefined, () => edit(fact, fact + retry), undefined, () => edit(/^log\(M, P\)@async.*\n/m, relay)];
  const codes = [1, 0, 1, 0];
  const outputs: string[] = [];
  for (const [i, { text }] of blocksOf('docs/tutorial.md')
    .filter(({ language }) => language === 'sh')
    .entries()) {
    await edits[i]?.();
    const { code, stdout } = runBlock({ text }, cwd);
    expect([text, code]).toEqual([text, codes[i]]);
    outputs.push(stdout);
  }
  expect(outputs).toHaveLength(codes.length);
  expect(outputs[1]).toContain('(4096 scenarios in all)');
  expect(ldfi(cwd, ['run', 'hello.ded', '--crashes', '2']).code).toBe(0);
  await edit('crashes=0', 'crashes=2 expect=holds');
  expect(ldfi(cwd, ['test', 'hello.ded']).code).toBe(0);
  await expect(withOutput('docs/tutorial.md', () => outputs.shift() ?? '')).toMatchFileSnapshot(
    '../../docs/tutorial.md',
  );
});

test('the gallery', MINUTES, async () => {
  const specs = await SPECS;
  expect(specs.filter(({ about, checks }) => about.length < 20 || checks.length === 0)).toEqual([]);
  const page = galleryPage(specs, {
    spec: (path) => `../${path}`,
    page: (path) => pageOf(path)?.replace(/^docs\//, ''),
    picture: () => undefined,
  });
  expect(specs.every(({ path }) => existsSync(path) && page.includes(`(../${path})`))).toBe(true);
  await expect(page).toMatchFileSnapshot('../../docs/gallery.md');
});

test(
  'the levels of key-value stores: each keeps its own promise and all before it, and breaks the next',
  MINUTES,
  async () => {
    const verdicts = await levels();
    const told = [...verdicts.values()];
    expect(told.map((row) => row.map(({ kind }, i) => (kind === 'holds' ? i : -1)).filter((i) => i >= 0))).toEqual(
      told.map((_, level) => told.slice(0, level + 1).map((_, i) => i)),
    );
    await expect(levelsPage(verdicts)).toMatchFileSnapshot(`../../${LEVELS_PAGE}`);
  },
);

test('pages and pictures of classic systems', MINUTES, async () => {
  const pages = await classicPages(await SPECS);
  for (const [path, text] of Object.entries(pages)) await expect(text).toMatchFileSnapshot(`../../${path}`);
  expect(globSync('docs/gallery/**/*.*').filter((path) => path !== LEVELS_PAGE && !(path in pages))).toEqual([]);
});
