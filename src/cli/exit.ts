/**
 * Exit codes: the tool's promise to scripts.
 */
import type { CheckResult } from '../report/result.js';

export const EXIT = { ok: 0, counterexample: 1, mistake: 2, inconclusive: 3, falseGreen: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Worst first: a mistake, a counterexample, a false green, no answer, all well. */
const SEVERITY: readonly ExitCode[] = [EXIT.mistake, EXIT.counterexample, EXIT.falseGreen, EXIT.inconclusive, EXIT.ok];

/** The worst of some exit codes; `ok` if there are none. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY.find((code) => codes.includes(code)) ?? EXIT.ok;
}

/** `run`: what the verdict is. Would-be false greens are fine only where the spec expects exactly that. */
export function runExit({ verdict, expect, stopped }: CheckResult): ExitCode {
  if (stopped === 'error') return EXIT.mistake;
  if (verdict === 'holds') return EXIT.ok;
  if (verdict === 'violated') return EXIT.counterexample;
  if (verdict === 'inconclusive') return EXIT.inconclusive;
  return verdict === expect ? EXIT.ok : EXIT.falseGreen;
}

/** `test`: whether the verdict is the expected one; a check that expects nothing expects `holds`. */
export function testExit({ verdict, expect = 'holds', stopped }: CheckResult): ExitCode {
  if (stopped === 'error') return EXIT.mistake;
  if (verdict === expect) return EXIT.ok;
  if (verdict === 'inconclusive') return EXIT.inconclusive;
  return expect === 'holds' && verdict !== 'violated' ? EXIT.falseGreen : EXIT.counterexample;
}
