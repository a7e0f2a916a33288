/**
 * What a verdict means, whoever asks: the answer it gives, the exit code of a command, how a check stands.
 */
import type { VerdictKind } from '../dedalus/program.js';
import type { CheckResult } from './result.js';

/** Exit codes: the tool's promise to scripts. */
export const EXIT = { ok: 0, counterexample: 1, mistake: 2, inconclusive: 3, falseGreen: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each says, for people. */
export const EXIT_WORDS: Readonly<Record<ExitCode, string>> = {
  0: 'nothing was found within the bounds',
  1: 'a counterexample',
  2: 'a mistake in what was asked',
  3: 'nothing can be concluded',
  4: 'nothing was tested: this would be a false green',
};

/** Whether the promise is kept: `neither` is what says nothing about it. */
export type Keeps = 'yes' | 'no' | 'neither';

const MEANINGS: Readonly<Record<VerdictKind, { readonly keeps: Keeps; readonly exit: ExitCode }>> = {
  holds: { keeps: 'yes', exit: EXIT.ok },
  violated: { keeps: 'no', exit: EXIT.counterexample },
  vacuous: { keeps: 'neither', exit: EXIT.falseGreen },
  'no-post': { keeps: 'neither', exit: EXIT.falseGreen },
  'violated-failure-free': { keeps: 'neither', exit: EXIT.falseGreen },
  inconclusive: { keeps: 'neither', exit: EXIT.inconclusive },
};

export const keeps = (verdict: VerdictKind): Keeps => MEANINGS[verdict].keeps;

/** The exit code of a verdict that nobody expected anything of. */
export const exitOfVerdict = (verdict: VerdictKind): ExitCode => MEANINGS[verdict].exit;

/**
 * What a command asks of a check: whether the promise is kept (`run`), or whether the verdict is the expected one
 * (`test`).
 */
export type Question = 'promise' | 'expectation';

/** The verdict that was asked for, if one was: a check that expects nothing is expected to hold by `test`. */
export const expectedOf = ({ expect }: CheckResult, question: Question): VerdictKind | undefined =>
  expect ?? (question === 'expectation' ? 'holds' : undefined);

/** What the check alone makes a command exit with. What would be a false green is fine only where it is expected. */
export function exitOf(check: CheckResult, question: Question): ExitCode {
  const code = exitByVerdict(check, question);
  return code === EXIT.ok && gatesOf(check).length > 0 ? EXIT.falseGreen : code;
}

/**
 * What keeps a verdict from being taken for a green: its warnings, where they are to make it fail (`--strict`), but for
 * those that are meant.
 */
export const gatesOf = ({ strict, warnings = [], allow = [] }: CheckResult): NonNullable<CheckResult['warnings']> =>
  strict ? warnings.filter(({ code }) => !allow.includes(code)) : [];

function exitByVerdict(check: CheckResult, question: Question): ExitCode {
  const { verdict, stopped } = check;
  const { exit } = MEANINGS[verdict];
  const expected = expectedOf(check, question);
  if (stopped === 'error') return EXIT.mistake;
  if (question === 'promise') return exit === EXIT.falseGreen && verdict === expected ? EXIT.ok : exit;
  if (verdict === expected) return EXIT.ok;
  return exit === EXIT.inconclusive || expected === 'holds' ? exit : EXIT.counterexample;
}

/** Worst first: a mistake, a counterexample, a false green, no answer, all well. */
const SEVERITY: readonly ExitCode[] = [EXIT.mistake, EXIT.counterexample, EXIT.falseGreen, EXIT.inconclusive, EXIT.ok];

/** The worst of some exit codes; `ok` if there are none. */
export const worst = (codes: readonly ExitCode[]): ExitCode => SEVERITY.find((code) => codes.includes(code)) ?? EXIT.ok;

/**
 * - passed: what was asked for;
 * - failed: a counterexample, a verdict other than the expected one, or what would be a false green;
 * - inconclusive: stopped before there was an answer;
 * - not-run: the interrupt or the timeout came before it.
 */
export type Standing = 'passed' | 'failed' | 'inconclusive' | 'not-run';

export const wasNotRun = ({ stopped, executions }: CheckResult): boolean => stopped === 'aborted' && executions === 0;

export function standingOf(check: CheckResult, question: Question): Standing {
  if (wasNotRun(check)) return 'not-run';
  const exit = exitOf(check, question);
  if (exit === EXIT.ok) return 'passed';
  const answered = exit === EXIT.counterexample || exit === EXIT.falseGreen;
  return answered || check.verdict === 'violated' ? 'failed' : 'inconclusive';
}

/** Whether it was run, and its verdict is another than the expected one. */
export const isUnexpected = (check: CheckResult): boolean =>
  !wasNotRun(check) && exitOf(check, 'expectation') !== EXIT.ok;

/** Why that is good or bad, in one line. */
export function reasonOf(check: CheckResult, question: Question): string {
  const { verdict } = check;
  const standing = standingOf(check, question);
  const expected = expectedOf(check, question);
  if (standing === 'not-run') return 'not run: the interrupt or the timeout came first';
  if (standing === 'passed') return expected === verdict ? `${verdict}, as expected` : verdict;
  if (expected === undefined || expected === verdict) {
    const gates = [...new Set(gatesOf(check).map(({ code }) => code))];
    return gates.length > 0 ? `${verdict}, but --strict admits no warning: ${gates.join(', ')}` : verdict;
  }
  return `${verdict}, but expected ${expected}`;
}
