/**
 * Arbitrary results: everything that the schema admits, hostile strings included.
 */
import fc from 'fast-check';
import { VERDICTS } from '../../src/dedalus/program.js';
import type { CheckResult, CounterexampleResult, Result } from '../../src/report/schema.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', '"', '\\', '\n', '\x1b', '\u202e', '\u009b', '\ud800', '😀', '\u{e0041}'),
});
const tick = fc.integer({ min: 1, max: 1000 });
const count = fc.nat();
const verdict = fc.constantFrom(...VERDICTS);

const fault = fc.oneof(
  fc.record({ kind: fc.constant('omission' as const), from: text, to: text, tick }),
  fc.record({ kind: fc.constant('crash' as const), node: text, tick }),
);

const counterexample: fc.Arbitrary<CounterexampleResult> = fc.record({
  faults: fc.array(fault, { maxLength: 4 }),
  witnesses: fc.array(fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }), { maxLength: 8 }),
  minimality: fc.array(fc.record({ without: fault, outcome: fc.constantFrom('holds' as const, 'vacuous' as const) }), {
    maxLength: 4,
  }),
  class: fc.integer({ min: 1, max: 3 }),
});

export const checkResult: fc.Arbitrary<CheckResult> = fc.record(
  {
    name: text,
    spec: fc.record({ roots: fc.array(text, { minLength: 1, maxLength: 2 }), files: fc.array(text, { maxLength: 3 }) }),
    bounds: fc.record({
      eot: fc.integer({ min: 1, max: 20 }),
      eff: fc.nat(20),
      crashes: fc.nat(3),
      nodes: fc.array(text, { minLength: 1, maxLength: 10 }),
    }),
    expect: verdict,
    verdict,
    complete: fc.boolean(),
    stopped: fc.constantFrom(
      'first' as const,
      'executions' as const,
      'aborted' as const,
      'max-faults' as const,
      'limit' as const,
    ),
    detail: text,
    executions: count,
    minimalityRuns: count,
    lineage: fc.record({ mode: fc.constantFrom('total' as const, 'run' as const), atoms: count, instances: count }),
    solver: fc.record({ variables: count, clauses: count, calls: count }),
    otherReading: fc.record({ invariant: fc.constantFrom('strict' as const, 'reference' as const), verdict }),
    counterexamples: fc.array(counterexample, { maxLength: 5 }),
  },
  {
    requiredKeys: [
      'name',
      'spec',
      'bounds',
      'verdict',
      'complete',
      'executions',
      'minimalityRuns',
      'solver',
      'counterexamples',
    ],
  },
);

export const result: fc.Arbitrary<Result> = fc.record(
  {
    schemaVersion: fc.constant(1 as const),
    tool: fc.record({ name: fc.constant('ldfi' as const), version: text }),
    strategy: fc.constantFrom('lineage' as const, 'random' as const, 'exhaustive' as const),
    invariant: fc.constantFrom('strict' as const, 'reference' as const),
    seed: fc.nat(),
    checks: fc.array(checkResult, { maxLength: 3 }),
  },
  { requiredKeys: ['schemaVersion', 'tool', 'strategy', 'invariant', 'checks'] },
);

/** Everything in a text that must not reach a terminal raw. Line ends are fine. */
export const unprintable = (output: string): string[] => output.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu) ?? [];
