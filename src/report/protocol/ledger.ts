/**
 * The support ledger of a protocol: the known runs that keep the promise (without faults, with one fault less, and the run itself), each as the
 * messages that its outcome rests on, ways that say the same put together.
 *
 * A message that is needed is denied by the fault that loses it. Where a crash denies no message, it denies that its node stays up. So the run
 * without a fault is a way that this fault alone cuts: nothing else of the scenario kept it from coming about.
 */
import { mergeWays } from '../merge.js';
import type { Ledger } from '../views.js';
import type { Case } from './case.js';
import { Needs } from './needs.js';
import { sliceOf } from './slice.js';
import type { Told } from './told.js';

const PROMISE = 'the promise';

export function ledgerOf(it: Case): Ledger {
  const { scenario } = it;
  const needs = new Needs(it);
  const ways = waysOf(it, needs).map((support) => ({ promise: PROMISE, support }));
  const rows = mergeWays(ways, needs, it.known.nodes, scenario.length);
  return { faults: scenario, rows, ways: ways.length, capped: false };
}

/** What each of the known runs needs, none of it more than another; few needs first. */
export function waysOf(it: Case, needs: Needs): (readonly number[])[] {
  const known = [it.told, ...it.references].filter(({ walk }) => walk.outcome && walk.outcome.kind !== 'violated');
  return smallest([...new Set(known)].map((told) => needsOf(it, told, needs))).sort((a, b) => a.length - b.length);
}

function needsOf(it: Case, told: Told, needs: Needs): number[] {
  const slice = sliceOf(it, told).mails;
  const delivered = told.walk.mails
    .filter(({ at }) => at.length > 0)
    .map((mail) => ({ need: needs.mail(mail), inSlice: slice.has(mail) }));
  const cutOf = (need: number): readonly number[] => needs.of(need).cut;
  // A message may keep its receiver from doing what would break the promise; no step of the slice shows that.
  const isSilent = !delivered.some(({ need, inSlice }) => inSlice && cutOf(need).length > 0);
  const isLost = (need: number): boolean => cutOf(need).some((i) => it.scenario[i]?.kind === 'omission');
  const needed = delivered.flatMap(({ need, inSlice }) => (inSlice || (isSilent && isLost(need)) ? [need] : []));
  const up = it.scenario.flatMap((fault, i) =>
    fault.kind !== 'crash' || told.walk.scenario.includes(fault) || needed.some((need) => cutOf(need).includes(i))
      ? []
      : [needs.up(fault)],
  );
  return needs.inOrder([...needed, ...up]);
}

/** Without ways that need what another one needs and more. */
function smallest(ways: readonly (readonly number[])[]): (readonly number[])[] {
  const sets = ways.map((way) => new Set(way));
  return ways.filter((way, i) =>
    sets.every((other, j) => {
      const contained = j !== i && [...other].every((need) => sets[i]?.has(need));
      return !contained || (other.size === way.length && j > i);
    }),
  );
}
