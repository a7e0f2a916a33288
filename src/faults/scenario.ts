/**
 * Scenarios: canonical form, order, words, and admission against bounds.
 */
import { LdfiError } from '../core/invariant.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import { isRedundant, outsideBounds } from './kinds.js';

/** By tick, then crashes before omissions, then by node names in code-unit order. */
export function compareFaults(a: Fault, b: Fault): number {
  if (a.tick !== b.tick) return a.tick - b.tick;
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < 3; i++) {
    const [l, r] = [left[i] as string, right[i] as string];
    if (l !== r) return l < r ? -1 : 1;
  }
  return 0;
}

/** Smaller sets first, then fault by fault. */
export function compareScenarios(a: Scenario, b: Scenario): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareFaults(a[i] as Fault, b[i] as Fault);
    if (order !== 0) return order;
  }
  return 0;
}

const parts = (fault: Fault): string[] =>
  fault.kind === 'crash' ? ['crash', fault.node, ''] : ['omission', fault.from, fault.to];

/** The canonical form: sorted, without duplicates and without faults that change nothing. */
export function canonical(faults: Iterable<Fault>): Scenario {
  const sorted = [...faults].sort(compareFaults);
  const distinct = sorted.filter((fault, i) => i === 0 || compareFaults(sorted[i - 1] as Fault, fault) !== 0);
  return distinct.filter((fault) => !isRedundant(fault, distinct));
}

/** A fault in a few words: `a→b@3` for an omission, `crash a@3` for a crash. */
export function formatFault(fault: Fault): string {
  return fault.kind === 'crash' ? `crash ${fault.node}@${fault.tick}` : `${fault.from}→${fault.to}@${fault.tick}`;
}

/** A scenario in a few words: `{crash a@3, a→b@1}`. */
export function formatScenario(scenario: Scenario): string {
  return `{${scenario.map(formatFault).join(', ')}}`;
}

/**
 * The canonical form of `faults` if they lie within the bounds.
 * @throws LdfiError 'bad-scenario' that names every fault outside the bounds
 */
export function admit(faults: readonly Fault[], bounds: Bounds): Scenario {
  const problems = faults.flatMap((fault) => {
    const why = outsideBounds(fault, bounds);
    return why === undefined ? [] : [`${formatFault(fault)}: ${why}`];
  });
  const scenario = canonical(faults);
  const crashes = scenario.filter((fault) => fault.kind === 'crash');
  const nodes = new Set(crashes.map((fault) => fault.node));
  if (nodes.size < crashes.length) problems.push('a node crashes at most once');
  if (nodes.size > bounds.crashes)
    problems.push(
      `${nodes.size} ${nodes.size === 1 ? 'node crashes' : 'nodes crash'}, the bounds admit ${bounds.crashes}`,
    );
  if (problems.length > 0)
    throw new LdfiError('bad-scenario', `this scenario lies outside the bounds: ${problems.join('; ')}`);
  return scenario;
}
