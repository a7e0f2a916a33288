/**
 * `ldfi merge PART.json…`: what `ldfi test` would have written and said, had it not been cut into shards. No spec is
 * read and nothing is searched: all of it is in the parts.
 */
import { visible } from '../../core/text.js';
import { EXIT, type ExitCode, exitOf, wasNotRun, worst } from '../../report/meaning.js';
import { admitted, isStdoutFree, printPlaces, type Searched, writeOutputs } from '../io/outputs.js';
import type { Target } from '../io/reporter-flag.js';
import { complain } from '../io/terminal.js';
import { loadConfig } from '../load/config.js';
import { durationsOutput } from '../shards/durations.js';
import { together } from '../shards/together.js';
import { conclude, sayLine } from './conclude.js';
import { outputsUnder } from './prepare.js';
import { keepsLearned } from './search.js';
import type { Duration } from './table.js';

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
  const { part, rows, stopped } = found;
  const { durationsTo, quiet = false } = flags;
  const durations: Duration[] = rows
    .filter(({ answer }) => !wasNotRun(answer.check))
    .map(({ label, took }) => ({ label, took }));
  const wanted = [
    ...outputsUnder(configured, flags, given).outputs,
    ...(durationsTo === undefined ? [] : [durationsOutput(durationsTo, durations)]),
  ];
  const settings = configured === 'none' ? [] : configured.files;
  const inputs = [...paths, ...part.files.map(({ path }) => path), ...settings];
  const outputs = admitted(wanted, inputs, flags.force);
  if (!outputs) return EXIT.mistake;
  const speaks = !quiet && isStdoutFree(outputs);
  const told = rows.map((row) => (keepsLearned(outputs) ? row : { ...row, answer: unlearned(row.answer) }));
  const answers = told.map(({ answer }) => answer);
  const checks = answers.map(({ check }) => check);
  for (const { label, answer } of told) sayLine(label, answer.check, speaks);
  const { head, unread, files, whole } = part;
  const took = rows.map((row) => row.took);
  const searched: Searched = { question: 'expectation', result: { ...head, checks }, answers, unread, files, took };
  const written = writeOutputs(outputs, searched);
  const { broken } = whole;
  const lists = flags.durations ?? false;
  if (rows.length > 0 && speaks) conclude({ rows: told, broken, written, durations, lists, isErrorTold: false });
  else if (speaks) printPlaces(written);
  if (stopped === 'interrupt') return EXIT.inconclusive;
  const codes = checks.map((check) => exitOf(check, 'expectation'));
  const isMistaken = broken > 0 || rows.length === 0 || written.length < outputs.length;
  return worst([...codes, ...(stopped ? [EXIT.inconclusive] : []), ...(isMistaken ? [EXIT.mistake] : [])]);
}

/** Parts have what was learned of protocols; a result in which nobody looks for it does not. */
function unlearned<T extends { readonly check: { learned?: unknown } }>(answer: T): T {
  const { learned, ...check } = answer.check;
  return { ...answer, check };
}
