/**
 * `ldfi test --shard 2/4 --split 8`: searches the parts of checks that are of a shard. What they come to is known when
 * `ldfi merge` has them all.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import { EXIT, type ExitCode, worst } from '../../report/meaning.js';
import type { UnreadableSpec } from '../../report/reporters/index.js';
import { plural } from '../../report/words.js';
import { method } from '../flags.js';
import type { Interrupt } from '../io/interrupt.js';
import { admitted, printPlaces } from '../io/outputs.js';
import { print } from '../io/terminal.js';
import type { Job } from '../load/load.js';
import type { Durations } from '../shards/cut.js';
import { shardOutput, shardPath } from '../shards/output.js';
import type { PartOfCheck } from '../shards/part.js';
import { searchUnits, unitsOf } from '../shards/units.js';
import type { Task } from './prepare.js';
import { ownSearcher, type Searcher, searchAll } from './search.js';
import { nextCommand } from './stories.js';

/** What was loaded. */
interface Given {
  /** All checks. */
  readonly all: readonly Job[];
  readonly unread: readonly UnreadableSpec[];
  readonly read: readonly SourceFile[];
  /** How many specs could not be used. */
  readonly broken: number;
}

/** @param before how long checks took */
export async function testParts(
  { plan, flags, settings }: Task,
  { all, unread, read, broken }: Given,
  before: Durations,
  interrupt: Interrupt,
  searcher: Searcher | undefined,
): Promise<ExitCode> {
  const { shard = { number: 1, of: 1 }, split = 1 } = flags;
  const units = unitsOf(all, split, before, shard);
  const found: PartOfCheck[] = [];
  const next = (job: Job): string => nextCommand(job, plan.specs, flags);
  const stopped = () => (interrupt.interrupted() ? 'interrupt' : interrupt.signal.aborted ? 'timeout' : undefined);
  const parts = { of: split, found };
  const sharded = { shard, jobs: all, chosen: [], flags, broken, next, stopped, parts };
  const inputs = [...plan.specs.map(({ path }) => path), ...read.map(({ path }) => path), ...settings];
  const outputs = admitted([shardOutput(shardPath(flags.out, shard), sharded)], inputs, flags.force);
  if (!outputs) return EXIT.mistake;
  const how = method(flags, interrupt.signal);
  const own = searcher ?? (await ownSearcher(flags, how, true));
  found.push(...(await searchUnits(units, own, next, interrupt.signal)));
  const work = { jobs: [], unread, files: read, question: 'expectation', outputs, answered: () => undefined } as const;
  const done = await searchAll(work, flags, interrupt, own);
  const failed = found.filter(({ findings }) => findings.verdict.stopped === 'error');
  if (!flags.quiet) {
    const checks = new Set(units.map(({ index }) => index)).size;
    print(
      `${plural(units.length, 'part')} of ${plural(checks, 'check')} searched; \`ldfi merge\` says what they come to\n`,
    );
    printPlaces(done.written);
  }
  const isMistaken = broken > 0 || !done.isSaved || failed.length > 0;
  const isOpen = found.some(({ findings }) => !findings.verdict.complete);
  const codes = [...(isMistaken ? [EXIT.mistake] : []), ...(isOpen ? [EXIT.inconclusive] : [])];
  return done.isInterrupted ? EXIT.inconclusive : worst(codes);
}
