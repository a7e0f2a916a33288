/**
 * `ldfi run FILE…`: all files together are one program; every check is searched, printed and saved.
 */
import { basename, join } from 'node:path';
import { escapeText } from '../dedalus/frame.js';
import { type CheckResult, specFiles, toResult } from '../report/result.js';
import { resultsInWords } from '../report/text.js';
import { type Check, DEFAULT_BOUNDS } from '../search/check.js';
import { checksOf } from './checks.js';
import { EXIT, type ExitCode, runExit, worst } from './exit.js';
import { describe } from './explore.js';
import { shown } from './files.js';
import { type BoundFlags, boundOverrides } from './flags.js';
import { writeReport } from './report.js';
import { save } from './save.js';
import { makeSearcher, type Searcher, type SearcherFlags } from './searcher.js';
import { type LoadedSpec, loadSpec } from './spec.js';
import { complain, paletteFor, print } from './terminal.js';
import { version } from './version.js';

export interface RunFlags extends BoundFlags, SearcherFlags {
  readonly check?: string;
  readonly json?: string;
  /** A file, or true for the default one. */
  readonly report?: string | true;
}

export async function run(paths: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const searcher = await makeSearcher(flags);
  try {
    const spec = loadSpec(paths, flags.quiet ?? false);
    const all = spec.program && checksOf(spec.program, paths, boundOverrides(flags), flags.quiet ?? false);
    const checks = all && chosen(all, flags.check);
    return checks ? await searchAll(paths, flags, spec, checks, searcher) : EXIT.mistake;
  } finally {
    searcher.release();
  }
}

/** The checks to run, or undefined (and a complaint) if there is none of that name. */
function chosen(checks: Check[], name: string | undefined): Check[] | undefined {
  if (name === undefined) return checks;
  const found = checks.filter((check) => check.name === name);
  if (found.length > 0) return found;
  const names = checks.map((check) => escapeText(check.name)).join(', ');
  complain(`error: no check is named "${escapeText(name)}"; there are: ${names}\n`);
  return undefined;
}

async function searchAll(
  paths: readonly string[],
  flags: RunFlags,
  { program, files }: LoadedSpec,
  checks: readonly Check[],
  searcher: Searcher,
): Promise<ExitCode> {
  if (!program) return EXIT.mistake;
  const target = flags.json ?? join('reports', `${specName(paths)}.json`);
  const speak = !flags.quiet && target !== '-';
  if (speak && program.checks.length === 0) print(defaultsNote(flags));
  const palette = paletteFor(process.stdout);
  const spec = specFiles(paths.map(shown), files);
  const results: CheckResult[] = [];
  const page = flags.report === true ? join('reports', `${specName(paths)}.html`) : flags.report;
  let reported = true;
  let saved = false;
  try {
    for (const check of checks) {
      const result = await searcher.search(check.name, program, spec, check);
      results.push(result);
      if (!speak) continue;
      const replay = replayCommand(target, result, checks.length > 1);
      print(`${describe(program, result, flags.invariant, palette, replay)}\n`);
    }
  } finally {
    // Also when something is wrong with ldfi itself: what was found until then is not lost.
    const result = toResult(version(), flags.invariant, searcher.how.search, results);
    saved = save(target, result, flags.json === undefined ? 'warning' : 'error');
    if (page !== undefined) reported = writeReport(page, result, files);
  }
  if (speak) {
    if (results.length > 1) print(`${resultsInWords(results)}\n`);
    if (flags.strategy === 'random') print(`${palette.bold('Seed')}  ${flags.seed}\n`);
    if (saved) print(`${palette.bold('JSON')}  ${escapeText(shown(target))}\n`);
    if (reported && page !== undefined) print(`${palette.bold('Report')}  ${escapeText(shown(page))}\n`);
  }
  if (!reported || (!saved && flags.json !== undefined)) return EXIT.mistake;
  return searcher.interrupted() ? EXIT.inconclusive : worst(results.map(runExit));
}

/** The name under which a program's reports land: that of its first file. */
const specName = (paths: readonly string[]): string => basename(paths[0] ?? '').replace(/\.[^.]*$/, '');

function defaultsNote(flags: BoundFlags): string {
  const missing = (['eot', 'eff', 'crashes'] as const).filter((name) => flags[name] === undefined);
  if (missing.length === 0) return '';
  const values = missing.map((name) => `${name}=${DEFAULT_BOUNDS[name]}`).join(' ');
  return `The spec has no \`//! check …\` line; using ${values}.\n\n`;
}

/** A command line that replays the first counterexample, quoted for a shell. */
function replayCommand(target: string, result: CheckResult, several: boolean): string {
  const words = ['npx', 'ldfi', 'replay', shown(target), ...(several ? ['--check', result.name] : [])];
  return words.map((word) => (/^[\w./,=@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
