/**
 * `ldfi merge PART.json…`: what `ldfi test` would have written and said, had it not been cut into shards. Nothing is
 * searched, and no spec is read unless parts of checks are to be put together: all of it is in the parts.
 */
import { visible } from '../../core/text.js';
import { EXIT, type ExitCode, exitOf, wasNotRun, worst } from '../../report/meaning.js';
import { admitted, isStdoutFree, printPlaces, type Searched, writeOutputs } from '../io/outputs.js';
import type { Target } from '../io/reporter-flag.js';
import { complain } from '../io/terminal.js';
import { loadConfig } from '../load/config.js';
import { durationsOutput } from '../shards/durations.js';
import { finish } from '../shards/finish.js';
import { type Answered, together, type Whole } from '../shards/together.js';
import { conclude, sayDurations, sayLine } from './conclude.js';
import { outputsUnder } from './prepare.js';
import { keepsLearned } from './search.js';
import { type Duration, labelWidth } from './table.js';

export interface MergeFlags {
  readonly json?: string;
  readonly html?: string;
  readonly reporter?: readonly Target[];
  readonly config?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly durations?: boolean;
  readonly durationsTo?: string;
}

/** @param given names of the flags that stand in the command line: those override the configuration */
export async function merge(
  paths: readonly string[],
  flags: MergeFlags,
  given: (name: string) => boolean,
): Promise<ExitCode> {
  const configured = await loadConfig(flags.config);
  if (!configured) return EXIT.mistake;
  const found = together(paths);
  if ('problems' in found) {
    for (const problem of found.problems) complain(`error: ${visible(problem)}\n`);
    return EXIT.mistake;
  }
  const { part, stopped } = found;
  const { durationsTo, quiet = false } = flags;
  const durations: Duration[] = [];
  const wanted = [
    ...outputsUnder(configured, flags, given).outputs,
    ...(durationsTo === undefined ? [] : [durationsOutput(durationsTo, durations)]),
  ];
  const settings = configured === 'none' ? [] : configured.files;
  const inputs = [...paths, ...part.files.map(({ path }) => path), ...settings];
  const outputs = admitted(wanted, inputs, flags.force);
  if (!outputs) return EXIT.mistake;
  const rows = await rowsOf(found, keepsLearned(outputs));
  if (!rows) return EXIT.mistake;
  for (const { label, took, answer } of rows) if (!wasNotRun(answer.check)) durations.push({ label, took });
  const speaks = !quiet && isStdoutFree(outputs);
  const told = rows.map((row) => (keepsLearned(outputs) ? row : { ...row, answer: unlearned(row.answer) }));
  const answers = told.map(({ answer }) => answer);
  const checks = answers.map(({ check }) => check);
  const wide = labelWidth(told.map(({ label }) => label));
  for (const { label, answer } of told) sayLine(label, answer.check, wide, speaks);
  const { head, unread, files, whole } = part;
  const took = rows.map((row) => row.took);
  const searched: Searched = { question: 'expectation', result: { ...head, checks }, answers, unread, files, took };
  const written = writeOutputs(outputs, searched);
  const { broken } = whole;
  if (rows.length > 0 && speaks) conclude({ rows: told, broken, written, isErrorTold: false });
  else if (speaks) printPlaces(written);
  sayDurations(durations, flags.durations ?? false, speaks);
  if (stopped === 'interrupt') return EXIT.inconclusive;
  const codes = checks.map((check) => exitOf(check, 'expectation'));
  const isMistaken = broken > 0 || rows.length === 0 || written.length < outputs.length;
  return worst([...codes, ...(stopped ? [EXIT.inconclusive] : []), ...(isMistaken ? [EXIT.mistake] : [])]);
}

/** The answers to all checks; undefined, and a complaint, where parts of one cannot be put together. */
async function rowsOf({ part, rows, parts }: Whole, keeps: boolean): Promise<readonly Answered[] | undefined> {
  if (!part.method) return rows;
  const all: Answered[] = [];
  for (const [index, pieces] of parts.entries()) {
    const done = await finish(part.whole.checks[index] ?? '', pieces, part.method, keeps);
    if ('problem' in done) {
      complain(`error: ${visible(done.problem)}\n`);
      return undefined;
    }
    all.push(done);
  }
  return all;
}

/** Parts have what was learned of protocols; a result in which nobody looks for it does not. */
function unlearned<T extends { readonly check: { learned?: unknown } }>(answer: T): T {
  const { learned, ...check } = answer.check;
  return { ...answer, check };
}
