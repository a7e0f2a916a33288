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

/** Where `ldfi run` writes the result of these files unless told otherwise. */
function resultFile(check: CheckResult): string {
  const name = (check.spec.roots[0] ?? '').split('/').at(-1) ?? '';
  return `reports/${name.replace(/\.[^.]*$/, '')}.json`;
}

/** A command line that runs this scenario again; one outside the bounds is replayed on the spec, for bounds of its own. */
export function replayCommand(check: CheckResult, scenario: Scenario, beyond = false): string {
  if (beyond) {
    const [root = '', ...others] = check.spec.roots;
    const specs = others.flatMap((path) => ['--spec', path]);
    const faults = ['--check', check.name, '--faults', scenarioCommand(scenario)];
    return commandLine(['npx', 'ldfi', 'replay', root, ...specs, ...faults]);
  }
  const words = ['npx', 'ldfi', 'replay', resultFile(check), '--check', check.name];
  const number = counterexampleOf(check, scenario);
  if (number > 0) words.push('--counterexample', String(number + 1));
  if (number < 0) words.push('--faults', scenarioJson(scenario));
  return commandLine(words);
}

/** A command line that searches again. */
export const runCommand = ({ spec, name }: CheckResult): string =>
  commandLine(['npx', 'ldfi', 'run', ...spec.roots, '--check', name]);

/** The faults as they stand in a result. */
export const scenarioJson = (scenario: Scenario): string => JSON.stringify(scenario);
