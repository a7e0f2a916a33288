/**
 * What is known of an edit that runs speak for: a full search of every check, what is promised less under faults, and
 * whether it holds out beyond the end of time.
 */

import { verdictOf } from '../answer/verdict.js';
import { pause } from '../core/event-loop.js';
import { boundRanges } from '../faults/bounds.js';
import type { Scenario } from '../faults/fault.js';
import { DedalusSystem } from '../lineage/ground/system.js';
import type { Verdict } from '../search/verdict.js';
import type { Trial, Tried, Workshop } from './workshop.js';

/** A check that an edit was searched in. */
interface Proved {
  readonly name: string;
  readonly bounds: Tried['check']['bounds'];
  /** Before the edit. */
  readonly was: Verdict['kind'];
  readonly executions: number;
}

/** What an edit costs: under single faults something may be promised no longer that was kept. */
interface Cost {
  /** Scenarios of one fault in which the spec kept what its `pre` promises. */
  readonly scenarios: number;
  /** In how many of them less is promised now. */
  readonly less: number;
  readonly example: Scenario | undefined;
}

/** A check with a later end. */
interface Beyond {
  readonly eot: number;
  readonly verdict: Verdict['kind'];
  readonly scenario: Scenario | undefined;
}

export interface Proof {
  readonly proved: readonly Proved[];
  readonly cost: Cost;
  readonly beyond: Beyond | undefined;
}

/** Most scenarios per check that are compared. */
const MOST_COMPARED = 60;

/** How many ticks later the end comes. */
const LATER = 2;

/**
 * Searches all checks; undefined if one does not hold, or holds for nothing. What breaks it is remembered.
 * @throws the signal's reason when it is aborted
 */
export async function proofOf(
  shop: Workshop,
  { program }: Trial,
  signal: AbortSignal | undefined,
): Promise<Proof | undefined> {
  const proved: Proved[] = [];
  const options = { first: true, ...(signal && { signal }) };
  // What is violated as it is goes first: there most edits fail.
  const order = [...shop.tried.keys()].sort((a, b) => rank(shop, a) - rank(shop, b));
  for (const number of order) {
    const { check, verdict: before } = shop.tried[number] as Tried;
    const verdict = await verdictOf(new DedalusSystem(program, check.bounds), options);
    signal?.throwIfAborted();
    const [found] = verdict.counterexamples;
    if (found) shop.breakers.push({ check: number, scenario: found.faults, isKnown: false });
    if (!isAsGood(before, verdict)) return undefined;
    proved.push({
      name: check.name,
      bounds: check.bounds,
      was: before.kind,
      executions: verdict.statistics.executions,
    });
  }
  const cost = await costOf(shop, program, signal);
  // What promises nothing as soon as something fails is no remedy.
  if (2 * cost.less > cost.scenarios) return undefined;
  return { proved, cost, beyond: await beyondOf(shop, program, options) };
}

const rank = ({ tried }: Workshop, number: number): number => (tried[number]?.verdict.kind === 'violated' ? 0 : 1);

/** What was vacuous may stay so; all else has to hold, in a search that was complete, with no new warning. */
function isAsGood(before: Verdict, after: Verdict): boolean {
  if (!after.complete || after.warnings.length > before.warnings.length) return false;
  return after.kind === 'holds' || (after.kind === 'vacuous' && before.kind === 'vacuous');
}

async function costOf({ tried }: Workshop, program: Trial['program'], signal: AbortSignal | undefined): Promise<Cost> {
  let [scenarios, less] = [0, 0];
  let example: Scenario | undefined;
  for (const { check, system } of tried) {
    const after = new DedalusSystem(program, check.bounds);
    for (const fault of spread(system.space.faults, MOST_COMPARED)) {
      await pause();
      signal?.throwIfAborted();
      const [was, now] = [system.simulate([fault]), after.simulate([fault])];
      const promised = was.rows('pre', was.eot);
      if (was.outcome.kind !== 'holds' || promised.length === 0) continue;
      scenarios++;
      const rows = new Set(now.rows('pre', now.eot).map((row) => JSON.stringify(row)));
      if (promised.every((row) => rows.has(JSON.stringify(row)))) continue;
      less++;
      example ??= [fault];
    }
  }
  return { scenarios, less, example };
}

/** So many of the items, from everywhere among them. */
function spread<T>(items: readonly T[], most: number): T[] {
  const stride = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % stride === 0);
}

/** Whether what was violated holds with a later end, too. */
async function beyondOf(
  { tried }: Workshop,
  program: Trial['program'],
  options: { readonly first: boolean; readonly signal?: AbortSignal },
): Promise<Beyond | undefined> {
  let last: Beyond | undefined;
  for (const { check, verdict: before } of tried) {
    const eot = check.bounds.eot + LATER;
    if (before.kind !== 'violated' || eot > boundRanges().eot.most) continue;
    const verdict = await verdictOf(new DedalusSystem(program, { ...check.bounds, eot }), options);
    options.signal?.throwIfAborted();
    last = { eot, verdict: verdict.kind, scenario: verdict.counterexamples[0]?.faults };
    if (verdict.kind !== 'holds') return last;
  }
  return last;
}
