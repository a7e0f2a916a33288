/**
 * `ldfi test [FILE|FOLDER…]`: every spec on its own, every check against its expected verdict, one table.
 */
import { escapeText } from '../dedalus/frame.js';
import { type CheckResult, resultToJson, specFiles, toResult } from '../report/result.js';
import { type Check, resolveChecks } from '../search/check.js';
import { EXIT, type ExitCode, testExit, worst } from './exit.js';
import { explore } from './explore.js';
import { findSpecs, reasonOf, writeWhole } from './files.js';
import { type MethodFlags, method } from './flags.js';
import { interruptible } from './interrupt.js';
import { makeLog } from './logger.js';
import { progress, silent } from './progress.js';
import { loadSpec } from './spec.js';
import { complain, paletteFor, print } from './terminal.js';
import { version } from './version.js';

export interface TestFlags extends MethodFlags {
  readonly json?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** One line of the table. */
interface Line {
  readonly spec: string;
  readonly result: CheckResult;
  readonly exit: ExitCode;
}

export async function test(paths: readonly string[], flags: TestFlags): Promise<ExitCode> {
  const { specs, missing } = findSpecs(paths.length > 0 ? paths : ['specs']);
  for (const { path, reason } of missing) complain(`error: cannot read ${escapeText(path)}: ${escapeText(reason)}\n`);
  if (specs.length === 0 && missing.length === 0) complain('error: no .ded files found\n');
  const codes: ExitCode[] = missing.length > 0 || specs.length === 0 ? [EXIT.mistake] : [];
  const interrupt = interruptible(flags.timeout);
  const how = method(flags, interrupt.signal);
  const log = await makeLog(flags.verbose ?? false);
  const bar = flags.quiet ? silent : progress('test', process.stderr.isTTY === true && !flags.verbose);
  const lines: Line[] = [];
  try {
    for (const spec of specs) {
      if (interrupt.signal.aborted) break;
      const { program, files } = loadSpec([spec], flags.quiet ?? false);
      if (!program) {
        codes.push(EXIT.mistake);
        continue;
      }
      if (program.checks.length === 0) {
        if (!flags.quiet) complain(`note: ${escapeText(spec)} has no //! check line and was left out\n`);
        continue;
      }
      const named = specFiles([spec], files);
      for (const check of resolveChecks(program)) {
        const result = await explore(program, named, check, how, (event) => {
          log(`${spec} ${check.name}`, event);
          bar.update(event);
        });
        bar.clear();
        const line = { spec, result, exit: testExit(result) };
        lines.push(line);
        if (!flags.quiet && flags.json !== '-') print(tableLine(line, check));
      }
    }
  } finally {
    bar.clear();
    interrupt.release();
  }
  const all = toResult(
    version(),
    flags.invariant,
    how.search,
    lines.map(({ result }) => result),
  );
  if (!save(flags.json, resultToJson(all))) codes.push(EXIT.mistake);
  if (flags.json !== '-') print(summary(lines, specs.length));
  if (interrupt.signal.aborted) codes.push(EXIT.inconclusive);
  return interrupt.interrupted() ? EXIT.inconclusive : worst([...codes, ...lines.map(({ exit }) => exit)]);
}

function tableLine({ spec, result, exit }: Line, check: Check): string {
  const palette = paletteFor(process.stdout);
  const good = exit === EXIT.ok;
  const mark = good ? palette.green('✓') : palette.red('✗');
  const { eot, eff, crashes } = check.bounds;
  const bounds = `${eot}/${eff}/${crashes}`;
  const columns = [`${spec} ${check.name}`.padEnd(62), bounds.padEnd(9), result.verdict.padEnd(12)];
  const found = result.counterexamples.length;
  const details = `${found > 0 ? `${found} counterexamples, ` : ''}${result.executions} executions`;
  const wanted = good ? '' : palette.red(`  expected ${result.expect ?? 'holds'}`);
  return `${mark} ${escapeText(columns.join(' '))} ${palette.dim(details)}${wanted}\n`;
}

function summary(lines: readonly Line[], specs: number): string {
  const palette = paletteFor(process.stdout);
  const bad = lines.filter(({ exit }) => exit !== EXIT.ok).length;
  const text = `${lines.length} checks of ${specs} specs: ${lines.length - bad} as expected, ${bad} not`;
  return `\n${bad === 0 ? palette.green(text) : palette.red(text)} (bounds are eot/eff/crashes)\n`;
}

/** Writes the JSON where it was asked for; false if that failed. */
function save(target: string | undefined, json: string): boolean {
  try {
    if (target === '-') print(json);
    else if (target !== undefined) writeWhole(target, json);
    return true;
  } catch (error) {
    complain(`error: cannot write ${escapeText(target ?? '')}: ${escapeText(reasonOf(error))}\n`);
    return false;
  }
}
