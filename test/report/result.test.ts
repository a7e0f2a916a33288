import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printableJson, resultToJson, toResult } from '../../src/report/result.js';
import { resultFromJson, resultSchema, SCHEMA_VERSION } from '../../src/report/schema.js';
import { checkResult, result, unprintable } from './arbitraries.js';

test('what is written is read back, and written again with the same bytes', () => {
  fc.assert(
    fc.property(result, (original) => {
      const json = resultToJson(original);
      expect(resultFromJson(json)).toEqual({ result: original });
      expect(JSON.parse(json)).toEqual(original);
      expect(resultToJson(resultSchema.parse(JSON.parse(json)))).toBe(json);
      expect(unprintable(json)).toEqual([]);
      expect(json.endsWith('}\n')).toBe(true);
    }),
  );
});

test('no text makes the reader throw, and what it complains of is short', () => {
  const nearly = fc.tuple(result, fc.nat(), fc.nat(), fc.string()).map(([original, from, length, inserted]) => {
    const json = resultToJson(original);
    const at = from % json.length;
    return json.slice(0, at) + inserted + json.slice(at + (length % 20));
  });
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), fc.json()), (text) => {
      const read = resultFromJson(text);
      if ('problem' in read) expect(read.problem.length).toBeLessThan(2_000);
      else expect(resultSchema.safeParse(read.result).success).toBe(true);
    }),
  );
});

test('any missing key, and any key too many, is found', () => {
  fc.assert(
    fc.property(checkResult, fc.nat(), (check, number) => {
      const whole = {
        schemaVersion: SCHEMA_VERSION,
        tool: { name: 'ldfi', version: '1' },
        strategy: 'lineage',
        invariant: 'strict',
      };
      const required = Object.keys(check).filter(
        (key) => !['expect', 'stopped', 'detail', 'lineage', 'otherReading'].includes(key),
      );
      const { [required[number % required.length] as 'name']: _, ...rest } = check;
      expect(resultFromJson(JSON.stringify({ ...whole, checks: [rest] }))).toHaveProperty('problem');
      expect(resultFromJson(JSON.stringify({ ...whole, checks: [{ ...check, more: 1 }] }))).toHaveProperty('problem');
      expect(resultFromJson(JSON.stringify({ ...whole, checks: [check] }))).toHaveProperty('result');
    }),
  );
});

test('JSON that is safe to print means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = printableJson(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
      expect(unprintable(json)).toEqual([]);
    }),
  );
  expect(printableJson('"é ü → 漢 \\n"\n')).toBe('"é ü → 漢 \\n"\n');
  expect(printableJson('"\u202e\u{e0041}"')).toBe('"\\u202e\\udb40\\udc41"');
});

test('the seed is part of a random search only', () => {
  expect(toResult('1', 'strict', {}, [])).toEqual({
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version: '1' },
    strategy: 'lineage',
    invariant: 'strict',
    checks: [],
  });
  expect(toResult('1', 'strict', { strategy: 'random' }, [])).toHaveProperty('seed', 1);
  expect(toResult('1', 'strict', { strategy: 'exhaustive', seed: 3 }, [])).not.toHaveProperty('seed');
});
