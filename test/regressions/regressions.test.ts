/**
 * Every mismatch that fuzzing has found, shrunk: one spec file each, whose comment says what was wrong. All comparisons
 * must agree on it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { resolveChecks } from '../../src/search/check.js';
import { agree, compareScenarios, compareSets } from '../reference/compare.js';

const FOLDER = new URL('./', import.meta.url);
const SPECS = readdirSync(FOLDER).filter((name) => name.endsWith('.ded'));

describe.each(SPECS)('%s', (name) => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const { program } = parseProgram(text);
  const [check] = program ? resolveChecks(program) : [];

  it('is answered alike by all', async () => {
    if (!check) throw new Error('a regression has a check');
    const spec = { text, bounds: check.bounds };
    const comparison = await compareSets(spec);
    expect(comparison).toBeDefined();
    expect(comparison && agree(comparison) ? [] : comparison).toEqual([]);
    expect(await compareScenarios(spec)).toBeUndefined();
  });
});
