/**
 * The static checks as data: one file each, run in this order over the whole program. They are independent of each
 * other.
 */
import type { Report } from '../collector.js';
import { checkAggregates } from './aggregates.js';
import { checkArithmetic } from './arithmetic.js';
import { checkArity } from './arity.js';
import type { Check, CheckInput } from './context.js';
import { checkCrash } from './crash.js';
import { checkLocation } from './location.js';
import { checkNames } from './names.js';
import { checkSafety } from './safety.js';
import { checkStratification } from './stratification.js';
import { checkTime } from './time.js';

const CHECKS: readonly Check[] = [
  checkArity,
  checkSafety,
  checkLocation,
  checkTime,
  checkStratification,
  checkNames,
  checkCrash,
  checkAggregates,
  checkArithmetic,
];

/** Runs all checks. */
export function check(input: CheckInput, report: Report): void {
  for (const run of CHECKS) run(input, report);
}
