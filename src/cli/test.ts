/**
 * `ldfi test [FILE|FOLDER…]`: every spec on its own, every check against its expected verdict, one table.
 */
import { escapeText } from '../dedalus/frame.js';
import { type CheckResult, specFiles, toResult } from '../report/result.js';
import { plural } from '../report/words.js';
import { checksOf } from './checks.js';
import { EXIT, type ExitCode, testExit, worst } from './exit.js';
import { findSpecs } from './files.js';
import { save } from './save.js';
import { makeSearcher, type Searcher, type SearcherFlags } from './searcher.js';
import { loadSpec } from './spec.js';
import { complain, paletteFor, print } from './terminal.js';
import { version } from './version.js';

export interface TestFlags extends SearcherFlags {
  readonly json?: string;
}

/** One line of the table. */
interface Line {
  readonly spec: string;
  readonly result: CheckResult;
  readonly exit: ExitCode;
}

/** All that was found out so far. */
interface Tally {
  readonly lines: Line[];
  /** Specs with at least one check. */
  specs: number;
  /** Specs and folders that could not be used. */
  broken: number;
}

export async function test(paths: readonly string[], flags: TestFlags): Promise<ExitCode> {
  const searcher = await makeSearcher(flags);
  const { specs, missing } = findSpecs(paths.length > 0 ? paths : ['specs']);
  const hint = paths.length > 0 || specs.length > 0 ? '' : '; name files or folders';
  for (const { path, reason } of missing)
    complain(`error: cannot read ${escapeText(path)}: ${escapeText(reason)}${hint}\n`);
  const tally: Tally = { lines: [], specs: 0, broken: missing.length };
  let saved = true;
  try {
    for (const spec of specs) await testSpec(spec, flags, searcher, tally);
  } finally {
    searcher.release();
    const results = tally.lines.map(({ result }) => result);
    if (flags.json !== undefined)
      saved = save(flags.json, toResult(version(), flags.invariant, searcher.how.search, results), 'error');
  }
  if (tally.lines.length === 0 && tally.broken === 0)
    complain(
      specs.length === 0
        ? 'error: no .ded files found; name files or folders\n'
        : 'error: none of the specs has a check; add a line like `//! check eot=6 eff=3 crashes=1 expect=holds`\n',
    );
  else if (tally.lines.length > 0 && !flags.quiet && flags.json !== '-') print(summary(tally));
  if (searcher.interrupted()) return EXIT.inconclusive;
  const mistake = tally.broken > 0 || tally.lines.length === 0 || !saved;
  return worst([
    ...(mistake ? [EXIT.mistake] : []),
    ...(searcher.ended() ? [EXIT.inconclusive] : []),
    ...tally.lines.map(({ exit }) => exit),
  ]);
}

async function testSpec(spec: string, flags: TestFlags, searcher: Searcher, tally: Tally): Promise<void> {
  const quiet = flags.quiet ?? false;
  const { program, files } = loadSpec([spec], quiet, true);
  if (program?.checks.length === 0) {
    if (!quiet) complain(`note: ${escapeText(spec)} has no //! check line and was left out\n`);
    return;
  }
  const checks = program && checksOf(program, [spec], {}, quiet);
  if (!checks) {
    tally.broken++;
    return;
  }
  tally.specs++;
  for (const check of checks) {
    const result = await searcher.search(`${spec} ${check.name}`, program, specFiles([spec], files), check);
    const line = { spec, result, exit: testExit(result) };
    tally.lines.push(line);
    if (wasNotRun(result)) continue;
    if (quiet || flags.json === '-') {
      if (line.exit !== EXIT.ok) complain(tableLine(line, process.stderr));
    } else print(tableLine(line, process.stdout));
  }
}

/** The interrupt or the timeout came first. */
const wasNotRun = ({ stopped, executions }: CheckResult): boolean => stopped === 'aborted' && executions === 0;

function tableLine({ spec, result, exit }: Line, stream: { isTTY?: boolean }): string {
  const palette = paletteFor(stream);
  const good = exit === EXIT.ok;
  const mark = good ? palette.green('✓') : palette.red('✗');
  const { eot, eff, crashes } = result.bounds;
  const columns = [
    `${spec} ${result.name}`.padEnd(62),
    `${eot}/${eff}/${crashes}`.padEnd(9),
    result.verdict.padEnd(12),
  ];
  const found = result.counterexamples.length;
  const details = [
    ...(found > 0 ? [plural(found, 'counterexample')] : []),
    plural(result.executions, 'execution'),
    ...(result.otherReading
      ? [`${result.otherReading.verdict} under --invariant ${result.otherReading.invariant}`]
      : []),
  ];
  const wanted = good ? '' : palette.red(`  expected ${result.expect ?? 'holds'}`);
  return `${mark} ${escapeText(columns.join(' '))} ${palette.dim(details.join(', '))}${wanted}\n`;
}

function summary({ lines, specs, broken }: Tally): string {
  const palette = paletteFor(process.stdout);
  const ran = lines.filter(({ result }) => !wasNotRun(result));
  const good = ran.filter(({ exit }) => exit === EXIT.ok).length;
  const notRun = lines.length - ran.length;
  const counts = [
    `${good} as expected`,
    `${ran.length - good} not`,
    ...(notRun > 0 ? [`${notRun} not run`] : []),
    ...(broken > 0 ? [`${plural(broken, 'spec')} could not be read`] : []),
  ];
  const text = `${plural(lines.length, 'check')} of ${plural(specs, 'spec')}: ${counts.join(', ')}`;
  const fine = good === lines.length && broken === 0;
  return `\n${fine ? palette.green(text) : palette.red(text)} ${palette.dim('(bounds are eot/eff/crashes)')}\n`;
}
