/**
 * `ldfi test [FILE|FOLDER|PATTERN…]`: every spec on its own, every check against its expected verdict, one table. What
 * is to be run, and how, may stand in the configuration; flags go before it.
 */
import type { Subject } from '../../answer/subject.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Answer } from '../../report/answer.js';
import { EXIT, type ExitCode, isUnexpected, wasNotRun, worst } from '../../report/meaning.js';
import type { UnreadableSpec } from '../../report/reporters/index.js';
import { shown } from '../io/files.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree } from '../io/outputs.js';
import { counting } from '../io/progress.js';
import { complain, isTerminal } from '../io/terminal.js';
import { withSearcher } from '../jobs/searchers.js';
import { loadConfig } from '../load/config.js';
import { type Job, jobsOf, loadSubjects } from '../load/load.js';
import { isModule } from '../load/modules.js';
import { type Planned, withExpectations } from '../load/plan.js';
import { cut, type Durations } from '../shards/cut.js';
import { durationsOutput, readDurations } from '../shards/durations.js';
import { shardOutput, shardPath } from '../shards/output.js';
import { conclude, sayDurations, sayLine } from './conclude.js';
import type { Prepare, Task, TestFlags } from './prepare.js';
import { keepsLearned, type Searcher, searchAll } from './search.js';
import { nextCommand } from './stories.js';
import { type Duration, labelWidth } from './table.js';
import { testParts } from './test-parts.js';

/** How it went, and what a later look at the files needs to know. */
export interface Tested {
  readonly exit: ExitCode;
  /** All files read, by spec. */
  readonly files: ReadonlyMap<string, readonly SourceFile[]>;
  /** Paths of specs that could not be read, or of which a check is not as expected. */
  readonly failed: ReadonlySet<string>;
}

/** Of what nothing came. */
const nothing = (exit: ExitCode, files: Tested['files'] = new Map()): Tested => ({ exit, files, failed: new Set() });

/** @param named the configuration, if it is named */
export async function test(named: string | undefined, prepare: Prepare): Promise<ExitCode> {
  const configured = await loadConfig(named);
  return configured ? (await testAll(prepare(configured))).exit : EXIT.mistake;
}

/** Runs all that is planned. */
export const testAll = (task: Task): Promise<Tested> =>
  underInterrupt(
    task.flags.timeout,
    (interrupt) => testUnder(task, interrupt),
    () => nothing(EXIT.inconclusive),
  );

const testUnder = (task: Task, interrupt: Interrupt): Promise<Tested> => {
  const { flags, outputs } = task;
  const keeps = flags.shard !== undefined || keepsLearned(outputs);
  const before = durationsBefore(flags);
  if (!before) return Promise.resolve(nothing(EXIT.mistake));
  const work = (searcher?: Searcher): Promise<Tested> => testWith(task, before, interrupt, searcher);
  return withSearcher(flags, keeps, interrupt.signal, work, before);
};

async function testWith(task: Task, before: Durations, interrupt: Interrupt, searcher?: Searcher): Promise<Tested> {
  const { plan, flags, settings } = task;
  const { jobs: all, unread, files } = await loadAll(plan.specs, flags, interrupt.signal, searcher);
  const read = [...new Map([...files.values()].flat().map((file) => [file.path, file])).values()];
  const broken = unread.length + plan.missing;
  if (flags.shard && (flags.split ?? 1) > 1)
    return {
      files,
      failed: new Set(),
      exit: await testParts(task, { all, unread, read, broken }, before, interrupt, searcher),
    };
  const chosen = chosenOf(all, before, flags);
  const jobs = chosen.map((index) => all[index] as Job);
  const durations: Duration[] = [];
  const next = (job: Job): string => nextCommand(job, plan.specs, flags);
  const stopped = () => (interrupt.interrupted() ? 'interrupt' : interrupt.signal.aborted ? 'timeout' : undefined);
  const { shard, durationsTo } = flags;
  const wanted = [
    ...(shard
      ? [shardOutput(shardPath(flags.out, shard), { shard, jobs: all, chosen, flags, broken, next, stopped })]
      : task.outputs),
    ...(durationsTo === undefined ? [] : [durationsOutput(durationsTo, durations)]),
  ];
  const inputs = [...plan.specs.map(({ path }) => path), ...read.map(({ path }) => path), ...settings];
  const outputs = admitted(wanted, inputs, flags.force);
  if (!outputs) return nothing(EXIT.mistake, files);
  const speaks = !flags.quiet && isStdoutFree(outputs);
  const wide = labelWidth(jobs.map(({ label }) => label));
  const work = { jobs, unread, files: read, question: 'expectation', outputs } as const;
  const answered = (job: Job, { check }: Answer, took: number): void => {
    if (!wasNotRun(check)) durations.push({ label: job.label, took });
    sayLine(job.label, check, wide, speaks);
  };
  const done = await searchAll({ ...work, answered }, flags, interrupt, searcher);
  if (all.length === 0 && broken === 0)
    complain(
      plan.specs.length === 0
        ? 'error: no specs found; name files or folders\n'
        : 'error: none of the specs has a check; add a line like `//! check eot=6 eff=3 crashes=1 expect=holds`, or `checks` to a protocol\n',
    );
  else if (all.length > 0 && speaks) {
    const rows = jobs.map((job, i) => ({ label: job.label, answer: done.answers[i] as Answer, next: next(job) }));
    conclude({ rows, broken, written: done.written, isErrorTold: true });
  }
  sayDurations(durations, flags.durations ?? false, speaks);
  const failed = new Set([
    ...unread.map(({ path }) => path),
    ...done.answers.flatMap((answer) => (isUnexpected(answer.check) ? [answer.check.spec.roots[0] ?? ''] : [])),
  ]);
  if (done.isInterrupted) return { exit: EXIT.inconclusive, files, failed };
  const isMistaken = broken > 0 || all.length === 0 || !done.isSaved;
  return { exit: worst([done.exit, ...(isMistaken ? [EXIT.mistake] : [])]), files, failed };
}

/** How long checks took before; undefined, and a complaint, if that cannot be read. */
function durationsBefore({ durationsFrom }: TestFlags): Durations | undefined {
  const read = durationsFrom === undefined ? { durations: {} } : readDurations(durationsFrom);
  if ('durations' in read) return read.durations;
  complain(`error: ${visible(read.problem)}\n`);
  return undefined;
}

/** Numbers of the jobs that are to be searched. */
function chosenOf(jobs: readonly Job[], durations: Durations, { shard }: TestFlags): readonly number[] {
  if (!shard) return jobs.map((_, index) => index);
  const labels = jobs.map(({ label }) => label);
  return cut(labels, durations, shard.of)[shard.number - 1] ?? [];
}

interface LoadedAll {
  readonly jobs: Job[];
  readonly unread: UnreadableSpec[];
  readonly files: Map<string, readonly SourceFile[]>;
}

/**
 * Loads all specs before any result is of interest: what an output must not replace is known only then.
 * @param searcher may begin while others are read, unless it is not known yet which are of the shard
 */
async function loadAll(
  specs: readonly Planned[],
  { quiet = false, shard }: TestFlags,
  signal: AbortSignal,
  searcher: Searcher | undefined,
): Promise<LoadedAll> {
  const all: LoadedAll = { jobs: [], unread: [], files: new Map() };
  const isPart = ({ path, named }: Planned): boolean => !named || !isModule(path);
  const modules = specs.filter(({ path }) => isModule(path));
  searcher?.expectModules?.(modules.map((spec) => ({ path: shown(spec.path), part: isPart(spec) })));
  const columns = isTerminal(process.stderr) && !quiet ? process.stderr.columns || 80 : undefined;
  const bar = counting('reading specs', specs.length, columns);
  for (const spec of specs) {
    const { path, bounds } = spec;
    bar.next(visible(shown(path)));
    const options = { quiet, part: isPart(spec), signal, protocols: searcher?.load };
    const { subjects, files, unread } = await loadSubjects([path], options);
    bar.clear();
    all.files.set(path, files);
    const isOverridden = Object.keys(bounds).length > 0;
    const asking = subjects?.filter(({ hasChecks }) => isOverridden || hasChecks);
    if (subjects && asking && !quiet) complain(leftOut(path, subjects, asking));
    const lists = asking?.map((subject) => {
      const jobs = jobsOf(subject, bounds, quiet);
      const checks =
        jobs &&
        withExpectations(
          jobs.map(({ check }) => check),
          spec,
        );
      return checks?.map((check) => ({ subject, check, label: `${path} ${check.name}` }));
    });
    if (lists?.every((jobs) => jobs !== undefined)) {
      const jobs = lists.flat();
      all.jobs.push(...jobs);
      if (!shard) searcher?.expect?.(jobs);
    } else all.unread.push(unread);
  }
  return all;
}

/** A note on what is not checked, because it does not say how. */
function leftOut(path: string, subjects: readonly Subject[], asking: readonly Subject[]): string {
  if (subjects.length === 0) return `note: ${visible(path)} exports no protocol and was left out\n`;
  const silent = subjects.filter((subject) => !asking.includes(subject));
  return silent.map(({ lacksChecks }) => `note: ${visible(`${path}: ${lacksChecks}`)} and was left out\n`).join('');
}
