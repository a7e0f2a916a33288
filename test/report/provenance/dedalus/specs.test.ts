/**
 * What must be true of the views of many specs' counterexamples and good runs.
 */

import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../src/core/work.js';
import { formatFault, formatScenario, tickOf } from '../../../../src/faults/scenario.js';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import { ledgerOf } from '../../../../src/report/provenance/ledger.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import { tablesAt } from '../../../../src/report/provenance/tables.js';
import type { FactView } from '../../../../src/report/provenance/views.js';
import { examples, expansions, faultsReached, missingPosts } from './support.js';

/** Searching all specs takes long; the others are of the same kinds. */
const SPECS = [
  'relay-once',
  'retry',
  'ack.',
  '2pc.',
  '3pc',
  'bully',
  'paxos',
  'double-vote',
  'kafka-isr.',
  'min2',
  'output-commit.',
  'sent-flag.',
];

const all = await examples(SPECS);
const cases = all.flatMap(({ name, of, counterexamples }) =>
  [[], ...counterexamples].map((faults) => [`${name} ${formatScenario(faults)}`, of.case(faults)] as const),
);
const violated = cases.filter(([, { scenario }]) => scenario.length > 0);

it('the examples are worth something', () => {
  expect(all.length).toBeGreaterThan(25);
  expect(violated.length).toBeGreaterThan(25);
});

describe.each(cases)('%s', (_, of) => {
  const view = runView(of);
  const events = view.events.flatMap(({ facts, missing }) => [...facts, ...missing]);

  it('explains every fact by bodies that are satisfied, and every missing fact by something that is not', () => {
    for (const { fact, holds, steps } of expansions(of, events.slice(0, 150), 400)) {
      expect(steps.length, fact.text).toBeGreaterThan(0);
      for (const { body, kind, note } of steps) {
        if (holds) for (const literal of body) expect(literal.holds, fact.text).toBe(!literal.negated);
        else if (kind !== 'given' && note === undefined) expect(body.some(({ blocking }) => blocking)).toBe(true);
        for (const { fact: of, negated, holds: there, blocking } of body)
          if (blocking && !note?.startsWith('here')) expect(there, of.text).toBe(negated);
      }
    }
  });

  it('has a story that fits the run', () => {
    expect(new Set(view.messages.map(({ id }) => id)).size).toBe(view.messages.length);
    for (const { fate, at, sent, source } of view.messages) {
      expect(at).toBe(sent + 1);
      expect(fate === 'late').toBe(at > view.eot);
      expect(source.text).toContain('@async');
      expect(source.line).toBeGreaterThan(0);
    }
    for (const { facts, missing, tick, node } of view.events) {
      for (const fact of facts) expect(of.run.run.rows(fact.relation, tick)).toContainEqual(fact.row);
      for (const fact of missing) expect(of.run.run.rows(fact.relation, tick)).not.toContainEqual(fact.row);
      const rows = tablesAt(of, node, tick).flatMap((table) => table.rows);
      expect(rows.filter(({ change }) => change === 'new').length).toBeGreaterThanOrEqual(facts.length);
    }
  });

  it('is the same every time', () => {
    const again = new DedalusProvenance((of.of as DedalusProvenance).system).case(of.scenario);
    expect(JSON.stringify(runView(again))).toBe(JSON.stringify(view));
    expect(JSON.stringify(atOnce(ledgerOf(again)))).toBe(JSON.stringify(atOnce(ledgerOf(of))));
  });
});

describe.each(violated)('%s', (_, of) => {
  const faults = of.scenario.map(formatFault);

  it('leads from the missing promise to every fault', () => {
    for (const post of missingPosts(of)) expect([...faultsReached(of, [post])].length).toBeGreaterThan(0);
    const pre = (fact: FactView): FactView => ({ ...fact, relation: 'pre' });
    const roots = missingPosts(of).flatMap((post) => [post, pre(post)]);
    expect([...faultsReached(of, roots)].sort()).toEqual([...faults].sort());
  });

  it('has the lost messages in its slice, and not everything', () => {
    const { messages, divergence } = runView(of);
    expect(divergence).toBeLessThanOrEqual(Math.min(...of.scenario.map(tickOf)) + 1);
    const slice = messages.filter((message) => message.slice);
    expect(slice.length).toBeGreaterThan(0);
    for (const fault of of.scenario)
      if (fault.kind === 'omission')
        expect(slice).toContainEqual(
          expect.objectContaining({ from: fault.from, to: fault.to, sent: fault.tick, fate: 'lost', loss: fault }),
        );
  });
});
