/**
 * The views on small programs of which every answer is known.
 */
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../src/core/work.js';
import type { Bounds, Fault, Scenario } from '../../../../src/faults/fault.js';
import { canonical } from '../../../../src/faults/scenario.js';
import type { Case } from '../../../../src/report/provenance/case.js';
import { attemptsAt } from '../../../../src/report/provenance/dedalus/joins.js';
import { ANY } from '../../../../src/report/provenance/dedalus/pattern.js';
import { DedalusProvenance } from '../../../../src/report/provenance/dedalus/provenance.js';
import type { Traced } from '../../../../src/report/provenance/dedalus/traced.js';
import { ledgerOf } from '../../../../src/report/provenance/ledger.js';
import { runView } from '../../../../src/report/provenance/run-view.js';
import { tablesAt } from '../../../../src/report/provenance/tables.js';
import { broadcast, clique, system } from '../../../support.js';

const ABC: Bounds = { eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'] };
const loss = (from: string, to: string, tick: number): Fault => ({ kind: 'omission', from, to, tick });
const crash = (node: string, tick: number): Fault => ({ kind: 'crash', node, tick });

const at = (text: string, faults: readonly Fault[], bounds = ABC): Case<Traced> =>
  new DedalusProvenance(system(text, bounds)).case(canonical(faults) as Scenario);
const of = (relation: string, row: readonly (string | number)[], tick: number) => ({ relation, row, tick });

describe('a lost broadcast', () => {
  const it1 = at(broadcast(ABC.nodes), [loss('a', 'c', 1), loss('b', 'c', 2)]);

  it('says where a message came from', () => {
    const [step] = it1.why(of('log', ['b', 1], 2)).steps;
    expect(step).toMatchObject({ kind: 'message', note: 'sent by a at tick 1', fault: undefined });
    expect(step?.body.map(({ fact, negated }) => `${negated ? 'notin ' : ''}${fact.text}@${fact.tick}`)).toEqual([
      'log("a", 1)@1',
      'node("a", "b")@1',
      'notin sent("a")@1',
    ]);
  });

  it('names the fault that lost a message', () => {
    const { holds, steps } = it1.why(of('log', ['c', 1], 2));
    expect(holds).toBe(false);
    expect(steps[0]).toMatchObject({ kind: 'message', fault: loss('a', 'c', 1) });
    expect(steps[0]?.note).toBe('the message a→c of tick 1 is lost');
  });

  it('asks again with open columns', () => {
    expect(it1.why(of('missing', [ANY, 1], 4))).toMatchObject({ holds: true, fact: { text: 'missing(_, 1)' } });
    expect(it1.why(of('missing', [ANY, ANY], 1)).fact.text).toBe('missing(_, _)');
    expect(it1.why(of('log', [ANY, 2], 2)).holds).toBe(false);
  });

  it('answers questions that make no sense', () => {
    expect(it1.why(of('nope', ['a'], 1)).steps[0]?.note).toBe('the spec has no such relation');
    expect(it1.why(of('log', ['a'], 1)).holds).toBe(false);
    expect(it1.why(of('log', ['a', 1], 0)).steps[0]?.note).toBe('time starts at tick 1');
    expect(it1.why(of('log', ['z', 1], 99)).holds).toBe(false);
  });

  it('marks fates, ghosts and the first difference', () => {
    const { messages, divergence, events } = runView(it1);
    expect(divergence).toBe(1);
    expect(messages.map(({ from, to, sent, fate }) => `${from}→${to}@${sent} ${fate}`)).toEqual(
      ['a→b@1 delivered', 'a→c@1 lost', 'b→a@2 ghost', 'b→c@2 ghost', 'c→a@2 ghost', 'c→b@2 ghost'].filter((line) =>
        messages.some(({ from, to, sent }) => line.startsWith(`${from}→${to}@${sent}`)),
      ),
    );
    const c2 = events.find(({ node, tick }) => node === 'c' && tick === 2);
    expect(c2?.missing.map(({ text }) => text)).toContain('log("c", 1)');
  });

  it('shows tables with changes', () => {
    const log = tablesAt(it1, 'b', 2).find(({ relation }) => relation === 'log');
    expect(log?.rows).toEqual([{ row: ['b', 1], change: 'new' }]);
    expect(tablesAt(it1, 'z', 2)).toEqual([]);
  });
});

describe('crashes', () => {
  const it1 = at(broadcast(ABC.nodes), [crash('c', 2)]);

  it('are faults, there or not', () => {
    expect(it1.why(of('crash', ['a', 'c', ANY], 3)).steps).toMatchObject([{ kind: 'given', fault: crash('c', 2) }]);
    expect(it1.why(of('crash', ['a', 'b', ANY], 3)).steps).toMatchObject([{ fault: undefined, body: [] }]);
  });

  it('are not events', () => {
    const facts = runView(it1).events.flatMap((event) => [...event.facts, ...event.missing]);
    expect(facts.some(({ relation }) => relation === 'crash')).toBe(false);
  });
});

describe('aggregates', () => {
  const quorum = `${clique(ABC.nodes)}
up("a")@1; up("b")@1; up("c")@1;
vote("a", N)@async :- up(N), node(N, "a");
vote("a", "a")@2;
voted(X, N) :- vote(X, N);
voted(X, N)@next :- voted(X, N);
votes(X, count<N>) :- voted(X, N);
latest(X, max<N>) :- voted(X, N);
decided(X) :- votes(X, K), K > 2;
pre(X) :- up(X);
pre(X)@next :- pre(X);
post("a") :- decided("a");
post(X) :- pre(X), X != "a";
`;
  const it1 = at(quorum, [loss('b', 'a', 1)]);

  it('say what the value is here, and who is missing', () => {
    const { steps } = it1.why(of('votes', ['a', 3], 4));
    const [good] = steps;
    expect(good?.body.filter(({ blocking }) => blocking).map(({ fact }) => fact.text)).toEqual(['voted("a", "b")']);
    expect(steps.some(({ note }) => note === 'here it is votes("a", 2)')).toBe(true);
    const comparison = it1.why(of('decided', ['a'], 4)).steps.map(({ note }) => note);
    expect(comparison).toContain('2 > 2 is false');
  });

  it('need all that they count in the ledger', () => {
    const { rows } = atOnce(ledgerOf(it1));
    expect(
      rows.map(({ supports, cut }) => [supports.map((conditions) => conditions.map(({ id }) => id)), cut]),
    ).toEqual([[[['b→a@1 vote("a", "b")', 'c→a@1 vote("a", "c")']], [true]]]);
  });
});

describe('hostile and odd programs', () => {
  it('tell the string _ from an open column', () => {
    const text = 'p("a", "_")@1; p("a", "x")@1; q(X) :- p(X, "_"); pre(X) :- q(X); post(X) :- q(X);';
    const it1 = at(text, []);
    expect(it1.why(of('p', ['a', '_'], 1)).steps).toHaveLength(1);
    expect(it1.why(of('p', ['a', ANY], 1)).steps).toHaveLength(2);
  });

  it('end on cycles, of facts that hold and of facts that do not', () => {
    const text = `${clique(ABC.nodes)}
s("a")@1;
reach(X, Y) :- node(X, Y);
reach(X, Z) :- reach(X, Y), reach(Y, Z);
pre(X) :- s(X);
pre(X)@next :- pre(X);
x(X) :- y(X); y(X) :- x(X);
post(X) :- pre(X), reach(X, X), notin x(X);`;
    const it1 = at(text, [loss('a', 'b', 1)]);
    expect(it1.why(of('reach', ['a', 'a'], 2)).holds).toBe(true);
    expect(it1.why(of('x', ['a'], 2))).toMatchObject({ holds: false, steps: [{ body: [{ blocking: true }] }] });
    expect(runView(it1).outcome.kind).toBe('holds');
    expect(atOnce(ledgerOf(it1)).rows.map(({ supports }) => supports)).toEqual([[[]]]);
  });

  it('solve arithmetic in heads and look up fixed ticks', () => {
    const text = `t("a", 3)@1;
t(X, N - 1)@next :- t(X, N), N > 0;
once(X) :- t(X, 3)@1, t(X, N), N < 2;
pre(X) :- t(X, _); post(X) :- once(X);`;
    const it1 = at(text, []);
    const [step] = it1.why(of('t', ['a', 1], 2)).steps;
    expect(step?.body).toMatchObject([{ fact: { text: 't("a", 2)', tick: 1 }, blocking: true }]);
    const [found] = it1.why(of('once', ['a'], 3)).steps;
    expect(found?.body.map(({ fact }) => `${fact.text}@${fact.tick}`)).toEqual(['t("a", 3)@1', 't("a", 1)@3']);
  });

  it('bound the search for attempts', () => {
    const facts = Array.from({ length: 40 }, (_, i) => `p("a", ${i})@1;`).join(' ');
    const it1 = at(
      `${facts} q(X) :- p(X, A), p(X, B), p(X, C), p(X, D), A + B + C + D == 999; pre(X) :- p(X, 1); post(X) :- q(X);`,
      [],
    );
    const planned = it1.run.schema.rules.find(({ rule }) => rule.head.relation === 'q');
    if (!planned) throw new Error('there is such a rule');
    const found = attemptsAt(
      it1.run.schema,
      it1.run,
      planned,
      it1.run.names.pattern(of('q', ['a'], 1))?.columns ?? [],
      1,
    );
    expect(found.complete).toBe(false);
    expect(it1.why(of('q', ['a'], 1)).steps.length).toBeLessThan(10);
  });
});

describe('a large run', () => {
  it('is told in reasonable time', () => {
    const nodes = [...'abcdefghi'];
    const text = broadcast(nodes).replace(/^log\(M, P\)@async.*$/m, 'log(M, P)@async :- log(N, P), node(N, M);');
    const large = system(text, { eot: 60, eff: 40, crashes: 2, nodes });
    const start = performance.now();
    const scenario = canonical([loss('a', 'c', 1), crash('b', 2)]);
    const told = new DedalusProvenance(large).case(scenario);
    expect(runView(told).messages.length).toBeGreaterThan(2_000);
    expect(atOnce(ledgerOf(told)).capped).toBe(true);
    // Some 600 ms on a quiet machine; the bound only catches an explosion.
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
