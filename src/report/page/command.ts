/**
 * Scenarios handed back to the command line: the replay command, and JSON.
 */
import { getOrMake } from '../../core/memo.js';
import { commandLine } from '../../core/shell.js';
import type { Fault, Scenario } from '../../faults/fault.js';
import { compareFaults, scenarioCommand } from '../../faults/scenario.js';
import type { CheckResult } from '../schema.js';

const NUMBERS = new WeakMap<CheckResult, WeakMap<Scenario, number>>();

/** Position of the counterexample with these faults, or -1. Looked up once: there may be very many. */
export const counterexampleOf = (check: CheckResult, scenario: Scenario): number =>
  getOrMake(
    getOrMake(NUMBERS, check, () => new WeakMap()),
    scenario,
    () => check.counterexamples.findIndex(({ faults }) => isSame(faults, scenario)),
  );

/** Both are canonical, so their order is the same. */
const isSame = (a: Scenario, b: Scenario): boolean =>
  a.length === b.length && a.every((fault, i) => compareFaults(fault, b[i] as Fault) === 0);

/** Where a check is: the file of the result, as seen from the working folder, and what it is called there. */
export interface SavedCheck {
  readonly path: string;
  readonly name: string;
}

/**
 * A command line that runs this scenario again: a counterexample of the result, or faults of one's own. Without a file
 * of the result all is said of the spec.
 */
export function replayCommand(check: CheckResult, saved: SavedCheck | undefined, scenario: Scenario): string {
  const faults = ['--faults', scenarioCommand(scenario)];
  if (!saved) return commandLine([...replayed, ...programOf(check.spec), '--check', check.name, ...faults]);
  const number = counterexampleOf(check, scenario);
  const which = number === 0 ? [] : number > 0 ? ['--counterexample', String(number + 1)] : faults;
  return commandLine([...replayed, saved.path, '--check', saved.name, ...which]);
}

const replayed = ['npx', 'ldfi', 'replay'];

const programOf = ({ roots: [first = '', ...others] }: CheckResult['spec']): string[] =>
  others.length === 0 ? [first] : [first, '--spec', ...others];

/** A command line that searches again. */
export const runCommand = ({ spec, name }: CheckResult): string =>
  commandLine(['npx', 'ldfi', 'run', ...spec.roots, '--check', name]);

/** The faults as they stand in a result. */
export const scenarioJson = (scenario: Scenario): string => JSON.stringify(scenario);
