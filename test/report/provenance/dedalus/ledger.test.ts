/**
 * What must be true of the support ledger of many specs' counterexamples and good runs: nothing is lost in merging, the
 * marks are what the simulator does, every row is cut, each fault is needed, and what no fault cuts is indeed kept.
 */
import { describe, expect, it } from 'vitest';
import { formatFact } from '../../../../src/core/value.js';
import { atOnce } from '../../../../src/core/work.js';
import type { Fault, Scenario } from '../../../../src/faults/fault.js';
import { canonical, formatFault, formatScenario } from '../../../../src/faults/scenario.js';
import type { Case } from '../../../../src/report/provenance/case.js';
import type { Traced } from '../../../../src/report/provenance/dedalus/traced.js';
import { ledgerOf } from '../../../../src/report/provenance/ledger.js';
import type { Condition, Ledger } from '../../../../src/report/provenance/views.js';
import { examples } from './support.js';

const SPECS = [
  'relay-once',
  'relay-forever',
  'retry',
  'ack.',
  '2pc.',
  '3pc',
  'bully',
  'paxos',
  'double-vote',
  'token-ring',
  'chain',
  'kafka-isr',
  'primary-backup',
  'late-completion.',
  'output-commit',
  'racing-schema.',
  'sent-flag.',
];

const all = await examples(SPECS);
const cases = all.flatMap(({ name, of: { system }, of, counterexamples }) =>
  [[], ...counterexamples].map((faults) => {
    const it = of.case(faults);
    return [`${name} ${formatScenario(faults)}`, it, atOnce(ledgerOf(it)), system] as const;
  }),
);
/**
 * The counterexamples with a fault more: no longer minimal, some fault may be left out and the promise is still broken.
 */
const wider = cases.flatMap(([name, of, , system]) => {
  if (of.scenario.length === 0) return [];
  const messages = system.simulate(of.scenario).messages();
  const sent = messages.filter(({ from, to, at }) => from !== to && at.length > 0);
  return [sent[0], sent[Math.floor(sent.length / 2)]].flatMap((message) => {
    if (!message || message.sent >= system.space.bounds.eff) return [];
    const { from, to, sent: tick } = message;
    const wide = of.of.case(canonical([...of.scenario, { kind: 'omission', from, to, tick }]));
    return [[`${name} and ${from}→${to}@${tick}`, wide, atOnce(ledgerOf(wide))] as const];
  });
});
const violated = cases.filter(([, { scenario }]) => scenario.length > 0);

it('the examples are worth something', () => {
  expect(violated.length).toBeGreaterThan(35);
  expect(wider.length).toBeGreaterThan(50);
  expect(violated.filter(([, , { faults }]) => faults.length > 2).length).toBeGreaterThan(5);
  const merged = cases.filter(([, , { rows, count }]) => rows.length * 4 < count);
  expect(merged.length).toBeGreaterThan(10);
});

/** Every way of a ledger once per promise, as text. */
const expanded = ({ rows }: Ledger): string[] =>
  rows.flatMap(({ promises, supports, cut }) =>
    promises.flatMap((promise) => supports.map((conditions) => wayText(promise, conditions, cut))),
  );

const wayText = (promise: string, conditions: readonly Condition[], cut: readonly boolean[]): string =>
  JSON.stringify([promise, conditions.map(({ id }) => id).sort(), cut]);

/** The scenarios with some of the faults, all and none included. */
const subsets = (scenario: Scenario): Scenario[] =>
  Array.from({ length: 2 ** scenario.length }, (_, bits) =>
    canonical(scenario.filter((_fault, i) => (bits & (2 ** i)) > 0)),
  );

/** Whether a fault loses a message, read from the message's id. */
function loses(fault: Fault, id: string): boolean {
  const [, from, to, sent] = /^(.*?)→(.*?)@(\d+) /.exec(id) ?? [];
  return fault.kind === 'crash'
    ? fault.node === from && fault.tick <= Number(sent)
    : fault.kind === 'omission' && fault.from === from && fault.to === to && fault.tick === Number(sent);
}

describe.each(cases)('%s', (_, of, ledger) => {
  it('expands to exactly the ways that were found', () => {
    const { conditions, supports, capped } = atOnce(of.of.supports(of));
    const texts = supports.map(({ promise, support }) => {
      const all = support.flatMap((condition) => conditions[condition] ?? []);
      const cut = of.scenario.map((_fault, i) => all.some((condition) => condition.cut.includes(i)));
      return wayText(promise, all, cut);
    });
    expect(expanded(ledger).sort()).toEqual(texts.sort());
    expect(new Set(texts).size).toBe(texts.length);
    expect(ledger.count).toBe(texts.length);
    expect(ledger.capped).toBe(capped);
  });

  it('marks what faults cut, and every tick that it names is one of its ways', () => {
    for (const { cut, supports, otherTicks } of ledger.rows)
      for (const conditions of supports) {
        for (const { id, tick, cut: by } of conditions)
          if (tick !== undefined) expect(by).toEqual(of.scenario.flatMap((fault, i) => (loses(fault, id) ? [i] : [])));
        expect(cut).toEqual(of.scenario.map((_fault, i) => conditions.some((condition) => condition.cut.includes(i))));
        expect(otherTicks.length).toBe(supports[0]?.length);
      }
    for (const { supports, otherTicks } of ledger.rows)
      for (const [i, ticks] of otherTicks.entries())
        for (const tick of ticks) {
          const lead = supports[0]?.[i];
          expect(tick).not.toBe(lead?.tick);
          expect(
            supports.some((conditions) =>
              conditions.some((condition) => condition.text === lead?.text && condition.tick === tick),
            ),
          ).toBe(true);
        }
  });

  it('puts rows with equal marks together, the fewest marks first', () => {
    const marks = ledger.rows.map(({ cut }) => cut.map(Number).join(''));
    expect(marks.filter((mark, i) => mark !== marks[i - 1]).length).toBe(new Set(marks).size);
    const counts = ledger.rows.map(({ cut }) => cut.filter((is) => is).length);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });
});

describe.each(violated)('%s', (_, of, { faults, rows, capped }, system) => {
  it('has a row cut in every way, and for each fault one that it alone cuts', () => {
    expect(faults).toEqual(of.scenario);
    expect(rows.length).toBeGreaterThan(0);
    for (const { promises, cut } of rows) expect(cut, promises.join()).toContain(true);
    // A minimal counterexample without one of its faults is none: there is a way that only this fault cuts.
    if (!capped)
      faults.forEach((_fault, i) => {
        expect(rows.some(({ cut }) => cut.every((is, j) => is === (i === j)))).toBe(true);
      });
  });

  it('marks messages that the simulator loses', () => {
    for (const [i, fault] of faults.entries()) {
      const sent = system.simulate([fault]).messages();
      const lost = new Map(
        sent.map(({ from, to, sent, relation, row, lost }) => [
          `${from}→${to}@${sent} ${formatFact(relation, row)}`,
          lost,
        ]),
      );
      for (const { supports } of rows)
        for (const { id, cut } of supports.flat())
          if (lost.has(id)) expect(lost.get(id), `${id} under ${formatFault(fault)}`).toBe(cut.includes(i));
    }
  });

  it('is right: with some of the faults, what none of them cuts is kept', () => {
    for (const some of subsets(of.scenario)) {
      const run = of.of.case(some);
      for (const { promises, supports } of rows)
        for (const conditions of supports)
          if (stands(conditions, some, faults))
            for (const promise of promises)
              expect(isKept(promise, run), `${promise} ${formatScenario(some)}`).toBe(true);
    }
  });
});

describe.each([...violated.map(([name, of, ledger]) => [name, of, ledger] as const), ...wider])(
  '%s',
  (_, of, { rows, faults, capped }) => {
    it('says of each run that it was made from what is kept there, and no more', () => {
      for (const one of [of.of.good, of, ...of.withoutEach])
        for (const promise of new Set(rows.flatMap(({ promises }) => promises))) {
          const supports = rows.filter(({ promises }) => promises.includes(promise)).flatMap((row) => row.supports);
          const standing = supports.some((conditions) => stands(conditions, one.scenario, faults));
          // What the ledger is about is not kept in its own run if that breaks the promise: nothing was asked of it.
          const excused = promise.startsWith('no ') && isKept(promise.replace('no pre', 'post'), one);
          if (standing) expect(isKept(promise, one), `${promise} ${formatScenario(one.scenario)}`).toBe(true);
          else if (!capped && !excused)
            expect(isKept(promise, one), `${promise} ${formatScenario(one.scenario)}`).toBe(false);
        }
    });
  },
);

/** Whether nothing that a way needs is denied by these faults, and the faults that it needs are there. */
function stands(conditions: readonly Condition[], some: Scenario, faults: readonly Fault[]): boolean {
  const names = new Set(some.map(formatFault));
  return conditions.every(({ id, cut }) =>
    id.startsWith('fault ')
      ? names.has(id.slice('fault '.length))
      : !cut.some((i) => names.has(formatFault(faults[i] as Fault))),
  );
}

/** Whether a `post` row is there at the end of a run, or, of `no pre(…)`, is not. */
function isKept(promise: string, { run }: Case<Traced>): boolean {
  const fact = promise.replace('no ', '');
  const relation = fact.slice(0, fact.indexOf('('));
  const there = run.run.rows(relation, run.eot).some((row) => formatFact(relation, row) === fact);
  return promise.startsWith('no ') !== there;
}
