/** Commands in the documentation: the real command line takes them, and those that can be run here are run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, ldfi } from '../cli/support.js';
import { copyPackage } from '../packaged.js';
import { allCommands, complaints, wordsOf } from './commands.js';
import { runBlock } from './outputs.js';
import { blocksIn, blocksOf, placeOf } from './pages.js';

const MINUTES = { timeout: 600_000 };
const commands = allCommands();

test('every command and flag is known, and every spec that is named is there', MINUTES, () => {
  expect(commands.length).toBeGreaterThan(60);
  expect(complaints(commands)).toEqual([]);
  const specs = commands.flatMap(({ words }) => words.filter((word) => /^specs\/.*\.(?:ded|ts)$/.test(word)));
  expect(specs.length).toBeGreaterThan(5);
  expect(specs.filter((path) => !existsSync(path) && path !== 'specs/register.ts')).toEqual([]);
});

test('an unknown flag and an unknown command are found', MINUTES, () => {
  const wrong = ['run hello.ded --no-such-flag', 'no-such-command', 'test --jobs many', 'lsp --no-such-flag'];
  expect(complaints(wrong.map((line) => ({ page: 'x.md', words: wordsOf(line) })))).toHaveLength(wrong.length);
});

/** What is not run, by what it begins with, and why. The command line reads it all the same (above). */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npx ldfi live': 'needs services that run; test/live has some',
  'npx ldfi nodes': 'needs a program of the reader; test/live/nodes has some',
  'npx ldfi test': 'searches everything; test/cli does so with less',
  'npx ldfi merge': 'follows a `test` of all parts; test/cli/shards.test.ts',
  'npx ldfi init': 'writes a project; test/cli/init.test.ts',
  'npx ldfi lsp': 'waits for an editor; test/cli/lsp.test.ts',
  'npx ldfi playground': 'opens a browser; test/e2e',
  'npx ldfi worker': 'waits for a queue; test/cli',
  'npm ci': 'of a project of the reader',
  'docker ': 'needs services in containers',
  'code --install-extension': 'needs VS Code',
  npm: 'installs, and builds; CI does so',
};

const isRun = (line: string): boolean => !Object.keys(NOT_RUN).some((start) => line.startsWith(start));

describe('blocks of commands', () => {
  // The files that the pages speak of, in a copy of the package.
  const cwd = folder();
  copyPackage(cwd);
  const first = (page: string, language: string): string =>
    blocksOf(page).find((block) => block.language === language)?.text ?? '';
  writeFileSync(join(cwd, 'hello.ded'), first('docs/tutorial.md', 'ded'));
  writeFileSync(join(cwd, 'hello.ts'), first('docs/protocols.md', 'ts'));

  const shells = blocksIn('sh')
    .filter(({ page }) => !['docs/tutorial.md', 'docs/explain.md', 'README.md'].includes(page))
    .map((block) => ({ block, lines: block.text.trim().split('\n').filter(isRun) }));

  test.each(shells.filter(({ lines }) => lines.length > 0).map(({ block, lines }) => [placeOf(block), lines] as const))(
    '%s',
    MINUTES,
    (_, lines) => {
      for (const line of lines) {
        const { code, stderr } = runBlock({ text: line }, cwd);
        // A counterexample, or what `format --check` finds, is no mistake.
        expect([line, code === 0 || code === 1 ? 'ran' : stderr]).toEqual([line, 'ran']);
        expect(stderr).not.toMatch(/^error/m);
      }
    },
  );

  test('of npm name scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = blocksIn('sh').flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });
});

test('the list of commands is that of the command line', MINUTES, () => {
  const [list = ''] = blocksOf('docs/reference.md').map(({ text }) => text);
  const listed = new Set([...list.matchAll(/^ldfi (\w+)/gm)].map(([, name = '']) => name));
  const help = ldfi(folder(), ['--help']).stdout;
  const known = [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);
  const exceptHelp = known.filter((name) => name !== 'help' && !/^\d/.test(name));
  expect([...listed].sort()).toEqual(exceptHelp.sort());
});
