/**
 * SARIF 2.1.0: by the official schema, whatever the names are.
 */
import { expect, test } from 'vitest';
import type { ClassDetails } from '../../../src/report/reporters/index.js';
import { sarifReport } from '../../../src/report/reporters/sarif.js';
import { NOWHERE, PLAIN, SEVERAL, samples, unprintable } from './support.js';
import { sarifProblems as problems } from './validate.js';

interface Finding {
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly region: { readonly startLine: number } } }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: { readonly faults: readonly string[]; readonly alike: number };
}

const run = (text: string) => JSON.parse(text).runs[0];

test('a result per failed check, at the line to look at', () => {
  const { results, tool, invocations } = run(sarifReport(PLAIN));
  expect(tool.driver).toEqual({
    name: 'ldfi',
    version: '1.2.3',
    rules: [{ id: 'loss', shortDescription: { text: 'The promise of check "loss"' } }],
  });
  expect(results).toEqual([
    {
      ruleId: 'loss',
      ruleIndex: 0,
      kind: 'fail',
      level: 'error',
      message: {
        text: 'It breaks. (violated, but expected holds)\n\nWhat happens:\ntick 1: a → b  got("b")  LOST',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'specs/a.ded', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 1 },
          },
        },
      ],
      partialFingerprints: {
        'ldfiFinding/v1': 'specs/a.ded loss {"kind":"omission","from":"a","to":"b","tick":1}',
        primaryLocationLineHash: '93d5a6400531676e:1',
      },
      properties: {
        verdict: 'violated',
        faults: ['{"kind":"omission","from":"a","to":"b","tick":1}'],
        counterexample: 1,
        alike: 0,
        counterexamples: 1,
      },
    },
  ]);
  const notes = invocations[0].toolExecutionNotifications.map((note: { level: string; message: { text: string } }) => [
    note.level,
    note.message.text,
  ]);
  expect(invocations[0].executionSuccessful).toBe(false);
  expect(notes).toEqual([
    ['warning', 'specs/a.ded slow: Stopped. (inconclusive)'],
    ['warning', 'b.ts lock late: Not run. (not run)'],
    ['error', 'c.ded could not be read: unexpected ";"'],
  ]);
});

test('a result per behaviour class, each with its line, faults and fingerprint; what is left out is said', () => {
  const { results, invocations } = run(sarifReport(SEVERAL));
  const told = results.map(({ message, locations, properties }: Finding) => [
    message.text.split('\n')[0],
    locations[0]?.physicalLocation.region.startLine,
    properties.faults,
    properties.alike,
  ]);
  const crash = (tick: number): string[] => [`{"kind":"crash","node":"a","tick":${tick}}`];
  expect(told).toEqual([
    ['It breaks. (violated, but expected holds)', 5, crash(1), 1],
    ['It breaks here too. (violated, but expected holds)', 5, crash(3), 0],
    ['It breaks there. (violated, but expected holds)', 9, crash(4), 0],
  ]);
  expect(results[0].message.text).toContain('\n1 more counterexample like this: only ticks of crashes differ.\n');
  const fingerprints = results.map(({ partialFingerprints }: Finding) => partialFingerprints.primaryLocationLineHash);
  expect(new Set(fingerprints).size).toBe(3);
  expect(invocations[0].toolExecutionNotifications[0]).toMatchObject({
    level: 'note',
    message: {
      text: 'specs/a.ded loss: results are the first 3 of 4 behaviour classes of counterexamples; the JSON has all',
    },
  });
  expect(problems(sarifReport(SEVERAL))).toEqual([]);
});

test('fingerprints stay when lines move; checks and faults have their own', () => {
  const prints = (text: string) => run(text).results.map((one: Finding) => one.partialFingerprints);
  const text = sarifReport(SEVERAL);
  const moved = { ...SEVERAL, checks: SEVERAL.checks.map((one) => ({ ...one, classes: one.classes.map(down) })) };
  expect(prints(sarifReport(moved))).toEqual(prints(text));
  const renamed = SEVERAL.checks.map((check) => ({ ...check, name: 'other' }));
  expect(prints(sarifReport({ ...SEVERAL, checks: renamed }))).not.toEqual(prints(text));
});

const down = ({ place, ...told }: ClassDetails): ClassDetails => ({
  ...told,
  place: place && { ...place, line: place.line + 7 },
});

test('a check that failed without a counterexample is a result of its own', () => {
  const checks = PLAIN.checks.map((one) => ({ ...one, classes: [] }));
  const { results } = run(sarifReport({ ...PLAIN, checks }));
  expect(results).toHaveLength(1);
  expect(results[0].partialFingerprints['ldfiFinding/v1']).toBe('specs/a.ded loss');
});

test('what is in no file has the name of what is tested', () => {
  const text = sarifReport(NOWHERE);
  expect(run(text).results[0].locations).toEqual([{ logicalLocations: [{ name: 'node a.js', kind: 'module' }] }]);
  expect(problems(text)).toEqual([]);
});

test('is valid by the schema', () => {
  expect(problems(sarifReport(PLAIN))).toEqual([]);
  expect(problems(sarifReport({ ...PLAIN, checks: [], unread: [] }))).toEqual([]);
});

test('the schema is at work', () => {
  expect(problems(sarifReport(PLAIN).replace('"level": "error"', '"level": "bad"'))).not.toEqual([]);
  expect(problems(sarifReport(PLAIN).replace('"startLine": 5', '"startLine": 0'))).not.toEqual([]);
  expect(problems(sarifReport(PLAIN).replace('specs/a.ded"', 'specs a.ded"'))).not.toEqual([]);
});

test('is valid by the schema whatever the names are', () => {
  const documents = samples(300).map(sarifReport);
  expect(documents.flatMap(problems)).toEqual([]);
  expect(documents.flatMap(unprintable)).toEqual([]);
});

test('what would be an argument or a link is text; paths are encoded', () => {
  const [first] = PLAIN.checks;
  const wild = {
    ...first,
    sentence: '{0} [x](http://y)',
    place: { file: '/a b/#c.ts', line: 1, column: 1 },
    classes: [],
  };
  const text = sarifReport({ ...PLAIN, checks: [wild as NonNullable<typeof first>, ...PLAIN.checks.slice(1)] });
  const [result] = run(text).results;
  expect(result.message.text).toContain('{{0}} \\[x\\](http://y)');
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///a%20b/%23c.ts' });
});
