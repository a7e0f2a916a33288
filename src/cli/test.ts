/**
 * `ldfi test [FILE|FOLDER|PATTERN…]`: every spec on its own, every check against its expected verdict, one table. What is to be run, and how, may
 * stand in the configuration; flags go before it.
 */
import { join, relative } from 'node:path';
import { visible } from '../core/text.js';
import type { SourceFile } from '../dedalus/ast.js';
import { toResult } from '../report/result.js';
import { checksOf, hasChecks } from './checks.js';
import { type LoadedConfig, loadConfig } from './config.js';
import { EXIT, type ExitCode, testExit, worst } from './exit.js';
import { isModule } from './modules.js';
import { makePlan, type Plan, type Planned, withExpectations } from './plan.js';
import { writeReport } from './report.js';
import { openReports, type ReporterFlags, type Reports } from './reporters.js';
import { save } from './save.js';
import { makeSearcher, type Searcher, type SearcherFlags } from './searcher.js';
import { loadSubjects, type Subject } from './subject.js';
import { summary, type Tally, tableLine, wasNotRun } from './table.js';
import { complain, print } from './terminal.js';
import { version } from './version.js';

export interface TestFlags extends SearcherFlags, ReporterFlags {
  readonly json?: string;
  readonly config?: string;
  readonly watch?: boolean;
}

/** What there is to do, from flags and configuration together. */
export interface Task {
  readonly plan: Plan;
  readonly flags: TestFlags;
  /** Where the result of all checks is kept. */
  readonly reports: string | undefined;
}

/** How it went, and what a later look at the files needs to know. */
export interface Tested {
  readonly exit: ExitCode;
  readonly interrupted: boolean;
  /** All files read, by spec. */
  readonly files: ReadonlyMap<string, readonly SourceFile[]>;
}

/** What there is to do under a configuration. */
export type Prepare = (configured: LoadedConfig | 'none', say?: (text: string) => void) => Task;

/** @param given names of the flags that stand in the command line: those go before the configuration */
export async function test(
  paths: readonly string[],
  flags: TestFlags,
  given: (name: string) => boolean,
): Promise<ExitCode> {
  const prepare: Prepare = (configured, say = complain) => taskOf(paths, flags, given, configured, say);
  if (flags.watch) return (await import('./watch.js')).watch(flags.config, prepare);
  const configured = await loadConfig(flags.config);
  return configured ? (await testAll(prepare(configured))).exit : EXIT.mistake;
}

function taskOf(
  paths: readonly string[],
  flags: TestFlags,
  given: (name: string) => boolean,
  configured: LoadedConfig | 'none',
  say: (text: string) => void,
): Task {
  const plan = makePlan(paths, configured, say);
  if (configured === 'none') return { plan, flags, reports: undefined };
  const { reports } = configured.config;
  return {
    plan,
    flags: { ...flags, ...settingsOf(configured, given) },
    reports: reports === undefined ? undefined : near(configured, reports),
  };
}

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
export async function testAll({ plan, flags, reports: kept }: Task): Promise<Tested> {
  const reports = openReports(flags, flags.invariant);
  const files = new Map<string, readonly SourceFile[]>();
  if (!reports) return { exit: EXIT.mistake, interrupted: false, files };
  const searcher = await makeSearcher(flags);
  const tally: Tally = { lines: [], specs: 0, broken: plan.missing };
  let saved = true;
  try {
    for (const spec of plan.specs) await testSpec(spec, { flags, searcher, tally, reports, files });
  } finally {
    searcher.release();
    const results = tally.lines.map(({ result }) => result);
    const result = toResult(version(), flags.invariant, searcher.how.search, results);
    if (flags.json !== undefined) saved = save(flags.json, result, 'error');
    if (kept !== undefined && results.length > 0) {
      saved = save(join(kept, 'ldfi.json'), result, 'error') && saved;
      saved = writeReport(join(kept, 'ldfi.html'), result, distinct(files)) && saved;
    }
    saved = reports.write(result) && saved;
  }
  if (tally.lines.length === 0 && tally.broken === 0)
    complain(
      plan.specs.length === 0
        ? 'error: no specs found; name files or folders\n'
        : 'error: none of the specs has a check; add a line like `//! check eot=6 eff=3 crashes=1 expect=holds`, or `checks` to a protocol\n',
    );
  else if (tally.lines.length > 0 && !flags.quiet && reports.speaks) print(summary(tally));
  const interrupted = searcher.interrupted();
  const mistake = tally.broken > 0 || tally.lines.length === 0 || !saved;
  const codes = [...(mistake ? [EXIT.mistake] : []), ...(searcher.ended() ? [EXIT.inconclusive] : [])];
  const exit = interrupted ? EXIT.inconclusive : worst([...codes, ...tally.lines.map((line) => line.exit)]);
  return { exit, interrupted, files };
}

const distinct = (files: ReadonlyMap<string, readonly SourceFile[]>): SourceFile[] => [
  ...new Map([...files.values()].flat().map((file) => [file.path, file])).values(),
];

interface Context {
  readonly flags: TestFlags;
  readonly searcher: Searcher;
  readonly tally: Tally;
  readonly reports: Reports;
  readonly files: Map<string, readonly SourceFile[]>;
}

async function testSpec(spec: Planned, context: Context): Promise<void> {
  const { flags, tally, reports, files } = context;
  const quiet = flags.quiet ?? false;
  const loaded = await loadSubjects([spec.path], { quiet, part: !spec.named || !isModule(spec.path) });
  files.set(spec.path, loaded.files);
  if (!loaded.subjects) {
    tally.broken++;
    await reports.unread([spec.path]);
    return;
  }
  const overridden = Object.keys(spec.bounds).length > 0;
  const asking = loaded.subjects.filter((subject) => overridden || hasChecks(subject));
  if (!quiet) complain(leftOut(spec.path, loaded.subjects, asking));
  if (asking.length === 0) return;
  tally.specs++;
  for (const subject of asking) {
    const checks = checksOf(subject, spec.bounds, quiet);
    const expected = checks && withExpectations(checks, spec);
    if (!expected) {
      tally.broken++;
      await reports.unread([spec.path]);
      return;
    }
    for (const check of expected) {
      const result = await context.searcher.search(`${spec.path} ${check.name}`, subject, check);
      const line = { spec: spec.path, subject, result, exit: testExit(result) };
      tally.lines.push(line);
      await reports.check(subject, result, line.exit, result.expect ?? 'holds');
      if (wasNotRun(result)) continue;
      if (quiet || !reports.speaks) {
        if (line.exit !== EXIT.ok) complain(tableLine(line, process.stderr));
      } else print(tableLine(line, process.stdout));
    }
  }
}

/** A note on what is not checked, because it does not say how. */
function leftOut(path: string, subjects: readonly Subject[], asking: readonly Subject[]): string {
  if (subjects.length === 0) return `note: ${visible(path)} exports no protocol and was left out\n`;
  const silent = subjects.filter((subject) => !asking.includes(subject));
  return silent
    .map((subject) => {
      const lacks =
        subject.kind === 'dedalus' ? 'has no //! check line' : `: ${subject.protocol.name} has no \`checks\``;
      return `note: ${visible(`${path}${subject.kind === 'dedalus' ? ' ' : ''}${lacks}`)} and was left out\n`;
    })
    .join('');
}
