/**
 * `--shard` with `--split`: what a shard has of is parts of checks, in units of which each is one cube. Nothing is
 * judged before all are together.
 */
import { type Findings, notReached, unfinished } from '../../answer/findings.js';
import { visible } from '../../core/text.js';
import type { Cube } from '../../search/cube.js';
import type { Searcher } from '../commands/search.js';
import { complain, errorInWords } from '../io/terminal.js';
import { textOf } from '../jobs/messages.js';
import { type Job, originOf } from '../load/load.js';
import { cut, type Durations } from './cut.js';
import type { PartOfCheck } from './part.js';

/** A part of a check. */
export interface CheckUnit {
  readonly job: Job;
  /** Number of the check, from 0. */
  readonly index: number;
  readonly cube: Cube;
}

/** The units of a shard, in their order; the parts of a check are taken to last equally long. */
export function unitsOf(
  jobs: readonly Job[],
  split: number,
  durations: Durations,
  shard: { readonly number: number; readonly of: number },
): CheckUnit[] {
  const units = jobs.flatMap((job, index) =>
    Array.from({ length: split }, (_, i) => ({ job, index, cube: { number: i + 1, of: split } })),
  );
  const labels = units.map(({ job, cube }) => `${job.label} ${cube.number}`);
  const known = units.flatMap(({ job }, i) => {
    const took = Object.hasOwn(durations, job.label) ? durations[job.label] : undefined;
    return took === undefined ? [] : [[labels[i], took / split] as const];
  });
  const chosen = cut(labels, Object.fromEntries(known), shard.of)[shard.number - 1] ?? [];
  return chosen.map((number) => units[number] as CheckUnit);
}

/**
 * Searches units, one after the other or as many at once as the searcher can.
 * @param next the command that goes on from a check
 */
export async function searchUnits(
  units: readonly CheckUnit[],
  searcher: Searcher,
  next: (job: Job) => string,
  signal: AbortSignal,
): Promise<PartOfCheck[]> {
  searcher.expectParts?.(units);
  const found: PartOfCheck[] = [];
  for (const { job, index, cube } of units) {
    const findings = signal.aborted
      ? notReached()
      : await searcher.part(job, cube).catch((error) => failure(job, error));
    const { paths, part, number } = originOf(job.subject) ?? { paths: [], part: false, number: 0 };
    const { check, subject } = job;
    const origin = { paths: [...paths], part, number, text: textOf(subject) };
    found.push({ index, cube, next: next(job), origin, check, findings });
  }
  return found;
}

/** One that cannot be searched, which is said, does not keep the others from it. */
function failure({ label }: Job, error: unknown): Findings {
  const reason = errorInWords(error);
  complain(`error: ${visible(`${label}: ${reason}`)}\n`);
  return { ...notReached(), verdict: unfinished('error', reason, [], 0) };
}
