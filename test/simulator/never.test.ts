/** Promises of every tick: what they come to, in words and as data. */
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { DedalusProvenance } from '../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../src/report/provenance/run-view.js';
import { checkResult, resultToJson, toResult } from '../../src/report/result.js';
import { resultFromJson } from '../../src/report/schema.js';
import { sentenceOf } from '../../src/report/sentence.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';

/** A lock that b takes for two ticks once it hears nothing from a; a lets go at tick 3 and says so at each tick. */
const LOCK = `
peer("a", "b")@1; peer(N, M)@next :- peer(N, M);
has("a", "l")@1; has("a", "l")@2;
alive(M, N)@async :- has(N, L), peer(N, M);
clock("b", 1)@1; clock(N, T + 1)@next :- clock(N, T), T < 4;
has(N, "l") :- clock(N, 2), notin alive(N, _);
`;
const BOUNDS = { eot: 5, eff: 3, crashes: 0, nodes: ['a', 'b'] };

function load(text: string) {
  const { program, diagnostics } = parseProgram(text);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join());
  return { program, codes: diagnostics.map(({ code }) => code) };
}

async function verdictOf(text: string, lineage: 'total' | 'run' = 'total'): Promise<Verdict> {
  for await (const event of search(new DedalusSystem(load(text).program, BOUNDS, { lineage })))
    if (event.kind === 'verdict') return event.verdict;
  throw new Error('no verdict');
}

const TWO = 'never(L) :- has(N, L), has(M, L), N != M;';

describe('never', () => {
  test.each(['total', 'run'] as const)('is broken at a tick before the end: %s', async (lineage) => {
    const verdict = await verdictOf(LOCK + TWO, lineage);
    expect(verdict.kind).toBe('violated');
    expect(verdict.counterexamples).toMatchObject([
      { faults: [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }], witnesses: [{ tick: 2, row: ['l'] }] },
    ]);
    const [found] = verdict.counterexamples;
    expect(sentenceOf(found?.faults ?? [], found?.witnesses ?? [], BOUNDS.eot)).toBe(
      'never("l") holds at tick 2, when what a sends to b at tick 1 is lost',
    );
  });

  test('is a promise that is kept where no row ever comes', async () => {
    expect((await verdictOf(`${LOCK}never(L) :- has(N, L), clock(N, 3);`)).kind).toBe('holds');
    expect((await verdictOf(LOCK)).kind).toBe('no-post');
  });

  test('stands beside pre and post', async () => {
    const both = `${LOCK + TWO}pre(N) :- clock(N, 4); post(N) :- clock(N, 4), notin lost(N);
lost(N)@next :- clock(N, 2), notin alive(N, _); lost(N)@next :- lost(N);`;
    const [found] = (await verdictOf(both)).counterexamples;
    expect(found?.witnesses).toEqual([{ tick: 2, row: ['l'] }]);
    const lasting = both.replace('T < 4', 'T < 5').replaceAll('clock(N, 4)', 'clock(N, 5)');
    expect((await verdictOf(lasting)).counterexamples[0]?.witnesses).toEqual([['b'], { tick: 2, row: ['l'] }]);
  });

  test('that a rule reads is a relation like any other, and it is said so', async () => {
    const text = `${LOCK + TWO}bad(L) :- never(L); pre(N) :- clock(N, 5); post(N) :- clock(N, 5);`;
    expect(load(text).codes).toContain('never-is-read');
    expect((await verdictOf(text)).kind).toBe('vacuous');
    expect(load(LOCK + TWO).codes).toEqual([]);
  });

  test('passes through JSON, and is explained', async () => {
    const { program } = load(LOCK + TWO);
    const verdict = await verdictOf(LOCK + TWO);
    const spec = { roots: ['lock.ded'], files: ['lock.ded'] };
    const check = { name: 'check', bounds: { ...BOUNDS, nodes: [...BOUNDS.nodes] } };
    const result = toResult('0', 'strict', {}, [checkResult(spec, { ...check, expect: undefined } as never, verdict)]);
    const read = resultFromJson(resultToJson(result));
    expect('result' in read && read.result.checks[0]?.counterexamples[0]?.witnesses).toEqual([{ tick: 2, row: ['l'] }]);
    const it = new DedalusProvenance(new DedalusSystem(program, BOUNDS)).case(verdict.counterexamples[0]?.faults ?? []);
    expect(it.of.roots(it)).toMatchObject([{ relation: 'never', row: ['l'], tick: 2 }]);
    expect(
      runView(it)
        .messages.filter(({ slice }) => slice)
        .map(({ sent }) => sent),
    ).toEqual([1]);
  });
});
