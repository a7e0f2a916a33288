/**
 * SARIF 2.1.0: by the official schema, whatever the names are.
 */
import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { sarifReport } from '../../../src/report/reporters/sarif.js';
import { PLAIN, samples, unprintable } from './support.js';

const schema = JSON.parse(readFileSync(new URL('../schemas/sarif-schema-2.1.0.json', import.meta.url), 'utf8'));
const ajv = new draft04.default({ strict: false, allErrors: true });
formats.default(ajv as never);
const validate = ajv.compile(schema);

const problems = (text: string): unknown[] => (validate(JSON.parse(text)) ? [] : (validate.errors ?? []));

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
      partialFingerprints: { 'ldfiCheck/v1': 'specs/a.ded loss' },
      properties: {
        verdict: 'violated',
        faults: ['{"kind":"omission","from":"a","to":"b","tick":1}'],
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

test('is valid by the schema', () => {
  expect(problems(sarifReport(PLAIN))).toEqual([]);
  expect(problems(sarifReport({ result: { ...PLAIN.result, checks: [] }, details: [], unread: [] }))).toEqual([]);
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
  const [first] = PLAIN.details;
  const wild = {
    ...PLAIN.details[0],
    sentence: '{0} [x](http://y)',
    place: { file: '/a b/#c.ts', line: 1, column: 1 },
  };
  const text = sarifReport({ ...PLAIN, details: [wild as NonNullable<typeof first>, ...PLAIN.details.slice(1)] });
  const [result] = run(text).results;
  expect(result.message.text).toContain('{{0}} \\[x\\](http://y)');
  expect(result.locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///a%20b/%23c.ts' });
});
