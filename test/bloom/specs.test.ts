/**
 * Every program in `specs/bloom`: each check gives its expected verdict, completely; and what holds is certified, which
 * a checker that knows neither Bloom nor the search agrees with. Below size 1 only what is soon over.
 */
import { describe, expect, test } from 'vitest';
import { certifyProgram } from '../../src/certify/dedalus.js';
import { atOnce } from '../../src/core/work.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { resolveChecks } from '../../src/search/check.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { flawIn } from '../../src/verify/tree.js';
import { Worlds } from '../../src/verify/worlds.js';
import { isWhole } from '../size.js';
import { pairs, programOf } from './twins.js';

const all = await pairs();
const checks = all.flatMap(({ name, bloom }) =>
  resolveChecks(programOf(bloom)).map((check) => ({ name: `${name} ${check.name}`, program: programOf(bloom), check })),
);

describe('a check of a program in Bloom', () => {
  test.each(checks)('$name', async ({ program, check: { bounds, expect: expected } }) => {
    let verdict: Verdict | undefined;
    for await (const event of search(new DedalusSystem(program, bounds)))
      if (event.kind === 'verdict') verdict = event.verdict;
    expect([verdict?.kind, verdict?.complete]).toEqual([expected, true]);
    if (expected !== 'holds' || (!isWhole && bounds.eot > 6)) return;
    const worlds = new Worlds(program, bounds);
    const tree = atOnce(certifyProgram(new DedalusSystem(program, bounds), worlds, 20_000));
    expect(atOnce(flawIn(worlds, tree))).toBeUndefined();
  });
});

test('the chat server is two statements', () => {
  const { statements } = all.find(({ name }) => name === 'chat')?.bloom ?? { statements: [] };
  const ofServer = statements.filter(({ sources }) =>
    sources.some(({ collection, everywhere }) => !everywhere && ['join', 'line', 'member'].includes(collection)),
  );
  expect(ofServer.map(({ into, merge }) => `${into} ${merge}`)).toEqual(['member now', 'shown async']);
});
