/**
 * `ldfi test [FILE|FOLDER|PATTERN…]`: every spec on its own, every check against its expected verdict, one table. What
 * is to be run, and how, may stand in the configuration; flags go before it.
 */
import { join, relative } from 'node:path';
import type { Subject } from '../../answer/subject.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Answer } from '../../report/answer.js';
import { EXIT, type ExitCode, exitOf, wasNotRun, worst } from '../../report/meaning.js';
import { inputOf, type UnreadableSpec } from '../../report/reporters/index.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import {
  admitted,
  isStdoutFree,
  jsonOutput,
  type Output,
  pageOutput,
  printPlaces,
  reporterOutput,
} from '../io/outputs.js';
import type { Target } from '../io/reporter-flag.js';
import { complain, isTerminal, print } from '../io/terminal.js';
import { type LoadedConfig, loadConfig } from '../load/config.js';
import { type Job, jobsOf, loadSubjects } from '../load/load.js';
import { isModule } from '../load/modules.js';
import { makePlan, type Plan, type Planned, withExpectations } from '../load/plan.js';
import { type SearchFlags, searchAll } from './search.js';
import { storiesOf } from './stories.js';
import { type Duration, slowest, summary, tableLine } from './table.js';

export interface TestFlags extends SearchFlags {
  readonly json?: string;
  readonly config?: string;
  readonly watch?: boolean;
  readonly durations?: boolean;
  readonly reporter?: readonly Target[];
}

/** What there is to do, from flags and configuration together. */
export interface Task {
  readonly plan: Plan;
  readonly flags: TestFlags;
  readonly outputs: readonly Output[];
  /** Files of the configuration. */
  readonly settings: readonly string[];
}

/** How it went, and what a later look at the files needs to know. */
export interface Tested {
  readonly exit: ExitCode;
  /** All files read, by spec. */
  readonly files: ReadonlyMap<string, readonly SourceFile[]>;
}

/** What there is to do under a configuration. */
export type Prepare = (configured: LoadedConfig | 'none', say?: (text: string) => void) => Task;

/** @param given names of the flags that stand in the command line: those override the configuration */
export const preparation =
  (paths: readonly string[], flags: TestFlags, given: (name: string) => boolean): Prepare =>
  (configured, say = complain) => {
    const plan = makePlan(paths, configured, say);
    if (configured === 'none') return { plan, flags, outputs: outputsOf(flags, undefined), settings: [] };
    const { reports } = configured.config;
    const all = { ...flags, ...settingsOf(configured, given) };
    const folder = reports === undefined ? undefined : near(configured, reports);
    return { plan, flags: all, outputs: outputsOf(all, folder), settings: configured.files };
  };

/** @param named the configuration, if it is named */
export async function test(named: string | undefined, prepare: Prepare): Promise<ExitCode> {
  const configured = await loadConfig(named);
  return configured ? (await testAll(prepare(configured))).exit : EXIT.mistake;
}

/** @param folder where the result of all checks is kept */
const outputsOf = ({ json, reporter = [] }: TestFlags, folder: string | undefined): Output[] => [
  ...(json === undefined ? [] : [jsonOutput('--json', json)]),
  ...(folder === undefined
    ? []
    : [jsonOutput('reports', join(folder, 'ldfi.json')), pageOutput('reports', join(folder, 'ldfi.html'))]),
  ...reporter.map((target) => reporterOutput(target, inputOf)),
];

/** What the configuration says of flags that are not given. */
function settingsOf(configured: LoadedConfig, given: (name: string) => boolean): Partial<TestFlags> {
  const { specs, reports, reporters, ...settings } = configured.config;
  const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !given(name));
  const plain = Object.fromEntries(kept);
  if (!reporters || given('reporter')) return plain;
  const targets = configured.reporters.map((it) => (it.file === '-' ? it : { ...it, file: near(configured, it.file) }));
  return { ...plain, reporter: targets };
}

/** A path of the configuration as seen from the working folder. */
const near = ({ folder }: LoadedConfig, path: string): string => relative('', join(folder, path));

/** Runs all that is planned. */
export const testAll = (task: Task): Promise<Tested> =>
  underInterrupt(
    task.flags.timeout,
    (interrupt) => testUnder(task, interrupt),
    () => ({ exit: EXIT.inconclusive, files: new Map() }),
  );

async function testUnder({ plan, flags, outputs: wanted, settings }: Task, interrupt: Interrupt): Promise<Tested> {
  const quiet = flags.quiet ?? false;
  const { jobs, unread, files } = await loadAll(plan.specs, quiet, interrupt.signal);
  const read = [...new Map([...files.values()].flat().map((file) => [file.path, file])).values()];
  const inputs = [...plan.specs.map(({ path }) => path), ...read.map(({ path }) => path), ...settings];
  const outputs = admitted(wanted, inputs, flags.force);
  if (!outputs) return { exit: EXIT.mistake, files };
  const speaks = !quiet && isStdoutFree(outputs);
  const work = { jobs, unread, files: read, question: 'expectation', outputs } as const;
  const durations: Duration[] = [];
  const answered = (job: Job, { check }: Answer, took: number): void => {
    if (wasNotRun(check)) return;
    durations.push({ label: job.label, took });
    if (speaks) print(tableLine(job.label, check, process.stdout));
    else if (exitOf(check, 'expectation') !== EXIT.ok) complain(tableLine(job.label, check, process.stderr));
  };
  const done = await searchAll({ ...work, answered }, flags, interrupt);
  const broken = unread.length + plan.missing;
  if (jobs.length === 0 && broken === 0)
    complain(
      plan.specs.length === 0
        ? 'error: no specs found; name files or folders\n'
        : 'error: none of the specs has a check; add a line like `//! check eot=6 eff=3 crashes=1 expect=holds`, or `checks` to a protocol\n',
    );
  else if (jobs.length > 0 && speaks) {
    print(storiesOf(jobs, done.answers, plan.specs));
    print(summary(done.result.checks, new Set(jobs.map(({ subject }) => subject.spec.roots[0])).size, broken));
    printPlaces(done.written);
    if (flags.durations || isTerminal(process.stderr)) complain(slowest(durations, flags.durations ? 0 : 1_000));
  }
  if (done.isInterrupted) return { exit: EXIT.inconclusive, files };
  const isMistaken = broken > 0 || jobs.length === 0 || !done.isSaved;
  return { exit: worst([done.exit, ...(isMistaken ? [EXIT.mistake] : [])]), files };
}

interface LoadedAll {
  readonly jobs: Job[];
  readonly unread: UnreadableSpec[];
  readonly files: Map<string, readonly SourceFile[]>;
}

/** Loads all specs before any is searched: what an output must not replace is known only then. */
async function loadAll(specs: readonly Planned[], quiet: boolean, signal: AbortSignal): Promise<LoadedAll> {
  const all: LoadedAll = { jobs: [], unread: [], files: new Map() };
  for (const spec of specs) {
    const { path, named, bounds } = spec;
    const { subjects, files, unread } = await loadSubjects([path], { quiet, part: !named || !isModule(path), signal });
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
    if (lists?.every((jobs) => jobs !== undefined)) all.jobs.push(...lists.flat());
    else all.unread.push(unread);
  }
  return all;
}

/** A note on what is not checked, because it does not say how. */
function leftOut(path: string, subjects: readonly Subject[], asking: readonly Subject[]): string {
  if (subjects.length === 0) return `note: ${visible(path)} exports no protocol and was left out\n`;
  const silent = subjects.filter((subject) => !asking.includes(subject));
  return silent.map(({ lacksChecks }) => `note: ${visible(`${path}: ${lacksChecks}`)} and was left out\n`).join('');
}
