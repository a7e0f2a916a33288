/**
 * The output of `ldfi test --shard`: `reports/shard-2-of-8.json`.
 */
import { join } from 'node:path';
import { printableJson } from '../../report/result.js';
import { type MethodFlags, method, type Shard } from '../flags.js';
import type { Output } from '../io/outputs.js';
import { digestOf } from '../jobs/messages.js';
import type { Job } from '../load/load.js';
import type { Part, PartOfCheck } from './part.js';

/** What a part is of, and what is not in its answers. */
export interface Sharded {
  readonly shard: Shard;
  /** All checks, those of other parts, too. */
  readonly jobs: readonly Job[];
  /** Numbers of the checks of this part, from 0. */
  readonly chosen: readonly number[];
  readonly flags: MethodFlags;
  /** How many specs could not be used. */
  readonly broken: number;
  next(job: Job): string;
  stopped(): Part['stopped'];
  /** Parts of checks, if those are split. */
  readonly parts?: { readonly of: number; readonly found: readonly PartOfCheck[] };
}

/** @param out if that was said */
export const shardPath = (out: string | undefined, { number, of }: Shard): string =>
  out ?? join('reports', `shard-${number}-of-${of}.json`);

export const shardOutput = (path: string, sharded: Sharded): Output => ({
  flag: '--shard',
  label: 'Part',
  path,
  keepsLearned: true,
  text: ({ answers, result, unread, files, took = [] }) => {
    const { shard, jobs, chosen, flags, broken, next, stopped, parts } = sharded;
    const { search, ...reading } = method(flags, new AbortController().signal);
    const { signal, ...searching } = search;
    const part = {
      schemaVersion: 1,
      tool: result.tool,
      shard,
      whole: {
        specs: digestOf(files.map((file) => [file.path, file.text])),
        flags: digestOf({ ...reading, ...searching }),
        bounds: digestOf(jobs.map(({ check }) => [check.bounds, check.expect])),
        checks: jobs.map(({ label }) => label),
        broken,
        ...(parts && { split: parts.of }),
      },
      stopped: stopped(),
      head: { ...result, checks: [] },
      unread,
      files,
      answers: answers.map((answer, i) => {
        const index = chosen[i] as number;
        return { index, next: next(jobs[index] as Job), took: Math.round(took[i] ?? 0), answer };
      }),
    };
    const { strategy, lineage, invariant, seed, maxExecutions, rank, rates, strict } = flags;
    const asked = { strategy, lineage, invariant, seed, maxExecutions, rank, rates, strict };
    const split = parts && { parts: parts.found, method: asked };
    return `${printableJson(JSON.stringify({ ...part, ...split }))}\n`;
  },
});
