/**
 * The playground against the command line: the same results, byte for byte, for every check of every spec, by the files
 * that the page has.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterAll, describe, expect, it } from 'vitest';
import { loadProgram } from '../../src/dedalus/load.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { checksOf } from '../../src/playground/checks.js';
import { answerTo, type Question } from '../../src/playground/question.js';
import { type CheckResult, resultFromJson } from '../../src/report/schema.js';
import { sized } from '../size.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'ldfi-playground-'));
const PATHS = globSync('specs/**/*.{ded,inc}').sort();
const TEXTS = Object.fromEntries(PATHS.map((path) => [path, readFileSync(path, 'utf8')]));
const SPECS = PATHS.filter((path) => path.endsWith('.ded'));
/** All of them at size 1. */
const SOME = SPECS.filter((_, i) => i % Math.ceil(SPECS.length / sized(SPECS.length, 5)) === 0);
const NEVER = new AbortController().signal;

afterAll(() => rmSync(FOLDER, { recursive: true }));

function questions(root: string, bounds: Question['bounds'] = {}): Question[] {
  const { program, files } = loadProgram([root], memoryReader(TEXTS));
  const found = program && checksOf(program, files, root, bounds);
  if (!found || 'problem' in found) throw new Error(`${root} has no checks`);
  return found.checks.map((_, check) => ({ version: '0', files, root, check, bounds }));
}

async function resultOf(question: Question): Promise<CheckResult> {
  const answered = await answerTo(question, NEVER);
  if ('problem' in answered) throw new Error(answered.problem);
  return answered.model.result.checks[0] as CheckResult;
}

/** What the command line says of some specs. */
function ofCommandLine(specs: readonly string[], ...flags: string[]): readonly CheckResult[] {
  const json = join(FOLDER, 'result.json');
  spawnSync('node', ['bin/ldfi.js', 'test', ...specs, '-q', '--json', json, ...flags], { encoding: 'utf8' });
  const read = resultFromJson(readFileSync(json, 'utf8'));
  if ('problem' in read) throw new Error(read.problem);
  return read.result.checks;
}

describe('the playground', () => {
  it('says of every check of every spec what the command line says', async () => {
    const own: CheckResult[] = [];
    for (const question of SOME.flatMap((spec) => questions(spec))) own.push(await resultOf(question));
    const others = ofCommandLine(SOME);
    expect(own.length).toBeGreaterThan(SOME.length);
    expect(own.map(plain)).toEqual(others.map(plain));
  }, 600_000);

  it('takes other bounds for one check alone', async () => {
    const [first, second] = questions('specs/broadcast/retry.ded', { eot: 5, eff: 2, crashes: 0 });
    if (!first || !second) throw new Error('no questions');
    const [a, b] = [await resultOf(first), await resultOf(second)];
    // Equal by now, which the command line takes for one.
    expect([a.name, b.name]).toEqual(['crash', 'loss-only']);
    expect(a).toMatchObject({ verdict: 'holds', bounds: { eot: 5, eff: 2, crashes: 0 } });
    expect(a.expect).toBeUndefined();
    expect({ ...b, name: a.name }).toEqual(a);
  });

  it('tells of mistakes instead of throwing', async () => {
    const [question] = questions('specs/broadcast/retry.ded');
    if (!question) throw new Error('no question');
    const files = [{ path: 'a.ded', text: 'p(' }];
    expect(await answerTo({ ...question, files, root: 'a.ded' }, NEVER)).toEqual({
      problem: 'there are mistakes in the spec',
    });
    expect(await answerTo({ ...question, check: 99 }, NEVER)).toEqual({ problem: 'there is no such check' });
    expect(await answerTo({ ...question, bounds: { eot: 0 } }, NEVER)).toEqual({
      problem: 'eot must be an integer from 1 to 1000, not 0',
    });
    const empty = [{ path: 'a.ded', text: '' }];
    expect(await answerTo({ ...question, files: empty, root: 'a.ded' }, NEVER)).toMatchObject({
      problem: expect.stringContaining('there is nothing in it'),
    });
  });

  it('ends with what it has when its time is up', async () => {
    const [question] = questions('specs/broadcast/retry.ded');
    if (!question) throw new Error('no question');
    const answered = await answerTo(question, AbortSignal.abort());
    if ('problem' in answered) throw new Error(answered.problem);
    expect(answered.model.result.checks[0]).toMatchObject({ verdict: 'inconclusive', stopped: 'aborted' });
    expect(answered.text).toContain('INCONCLUSIVE');
  });
});

/** As it is written to JSON. */
const plain = (check: CheckResult): unknown => JSON.parse(JSON.stringify(check));
