/**
 * `ldfi risk`, and the ranking of `run` and `test`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder } from './support.js';

/** One loss breaks it; so does the crash of a, which is rarer. */
const SPEC = `//! check name=both eot=4 eff=2 crashes=1 nodes=a,b
log(N, P) :- told(N, P);
log(N, P)@next :- log(N, P);
told(M, P)@async :- told(N, P), peer(N, M);
pre("x", P) :- log("a", P);
post("x", P) :- log("b", P);
told("a", "p")@1;
peer("a", "b")@1;
`;

test('risk: the probability, what it rests on, and the code', () => {
  const cwd = folder({ 's.ded': SPEC });
  const [plain, json, sampled, never, wrong, twice, nothing] = batch(cwd, [
    ['risk', 's.ded', '--rates', 'omission=0.25,crash=0'],
    ['risk', 's.ded', '--rates', 'omission=0.25,crash=0', '--json', '-'],
    ['risk', 's.ded', '--rates', 'omission=0.25,crash=0', '--method', 'sampling', '--samples', '500', '--seed', '7'],
    ['risk', 's.ded', '--rates', 'omission=0,crash=0'],
    ['risk', 's.ded', '--rates', 'omision=0.1'],
    ['risk', 's.ded', '--rates', 'crash=0.1,crash=0.2'],
    ['risk', 's.ded', '--check', 'no'],
  ]);
  expect(plain?.stdout).toContain('The promise breaks with a probability of 0.25, exactly.');
  expect(plain?.stdout).toContain('total lineage over 8 possible faults');
  expect(plain?.stdout).toContain('omission 0.25, crash 0.');
  expect(plain?.code).toBe(1);
  const data = JSON.parse(json?.stdout ?? '');
  expect(data).toMatchObject({ schemaVersion: 1, tool: { name: 'ldfi' }, rates: { omission: 0.25, crash: 0 } });
  expect(data.risks).toMatchObject([{ name: 'both', method: 'exact', mode: 'total', isPossible: true }]);
  expect(data.risks[0].probability).toBeCloseTo(0.25, 12);
  expect(sampled?.stdout).toMatch(/about 0\.2\d* \(standard error 0\.0\d+, 95 % confidence from 0\.\d+ to 0\.\d+\)/);
  expect(sampled?.stdout).toContain('500 scenarios sampled by importance (seed 7)');
  expect(sampled?.code).toBe(1);
  expect(never?.stdout).toContain('exactly: no scenario that can happen breaks it');
  expect(never?.code).toBe(0);
  expect(wrong?.stderr).toContain('"omision=0.1" is no rate');
  expect(twice?.stderr).toContain('the rate of crash is given twice');
  expect([wrong?.code, twice?.code, nothing?.code]).toEqual([2, 2, 2]);
});

test('rank and rates in the configuration; flags go before it', () => {
  const config = JSON.stringify({ specs: ['s.ded'], rates: { crash: 0.5 } });
  const cwd = folder({
    's.ded': SPEC,
    'ldfi.config.json': config,
    'rank.json': '{ "specs": ["s.ded"], "rank": true }',
  });
  const [own, flag, rank] = batch(cwd, [
    ['test'],
    ['test', '--rates', 'omission=0.25'],
    ['test', '--config', 'rank.json'],
  ]);
  expect(own?.stdout).toContain('the first with a probability of 0.5');
  expect(flag?.stdout).toContain('the first with a probability of 0.25');
  expect(rank?.stdout).toContain('the first with a probability of 0.001');
});

test('rank: the most probable first, with its probability; without the flag as before', () => {
  const cwd = folder({ 's.ded': SPEC });
  const [plain, ranked, rare, table] = batch(cwd, [
    ['run', 's.ded', '--json', 'plain.json'],
    ['run', 's.ded', '--rank', '--json', 'ranked.json'],
    ['run', 's.ded', '--rates', 'omission=1e-6,crash=1e-3', '--json', 'rare.json'],
    ['test', 's.ded', '--rank'],
  ]);
  const found = (name: string): { faults: { kind: string }[]; probability?: number }[] =>
    JSON.parse(readFileSync(join(cwd, name), 'utf8')).checks[0].counterexamples;
  expect(found('plain.json').map(({ faults, probability }) => [faults[0]?.kind, probability])).toEqual([
    ['crash', undefined],
    ['omission', undefined],
  ]);
  expect(found('ranked.json').map(({ faults, probability }) => [faults[0]?.kind, probability])).toEqual([
    ['omission', 1e-3],
    ['crash', 1e-5],
  ]);
  expect(found('rare.json').map(({ faults, probability }) => [faults[0]?.kind, probability])).toEqual([
    ['crash', 1e-3],
    ['omission', 1e-6],
  ]);
  expect(plain?.stdout).not.toContain('probability');
  expect(ranked?.stdout).toContain('These faults happen with a probability of 0.001.');
  expect(ranked?.stdout).toContain('probability 0.00001');
  expect(rare?.stdout).toMatch(/1\. a crashes[\s\S]*probability of 0\.001[\s\S]*probability 0\.000001/);
  expect(table?.stdout).toContain('the first with a probability of 0.001');
});
