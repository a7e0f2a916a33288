/**
 * Messages of a Dedalus slot with fates of their own: their numbers, what a fault of one of them does, and what is
 * said where there are more of them. The comparison with brute force is in `reference`.
 */
import { expect, test } from 'vitest';
import { formatScenario } from '../../src/faults/scenario.js';
import { timeline } from '../../src/report/formats/timeline.js';
import { search } from '../../src/search/search.js';
import { system } from '../support.js';

/** Data and its commit, which two rules send, leave in one slot. */
const SPEC = `
to("p", "b")@1; to("b", "p")@1; data("p", 1)@1;
copy(B, V)@async :- data(P, V)@1, to(P, B), notin sent(P), P == "p";
commit(B, V)@async :- data(P, V)@1, to(P, B), notin sent(P), P == "p";
commit(B, V)@async :- data(P, V), to(P, B), notin sent(P), P == "p", V > 0;
to(P, B)@next :- to(P, B);
data(P, V)@next :- data(P, V);
sent(P)@next :- to(P, _);
copy(B, V)@next :- copy(B, V);
commit(B, V)@next :- commit(B, V);
pre(B, V) :- commit(B, V);
post(B, V) :- copy(B, V);
`;
const BOUNDS = { eot: 3, eff: 2, crashes: 0, nodes: ['b', 'p'] };
const second = { kind: 'omission', from: 'p', to: 'b', tick: 1, nth: 2 } as const;

test('a message is numbered by relation and row, once however many rules send it', () => {
  const run = system(SPEC, { ...BOUNDS, perMessage: 4 }).simulate([second], { trace: true });
  expect(run.messages().map(({ relation, nth, lost }) => [relation, nth, lost])).toEqual([
    ['commit', 1, false],
    ['commit', 1, false],
    ['copy', 2, true],
  ]);
  expect(timeline(run).map(({ text }) => text)).toEqual(['p → b  copy("b", 1)  LOST', 'p → b  commit("b", 1)']);
});

test.each(['total', 'run'] as const)('one of them is lost: %s', async (lineage) => {
  const verdict = async (perMessage: number): Promise<string> => {
    let found = '';
    for await (const event of search(system(SPEC, { ...BOUNDS, perMessage }, { lineage })))
      if (event.kind === 'verdict')
        found = event.verdict.kind + event.verdict.counterexamples.map(({ faults }) => formatScenario(faults)).join();
    return found;
  };
  expect(await Promise.all([0, 1, 2, 8].map(verdict))).toEqual([
    'holds',
    'holds',
    'violated{p→b@1#2}',
    'violated{p→b@1#2}',
  ]);
});

test('a warning says that more messages than that share a fate', async () => {
  const text = `${SPEC}\nother(B, V)@async :- data(P, V)@1, to(P, B), notin sent(P), P == "p";`;
  const warnings = async (perMessage: number): Promise<string[]> => {
    const it = system(text, { ...BOUNDS, perMessage });
    for await (const _ of it.lineage());
    return it.warnings().flatMap(({ code, message }) => (code === 'shared-fate' ? [message] : []));
  };
  expect(await warnings(3)).toEqual([]);
  expect(await warnings(2)).toEqual([
    'Up to 3 messages are sent in one slot, and 2 have fates of their own: the last of these shares its fate with those after it (--per-message, at most 8).',
  ]);
});
