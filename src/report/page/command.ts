/**
 * The counterexample with the faults that are shown, if it is one, and those faults as JSON.
 */
import { getOrMake } from '../../core/memo.js';
import type { Fault, Scenario } from '../../faults/fault.js';
import { compareFaults } from '../../faults/scenario.js';
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

/** The faults as they stand in a result. */
export const scenarioJson = (scenario: Scenario): string => JSON.stringify(scenario);
