/**
 * Inputs for reporters: arbitrary ones made of what is dangerous somewhere, and one that can be read.
 */
import fc from 'fast-check';
import type { Place } from '../../../src/report/answer.js';
import type { CheckDetails, ClassDetails, ReporterInput, UnreadableSpec } from '../../../src/report/reporters/index.js';
import type { CheckResult } from '../../../src/report/schema.js';
import { result } from '../arbitraries.js';

/** Pieces that end, open or break something in some form of report. */
const hostile = fc.string({
  unit: fc.constantFrom(
    ...['a', 'Z', '0', ' ', '"', "'", '\\', '\n', '\r', '\t', '\0', '\x1b', '\u202e', '\u2028', '\ufffe', '\uffff'],
    ...[
      '\ud800',
      '😀',
      '&',
      '<',
      '>',
      ']]>',
      '<!--',
      '%0A',
      '::',
      ':',
      ',',
      '%',
      '`',
      '```',
      '|',
      '[x](y)',
      '{0}',
      '{',
    ],
    ...['#', '# SKIP', '# TODO', '...', '---', 'ok 1', 'not ok', '*', '_', '$', '@b', '=', '~', '/', '日本', '../'],
  ),
  maxLength: 12,
});

const place: fc.Arbitrary<Place> = fc.record({
  file: hostile,
  line: fc.integer({ min: 1, max: 9999 }),
  column: fc.integer({ min: 1, max: 999 }),
});

const classDetails: fc.Arbitrary<ClassDetails> = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  alike: fc.nat(2),
  sentence: hostile,
  timeline: fc.array(hostile, { maxLength: 4 }),
  place,
});

const details: fc.Arbitrary<CheckDetails> = fc.record({
  standing: fc.constantFrom('passed' as const, 'failed' as const, 'inconclusive' as const, 'not-run' as const),
  sentence: hostile,
  reason: hostile,
  block: hostile,
  timeline: fc.array(hostile, { maxLength: 4 }),
  place,
  mermaid: fc.option(hostile, { nil: undefined }),
  classes: fc.array(classDetails, { maxLength: 3 }),
  unlistedClasses: fc.nat(1),
});

const unread: fc.Arbitrary<UnreadableSpec> = fc.record({
  path: hostile,
  problems: fc.array(fc.record({ message: hostile, place }), { minLength: 1, maxLength: 2 }),
});

/** Names in the result are hostile too. */
const hostileResult = fc.tuple(result, fc.infiniteStream(hostile)).map(([one, names]) => ({
  ...one,
  checks: one.checks.map((check) => ({
    ...check,
    name: names.next().value,
    spec: { roots: check.spec.roots.map(() => names.next().value), files: check.spec.files },
  })),
}));

const reporterInput: fc.Arbitrary<ReporterInput> = hostileResult.chain((one) =>
  fc.record({
    result: fc.constant(one),
    details: fc.array(details, { minLength: one.checks.length, maxLength: one.checks.length }),
    unread: fc.array(unread, { maxLength: 2 }),
  }),
);

/** The same inputs in every run. */
export const samples = (count: number): ReporterInput[] => fc.sample(reporterInput, { numRuns: count, seed: 20 });

const CHECK: CheckResult = {
  name: 'loss',
  spec: { roots: ['specs/a.ded'], files: ['specs/a.ded'] },
  bounds: { eot: 4, eff: 2, crashes: 0, nodes: ['a', 'b'] },
  verdict: 'violated',
  complete: true,
  executions: 2,
  minimalityRuns: 1,
  solver: { variables: 1, clauses: 1, calls: 1 },
  counterexamples: [
    { faults: [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }], witnesses: [['b']], minimality: [], class: 1 },
  ],
};

const CLASS: ClassDetails = {
  number: 1,
  alike: 0,
  sentence: 'It breaks.',
  timeline: ['tick 1: a → b  got("b")  LOST'],
  place: { file: 'specs/a.ded', line: 5, column: 1 },
};

const DETAILS: CheckDetails = {
  standing: 'failed',
  sentence: 'It breaks.',
  reason: 'violated, but expected holds',
  block: '✗ VIOLATED  loss\n',
  timeline: CLASS.timeline,
  place: CLASS.place,
  mermaid: 'sequenceDiagram\n  n0-xn1: got LOST\n',
  classes: [CLASS],
  unlistedClasses: 0,
};

const NONE: Partial<CheckDetails> = { timeline: [], mermaid: undefined, classes: [] };

const { counterexamples, ...rest } = CHECK;

/** One check of each standing, and a spec that could not be read. */
export const PLAIN: ReporterInput = {
  result: {
    schemaVersion: 1,
    tool: { name: 'ldfi', version: '1.2.3' },
    strategy: 'lineage',
    invariant: 'strict',
    checks: [
      CHECK,
      { ...rest, name: 'calm', verdict: 'holds', counterexamples: [] },
      { ...rest, name: 'slow', verdict: 'inconclusive', stopped: 'executions', complete: false, counterexamples: [] },
      {
        ...rest,
        name: 'late',
        spec: { roots: ['b.ts'], files: ['b.ts'], kind: 'protocol', protocol: 'lock' },
        verdict: 'inconclusive',
        stopped: 'aborted',
        complete: false,
        executions: 0,
        counterexamples: [],
      },
    ],
  },
  details: [
    DETAILS,
    { ...DETAILS, ...NONE, standing: 'passed', sentence: 'It holds.', reason: 'holds' },
    { ...DETAILS, ...NONE, standing: 'inconclusive', sentence: 'Stopped.', reason: 'inconclusive' },
    { ...DETAILS, ...NONE, standing: 'not-run', sentence: 'Not run.', reason: 'not run' },
  ],
  unread: [{ path: 'c.ded', problems: [{ message: 'unexpected ";"', place: { file: 'c.ded', line: 2, column: 7 } }] }],
};

/**
 * The first check with four counterexamples of three classes: two at line 5, one at line 9; and a class that is not
 * told.
 */
export const SEVERAL: ReporterInput = {
  ...PLAIN,
  result: {
    ...PLAIN.result,
    checks: PLAIN.result.checks.map((check, i) =>
      i > 0
        ? check
        : {
            ...check,
            counterexamples: [1, 1, 2, 3, 4].map((number, at) => ({
              faults: [{ kind: 'crash', node: 'a', tick: at + 1 }],
              witnesses: [['b']],
              minimality: [],
              class: number,
            })),
          },
    ),
  },
  details: PLAIN.details.map((one, i) =>
    i > 0
      ? one
      : {
          ...one,
          classes: [
            { ...CLASS, alike: 1 },
            { ...CLASS, number: 3, sentence: 'It breaks here too.', timeline: [] },
            { ...CLASS, number: 4, sentence: 'It breaks there.', place: { ...CLASS.place, line: 9 } },
          ],
          unlistedClasses: 1,
        },
  ),
};

/** What must not stand in any report: controls, invisible formatting, halves of characters. Line ends are fine. */
export const unprintable = (text: string): string[] => text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
