/**
 * Every program of `specs/bloom` beside its twin in Dedalus, `twins/NAME.ded`: rules without facts, written apart.
 *
 * What is the input of the one is that of the other: random facts of the relations that the program has facts of.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { globSync } from 'tinyglobby';
import { dataOf } from '../../src/bloom/data.js';
import type { Bloom } from '../../src/bloom/define.js';
import type { BloomFact, BloomProgram } from '../../src/bloom/model.js';
import { translate } from '../../src/bloom/translate/program.js';
import { prng } from '../../src/core/prng.js';
import type { Value } from '../../src/core/value.js';
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds } from '../../src/faults/fault.js';

export interface Pair {
  readonly name: string;
  readonly bloom: BloomProgram;
  /** Rules. */
  readonly twin: string;
}

export async function pairs(): Promise<Pair[]> {
  const names = globSync('specs/bloom/*.ts')
    .map((path) => basename(path, '.ts'))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const { default: bloom } = (await import(`../../specs/bloom/${name}.ts`)) as { default: Bloom };
      return { name, bloom: dataOf(bloom), twin: readFileSync(`test/bloom/twins/${name}.ded`, 'utf8') };
    }),
  );
}

/** @throws an error that says what is wrong with it */
export function programOf(bloom: BloomProgram): Program {
  const { program, diagnostics } = translate(bloom, [{ path: 'bloom.ts', text: '' }]);
  if (program) return program;
  throw new Error(diagnostics.map(({ message }) => message).join('\n'));
}

/** The twin with these facts. */
export function twinProgram({ twin }: Pair, facts: readonly BloomFact[]): Program {
  const text = facts.map(
    ({ collection, node, tick, row }) =>
      `${collection}(${[node, ...row].map((value) => JSON.stringify(value)).join(', ')})@${tick};`,
  );
  const { program, diagnostics } = parseProgram(`${twin}\n${text.join('\n')}`);
  if (program) return program;
  throw new Error(diagnostics.map(({ message }) => message).join('\n'));
}

/** Facts like those that the program has: of the same collections, with values that occur in their columns, and others. */
export function randomFacts({ facts, nodes }: BloomProgram, seed: number): BloomFact[] {
  const below = prng(seed);
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const collections = [...new Set(facts.map(({ collection }) => collection))];
  const pool = (collection: string, column: number): Value[] => {
    const seen = facts.filter((fact) => fact.collection === collection).map(({ row }) => row[column] as Value);
    if (seen.every((value) => nodes.includes(String(value)))) return [...seen, ...nodes];
    return [...seen, ...(typeof seen[0] === 'number' ? [1, 2, 3] : ['x', 'y'])];
  };
  return Array.from({ length: below(10) }, (): BloomFact => {
    const collection = one(collections);
    const { row } = facts.find((fact) => fact.collection === collection) as BloomFact;
    return { collection, node: one(nodes), tick: 1 + below(5), row: row.map((_, i) => one(pool(collection, i))) };
  });
}

/** Which kinds of faults there are, one mix after the other. */
export const MIXES: readonly Partial<Bounds>[] = [
  {},
  { delay: 2 },
  { dup: 2, omissions: 1 },
  { restarts: 1 },
  { partitions: 1 },
  { delay: 1, halts: 1 },
];
