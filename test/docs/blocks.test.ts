/** Every block of the documentation is what it says it is: it has a language, it parses, it fits the package. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import * as yaml from 'yaml';
import type { Diagnostic } from '../../src/dedalus/diagnostic.js';
import { parse } from '../../src/dedalus/parser.js';
import { parseLiveConfig } from '../../src/live/http/config.js';
import { latencySchema } from '../../src/staleness/latency.js';
import { ldfi } from '../cli/support.js';
import { type Block, blocksIn, blocksOf, PAGES, placeOf } from './pages.js';
import { compiled, isWhole, moduleOf } from './typescript.js';

const MINUTES = { timeout: 600_000 };

/** What no test reads, and why. */
const UNREAD: Readonly<Record<string, string>> = {
  lua: 'settings of Neovim; there is no Neovim here',
  vim: 'settings of Vim; there is no Vim here',
  toml: 'settings of Helix; there is no Helix here',
};
/** `sh`: commands.test.ts. `text`: output, of which outputs.test.ts compares what can be made again. */
const READ = ['sh', 'text', 'ded', 'ts', 'js', 'yaml', 'json'];

/** Written from examples that test/explain/examples.test.ts checks: each is a piece, and many are wrong on purpose. */
const isOfExplain = ({ page }: Block): boolean => page === 'docs/explain.md';
const places = (...languages: string[]): [string, Block][] =>
  blocksIn(...languages)
    .filter((block) => !isOfExplain(block))
    .map((block) => [placeOf(block), block]);

test('every block has a language that is known', () => {
  const blocks = PAGES.flatMap(blocksOf);
  expect(blocks.length).toBeGreaterThan(150);
  const known = [...READ, ...Object.keys(UNREAD)];
  expect(blocks.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
});

test.each(places('ded'))('%s is Dedalus', (_, { text }) => {
  const mistakes: Diagnostic[] = [];
  parse(text, 0, (one) => mistakes.push(one));
  expect(mistakes).toEqual([]);
});

describe('TypeScript', () => {
  const blocks = places('ts');
  const nameOf = (place: string): string => `${place.replaceAll(/[^\w]/g, '-')}.ts`;
  const project = compiled({
    // The module that others import is the first one of its page.
    'hello.ts': blocks.find(([place]) => place.startsWith('docs/protocols.md'))?.[1].text ?? '',
    ...Object.fromEntries(blocks.map(([place, block]) => [nameOf(place), moduleOf(block)])),
    'wrong.ts': "import { defineConfig } from 'ldfi';\ndefineConfig({ spec: [] });\n",
  });

  test('fits the types of the package', () => {
    const lines = project.problems.split('\n').filter((line) => /error TS/.test(line));
    expect(lines.filter((line) => !line.startsWith('wrong.ts'))).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  const whole = blocks.filter(([, block]) => isWhole(block));
  test.each(whole)('%s gives the verdicts that it expects', MINUTES, (place) => {
    const { code, stderr } = ldfi(project.cwd, ['test', nameOf(place)]);
    expect([code, stderr]).toEqual([0, '']);
  });
  test('there are modules to run', () => expect(whole.length).toBeGreaterThan(2));
});

test.each(places('json'))('%s is a model of latencies', (_, { text }) => {
  expect(latencySchema.safeParse(JSON.parse(text)).error).toBeUndefined();
});

test.each(places('js'))('%s is JavaScript', (_, { text }) => {
  const { status, stderr } = spawnSync(process.execPath, ['--check', '--input-type=module', '-'], {
    input: text,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test.each(places('yaml'))('%s is YAML', (_, { text }) => {
  expect(yaml.parseDocument(text).errors).toEqual([]);
});

test('configurations of `ldfi live` are valid, and pieces of them beside the first', () => {
  const [first = '', ...pieces] = blocksOf('docs/live.md')
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => text);
  const wholes = [first, ...pieces.map((piece) => yaml.stringify({ ...yaml.parse(first), ...yaml.parse(piece) }))];
  expect(wholes.length).toBeGreaterThan(2);
  for (const text of wholes) expect(parseLiveConfig(text)).not.toHaveProperty('problems');
  expect(parseLiveConfig(`${first}no_such_key: 1\n`)).toHaveProperty('problems');
});
