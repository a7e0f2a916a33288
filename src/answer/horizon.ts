/**
 * Verdicts that exist only because the world ends: with more time another one would be given.
 *
 * A fault may leave no time for a retry, or push a message beyond the end of time; a promise may be made too late to
 * be broken, or to be made at all. So runs are made again with a later end: those of counterexamples, of which a
 * warning says so if all of them heal; those that held; and the search itself, where it was cheap.
 */
import { LdfiError } from '../core/invariant.js';
import { boundRanges } from '../faults/bounds.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import type { System, Warning } from '../lineage/port.js';
import { byClass } from '../report/classes.js';
import type { CheckResult } from '../report/result.js';
import type { Method, Subject } from './subject.js';
import { verdictOf } from './verdict.js';

/** How many ticks later the end comes, one after the other. */
const LATER = [1, 2, 4];

/** Most classes of counterexamples, and most runs that held, that are looked at. */
const MOST = 20;

/** Ground rule instances up to which a search is made again, and most executions of that. */
const CHEAP = { instances: 2_000, executions: 20 };

/** The system of a check with a later end of time. */
interface Later {
  readonly eot: number;
  readonly system: System;
}

/** The result with marks and warnings. An abort, or what cannot go on for so long, takes nothing from the verdict. */
export async function withHorizons(
  subject: Subject,
  method: Method,
  bounds: Bounds,
  result: CheckResult,
): Promise<CheckResult> {
  const { most } = boundRanges().eot;
  const ends = LATER.map((ticks) => bounds.eot + ticks).filter((eot) => eot <= most);
  const { signal } = method.search;
  try {
    const later = ends.map((eot) => ({ eot, system: subject.system({ ...bounds, eot }, method) }));
    if (result.counterexamples.length > 0) return await withHealed(later, method, result);
    const warning = await laterWarning(later, method, result);
    return warning ? { ...result, warnings: [...(result.warnings ?? []), warning] } : result;
  } catch (error) {
    if (!signal?.aborted && !(error instanceof LdfiError)) throw error;
    return result;
  }
}

/** Of the first of each class of counterexamples, the first end at and after which nothing breaks. */
async function withHealed(later: readonly Later[], { search }: Method, result: CheckResult): Promise<CheckResult> {
  const classes = byClass(result.counterexamples);
  const marks = new Map<unknown, number>();
  for (const [counterexample] of classes.slice(0, MOST)) {
    let healed: number | undefined;
    for (const { eot, system } of later) {
      search.signal?.throwIfAborted();
      const { outcome } = await system.run(counterexample.faults, search.signal);
      healed = outcome.kind === 'violated' ? undefined : (healed ?? eot);
    }
    if (healed !== undefined) marks.set(counterexample, healed);
  }
  const marked = result.counterexamples.map((one) => {
    const horizon = marks.get(one);
    return horizon === undefined ? one : { ...one, horizon };
  });
  if (marks.size === 0 || marks.size < classes.length) return { ...result, counterexamples: marked };
  const latest = Math.max(...marks.values());
  const message = `With eot ${latest} none of these faults breaks the promise: eot ${result.bounds.eot} is over before the protocol has healed.`;
  return { ...result, counterexamples: marked, warnings: [...(result.warnings ?? []), { code: 'short-eot', message }] };
}

/** That more time makes a promise, or breaks it, where nothing was promised or broken. */
async function laterWarning(
  later: readonly Later[],
  method: Method,
  result: CheckResult,
): Promise<Warning | undefined> {
  const { bounds, verdict, explored = [] } = result;
  const { signal } = method.search;
  if (verdict !== 'holds' && verdict !== 'vacuous') return undefined;
  const held = [[], ...explored.map(({ faults }) => faults).filter(({ length }) => length > 0)].slice(0, MOST);
  for (const { eot, system } of later) {
    const broken = await firstBroken(system, held, method);
    if (broken) return artefact(bounds.eot, eot, broken);
    if (verdict === 'holds' || (await system.run([], signal)).outcome.kind === 'vacuous') continue;
    const message = `With eot ${eot} something is promised without faults: eot ${bounds.eot} is over before that.`;
    return { code: 'short-eot', message };
  }
  if (verdict !== 'holds' || result.lineage?.mode !== 'total' || result.lineage.instances > CHEAP.instances)
    return undefined;
  for (const { eot, system } of later) {
    const search = { ...method.search, strategy: 'lineage' as const, first: true, maxExecutions: CHEAP.executions };
    const { counterexamples } = await verdictOf(system, search);
    const [first] = counterexamples;
    if (first) return artefact(bounds.eot, eot, first.faults);
  }
  return undefined;
}

async function firstBroken(
  system: System,
  held: readonly Scenario[],
  { search: { signal } }: Method,
): Promise<Scenario | undefined> {
  for (const scenario of held) {
    signal?.throwIfAborted();
    if ((await system.run(scenario, signal)).outcome.kind === 'violated') return scenario;
  }
  return undefined;
}

const artefact = (eot: number, later: number, scenario: Scenario): Warning => ({
  code: 'late-counterexample',
  message: `With eot ${later} the promise breaks (${formatScenario(scenario)}): eot ${eot} is over before it can.`,
});
