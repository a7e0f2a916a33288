/**
 * Cubes: the parts of one search, as assignments of a few fault variables, of which each scenario is within just one
 * ("Cube and Conquer": Heule, Kullmann, Wieringa, Biere, HVC 2011).
 *
 * A tree of decisions is cut until it has as many leaves as there are parts. It decides on the faults that lineage
 * speaks of most, so that each decision leaves less to find out.
 *
 * `minimalAmong` makes one whole of what the parts have found. Let S be a minimal violated set. It is within one cube,
 * whose search finds it: nothing that is violated is a proper part of S, so nothing keeps S from being a minimal model
 * there. Let T be what some part has found, and not minimal, say because its cube demands a fault that T does not need.
 * Then T has a proper part that is a minimal violated set, which is found by the part whose cube it is in. So the sets
 * found that contain no other one are the minimal violated sets, no more and no fewer.
 */
import type { Circuit, Formula } from '../core/circuit.js';
import type { Scenario } from '../faults/fault.js';
import { compareScenarios, formatFault } from '../faults/scenario.js';

/** Which part of a search, from 1, and of how many. */
export interface Cube {
  readonly number: number;
  readonly of: number;
}

/** Most parts of one search. */
export const MOST_CUBES = 1_024;

/**
 * What a cube says of fault variables, as formulas that are true within it.
 * @param of of what lineage knows before any fault is injected
 * @returns undefined if nothing is within it: there are fewer parts than were asked for
 */
export function literalsOf(circuit: Circuit, of: Formula, faults: number, cube: Cube): Formula[] | undefined {
  const order = byOccurrence(circuit, of, faults);
  const literals: Formula[] = [];
  let [first, leaves] = [1, cube.of];
  for (let depth = 0; leaves > 1; depth++) {
    const variable = order[depth];
    if (variable === undefined) return cube.number === first ? literals : undefined;
    // Without the fault there is more to look at.
    const without = Math.ceil(leaves / 2);
    const isInjected = cube.number >= first + without;
    const literal = circuit.variable(variable);
    literals.push(isInjected ? literal : -literal);
    if (isInjected) first += without;
    leaves = isInjected ? leaves - without : without;
  }
  return literals;
}

/** Numbers of the fault variables of a formula, those first that most of its gates read. */
function byOccurrence(circuit: Circuit, formula: Formula, faults: number): number[] {
  const reads = new Map<number, number>();
  const seen = new Set<number>();
  const open = [Math.abs(formula)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === 1 || seen.has(id)) continue;
    seen.add(id);
    if (circuit.variableOf(id) >= 0) continue;
    for (const input of circuit.inputs(id).map(Math.abs)) {
      const variable = input === 1 ? -1 : circuit.variableOf(input);
      if (variable >= 0) reads.set(variable, (reads.get(variable) ?? 0) + 1);
      else open.push(input);
    }
  }
  const own = [...reads].filter(([variable]) => variable < faults);
  return own.sort(([a, most], [b, other]) => other - most || a - b).map(([variable]) => variable);
}

/** What was found, without what contains something else that was found, each once, in the canonical order. */
export function minimalAmong<T extends { readonly faults: Scenario }>(found: readonly T[]): T[] {
  const sorted = [...found].sort((a, b) => compareScenarios(a.faults, b.faults));
  const kept: { readonly one: T; readonly names: ReadonlySet<string> }[] = [];
  for (const one of sorted) {
    const names = new Set(one.faults.map(formatFault));
    if (!kept.some((smaller) => [...smaller.names].every((name) => names.has(name)))) kept.push({ one, names });
  }
  return kept.map(({ one }) => one);
}
