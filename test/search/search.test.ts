/**
 * The search beyond what the comparison with brute force covers: events, early stops, strategies, verdicts that mean
 * nothing, classes.
 */
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/faults/fault.js';
import { formatScenario } from '../../src/faults/scenario.js';
import type { DedalusOptions } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { resolveChecks } from '../../src/search/check.js';
import type { SearchEvent, SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { answerOf } from '../reference/compare.js';
import { randomSpec } from '../reference/random-program.js';
import { broadcast, clique, programFrom, system } from '../support.js';

const ABC: Bounds = { eot: 4, eff: 3, crashes: 0, nodes: ['a', 'b', 'c'] };
const BROADCAST = broadcast(ABC.nodes);
/** The same, but everyone who has the message sends it at every tick. */
const RELAY = BROADCAST.replace(/^log\(M, P\)@async.*$/m, 'log(M, P)@async :- log(N, P), node(N, M);');

async function events(
  text: string,
  bounds: Bounds,
  options: SearchOptions = {},
  how: DedalusOptions = {},
): Promise<SearchEvent[]> {
  const all: SearchEvent[] = [];
  for await (const event of search(system(text, bounds, how), options)) all.push(event);
  return all;
}

async function verdict(...args: Parameters<typeof events>): Promise<Verdict> {
  const last = (await events(...args)).at(-1);
  if (last?.kind !== 'verdict') throw new Error('the last event is the verdict');
  return last.verdict;
}

describe('events', () => {
  it('tell the story in order: failure-free run, lineage, hypotheses, counterexamples, verdict', async () => {
    const kinds = (await events(BROADCAST, ABC)).map(({ kind }) => kind).filter((kind) => kind !== 'ground');
    const found = ['hypothesis', 'run', 'counterexample'];
    expect(kinds).toEqual(['hypothesis', 'run', 'lineage', ...found, ...found, 'promises', 'verdict']);
  });

  it('are the same each time', async () => {
    for (const seed of [1, 2, 3]) {
      const { text, bounds } = randomSpec(seed);
      expect(await events(text, bounds)).toEqual(await events(text, bounds));
    }
  });
});

describe('what is no system', () => {
  const given = async (it: unknown): Promise<unknown> => search(it as never).next();

  it('says how to make one of a protocol', async () => {
    const protocol = defineProtocol({ name: 'p', nodes: ['a'], actor: () => ({}), check: () => 'holds' });
    await expect(given(protocol)).rejects.toMatchObject({
      name: 'LdfiError',
      code: 'bad-options',
      message: expect.stringContaining('search(systemOf(protocol, bounds))'),
    });
  });

  it('says how to make one of anything else', async () => {
    for (const other of [undefined, null, 1, {}, programFrom(BROADCAST)])
      await expect(given(other)).rejects.toThrow('new DedalusSystem(program, bounds)');
  });
});

describe('a counterexample', () => {
  it('says of each fault what the run without it does', async () => {
    const { counterexamples } = await verdict(RELAY, { ...ABC, eot: 3 });
    expect(counterexamples.length).toBeGreaterThan(0);
    for (const { faults, minimality } of counterexamples) {
      expect(minimality.map(({ without }) => without)).toEqual(faults);
      for (const { outcome } of minimality) expect(outcome).toBe('holds');
    }
  });

  it('shares a class with those that behave alike but for the tick of a crash', async () => {
    // a is silent from tick 2 on, so that crashing it later makes no difference but to `crash`.
    const text = `${clique(['a', 'b'])}
      log("a", 1)@1; log(M, P)@async :- log(N, P), node(N, M), notin old(N); old(N)@next :- node(N, _); log(N, P)@next :- log(N, P);
      pre(N, P) :- log(N, P); post(N, P) :- log(N, P), notin crash(N, "a", _);`;
    const { counterexamples } = await verdict(text, { eot: 5, eff: 0, crashes: 1, nodes: ['a', 'b'] });
    const classes = counterexamples.map((it) => `${formatScenario(it.faults)} ${it.class}`);
    expect(classes).toEqual(['{crash a@1} 1', '{crash a@2} 2', '{crash a@3} 2', '{crash a@4} 2']);
  });
});

describe('stopping early', () => {
  it('at the first counterexample', async () => {
    const { kind, counterexamples, complete, stopped } = await verdict(BROADCAST, ABC, { first: true });
    expect({ kind, found: counterexamples.length, complete, stopped }).toEqual({
      kind: 'violated',
      found: 1,
      complete: false,
      stopped: 'first',
    });
  });

  it('at the limit of executions, with what is known so far', async () => {
    const run: DedalusOptions = { lineage: 'run' };
    const early = await verdict(RELAY, { ...ABC, crashes: 1, eot: 6 }, { maxExecutions: 1 }, run);
    expect([early.kind, early.complete, early.stopped]).toEqual(['inconclusive', false, 'executions']);
    const later = await verdict(BROADCAST, ABC, { maxExecutions: 2 });
    expect([later.kind, later.complete, later.counterexamples.length]).toEqual(['violated', false, 1]);
  });

  it('when it is aborted, before it starts or in the middle', async () => {
    const aborted = await verdict(BROADCAST, ABC, { signal: AbortSignal.abort() });
    expect([aborted.kind, aborted.stopped]).toEqual(['inconclusive', 'aborted']);
    const controller = new AbortController();
    let last: SearchEvent | undefined;
    for await (const event of search(system(BROADCAST, ABC), { signal: controller.signal })) {
      if (event.kind === 'counterexample') controller.abort();
      last = event;
    }
    expect(last?.kind === 'verdict' && [last.verdict.kind, last.verdict.stopped]).toEqual(['violated', 'aborted']);
  });

  it('at a limit of the engine, which is an answer and not an exception', async () => {
    const guarded = await verdict(BROADCAST, ABC, {}, { mostInstances: 5 });
    expect([guarded.kind, guarded.stopped]).toEqual(['inconclusive', 'limit']);
    expect(guarded.detail).toMatch(/more than 5 ground rule instances/);
  });
});

describe('what is no scenario within the bounds', () => {
  const outside = [
    { kind: 'nonsense' },
    { kind: 'omission', from: 'a', to: 'z', tick: 1 },
    { kind: 'omission', from: 'a', to: 'b', tick: 9 },
    { kind: 'crash', node: 'a', tick: 1 },
    undefined,
  ];
  const protocol = defineProtocol({ name: 'p', nodes: ['a', 'b'], actor: () => ({}), check: () => 'holds' });

  it.each(outside)('%j is refused by every system', async (fault) => {
    const refused = { name: 'LdfiError', code: 'bad-scenario' };
    for (const it of [system(BROADCAST, ABC), new ProtocolSystem(protocol, { eot: 4, eff: 3, crashes: 0 })])
      await expect((async () => it.run([fault as never]))()).rejects.toMatchObject(refused);
    expect(() => system(BROADCAST, ABC).simulate([fault as never])).toThrow(expect.objectContaining(refused));
  });
});

describe('how far a search got that was stopped', () => {
  it('is the size below which there is no counterexample', async () => {
    const { statistics } = await verdict(RELAY, ABC, { strategy: 'exhaustive', maxExecutions: 20 });
    const small = await verdict(RELAY, ABC, { strategy: 'exhaustive', maxFaults: statistics.exact?.faults ?? 0 });
    expect([statistics.exact, small.counterexamples]).toEqual([{ faults: 1 }, []]);
  });
});

describe('lineage', () => {
  it('is total as far as grounding goes, however large', async () => {
    const many = Array.from({ length: 64 }, (_, i) => `has("a", ${i})@1;`).join(' ');
    const cube = `${many} peer("a", "b")@1; got(M, X)@async :- has(N, X), peer(N, M);
      cube(N, X, Y, Z) :- got(N, X), got(N, Y), got(N, Z), X < 32;
      rest(N, X, Y, Z) :- got(N, X), got(N, Y), got(N, Z), X >= 32;
      pre(N) :- got(N, 0); post(N) :- cube(N, 0, 0, 0);`;
    const { kind, statistics } = await verdict(cube, { eot: 2, eff: 2, crashes: 0, nodes: ['a', 'b'] });
    expect(statistics.lineage?.instances).toBeGreaterThan(260_000);
    expect([kind, statistics.lineage?.mode]).toEqual(['holds', 'total']);
  }, 600_000);

  it('is total under the budget and run by run beyond it, with the same answer', async () => {
    const total = await verdict(RELAY, { ...ABC, crashes: 1 });
    const run = await verdict(RELAY, { ...ABC, crashes: 1 }, {}, { totalBudget: 10 });
    expect([total.statistics.lineage?.mode, run.statistics.lineage?.mode]).toEqual(['total', 'run']);
    expect(answerOf(run)).toEqual(answerOf(total));
  });

  it('needs two executions to a first counterexample when it is total', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const { text, bounds } = randomSpec(seed);
      const first = await verdict(text, bounds, { first: true });
      if (first.kind === 'violated') expect(first.statistics.executions).toBe(2);
    }
  });
});

describe('the other strategies', () => {
  it('exhaustive search gives the same sets', async () => {
    for (const text of [BROADCAST, RELAY]) {
      const small: Bounds = { eot: 3, eff: 2, crashes: 1, nodes: ['a', 'b', 'c'] };
      const exhaustive = await verdict(text, small, { strategy: 'exhaustive' });
      expect(answerOf(exhaustive)).toEqual(answerOf(await verdict(text, small)));
      expect(exhaustive.complete).toBe(true);
    }
  });

  it('exhaustive search up to a number of faults proves nothing more', async () => {
    const some = await verdict(RELAY, { ...ABC, eot: 3 }, { strategy: 'exhaustive', maxFaults: 1 });
    expect([some.kind, some.stopped]).toEqual(['inconclusive', 'max-faults']);
  });

  it('random search is its seed, finds minimal counterexamples, and proves nothing', async () => {
    const once = await events(BROADCAST, ABC, { strategy: 'random', seed: 5, maxExecutions: 60 });
    expect(once).toEqual(await events(BROADCAST, ABC, { strategy: 'random', seed: 5, maxExecutions: 60 }));
    expect(once).not.toEqual(await events(BROADCAST, ABC, { strategy: 'random', seed: 6, maxExecutions: 60 }));
    const found = await verdict(BROADCAST, ABC, { strategy: 'random', seed: 5, maxExecutions: 60 });
    expect(answerOf(found)).toEqual(answerOf(await verdict(BROADCAST, ABC)));
    expect(found.complete).toBe(false);
    const none = await verdict(RELAY, { ...ABC, eot: 6 }, { strategy: 'random', maxExecutions: 20 });
    expect([none.kind, none.stopped]).toEqual(['inconclusive', 'executions']);
  });
});

describe('a failure-free run that promises nothing', () => {
  // The backup takes over, and promises, only where the beat is lost; it keeps its promise only with the log.
  const text = `peer("a", "b")@1; log("a")@1; owner("a")@1; tick("b")@1; tick("b")@2;
    beat(M)@async :- owner(N), peer(N, M);
    copy(M)@async :- log(N), peer(N, M);
    takes(N) :- tick(N)@2, notin beat(N)@2; takes(N)@next :- takes(N); copy(N)@next :- copy(N);
    pre(N) :- takes(N); post(N) :- takes(N), copy(N);`;
  const bounds: Bounds = { eot: 4, eff: 3, crashes: 1, nodes: ['a', 'b'] };
  const kept = `${text} post(N) :- takes(N);`;
  const WAYS: [SearchOptions, DedalusOptions][] = [
    [{}, { lineage: 'total' }],
    [{}, { lineage: 'run' }],
    [{ strategy: 'exhaustive' }, {}],
    [{ strategy: 'random', maxExecutions: 40 }, {}],
  ];

  it.each(WAYS)('does not end the search: %j %j', async (options, how) => {
    const { kind, counterexamples, warnings } = await verdict(text, bounds, options, how);
    expect(kind).toBe('violated');
    expect(counterexamples.map(({ faults }) => formatScenario(faults))).toEqual(['{crash a@1}', '{a→b@1}']);
    expect(warnings).toMatchObject([{ code: 'vacuous-failure-free' }]);
  });

  it('is a verdict where no scenario breaks a promise, which says whether one promises anything', async () => {
    const answers = WAYS.slice(0, 3).map(async ([options, how]) => {
      const some = await verdict(kept, bounds, options, how);
      const none = await verdict(`${kept} `.replaceAll('takes(N) :-', 'takes(N) :- owner(N)@2,'), bounds, options, how);
      return [some, none].map(({ kind, promises, complete }) => `${kind} ${promises} ${complete}`);
    });
    const right = ['vacuous some true', 'vacuous none true'];
    expect(await Promise.all(answers)).toEqual([right, right, right]);
  });
});

describe('verdicts that stop the search', () => {
  it.each([
    ['vacuous', 'p("a")@1; pre(N) :- p(N), notin p(N); post(N) :- p(N);', 0],
    ['no-post', 'p("a")@1; pre(N) :- p(N);', 0],
    ['violated-failure-free', 'p("a")@1; p(N)@next :- p(N); pre(N) :- p(N); post(N) :- p(N), notin p(N);', 1],
  ])('%s', async (kind, text, found) => {
    const result = await verdict(text, { ...ABC, nodes: ['a'] });
    expect(result.kind).toBe(kind);
    expect(result.counterexamples.map(({ faults }) => faults)).toEqual(found === 1 ? [[]] : []);
  });
});

describe('the reference invariant', () => {
  // `pre` is a new row when the message is lost: broken in the strict reading, never promised in the other.
  const text = `link("a", "b")@1; up("b")@2; up(N)@next :- up(N); got(M)@async :- link(_, M); got(N)@next :- got(N);
    pre(N, 1) :- up(N); post(N, 1) :- up(N);
    pre(N, 2) :- up(N), notin got(N);`;
  const bounds: Bounds = { eot: 3, eff: 2, crashes: 0, nodes: ['a', 'b'] };

  it('is vacuous where the failure-free run achieved nothing that could be missed', async () => {
    const nothing = text.replaceAll('post(N, 1) :- up(N);', 'post(N, 1) :- up(N), notin up(N);');
    const found = await verdict(nothing, bounds, {}, { invariant: 'reference' });
    expect([found.kind, found.promises]).toEqual(['vacuous', 'none']);
    const crossed = text.replaceAll('post(N, 1) :- up(N);', 'post(N, 3) :- up(N);');
    expect((await verdict(crossed, bounds, {}, { invariant: 'reference' })).kind).toBe('vacuous');
  });

  it('asks only for what the failure-free run achieved', async () => {
    expect((await verdict(text, bounds)).kind).toBe('violated');
    expect((await verdict(text, bounds, {}, { invariant: 'reference' })).kind).toBe('holds');
    expect(
      system(text, bounds).simulate([{ kind: 'omission', from: 'a', to: 'b', tick: 1 }]).outcome.readingsDiffer,
    ).toBe(true);
  });
});

describe('checks', () => {
  const program = programFrom(`//! check eot=4 eff=2 crashes=1 nodes=a,b expect=holds name=one
    //! check eot=5 eff=2
    p("b")@1; p("a")@1; q(N) :- p(N);`);

  it('come from directives, with defaults for what they leave out', () => {
    expect(resolveChecks(program)).toEqual([
      { name: 'one', bounds: { eot: 4, eff: 2, crashes: 1, nodes: ['a', 'b'] }, expect: 'holds' },
      { name: 'check-2', bounds: { eot: 5, eff: 2, crashes: 0, nodes: ['a', 'b'] }, expect: undefined },
    ]);
  });

  it('lose their expectation when a bound is replaced, and equal ones become one', () => {
    expect(resolveChecks(program, { eot: 7, crashes: 0, nodes: ['a'] })).toEqual([
      { name: 'one', bounds: { eot: 7, eff: 2, crashes: 0, nodes: ['a'] }, expect: undefined, others: ['check-2'] },
    ]);
  });
});

describe('nodes', () => {
  it('that are a number here and a string there are refused, not merged', () => {
    const text = 'node("1", 1)@1; node(1, "1")@1; pre(N) :- node(N, _); post(N) :- node(N, _);';
    expect(() => system(text, { ...ABC, nodes: ['1'] })).toThrow(/both the number 1 and the string "1" are locations/);
  });

  it('are numbers only if they are written as numbers are', () => {
    const numbers = system('p(1)@1; pre(N) :- p(N)@1; post(N) :- p(N)@1;', { ...ABC, nodes: ['1', '01'] });
    expect(numbers.schema.nodeValues.map((id) => numbers.schema.values.get(id))).toEqual(['01', 1]);
  });
});
