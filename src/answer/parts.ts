/**
 * Parts of one search, put together: what the whole would have found, as `search/cube.ts` proves.
 */
import type { VerdictKind } from '../dedalus/program.js';
import { undominated } from '../faults/dominance.js';
import type { Bounds } from '../faults/fault.js';
import type { Warning } from '../lineage/port.js';
import { MOST_EXPLORED } from '../report/schema.js';
import { unionOf } from '../search/coverage.js';
import { minimalAmong } from '../search/cube.js';
import {
  type Counterexample,
  type Exact,
  type Promises,
  renumbered,
  type SearchStatistics,
  type StopReason,
  type Verdict,
} from '../search/verdict.js';
import type { Findings } from './findings.js';

/** Of several reasons to stop, the one to be told. */
const ORDER: readonly StopReason[] = ['error', 'aborted', 'limit', 'executions'];

/** @param parts all cubes of one search, in their order */
export function together(parts: readonly Findings[], bounds: Bounds): Findings {
  const [first] = parts as readonly [Findings, ...Findings[]];
  const verdicts = parts.map(({ verdict }) => verdict);
  // A system that is wrong without faults, or that nobody can judge, is so in every part.
  const same = verdicts.find(({ kind }) => kind === 'violated-failure-free' || kind === 'no-post');
  if (same) return { ...first, verdict: { ...same, behaviours: undefined } };
  const stopping = ORDER.map((reason) => verdicts.find(({ stopped }) => stopped === reason)).find((it) => it);
  const kind = kindOf(verdicts, stopping !== undefined);
  return {
    verdict: {
      kind,
      counterexamples: foundBy(verdicts, bounds),
      complete: stopping === undefined,
      stopped: stopping?.stopped,
      detail: stopping?.detail,
      promises: kind === 'vacuous' ? promisesOf(verdicts) : undefined,
      warnings: warningsOf(verdicts),
      coverage: unionOf(verdicts.map(({ coverage }) => coverage)),
      statistics: statisticsOf(verdicts),
    },
    explored: parts.flatMap(({ explored }) => explored).slice(0, MOST_EXPLORED),
    reached: {
      tick: Math.max(...parts.map(({ reached }) => reached.tick)),
      faults: Math.max(...parts.map(({ reached }) => reached.faults)),
    },
    vacuous: first.vacuous,
    notice: parts.find(({ notice }) => notice !== undefined)?.notice,
  };
}

/**
 * The minimal sets of all. Of a search that was stopped, some part may not have found what one of them contains: then
 * it is known only that none of its faults can be left out.
 */
function foundBy(verdicts: readonly Verdict[], bounds: Bounds): Counterexample[] {
  const all = verdicts.flatMap(({ counterexamples, behaviours = [] }) =>
    counterexamples.map((one) => ({ ...one, behaviour: behaviours[one.class - 1] ?? '' })),
  );
  return renumbered(undominated(minimalAmong(all), bounds), ({ behaviour }) => behaviour);
}

/** Whether the run without faults promises nothing, as a part tells. */
const isVacuous = ({ kind, warnings }: Verdict): boolean =>
  kind === 'vacuous' || warnings.some(({ code }) => code === VACUOUS);

const VACUOUS = 'vacuous-failure-free';

function kindOf(verdicts: readonly Verdict[], isStopped: boolean): VerdictKind {
  if (verdicts.some(({ counterexamples }) => counterexamples.length > 0)) return 'violated';
  if (isStopped) return 'inconclusive';
  return verdicts.some(isVacuous) ? 'vacuous' : 'holds';
}

const promisesOf = (verdicts: readonly Verdict[]): Promises =>
  (['some', 'none'] as const).find((it) => verdicts.some(({ promises }) => promises === it)) ?? 'unknown';

/** What every part warns of; what concerns counterexamples, if any part has one. */
function warningsOf(verdicts: readonly Verdict[]): Warning[] {
  const others = verdicts.map(({ warnings }) => warnings.filter(({ code }) => code !== VACUOUS));
  const [first = [], ...rest] = others.map((warnings) => warnings.map((one) => [JSON.stringify(one), one] as const));
  const common = first.filter(([key]) => rest.every((warnings) => warnings.some(([other]) => other === key)));
  const own = verdicts.flatMap(({ warnings }) => warnings.filter(({ code }) => code === VACUOUS)).slice(0, 1);
  return [...own, ...common.map(([, one]) => one)];
}

/** All that was done; and exact as far as each part is that was stopped. */
function statisticsOf(verdicts: readonly Verdict[]): SearchStatistics {
  const all = verdicts.map(({ statistics }) => statistics);
  const sum = (of: (one: SearchStatistics) => number): number => all.reduce((total, one) => total + of(one), 0);
  const stopped = verdicts.filter((verdict) => !verdict.complete).map(({ statistics }) => statistics.exact ?? {});
  const least = (name: keyof Exact): Exact => {
    const known = Math.min(...stopped.map((exact) => exact[name] ?? 0));
    return known > 0 && Number.isFinite(known) ? { [name]: known } : {};
  };
  const exact = { ...least('eff'), ...least('cost'), ...least('faults') };
  return {
    executions: sum(({ executions }) => executions),
    minimalityRuns: sum(({ minimalityRuns }) => minimalityRuns),
    lineage: all.find(({ lineage }) => lineage)?.lineage,
    variables: Math.max(...all.map(({ variables }) => variables)),
    clauses: Math.max(...all.map(({ clauses }) => clauses)),
    solverCalls: sum(({ solverCalls }) => solverCalls),
    exact: Object.keys(exact).length > 0 ? exact : undefined,
  };
}
