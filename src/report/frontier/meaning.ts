/**
 * What a frontier means for the exit code: it is a measurement, so only what its checks expect can be wrong.
 */
import type { VerdictKind } from '../../dedalus/program.js';
import { EXIT, type ExitCode, worst } from '../meaning.js';
import type { FrontierResult } from './schema.js';
import { verdictOf } from './words.js';

const FALSE_GREENS: readonly VerdictKind[] = ['vacuous', 'no-post', 'violated-failure-free'];

/** 1: a check has another verdict than it expects; 4: a check would be a false green; 3: a cell is not settled. */
export function exitOfFrontier(frontier: FrontierResult): ExitCode {
  const isOpen = frontier.slices.some(({ cells }) => cells.some(({ verdict }) => verdict === 'inconclusive'));
  const codes = frontier.checks.map(({ name, expect }): ExitCode => {
    const verdict = verdictOf(frontier, name);
    if (verdict === undefined || verdict === 'inconclusive' || verdict === expect) return EXIT.ok;
    if (FALSE_GREENS.includes(verdict)) return EXIT.falseGreen;
    return expect === undefined ? EXIT.ok : EXIT.counterexample;
  });
  return worst([...codes, isOpen ? EXIT.inconclusive : EXIT.ok]);
}
