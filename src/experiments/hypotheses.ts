/**
 * Hypotheses: the smallest sets of faults that cut every known way of succeeding.
 *
 * ```ts
 * await smallestHypotheses(knowledge, { most: 8, maxFaults: 3, avoided: [] });
 * ```
 * A smallest model of the clauses that good experiments give is the next hypothesis (Alvaro et al., SoCC 2016). This takes
 * for granted that a way of succeeding stays open as long as its calls do, which `closing.ts` does not.
 */
import { createCadical } from '../solver/cadical.js';
import { SmallestModels } from '../solver/smallest.js';
import { clausesOf } from './clauses.js';
import type { LiveFault } from './experiment.js';
import { type FaultSet, keyOf } from './fault-sets.js';
import type { Knowledge } from './knowledge.js';

export interface HypothesisOptions {
  /** Most hypotheses, to be tried at once; all have the same size. */
  readonly most: number;
  /** Most faults in one. */
  readonly maxFaults: number;
  /** Sets whose supersets are not asked for, beside those that are known to fail. */
  readonly avoided: readonly FaultSet[];
}

/** The next hypotheses; none if every set of so many faults leaves a known way of succeeding. */
export async function smallestHypotheses(knowledge: Knowledge, options: HypothesisOptions): Promise<FaultSet[]> {
  const clauses = clausesOf(knowledge);
  const solver = await createCadical();
  try {
    const variables = new Map<string, number>();
    const faults: LiveFault[] = [];
    for (const fault of clauses.flatMap(({ hits }) => hits))
      if (!variables.has(keyOf([fault]))) {
        variables.set(keyOf([fault]), solver.newVariable());
        faults.push(fault);
      }
    const literals = (set: FaultSet): number[] => set.map((fault) => variables.get(keyOf([fault])) as number);
    const isKnown = (set: FaultSet): boolean => set.every((fault) => variables.has(keyOf([fault])));
    const models = new SmallestModels(solver, literals(faults));
    // A fault without a variable is in no hypothesis.
    for (const { hits, given } of clauses)
      if (isKnown(given)) models.addClause([...literals(hits), ...literals(given).map((literal) => -literal)]);
    for (const pair of rivals(faults)) models.block(literals(pair));
    for (const set of [...knowledge.failures, ...options.avoided]) if (isKnown(set)) models.block(literals(set));
    return smallest(models, faults, options);
  } finally {
    solver.dispose();
  }
}

/** Models of the least size, one after the other. */
function smallest(models: SmallestModels, faults: readonly LiveFault[], options: HypothesisOptions): FaultSet[] {
  const found: FaultSet[] = [];
  while (found.length < options.most) {
    const result = models.next('minimum');
    if (result.kind !== 'model' || result.faults.length > options.maxFaults) break;
    if (found[0] && result.faults.length > found[0].length) break;
    // Variables are numbered from 1 in the order of the faults.
    found.push(result.faults.map((variable) => faults[variable - 1] as LiveFault));
    models.block(result.faults);
  }
  return found;
}

/** Two faults at one call, which cannot be. */
function rivals(faults: readonly LiveFault[]): [LiveFault, LiveFault][] {
  const byCall = new Map<string, LiveFault[]>();
  for (const fault of faults) byCall.set(fault.call, [...(byCall.get(fault.call) ?? []), fault]);
  return [...byCall.values()].flatMap((same) =>
    same.flatMap((a, i) => same.slice(i + 1).map((b): [LiveFault, LiveFault] => [a, b])),
  );
}
