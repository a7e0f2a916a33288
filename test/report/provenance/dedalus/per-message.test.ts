/**
 * Why a message of a slot is lost where messages have fates of their own: the fault that hit it, not another one of its
 * slot.
 */
import { expect, it } from 'vitest';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import { system } from '../../../support.js';

/** Data and its commit leave in one slot, the commit as its first message. */
const SPEC = `
to("p", "b")@1; data("p", 1)@1;
copy(B, V)@async :- data(P, V)@1, to(P, B);
commit(B, V)@async :- data(P, V)@1, to(P, B);
pre(B, V) :- commit(B, V);
post(B, V) :- copy(B, V);
`;
const BOUNDS = { eot: 3, eff: 2, crashes: 0, nodes: ['b', 'p'], perMessage: 2 };
const lossOf = (nth: number) => ({ kind: 'omission', from: 'p', to: 'b', tick: 1, nth }) as const;

it.each([
  ['commit', 1],
  ['copy', 2],
] as const)('%s is lost to the fault of message %i', (relation, nth) => {
  const both = [lossOf(1), lossOf(2)];
  for (const scenario of [both, [lossOf(nth)]]) {
    const it = new DedalusProvenance(system(SPEC, BOUNDS)).case(scenario);
    const { steps } = it.why({ relation, row: ['b', 1], tick: 2 });
    expect(steps.flatMap(({ fault }) => fault ?? [])).toEqual(steps.map(() => lossOf(nth)));
    expect(steps.length).toBeGreaterThan(0);
    const shown = runView(it).messages.filter(({ label, sent }) => label.startsWith(relation) && sent === 1);
    expect(shown.map(({ loss }) => loss)).toEqual([lossOf(nth)]);
  }
});
