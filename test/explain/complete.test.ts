/**
 * Nothing that `ldfi` prints as a code, a verdict or a kind of fault is without an explanation, and every explanation
 * leads somewhere.
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { VERDICTS } from '../../src/dedalus/program.js';
import { prose } from '../../src/explain/entry.js';
import { ERRORS } from '../../src/explain/errors.js';
import { CALL_FAULTS, FAULTS } from '../../src/explain/faults.js';
import { GROUPS, lookUp, meant } from '../../src/explain/groups.js';
import { explainPage } from '../../src/explain/markdown.js';
import { VERDICT_ENTRIES } from '../../src/explain/verdicts.js';
import { KINDS } from '../../src/faults/kinds.js';
import { KINDS as CALL_KINDS } from '../../src/live/http/faults.js';
import { anchorsOf } from '../docs/pages.js';

const entries = GROUPS.flatMap((group) =>
  Object.entries(group.entries).map(([word, entry]) => ({ group: group.title, word, entry })),
);

/** Codes in the text of a source: `code: 'x'`, `error('x', …)`, `_CODE = 'x'`, `new LdfiError('x', …)` and the like. */
const CODE =
  /(?:\bcode:\s*|\berror\(\s*|\bdiagnostic\(\s*|\bcannotInclude\([^,()]*,\s*|_CODE = |\bLdfiError\(\s*|\brefuse\([^,()]*,\s*)'([a-z]+(?:-[a-z]+)*)'/g;

/** Of zod, not of ours. */
const FOREIGN = ['custom'];

function codesIn(pattern: string): string[] {
  const texts = globSync(pattern).map((file) => readFileSync(file, 'utf8'));
  const codes = texts.flatMap((text) => [...text.matchAll(CODE)].map(([, code = '']) => code));
  return [...new Set(codes)].filter((code) => !FOREIGN.includes(code)).sort();
}

describe('every', () => {
  test('code of a diagnostic, a warning or an error in the sources', () => {
    const codes = codesIn(
      'src/{bloom,dedalus,lineage,search,simulator,answer,cli,worker,protocol,faults,risk,blazes}/**/*.ts',
    );
    expect(codesIn('src/dedalus/**/*.ts').length).toBeGreaterThan(50);
    expect(codes).toEqual(expect.arrayContaining(['unbound-variable', 'short-eot', 'dead-rule', 'limit-facts']));
    expect(codes.filter((code) => lookUp(code).length === 0)).toEqual([]);
  });

  test('quoted word of a diagnostic that looks like a code', () => {
    // However a code is handed on: kebab-case text in the front end is a code, or the name of a package.
    const others = ['fastest-levenshtein'];
    const words = globSync('src/dedalus/**/*.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, word = '']) => word),
    );
    expect(words.length).toBeGreaterThan(50);
    expect([...new Set(words)].filter((word) => !others.includes(word) && lookUp(word).length === 0)).toEqual([]);
  });

  test('verdict and kind of fault', () => {
    expect(Object.keys(VERDICT_ENTRIES)).toEqual([...VERDICTS]);
    expect(Object.keys(FAULTS).sort()).toEqual(KINDS.map(({ kind }) => kind as string).sort());
    expect(Object.keys(CALL_FAULTS).sort()).toEqual([...CALL_KINDS].sort());
    expect(Object.keys(ERRORS).length).toBeGreaterThan(15);
  });

  test('entry says enough, and where to read on', () => {
    const leadsNowhere = entries.filter(({ entry: { read } }) => {
      const [page = '', anchor] = read.split('#');
      return anchor === undefined
        ? anchorsOf(`docs/${page}`).length === 0
        : !anchorsOf(`docs/${page}`).includes(anchor);
    });
    expect(leadsNowhere).toEqual([]);
    expect(entries.filter(({ entry }) => prose(entry.means).length < 30)).toEqual([]);
  });
});

describe('a word', () => {
  test('is found as it is printed', () => {
    expect(lookUp('error[unbound-variable]').map(({ word }) => word)).toEqual(['unbound-variable']);
    expect(lookUp('NO POST').map(({ word }) => word)).toEqual(['no-post']);
    expect(lookUp('EOT').map(({ word }) => word)).toEqual(['eot']);
    expect(lookUp('vacuous')).toHaveLength(2);
    expect(lookUp('VIOLATED').map(({ word }) => word)).toEqual(['violated', 'counterexamples']);
    expect(lookUp('constructor')).toEqual([]);
  });

  test('is suggested', () => {
    expect(meant('unbound-varible')).toEqual(['unbound-variable']);
    expect(meant('aggregate')).toContain('aggregate-in-body');
    expect(meant('zzzzzz')).toEqual([]);
  });
});

test('docs/explain.md is up to date', async () => {
  await expect(explainPage()).toMatchFileSnapshot('../../docs/explain.md');
});
