/**
 * A fault kind is named in its own file and nowhere else in the source: who needs something of a kind asks the port.
 *
 * Exempt: the built-in relation `crash`, a word of Dedalus; CSS classes and attributes (`crashed`, `data-crash`), which
 * name no kind; documentation, as that of `ldfi explain`. Faults at calls and messages of running programs are kinds of
 * their own, some of them with the same names: each adapter has a file for them. `restart` is also a word of the
 * configuration of services, for how their state is brought back.
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { KINDS } from '../../src/faults/kinds.js';

const OWN = new Set(KINDS.map(({ kind }) => `src/faults/${kind}.ts`));
const DEDALUS = 'src/dedalus/builtin.ts';

/** What `ldfi explain` says of each. */
const EXPLAINED = 'src/explain/faults.ts';

/** The kinds of each adapter for running programs, and the word of their configuration. */
const LIVE = [
  'src/live/http/faults.ts',
  'src/live/http/toxiproxy.ts',
  'src/live/nodes/effects.ts',
  'src/live/nodes/faults.ts',
  'src/live/http/config.ts',
];

const files = globSync('src/**/*.{ts,tsx}').sort();
const names = new RegExp(`['"](${KINDS.map(({ kind }) => kind).join('|')})['"]`);
const naming = files.filter((file) => {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return names.test(code);
});

test('each kind has a file of its own that names it', () => {
  expect(naming).toEqual(expect.arrayContaining([...OWN]));
});

test('running programs know none of these kinds', () => {
  const live = globSync('src/live/**/*.ts').sort();
  expect(live.filter((file) => /from '(?:\.\.\/)+faults\//.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('no other file names a kind', () => {
  expect(naming.filter((file) => !OWN.has(file) && ![DEDALUS, EXPLAINED, ...LIVE].includes(file))).toEqual([]);
});
