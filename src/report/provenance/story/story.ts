/**
 * The story of a broken promise: what came about against what should have, and what each fault has to do with it.
 *
 * A claim says what the promise stumbles over. Each fault is then found on the shortest way down the explanation of the
 * facts that the claim names; of that way one fact is told, the one that the fault struck. All clauses carry the facts
 * that they speak of, so that they can be checked against the run.
 */
import { groupBy } from '../../../core/memo.js';
import type { Fault } from '../../../faults/fault.js';
import type { Case } from '../case.js';
import { type FactKey, factName } from '../views.js';
import type { Claim, Clause } from './clause.js';
import { waysToFaults } from './ways.js';

/** What some faults have brought about on the way, if that is not the claim itself. */
export interface Cause {
  readonly clause: Clause | undefined;
  readonly faults: readonly Fault[];
}

export interface Story {
  readonly claim: Claim;
  /** In the order of their faults. Together they name every fault of the scenario that has a part in it. */
  readonly causes: readonly Cause[];
  /** Faults of the scenario of which no part is known. */
  readonly others: readonly Fault[];
}

/** The story of a run that breaks the promise; undefined of any other. */
export function storyOf(it: Case): Story | undefined {
  if (it.run.outcome.kind !== 'violated') return undefined;
  const claim = it.of.claim(it);
  const ways = waysToFaults(it, claim.roots);
  const told = new Set(claim.told.map(({ fact }) => sameAtAnyTick(fact)));
  const struck = [...ways].map(([fault, way]) => {
    const fact = way.findLast((one) => it.of.isTold(one) && !it.of.isFault(one) && !told.has(sameAtAnyTick(one)));
    return { fault, clause: fact && it.of.clause(it, fact) };
  });
  const causes = [...groupBy(struck, ({ clause }) => clause?.words ?? '').values()].map((alike) => ({
    clause: alike[0].clause && together(alike.flatMap(({ clause }) => clause ?? [])),
    faults: alike.map(({ fault }) => fault),
  }));
  return { claim, causes, others: it.scenario.filter((fault) => !ways.has(fault)) };
}

/** Clauses of the same words as one. */
function together(clauses: readonly Clause[]): Clause {
  const [first] = clauses as [Clause];
  const ticks = clauses.flatMap((clause) => clause.ticks ?? []);
  return {
    words: first.words,
    ticks: ticks.length === 0 ? undefined : [...new Set(ticks)].sort((a, b) => a - b),
    told: clauses.flatMap(({ told }) => told),
  };
}

const sameAtAnyTick = (fact: FactKey): string => factName({ ...fact, tick: 0 });
