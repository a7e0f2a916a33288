/**
 * Counterexamples by probability, the most probable first.
 */
import type { Scenario } from '../faults/fault.js';
import { compareScenarios } from '../faults/scenario.js';
import { probabilityOf, type Rates } from './rates.js';

/** The counterexamples with their probabilities; ties in the canonical order. */
export const ranked = <C extends { readonly faults: Scenario }>(
  counterexamples: readonly C[],
  rates: Rates,
): (C & { probability: number })[] =>
  counterexamples
    .map((one) => ({ ...one, probability: probabilityOf(one.faults, rates) }))
    .sort((a, b) => b.probability - a.probability || compareScenarios(a.faults, b.faults));
