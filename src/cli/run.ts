/**
 * `ldfi run FILE…`: Dedalus files together are one program, and every protocol of a module is one; every check is searched, printed and saved.
 */
import { basename, join } from 'node:path';
import { visible } from '../core/text.js';
import type { SourceFile } from '../dedalus/ast.js';
import { type BoundName, firstGiven } from '../faults/bounds.js';
import { type CheckResult, toResult } from '../report/result.js';
import { resultsInWords } from '../report/text.js';
import type { Check } from '../search/check.js';
import { checksOf, hasChecks } from './checks.js';
import { EXIT, type ExitCode, runExit, worst } from './exit.js';
import { describe } from './explore.js';
import { shown } from './files.js';
import { type BoundFlags, boundOverrides } from './flags.js';
import { learnedOf } from './learned.js';
import { writeReport } from './report.js';
import { openReports, type ReporterFlags, type Reports } from './reporters.js';
import { save } from './save.js';
import { makeSearcher, type Searcher, type SearcherFlags } from './searcher.js';
import { loadSubjects, type Subject } from './subject.js';
import { complain, paletteFor, print } from './terminal.js';
import { version } from './version.js';

export interface RunFlags extends BoundFlags, SearcherFlags, ReporterFlags {
  readonly check?: string;
  readonly json?: string;
  /** A file, or true for the default one. */
  readonly report?: string | true;
}

/** A check, and what it is of. */
interface Task {
  readonly subject: Subject;
  readonly check: Check;
}

export async function run(paths: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const reports = openReports(flags, flags.invariant);
  if (!reports) return EXIT.mistake;
  const searcher = await makeSearcher(flags);
  try {
    const quiet = flags.quiet ?? false;
    const { subjects, files } = await loadSubjects(paths, { quiet });
    const all = subjects && tasksOf(subjects, flags);
    if (!all) {
      await reports.unread(paths);
      reports.write(toResult(version(), flags.invariant, searcher.how.search, []));
    }
    const tasks = all && chosen(all, flags.check);
    return tasks ? await searchAll(paths, flags, files, tasks, searcher, reports) : EXIT.mistake;
  } finally {
    searcher.release();
  }
}

/** The checks of all subjects, or undefined, and a complaint for each that has none that can be run. */
function tasksOf(subjects: readonly Subject[], flags: RunFlags): Task[] | undefined {
  const lists = subjects.map((subject) =>
    checksOf(subject, boundOverrides(flags), flags.quiet ?? false)?.map((check) => ({ subject, check })),
  );
  return lists.every((tasks) => tasks !== undefined) ? lists.flat() : undefined;
}

/** The checks to run, or undefined (and a complaint) if there is none of that name. */
function chosen(tasks: Task[], name: string | undefined): Task[] | undefined {
  if (name === undefined) return tasks;
  const found = tasks.filter(({ check }) => check.name === name);
  if (found.length > 0) return found;
  const names = tasks.map(({ check }) => visible(check.name)).join(', ');
  complain(`error: no check is named "${visible(name)}"; there are: ${names}\n`);
  return undefined;
}

async function searchAll(
  paths: readonly string[],
  flags: RunFlags,
  files: readonly SourceFile[],
  tasks: readonly Task[],
  searcher: Searcher,
  reports: Reports,
): Promise<ExitCode> {
  const target = flags.json ?? join('reports', `${specName(paths)}.json`);
  const speak = !flags.quiet && reports.speaks;
  for (const subject of new Set(tasks.map((task) => task.subject)))
    if (speak && !hasChecks(subject)) print(defaultsNote(subject, flags));
  const palette = paletteFor(process.stdout);
  const results: CheckResult[] = [];
  const page = flags.report === true ? join('reports', `${specName(paths)}.html`) : flags.report;
  let reported = true;
  let saved = false;
  let written = true;
  try {
    for (const { subject, check } of tasks) {
      const result = await searcher.search(check.name, subject, check);
      results.push(result);
      await reports.check(subject, result, runExit(result), result.expect);
      if (!speak) continue;
      const replay = replayCommand(target, result, tasks.length > 1);
      print(`${await describe(subject, result, flags.invariant, palette, replay)}\n`);
    }
  } finally {
    // Also when something is wrong with ldfi itself: what was found until then is not lost.
    const result = toResult(version(), flags.invariant, searcher.how.search, results);
    saved = save(target, result, flags.json === undefined ? 'warning' : 'error');
    if (page !== undefined) {
      const learned = await Promise.all(results.map((check, i) => learnedOf(tasks[i]?.subject, check)));
      reported = writeReport(page, result, files, learned);
    }
    written = reports.write(result);
  }
  if (speak) {
    if (results.length > 1) print(`${resultsInWords(results)}\n`);
    if (flags.strategy === 'random') print(`${palette.bold('Seed')}  ${flags.seed}\n`);
    if (saved) print(`${palette.bold('JSON')}  ${visible(shown(target))}\n`);
    if (reported && page !== undefined) print(`${palette.bold('Report')}  ${visible(shown(page))}\n`);
  }
  if (!reported || !written || (!saved && flags.json !== undefined)) return EXIT.mistake;
  return searcher.interrupted() ? EXIT.inconclusive : worst(results.map(runExit));
}

/** The name under which a program's reports land: that of its first file. */
const specName = (paths: readonly string[]): string => basename(paths[0] ?? '').replace(/\.[^.]*$/, '');

function defaultsNote(subject: Subject, flags: BoundFlags): string {
  const defaults = Object.entries(firstGiven());
  const missing = defaults.filter(([name]) => flags[name as BoundName] === undefined);
  if (missing.length === 0) return '';
  const values = missing.map(([name, value]) => `${name}=${value}`).join(' ');
  const lacks =
    subject.kind === 'dedalus'
      ? 'The spec has no `//! check …` line'
      : `The protocol ${subject.protocol.name} has no \`checks\``;
  return `${visible(lacks)}; using ${values}.\n\n`;
}

/** A command line that replays the first counterexample, quoted for a shell. */
function replayCommand(target: string, result: CheckResult, several: boolean): string {
  const words = ['npx', 'ldfi', 'replay', shown(target), ...(several ? ['--check', result.name] : [])];
  return words.map((word) => (/^[\w./,=@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
