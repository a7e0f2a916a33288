/**
 * The output of `ldfi test --shard`: `reports/shard-2-of-8.json`.
 */
import { printableJson } from '../../report/result.js';
import { type MethodFlags, method, type Shard } from '../flags.js';
import type { Output } from '../io/outputs.js';
import { digestOf } from '../jobs/messages.js';
import type { Job } from '../load/load.js';
import type { Part } from './part.js';

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
}

export const shardOutput = (path: string, sharded: Sharded): Output => ({
  flag: '--shard',
  label: 'Part',
  path,
  keepsLearned: true,
  text: ({ answers, result, unread, files, took = [] }) => {
    const { shard, jobs, chosen, flags, broken, next, stopped } = sharded;
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
    return `${printableJson(JSON.stringify(part))}\n`;
  },
});
