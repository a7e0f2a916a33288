/**
 * Scenarios: the one order of faults, canonical form, words, and admission against bounds.
 */
import { LdfiError } from '../core/invariant.js';
import { type BoundName, boundRanges, boundValues, firstGiven, makeBounds } from './bounds.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import { filled, parseAs } from './forms.js';
import { type BoundRange, isSameSlot, NO_LIMIT, type Slot } from './kind.js';
import { faultKey, kindOf, kinds, ofKind, sparing } from './kinds.js';
import { broken, isLawful } from './laws.js';

type Order = readonly [tick: number, ...others: (string | number)[]];

/** Kept, because faults are sorted again and again. */
const orders = new WeakMap<Fault, Order>();

function orderOf(fault: Fault): Order {
  const known = orders.get(fault) ?? kindOf(fault).order(fault);
  orders.set(fault, known);
  return known;
}

/** By tick, then by name of the kind, then by what tells faults of a kind apart, in code-unit order. */
export function compareFaults(a: Fault, b: Fault): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  if (left[0] !== right[0]) return left[0] - right[0];
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  for (let i = 1; i < left.length; i++) {
    const [l, r] = [left[i] as string | number, right[i] as string | number];
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

/** The fault that keeps what is sent in a slot from arriving, if one does. */
export const lossOf = (scenario: Scenario, slot: Slot): Fault | undefined =>
  scenario.find((fault) => kindOf(fault).denies(fault, slot));

/** Whether a fault hits just the slot, or the message of it that is meant. */
export function hitsSlot(fault: Fault, slot: Slot): boolean {
  const hit = kindOf(fault).slot?.(fault);
  return hit !== undefined && isSameSlot(hit, slot);
}

/** The last tick that a fault bears on. */
const lastTickOf = (fault: Fault): number => kindOf(fault).last?.(fault) ?? tickOf(fault);

/** When a fault strikes: its first tick. */
export const tickOf = (fault: Fault): number => kindOf(fault).order(fault)[0];

/** Whether a fault changes nothing given the others: it hits a slot that another one loses. */
function isRedundant(fault: Fault, scenario: Scenario): boolean {
  const slot = kindOf(fault).slot?.(fault);
  return slot !== undefined && scenario.some((other) => other !== fault && kindOf(other).denies(other, slot));
}

/** The canonical form: sorted, without duplicates and without faults that change nothing. */
export function canonical(faults: Iterable<Fault>): Scenario {
  const sorted = [...faults].sort(compareFaults);
  const distinct = sorted.filter((fault, i) => i === 0 || compareFaults(sorted[i - 1] as Fault, fault) !== 0);
  return distinct.filter((fault) => !isRedundant(fault, distinct));
}

/** What scenarios have in common that may behave alike. */
export const familyOf = (scenario: Scenario): string =>
  JSON.stringify(scenario.map((fault) => `${fault.kind} ${kindOf(fault).family?.(fault) ?? faultKey(fault)}`).sort());

/** A fault in a few words, equal for equal faults only: `a→b@3`, `crash a@3`. */
export const formatFault = (fault: Fault): string => filled(kindOf(fault).short, fault);

/** A scenario in a few words: `{crash a@3, a→b@1}`. */
export const formatScenario = (scenario: Scenario): string => `{${scenario.map(formatFault).join(', ')}}`;

/** A scenario for a command line: `omit a>b@1, crash a@3`; reads back with `parseFaults`. */
export const scenarioCommand = (scenario: Scenario): string =>
  scenario.map((fault) => filled(kindOf(fault).command, fault)).join(', ');

/**
 * The faults that a text like `a→b@1, crash a@3` or `omit a>b@1` names, or the part of it that is none. Commas separate
 * faults, and names of a group as well.
 */
export function parseFaults(text: string): { faults: Fault[] } | { problem: string } {
  const faults: Fault[] = [];
  let part = '';
  for (const piece of text.match(/(?:"(?:[^"\\]|\\.)*"|\[[^\])]*[\])]|[^,])+/g) ?? []) {
    part += part === '' ? piece : `,${piece}`;
    const fault = kinds()
      .map((kind) => parseAs(kind, part))
      .find((found) => found !== undefined);
    if (fault) faults.push(fault as Fault);
    if (fault) part = '';
    else if (part.includes('@')) break;
  }
  if (part.trim() === '') return { faults };
  return { problem: `"${part.trim()}" is no fault; faults are written as in ${faultForms()}` };
}

/** How faults are written: `omit {from}>{to}@{tick}, crash {node}@{tick}`. */
export const faultForms = (): string =>
  kinds()
    .map(({ command }) => command.replace('{nth}', '').replace('{way}', '|'))
    .join(', ');

/** The smallest bounds that admit faults, but for the nodes. */
export function smallestBounds(faults: readonly Fault[]): Omit<Bounds, 'nodes'> {
  const least: Record<string, number> = { eot: Math.max(0, ...faults.map(lastTickOf)) + 1, eff: 0, crashes: 0 };
  for (const kind of kinds())
    for (const [name, value] of Object.entries(kind.admitting(ofKind(faults, kind)) as Record<string, number>))
      least[name] = Math.max(least[name] ?? 0, value ?? 0);
  return firstGiven(least);
}

/**
 * Bounds made wide enough for faults that lie outside them: what spares nodes and links is left out, and so is what
 * faults may cost.
 * @throws LdfiError 'bad-bounds' if that is more than bounds can be
 */
export function widened(bounds: Bounds, faults: readonly Fault[]): Bounds {
  const { nodes, groups } = bounds;
  const wide: Partial<Record<BoundName, number>> = Object.fromEntries(boundValues(bounds));
  delete wide.maxCost;
  for (const [name, least] of boundValues(smallestBounds(faults))) wide[name] = Math.max(wide[name] ?? 0, least);
  // Limits on how many there are.
  for (const [name, range] of Object.entries(boundRanges()) as [BoundName, BoundRange][])
    if (range.default === NO_LIMIT && wide[name] !== undefined) wide[name] = Math.max(wide[name], faults.length);
  return makeBounds({ ...firstGiven(wide, { groups }), nodes });
}

/** Whether distinct faults, each of them within the bounds, are so together, and none of them changes nothing. */
export const isAdmitted = (faults: readonly Fault[], bounds: Bounds): boolean =>
  faults.every((fault) => !isRedundant(fault, faults)) && isLawful(faults, bounds);

/**
 * The canonical form of `faults` if they lie within the bounds.
 * @throws LdfiError 'bad-scenario' that names every fault outside the bounds
 */
export function admit(faults: readonly Fault[], bounds: Bounds): Scenario {
  const known = kinds().map(({ kind }) => kind as string);
  const strange = faults.find((fault) => !known.includes(fault?.kind));
  if (strange !== undefined || faults.includes(undefined as never))
    throw new LdfiError(
      'bad-scenario',
      `there is no fault ${JSON.stringify(strange)}; faults have a kind: ${known.join(' or ')}`,
    );
  const problems = problemsOf(faults, bounds).map(({ fault, why }) => (fault ? `${formatFault(fault)}: ${why}` : why));
  if (problems.length > 0)
    throw new LdfiError('bad-scenario', `this scenario lies outside the bounds: ${problems.join('; ')}`);
  return canonical(faults);
}

/** Why a scenario lies outside the bounds, as a clause: of one of its faults, or of several together. */
export interface Problem {
  readonly fault?: Fault;
  readonly why: string;
}

/** All of them; none of a scenario within the bounds. */
export const problemsOf = (faults: readonly Fault[], bounds: Bounds): Problem[] => [
  ...faults.flatMap((fault) => {
    const why = sparing(fault, bounds) ?? kindOf(fault).outside(fault, bounds);
    return why === undefined ? [] : [{ fault, why }];
  }),
  ...[...broken(canonical(faults), bounds)].map((why) => ({ why })),
];
