/**
 * All that can be explained, group by group: what `ldfi explain` looks up, lists, and what `docs/explain.md` is made of.
 *
 * A further word is one entry in the file of its group. `test/explain` fails when a code of the sources has none.
 */
import { suggest } from '../dedalus/suggest.js';
import { LABELS, TOPOLOGIES } from './blazes.js';
import { DIRECTIVES } from './directives.js';
import type { Entries, Entry } from './entry.js';
import { ERRORS } from './errors.js';
import { CALL_FAULTS, FAULTS, NODE_FAULTS } from './faults.js';
import { FILES } from './files.js';
import { PROGRAM } from './program.js';
import { RULES } from './rules.js';
import { SYNTAX } from './syntax.js';
import { INJECTED, LIVE_VERDICTS, VERDICT_ENTRIES } from './verdicts.js';
import { WARNINGS } from './warnings.js';
import { WORDS } from './words.js';

export interface Group {
  readonly title: string;
  readonly entries: Entries;
}

export const GROUPS: readonly Group[] = [
  { title: 'Verdicts', entries: VERDICT_ENTRIES },
  { title: 'Verdicts of experiments (live, nodes)', entries: { ...LIVE_VERDICTS, ...INJECTED } },
  { title: 'Words', entries: WORDS },
  { title: 'Labels of streams (blazes)', entries: LABELS },
  { title: 'Kinds of faults', entries: FAULTS },
  { title: 'Faults of calls (live)', entries: CALL_FAULTS },
  { title: 'Faults of programs (nodes)', entries: NODE_FAULTS },
  { title: 'Warnings beside a verdict', entries: WARNINGS },
  { title: 'Diagnostics: the text of a spec', entries: SYNTAX },
  { title: 'Diagnostics: facts and rules', entries: RULES },
  { title: 'Diagnostics: the program as a whole', entries: PROGRAM },
  { title: 'Diagnostics: directives', entries: DIRECTIVES },
  { title: 'Diagnostics: files, modules, configuration', entries: FILES },
  { title: 'Diagnostics: topologies (blazes)', entries: TOPOLOGIES },
  { title: 'Errors (LdfiError)', entries: ERRORS },
];

/** An entry, and where it stands. */
export interface Found {
  readonly group: string;
  readonly word: string;
  readonly entry: Entry;
}

/** `NO POST`, `no_post` and `error[no-post]` are all `no-post`. */
const key = (text: string): string =>
  text
    .replace(/^(?:error|warning)\[(.*)\]$/, '$1')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

const ALL: readonly Found[] = GROUPS.flatMap(({ title, entries }) =>
  Object.entries(entries).map(([word, entry]) => ({ group: title, word, entry })),
);

/**
 * All entries of a word: `vacuous` is a verdict of a search and one of experiments.
 * @param text as someone types it or copies it from a report: case, blanks and `error[…]` do not matter
 */
export function lookUp(text: string): readonly Found[] {
  const wanted = key(text);
  const named = ALL.filter(({ word }) => key(word) === wanted);
  const also = ALL.filter((one) => !named.includes(one) && one.entry.also?.some((other) => key(other) === wanted));
  return [...named, ...also];
}

/** The word that was probably meant, if one is close; else those that contain what was typed. */
export function meant(text: string): readonly string[] {
  const wanted = key(text);
  const words = [...new Set(ALL.flatMap(({ word, entry }) => [word, ...(entry.also ?? []).map(key)]))];
  const close = suggest(wanted, words);
  if (close !== undefined) return [close];
  return wanted.length < 3 ? [] : words.filter((word) => word.includes(wanted)).slice(0, 5);
}
