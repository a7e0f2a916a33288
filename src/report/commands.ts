/**
 * Command lines that go on from a check. They are right where the check was searched: paths are as seen from there.
 */
import { commandLine, fileWord } from '../core/shell.js';
import type { Scenario } from '../faults/fault.js';
import { scenarioCommand } from '../faults/scenario.js';
import type { CheckResult, Result } from './schema.js';

/** Where a check is in a file of results. */
export interface SavedCheck {
  /** The file, as seen from the working folder. */
  readonly path: string;
  /** What the check is called there; left out if it is the only one. */
  readonly name?: string | undefined;
}

/**
 * Runs a scenario again. Without a file of results all is said of the spec.
 * @param number position of the counterexample with these faults, from 0; below 0 they are faults of one's own
 */
export function replayCommand(
  { spec, name }: Pick<CheckResult, 'spec' | 'name'>,
  saved: SavedCheck | undefined,
  scenario: Scenario,
  number: number,
): string {
  const faults = ['--faults', scenarioCommand(scenario)];
  const replay = ['npx', 'ldfi', 'replay'];
  if (!saved) {
    const [first = '', ...others] = spec.roots.map(fileWord);
    const more = others.length > 0 ? ['--spec', ...others] : [];
    return commandLine([...replay, first, ...more, '--check', name, ...faults]);
  }
  const check = saved.name === undefined ? [] : ['--check', saved.name];
  const which = number === 0 ? [] : number > 0 ? ['--counterexample', String(number + 1)] : faults;
  return commandLine([...replay, fileWord(saved.path), ...check, ...which]);
}

/** Searches a check again. @param more further flags */
export function runCommand(
  roots: readonly string[],
  name: string,
  invariant: Result['invariant'],
  more: readonly string[] = [],
): string {
  const reading = invariant === 'strict' ? [] : ['--invariant', invariant];
  return commandLine(['npx', 'ldfi', 'run', ...roots.map(fileWord), '--check', name, ...reading, ...more]);
}

/** The flag of a bound: `--max-cost` of `maxCost`. */
export const boundFlag = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Looks for an edit that mends a spec. */
export const fixCommand = (roots: readonly string[]): string =>
  commandLine(['npx', 'ldfi', 'fix', ...roots.map(fileWord), '--dry-run']);
