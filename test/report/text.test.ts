import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_PALETTE } from '../../src/dedalus/render.js';
import { checkToText, resultsInWords } from '../../src/report/formats/text.js';
import type { CheckResult } from '../../src/report/schema.js';
import { checkResult, unprintable } from './arbitraries.js';

const BASE: CheckResult = {
  name: 'small',
  spec: { roots: ['s.ded'], files: ['s.ded'] },
  bounds: { eot: 4, eff: 2, crashes: 1, nodes: ['a', 'b', 'c'] },
  verdict: 'holds',
  complete: true,
  executions: 1,
  minimalityRuns: 0,
  lineage: { mode: 'total', atoms: 9, instances: 7 },
  solver: { variables: 1, clauses: 1, calls: 1 },
  counterexamples: [],
};

const loss = { kind: 'omission', from: 'a', to: 'b', tick: 1 } as const;
const crash = (tick: number) => ({ kind: 'crash', node: 'a', tick }) as const;
const counterexample = (tick: number, number: number): CheckResult['counterexamples'][number] => ({
  faults: [loss, crash(tick)],
  witnesses: [['c', 1]],
  minimality: [
    { without: loss, outcome: 'holds' },
    { without: crash(tick), outcome: 'vacuous' },
  ],
  class: number,
});

test('a violation: what broke, by which faults, what happens, what else, how to replay', () => {
  const text = checkToText(
    {
      ...BASE,
      verdict: 'violated',
      expect: 'holds',
      executions: 5,
      counterexamples: [counterexample(2, 1), counterexample(3, 1), counterexample(4, 2), counterexample(5, 2)],
    },
    {
      timeline: [
        { tick: 1, mark: 'lost', text: 'a → b  m("b")  LOST' },
        { tick: 1, mark: 'delivered', text: 'a → c  m("c")' },
        { tick: 2, mark: 'node', symbol: '☠', text: 'a crashes' },
      ],
      replay: 'npx ldfi replay o.json',
    },
  );
  expect(text).toBe(`✗ VIOLATED  small  (eot 4, eff 2, at most 1 crash, nodes a b c)

  The promise that broke
    pre("c", 1) holds at tick 4, but post("c", 1) does not

  The faults that break it
    1. what a sends to b at tick 1 is lost (without it the promise holds)
    2. a crashes at tick 2 (without it nothing is promised)

  What happens
    tick 1   ✗ a → b  m("b")  LOST
             · a → c  m("c")
    tick 2   ☠ a crashes

  3 more minimal counterexamples
    {a→b@1, crash a@3}  (behaves like the one above)
    {a→b@1, crash a@4}  (and 1 that behave alike)

  Replay  npx ldfi replay o.json

  4 found in 5 executions; these are all the minimal counterexamples within the bounds.
  Total lineage over 7 ground rule instances; 1 solver call.
  The spec expects: holds.
`);
});

test('a green says what was promised, how much was covered, and why nothing is left', () => {
  const promised = Array.from({ length: 7 }, (_, i) => ['a', i]);
  expect(
    checkToText({ ...BASE, expect: 'holds' }, { promised }),
  ).toBe(`✓ HOLDS  small  (eot 4, eff 2, at most 1 crash, nodes a b c)
  Promised at tick 4, and kept without faults: post("a", 0), post("a", 1), post("a", 2), post("a", 3), post("a", 4), … (7 in all).
  No set of faults within these bounds breaks the promise (496 scenarios in all);
  the lineage of all rules, nodes and ticks is one formula, and the solver finds no fault set that makes it false.

  Total lineage over 7 ground rule instances; 1 solver call.
  The spec expects this verdict.
`);
  const run = checkToText({ ...BASE, executions: 3, lineage: { mode: 'run', atoms: 9, instances: 7 } });
  expect(run).toContain('3 executions held, and the solver finds no fault set that cuts every reason why.');
  const { lineage: _, ...exhaustive } = BASE;
  expect(checkToText({ ...exhaustive, executions: 496 })).toContain(
    '(496 scenarios in all): every one was run, 496 executions.',
  );
});

test('a green without any possible fault says so', () => {
  const text = checkToText({ ...BASE, bounds: { ...BASE.bounds, eff: 1, crashes: 0 } });
  expect(text).toContain('These bounds admit no fault at all: the run without faults is all that was checked.');
});

test('of a verdict it is said in how many scenarios nothing is promised', () => {
  expect(checkToText({ ...BASE, vacuous: '12' })).toMatch(/In 12 of \S+ scenarios nothing is promised\./);
  expect(checkToText({ ...BASE, vacuous: '0' })).not.toContain('nothing is promised');
});

test('the other verdicts say what to do', () => {
  const say = (result: Partial<CheckResult>) => checkToText({ ...BASE, ...result });
  expect(say({ verdict: 'vacuous', promises: 'none' })).toMatch(
    /^! VACUOUS .*\n {2}Without any fault nothing is promised.*\n {2}Neither is anything in any other scenario.*\n {2}Check the facts/,
  );
  const cut = { verdict: 'inconclusive', complete: false, stopped: 'aborted', executions: 1 } as const;
  const lineage = { mode: 'none', atoms: 0, instances: 0 } as const;
  expect(say({ ...cut, lineage, reached: { tick: 3, faults: 0 } })).toMatch(
    /It had prepared ticks up to 3 of 4\.\n {2}Allow it more time/,
  );
  expect(say({ ...cut, reached: { tick: 4, faults: 3, exact: { eff: 3, faults: 1 } } })).toMatch(
    /up to 3 faults\.\n {2}It is exact so far as this: no counterexample with EFF ≤ 3; 1 fault: none; 2 faults: unfinished\.\n {2}Allow it more time/,
  );
  expect(say({ verdict: 'vacuous', promises: 'some' })).toContain('Some scenarios with faults promise something');
  const place = { path: 'small.ded', line: 3, column: 1 };
  expect(say({ warnings: [{ code: 'x', message: 'this never happens.', place }] })).toContain(
    '\n  Warning [x]: small.ded:3:1: this never happens.\n',
  );
  expect(say({ verdict: 'no-post' })).toContain('Define `pre(…)` and `post(…)`, or `never(…)`.');
  const early = { faults: [], witnesses: [['b'], ['c']], minimality: [], class: 1 };
  const broken = checkToText(
    { ...BASE, verdict: 'violated-failure-free', counterexamples: [early] },
    { timeline: [{ tick: 1, mark: 'delivered', text: 'a → b  m("b")' }] },
  );
  expect(broken).toContain('! VIOLATED WITHOUT FAULTS  small');
  expect(broken).toContain('    pre("c") holds at tick 4, but post("c") does not\n');
  expect(broken).toContain('What happens\n    tick 1   · a → b  m("b")\n');
  const stopped = { verdict: 'inconclusive', complete: false, executions: 2 } as const;
  expect(say({ ...stopped, stopped: 'executions' })).toContain(
    'Stopped at the limit of executions after 2 executions.',
  );
  expect(say({ ...stopped, stopped: 'limit', detail: 'too many facts' })).toContain(
    'at a limit (too many facts) after',
  );
  expect(say({ ...stopped, stopped: 'aborted' })).toContain(
    'Stopped by an interrupt or a timeout after 2 executions. No',
  );
  expect(say({ ...stopped, stopped: 'aborted', executions: 0 })).toContain('Not run: the interrupt or the timeout');
  const first = say({
    verdict: 'violated',
    stopped: 'first',
    complete: false,
    counterexamples: [counterexample(2, 1)],
  });
  expect(first).toContain('1 found in 1 execution; stopped at the first counterexample, as asked: there may be more.');
});

test('long lists are cut, and counted', () => {
  const many = { ...counterexample(2, 1), witnesses: Array.from({ length: 9 }, (_, i) => [i]) };
  const text = checkToText(
    {
      ...BASE,
      verdict: 'violated',
      counterexamples: [many, ...Array.from({ length: 20 }, (_, i) => counterexample(i + 1, i + 2))],
    },
    { timeline: Array.from({ length: 40 }, (_, i) => ({ tick: i, mark: 'delivered', text: 'x' })) },
  );
  expect(text.match(/… and \d+ more/g)).toEqual(['… and 4 more', '… and 10 more', '… and 8 more']);
});

test('no result can drive the terminal, or make the writer fail', () => {
  fc.assert(
    fc.property(checkResult, fc.string({ unit: 'binary' }), (result, hostile) => {
      const timeline = [{ tick: 1, mark: 'lost' as const, text: hostile }];
      const text = checkToText(result, { timeline, promised: [[hostile]], replay: hostile });
      expect(unprintable(text)).toEqual([]);
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }),
  );
});

test('colours mark the verdict and the faults, and nothing else changes', () => {
  const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const palette = { ...PLAIN_PALETTE, red: tag('red'), green: tag('green'), yellow: tag('yellow') };
  const violated: CheckResult = { ...BASE, verdict: 'violated', counterexamples: [counterexample(2, 1)] };
  expect(checkToText(violated, { palette })).toContain('1. <red>what a sends to b at tick 1 is lost</red>');
  expect(checkToText(BASE, { palette })).toMatch(/^<green>✓ HOLDS<\/green>/);
  expect(checkToText({ ...BASE, verdict: 'vacuous' }, { palette })).toMatch(/^<yellow>! VACUOUS<\/yellow>/);
  expect(checkToText(violated, { palette }).replaceAll(/<\/?(red|green|yellow)>/g, '')).toBe(checkToText(violated));
});

test('a summary of several results', () => {
  const results = (['violated', 'holds', 'violated'] as const).map((verdict) => ({ ...BASE, verdict }));
  expect(resultsInWords(results)).toBe('3 checks: 2 violated, 1 holds');
});
