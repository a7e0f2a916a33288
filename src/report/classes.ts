/**
 * Counterexamples by behaviour class: those that differ only in what a family of faults leaves open, as the ticks of
 * crashes, with every message meeting the same fate, are one finding.
 */
import { groupBy } from '../core/memo.js';
import { alikeNodes, nodesIn, patternsOf } from '../faults/alike.js';
import type { Fault, Scenario } from '../faults/fault.js';
import { kinds, ofKind } from '../faults/kinds.js';
import { tickOf } from '../faults/scenario.js';
import type { CheckResult, CounterexampleResult } from './schema.js';
import { listInWords } from './words.js';

/** In what the members of a class with these faults differ: `ticks of crashes`. */
export const whatVaries = (faults: readonly Fault[]): string =>
  kinds()
    .flatMap((kind) => (kind.varies && ofKind(faults, kind).length > 0 ? kind.varies : []))
    .join(' and ');

/** A class, its first member first. */
export type Class = readonly [CounterexampleResult, ...CounterexampleResult[]];

/** The classes in the order in which they first occur, none of them empty. */
export const byClass = (counterexamples: readonly CounterexampleResult[]): Class[] => [
  ...groupBy(counterexamples, (one) => one.class).values(),
];

/** Classes that are the same but for a shift in time or the names of nodes that are alike. */
export interface Pattern {
  readonly classes: readonly [Class, ...Class[]];
  /** In what they differ: `ticks`, `the names of b and c`. */
  readonly differ: string;
}

/**
 * The patterns in the order in which they first occur.
 * @param check it may say which nodes are alike, and its counterexamples show it, if they are all there are
 */
export function byPattern({ counterexamples, complete, bounds }: CheckResult): Pattern[] {
  const all = counterexamples.map(({ faults }) => faults);
  const { symmetric = [] } = bounds;
  const proven = complete ? alikeNodes(all, bounds.nodes) : [];
  const isProven = proven.some((group) => symmetric.every((node) => group.includes(node)));
  const others = proven.filter((group) => !group.some((node) => symmetric.includes(node)));
  const alike = symmetric.length < 2 || isProven ? proven : [symmetric, ...others];
  const patternOf = patternsOf(alike);
  const patterns = groupBy(byClass(counterexamples), ([{ faults }]) => patternOf(faults));
  return [...patterns.values()].map((classes) => ({ classes, differ: differenceOf(classes, alike) }));
}

function differenceOf(classes: readonly Class[], alike: readonly (readonly string[])[]): string {
  const [first, ...others] = classes.map(([{ faults }]) => faults);
  const startOf = (scenario: Scenario): number => Math.min(...scenario.map(tickOf));
  const withNames = patternsOf([]);
  const inTicks = first && others.some((other) => startOf(other) !== startOf(first));
  const inNames = first && others.some((other) => withNames(other) !== withNames(first));
  const named = new Set(classes.flatMap(([{ faults }]) => faults.flatMap(nodesIn)));
  const groups = alike.map((group) => group.filter((node) => named.has(node))).filter(({ length }) => length > 0);
  const names = groups.map(listInWords).join(', or ');
  return [...(inTicks ? ['ticks'] : []), ...(inNames ? [`the names of ${names}`] : [])].join(' and ');
}
