/**
 * The published JSON schemas: they accept what people write and what `ldfi` writes, and refuse what `ldfi` refuses.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import * as yaml from 'yaml';
import { parseConfig } from '../../src/testing/config.js';
import { jsonSchema, SCHEMA_NAMES, type SchemaName } from '../../src/testing/schemas.js';
import { folder, ldfi, PACKAGE, ROOT, read } from './support.js';

const MINUTES = { timeout: 240_000 };

const validator = (name: SchemaName): ValidateFunction =>
  new Ajv2020({ strict: false }).compile(JSON.parse(jsonSchema(name)));

test('are published as they are, and resolve from the package', () => {
  for (const name of SCHEMA_NAMES) expect(read(PACKAGE, 'dist/schemas', `${name}.json`)).toBe(jsonSchema(name));
  expect(readdirSync(join(PACKAGE, 'dist/schemas')).sort()).toEqual(SCHEMA_NAMES.map((name) => `${name}.json`).sort());
  const inside = createRequire(join(PACKAGE, 'package.json'));
  expect(inside.resolve('ldfi/schemas/config.json')).toContain(join('dist', 'schemas', 'config.json'));
});

describe('a configuration', () => {
  const accepts = validator('config');
  const good = [
    {},
    { $schema: './node_modules/ldfi/dist/schemas/config.json', specs: ['specs'], timeout: 300 },
    { specs: [{ files: ['a.ded', 'b/*.ded'], eot: 6, crashes: 1, expect: 'violated' }], reporters: ['junit=x.xml'] },
    { specs: [{ files: 'a.ded', groups: { west: ['a'] }, expect: { small: 'holds' } }], rates: { omission: 0.1 } },
  ];
  const bad = [
    { spec: ['specs'] },
    { specs: [] },
    { specs: [{ files: 'a', eot: 0 }] },
    { specs: [{ files: 'a', expect: 'hold' }] },
    { timeout: '300' },
    { rates: { omission: 1 } },
    { strategy: 'guess' },
    [],
  ];
  test.each(good)('%j is accepted by both', (config) => {
    expect(parseConfig(config)).toHaveProperty('config');
    expect(accepts(config)).toBe(true);
  });
  test.each(bad)('%j is refused by both', (config) => {
    expect(parseConfig(config)).toHaveProperty('problems');
    expect(accepts(config)).toBe(false);
  });

  test('that names its schema is run', MINUTES, () => {
    const cwd = folder({
      'ldfi.config.json': '{ "$schema": "./node_modules/ldfi/dist/schemas/config.json", "specs": ["x.ded"] }',
      'x.ded':
        '//! check eot=3 eff=1 crashes=0 nodes=a\nlog("a")@1;\nlog(N)@next :- log(N);\npre(N) :- log(N);\npost(N) :- log(N);',
    });
    expect(ldfi(cwd, ['test'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a result', () => {
  const accepts = validator('result');
  test.each([
    ['specs/broadcast/retry.ded', []],
    ['specs/faults/split-brain.ded', ['--rank']],
    ['specs/typescript/counter-sum.ts', []],
    ['specs/broadcast/retry.ded', ['--strategy', 'random', '--max-executions', '20']],
  ] as const)('of %s %j is accepted', MINUTES, (spec, flags) => {
    const { stdout } = ldfi(folder(), ['run', join(ROOT, spec), ...flags, '--json', '-']);
    const result = JSON.parse(stdout);
    expect(result.checks.length).toBeGreaterThan(0);
    expect([accepts(result), accepts.errors]).toEqual([true, null]);
    for (const wrong of [
      { ...result, schemaVersion: 99 },
      { ...result, extra: 1 },
      { ...result, checks: [{}] },
    ])
      expect(accepts(wrong)).toBe(false);
  });
});

test('topologies and models of latencies are accepted, and what is written about them', MINUTES, () => {
  const accepts = validator('topology');
  const names = readdirSync(join(PACKAGE, 'specs/blazes'));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) {
    accepts(yaml.parse(read(PACKAGE, 'specs/blazes', name)));
    expect([name, accepts.errors]).toEqual([name, null]);
  }
  expect(accepts({ components: { a: { paths: [{ from: 'i', to: 'o', label: 'XX' }] } }, streams: {} })).toBe(false);
  const latency = validator('latency');
  expect(
    latency({
      name: 'LAN',
      W: [
        { weight: 0.5, constant: 1 },
        { weight: 0.5, pareto: { scale: 1, shape: 2 } },
      ],
    }),
  ).toBe(true);
  expect(latency({ name: 'LAN', W: [{ pareto: { scale: 1 } }] })).toBe(false);
  const cwd = folder({ 't.yaml': read(PACKAGE, 'specs/blazes', 'ad-poor.yaml') });
  const written: [SchemaName, string[]][] = [
    ['blazes', ['blazes', 't.yaml']],
    ['pbs', ['pbs', '--samples', '1000']],
  ];
  for (const [name, words] of written) {
    const check = validator(name);
    check(JSON.parse(ldfi(cwd, [...words, '--json', '-']).stdout));
    expect([name, check.errors]).toEqual([name, null]);
  }
});
