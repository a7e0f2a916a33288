/**
 * `ldfi run FILE…`: all files together are one program; every check is searched, printed and saved.
 */
import { basename, join } from 'node:path';
import { escapeText } from '../dedalus/frame.js';
import { type CheckResult, resultToJson, specFiles, toResult } from '../report/result.js';
import { type Check, DEFAULT_BOUNDS, resolveChecks } from '../search/check.js';
import { EXIT, type ExitCode, runExit, worst } from './exit.js';
import { describe, explore } from './explore.js';
import { reasonOf, shown, writeWhole } from './files.js';
import { type BoundFlags, boundOverrides, type MethodFlags, method } from './flags.js';
import { interruptible } from './interrupt.js';
import { type Log, makeLog } from './logger.js';
import { progress, silent } from './progress.js';
import { loadSpec } from './spec.js';
import { complain, paletteFor, print } from './terminal.js';
import { version } from './version.js';

export interface RunFlags extends BoundFlags, MethodFlags {
  readonly check?: string;
  readonly json?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export async function run(paths: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const { program, files } = loadSpec(paths, flags.quiet ?? false);
  if (!program) return EXIT.mistake;
  const checks = chosen(resolveChecks(program, boundOverrides(flags)), flags.check);
  if (!checks) return EXIT.mistake;
  const target = flags.json ?? join('reports', `${basename(paths[0] as string).replace(/\.[^.]*$/, '')}.json`);
  const speak = !flags.quiet && target !== '-';
  if (speak && program.checks.length === 0) print(defaultsNote(flags));
  const interrupt = interruptible(flags.timeout);
  const how = method(flags, interrupt.signal);
  const log = await makeLog(flags.verbose ?? false);
  const spec = specFiles(paths.map(shown), files);
  const results: CheckResult[] = [];
  try {
    for (const check of checks) {
      if (interrupt.signal.aborted && results.length > 0) break;
      const result = await watched(check, flags, log, (watch) => explore(program, spec, check, how, watch));
      results.push(result);
      if (!speak) continue;
      const replay = target === '-' ? undefined : replayCommand(target, result, checks.length > 1);
      print(`${describe(program, result, flags.invariant, paletteFor(process.stdout), replay)}\n`);
    }
  } finally {
    interrupt.release();
  }
  const saved = save(
    target,
    resultToJson(toResult(version(), flags.invariant, how.search, results)),
    flags.json !== undefined,
    speak,
  );
  if (!saved) return EXIT.mistake;
  if (flags.strategy === 'random' && speak) print(`Seed ${flags.seed}.\n`);
  return interrupt.interrupted() ? EXIT.inconclusive : worst(results.map(runExit));
}

/** The checks to run, or undefined (and a complaint) if there is none of that name. */
function chosen(checks: Check[], name: string | undefined): Check[] | undefined {
  if (name === undefined) return checks;
  const found = checks.filter((check) => check.name === name);
  if (found.length > 0) return found;
  complain(
    `error: no check is named "${escapeText(name)}"; there are: ${checks.map((check) => escapeText(check.name)).join(', ')}\n`,
  );
  return undefined;
}

function defaultsNote(flags: BoundFlags): string {
  const missing = (['eot', 'eff', 'crashes'] as const).filter((name) => flags[name] === undefined);
  if (missing.length === 0) return '';
  const values = missing.map((name) => `${name}=${DEFAULT_BOUNDS[name]}`).join(' ');
  return `The spec has no \`//! check …\` line; using ${values}.\n\n`;
}

/** Runs `work` with progress on stderr and a log. */
async function watched(
  check: Check,
  flags: RunFlags,
  log: Log,
  work: (watch: Parameters<typeof explore>[4]) => Promise<CheckResult>,
): Promise<CheckResult> {
  const bar = flags.quiet ? silent : progress(escapeText(check.name), process.stderr.isTTY === true && !flags.verbose);
  try {
    return await work((event) => {
      log(check.name, event);
      bar.update(event);
    });
  } finally {
    bar.clear();
  }
}

/** A command line that replays the first counterexample, quoted for a shell. */
function replayCommand(target: string, result: CheckResult, several: boolean): string {
  const words = ['npx', 'ldfi', 'replay', shown(target), ...(several ? ['--check', result.name] : [])];
  return words.map((word) => (/^[\w./,=@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** Writes the JSON; false if the user asked for this file and it could not be written. */
function save(target: string, json: string, asked: boolean, speak: boolean): boolean {
  if (target === '-') {
    print(json);
    return true;
  }
  try {
    writeWhole(target, json);
    if (speak) print(`${paletteFor(process.stdout).bold('JSON')}  ${escapeText(shown(target))}\n`);
    return true;
  } catch (error) {
    complain(
      `${asked ? 'error' : 'warning'}: cannot write ${escapeText(shown(target))}: ${escapeText(reasonOf(error))}\n`,
    );
    return !asked;
  }
}
