/**
 * Inputs for reporters: arbitrary ones made of what is dangerous somewhere, and one that can be read.
 */
import fc from 'fast-check';
import type { Place } from '../../../src/report/answer.js';
import type { CheckDetails, ClassDetails, ReporterInput, UnreadableSpec } from '../../../src/report/reporters/index.js';
import { resultToJson } from '../../../src/report/result.js';
import type { Result } from '../../../src/report/schema.js';
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

/** What is tested may be in no file. */
const somewhere = fc.option(place, { nil: undefined });

const classDetails: fc.Arbitrary<ClassDetails> = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  alike: fc.nat(2),
  varying: hostile,
  faults: fc.array(hostile, { maxLength: 3 }),
  sentence: hostile,
  timeline: fc.array(hostile, { maxLength: 4 }),
  place: somewhere,
});

const details: fc.Arbitrary<CheckDetails> = fc.record({
  subject: hostile,
  name: hostile,
  verdict: hostile,
  isError: fc.boolean(),
  faults: fc.array(hostile, { maxLength: 3 }),
  others: fc.array(hostile, { maxLength: 3 }),
  counterexamples: fc.nat(9),
  warnings: fc.array(hostile, { maxLength: 3 }),
  coverage: fc.array(
    fc.record({ what: hostile, covered: fc.nat(9), atMost: fc.nat(9), all: fc.nat(9), details: hostile }),
    { maxLength: 2 },
  ),
  isComplete: fc.boolean(),
  bounds: hostile,
  runs: fc.nat(99),
  standing: fc.constantFrom('passed' as const, 'failed' as const, 'inconclusive' as const, 'not-run' as const),
  sentence: hostile,
  reason: hostile,
  block: hostile,
  timeline: fc.array(hostile, { maxLength: 4 }),
  place: somewhere,
  mermaid: fc.option(hostile, { nil: undefined }),
  classes: fc.array(classDetails, { maxLength: 3 }),
  unlistedClasses: fc.nat(1),
});

const unread: fc.Arbitrary<UnreadableSpec> = fc.record({
  path: hostile,
  problems: fc.array(fc.record({ message: hostile, place }), { minLength: 1, maxLength: 2 }),
});

const reporterInput: fc.Arbitrary<ReporterInput> = fc.record({
  version: hostile,
  checks: fc.array(details, { maxLength: 3 }),
  unread: fc.array(unread, { maxLength: 2 }),
  headings: fc.constant({ bounds: 'bounds', runs: 'Executions' }),
  summary: fc.constantFrom(undefined, 'All is said.'),
  json: result.map((one) => () => resultToJson(one)),
});

/** The same inputs in every run. */
export const samples = (count: number): ReporterInput[] => fc.sample(reporterInput, { numRuns: count, seed: 20 });

/** What JSON is made of. */
export const RESULT: Result = {
  schemaVersion: 1,
  tool: { name: 'ldfi', version: '1.2.3' },
  strategy: 'lineage',
  invariant: 'strict',
  checks: [
    {
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
    },
  ],
};

const CLASS: ClassDetails = {
  number: 1,
  alike: 0,
  varying: 'ticks of crashes',
  faults: ['{"kind":"omission","from":"a","to":"b","tick":1}'],
  sentence: 'It breaks.',
  timeline: ['tick 1: a → b  got("b")  LOST'],
  place: { file: 'specs/a.ded', line: 5, column: 1 },
};

const LOSS: CheckDetails = {
  subject: 'specs/a.ded',
  name: 'loss',
  verdict: 'violated',
  isError: false,
  standing: 'failed',
  sentence: 'It breaks.',
  reason: 'violated, but expected holds',
  block: '✗ VIOLATED  loss\n',
  faults: ['what a sends to b at tick 1 is lost'],
  others: [],
  timeline: CLASS.timeline,
  place: CLASS.place,
  mermaid: 'sequenceDiagram\n  n0-xn1: got LOST\n',
  classes: [CLASS],
  unlistedClasses: 0,
  counterexamples: 1,
  isComplete: true,
  bounds: '4 / 2 / 0 / 2',
  runs: 2,
  warnings: [],
  coverage: [],
};

const NONE: CheckDetails = {
  ...LOSS,
  ...{ faults: [], timeline: [], mermaid: undefined, classes: [], counterexamples: 0, isComplete: false },
};

/** One check of each standing, and a spec that could not be read. */
export const PLAIN: ReporterInput = {
  version: '1.2.3',
  checks: [
    LOSS,
    { ...NONE, name: 'calm', verdict: 'holds', standing: 'passed', sentence: 'It holds.', reason: 'holds' },
    {
      ...{ ...NONE, name: 'slow', verdict: 'inconclusive', standing: 'inconclusive' },
      ...{ sentence: 'Stopped.', reason: 'inconclusive' },
    },
    {
      ...{ ...NONE, subject: 'b.ts lock', name: 'late', verdict: 'inconclusive', standing: 'not-run', runs: 0 },
      ...{ sentence: 'Not run.', reason: 'not run' },
    },
  ],
  unread: [{ path: 'c.ded', problems: [{ message: 'unexpected ";"', place: { file: 'c.ded', line: 2, column: 7 } }] }],
  headings: { bounds: 'eot / eff / crashes / nodes', runs: 'Executions' },
  summary: '4 checks: 1 violated, 1 holds, 2 inconclusive',
  json: () => resultToJson(RESULT),
};

const crash = (tick: number): string => `{"kind":"crash","node":"a","tick":${tick}}`;

/**
 * The first check with five counterexamples of four classes: two at line 5, one at line 9; and a class that is not told.
 */
export const SEVERAL: ReporterInput = {
  ...PLAIN,
  checks: PLAIN.checks.map((one, i) =>
    i > 0
      ? one
      : {
          ...one,
          counterexamples: 5,
          classes: [
            { ...CLASS, faults: [crash(1)], alike: 1 },
            { ...CLASS, faults: [crash(3)], number: 3, sentence: 'It breaks here too.', timeline: [] },
            {
              ...{ ...CLASS, faults: [crash(4)], number: 4, sentence: 'It breaks there.' },
              place: { file: 'specs/a.ded', line: 9, column: 1 },
            },
          ],
          unlistedClasses: 1,
        },
  ),
};

/** The same in no file: a program has none. */
export const NOWHERE: ReporterInput = {
  ...PLAIN,
  checks: PLAIN.checks.map((one) => ({
    ...{ ...one, subject: 'node a.js', place: undefined },
    classes: one.classes.map((told) => ({ ...told, place: undefined })),
  })),
  unread: [],
};

/** What must not stand in any report: controls, invisible formatting, halves of characters. Line ends are fine. */
export const unprintable = (text: string): string[] => text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
