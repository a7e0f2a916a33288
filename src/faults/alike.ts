/**
 * Scenarios that are the same but for a shift in time, or for the names of nodes that are alike: `{a→b@1}` and
 * `{a→c@4}`.
 *
 * Nobody has to declare which nodes are alike. Two are, as far as it shows, if exchanging them everywhere leaves a set
 * of scenarios as it is. Where that set is all that breaks a promise, whatever breaks it breaks it with their names
 * exchanged. (Symmetry of counterexamples as of states: Clarke, Jha, Enders, Filkorn, "Exploiting symmetry in temporal
 * logic model checking", 1996.)
 */
import type { Fault, Scenario } from './fault.js';
import type { Field } from './kind.js';
import { kindOf } from './kinds.js';
import { canonical, compareFaults, formatScenario, tickOf } from './scenario.js';

/** Other names for some nodes. */
type Renaming = ReadonlyMap<string, string>;

/** Most renamings that are tried. */
const MOST_RENAMINGS = 720;

/** Most scenarios in which nodes that are alike are looked for. */
const MOST_SCENARIOS = 2_000;

/** The fault with other names, so many ticks later. */
function moved(fault: Fault, names: Renaming, ticks: number): Fault {
  const fields: Readonly<Record<string, Field>> = kindOf(fault).fields;
  const change = (field: Field | undefined, value: unknown): unknown => {
    if (field === 'tick') return (value as number) + ticks;
    if (field === 'node') return names.get(value as string) ?? value;
    return field === 'nodes' ? (value as string[]).map((node) => names.get(node) ?? node).sort() : value;
  };
  const entries = Object.entries(fault).map(([name, value]) => [name, change(fields[name], value)]);
  const other = Object.fromEntries(entries) as Fault;
  return (kindOf(fault).renamed?.(other) as Fault | undefined) ?? other;
}

/** The nodes that a fault names. */
export function nodesIn(fault: Fault): string[] {
  const values = Object.entries(kindOf(fault).fields as Readonly<Record<string, Field>>).map(
    ([name, field]) => [field, (fault as unknown as Record<string, unknown>)[name]] as const,
  );
  return values.flatMap(([field, value]) =>
    field === 'node' ? [value as string] : field === 'nodes' ? (value as string[]) : [],
  );
}

/** A scenario with two nodes exchanged. */
export function exchanged(scenario: Scenario, one: string, other: string): Scenario {
  const names = new Map([
    [one, other],
    [other, one],
  ]);
  return canonical(scenario.map((fault) => moved(fault, names, 0)));
}

const textOf = (scenario: Scenario, names: Renaming, ticks = 0): string =>
  formatScenario(scenario.map((fault) => moved(fault, names, ticks)).sort(compareFaults));

/** Groups of nodes that can be exchanged with each other in a set of scenarios, each of two or more. */
export function alikeNodes(scenarios: readonly Scenario[], nodes: readonly string[]): string[][] {
  if (scenarios.length > MOST_SCENARIOS) return [];
  const texts = new Set(scenarios.map((scenario) => textOf(scenario, new Map())));
  const groups: string[][] = [];
  for (const node of nodes) {
    const group = groups.find(([first = '']) => {
      const exchange = new Map([
        [first, node],
        [node, first],
      ]);
      return scenarios.every((scenario) => texts.has(textOf(scenario, exchange)));
    });
    if (group) group.push(node);
    else groups.push([node]);
  }
  return groups.filter(({ length }) => length > 1);
}

/**
 * Text that is equal for scenarios that are the same but for a shift in time, or for the names of nodes that are alike.
 * @param groups of nodes that are alike; left alone if there are too many ways to rename them
 */
export function patternsOf(groups: readonly (readonly string[])[]): (scenario: Scenario) => string {
  const renamings = renamingsOf(groups);
  return (scenario) => {
    const shift = 1 - Math.min(...scenario.map(tickOf));
    return renamings.map((names) => textOf(scenario, names, shift)).sort()[0] as string;
  };
}

function renamingsOf(groups: readonly (readonly string[])[]): Renaming[] {
  let renamings: [string, string][][] = [[]];
  for (const group of groups) {
    const orders = permutations(group, MOST_RENAMINGS / renamings.length);
    const pairs = orders.map((order) => group.map((node, i): [string, string] => [node, order[i] as string]));
    renamings = renamings.flatMap((before) => pairs.map((more) => [...before, ...more]));
  }
  return renamings.map((pairs) => new Map(pairs));
}

/** All orders of some things, or only the one they are in if there are more than `most`. */
function permutations<T>(things: readonly T[], most: number): T[][] {
  let found: T[][] = [[]];
  for (const thing of things) {
    found = found.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => [...order.slice(0, at), thing, ...order.slice(at)]),
    );
    if (found.length > most) return [[...things]];
  }
  return found;
}
