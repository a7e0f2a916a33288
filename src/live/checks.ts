/**
 * What all results of experiments have in common when they are told to a reporter.
 */
import { visible } from '../core/text.js';
import { EXIT, type ExitCode, type Standing } from '../report/meaning.js';
import type { CheckDetails, ReporterInput } from '../report/reporters/model.js';

/** Most classes of counterexamples that are told one by one. */
export const MOST_TOLD = 20;

/** @param json the result as `--json` writes it */
export const inputOf = (version: string, checks: readonly CheckDetails[], json: () => string): ReporterInput => ({
  version,
  checks,
  unread: [],
  headings: { bounds: 'Bounds', runs: 'Experiments' },
  summary: undefined,
  json,
});

/** How a check stands whose command ends with this. */
export function standingOf(exit: ExitCode): Standing {
  if (exit === EXIT.ok) return 'passed';
  return exit === EXIT.counterexample || exit === EXIT.falseGreen ? 'failed' : 'inconclusive';
}

/** A check of which there is nothing to tell but its name. */
export const emptyCheck = (subject: string, name: string): CheckDetails => ({
  ...{ subject, name, verdict: '', standing: 'not-run', isError: false, sentence: '', reason: '', block: '' },
  ...{ faults: [], others: [], timeline: [], place: undefined, mermaid: undefined, classes: [], unlistedClasses: 0 },
  ...{ counterexamples: 0, isComplete: false, bounds: '', runs: 0, warnings: [], coverage: [] },
});

/** A check that an interrupt or the timeout came before. */
export const stoppedCheck = (subject: string, name: string): CheckDetails => ({
  ...emptyCheck(subject, name),
  ...{ verdict: 'inconclusive', sentence: 'It was stopped before the first experiment with a fault.' },
  ...{
    reason: 'not run: the interrupt or the timeout came first',
    block: '! it was stopped before anything was tried\n',
  },
});

/** A check that could not be made: no experiment says anything. @param message why, in one line */
export const failedCheck = (subject: string, name: string, message: string): CheckDetails => ({
  ...emptyCheck(subject, name),
  ...{ verdict: 'inconclusive', standing: 'inconclusive', isError: true, sentence: message },
  ...{ reason: 'it could not be tried', block: `! ${visible(message)}\n` },
});
