/**
 * One search, measured: executions and time to the first counterexample and to the end, by phases.
 */
import type { Program, VerdictKind } from '../../src/dedalus/program.js';
import type { Bounds } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import type { SearchOptions } from '../../src/search/events.js';
import { search } from '../../src/search/search.js';
import type { Verdict } from '../../src/search/verdict.js';
import { type Span, stopwatch } from './clock.js';
import { TimedSystem } from './instrument.js';

export type Method = 'total' | 'run' | 'random' | 'exhaustive';

/** Milliseconds per phase, wall time. */
export interface PhaseTimes {
  readonly start: number;
  readonly simulate: number;
  readonly ground: number;
  readonly formula: number;
  readonly clauses: number;
  readonly solve: number;
  readonly rest: number;
}

export interface Measurement {
  readonly method: Method;
  readonly verdict: VerdictKind;
  readonly complete: boolean;
  readonly stopped: Verdict['stopped'];
  readonly counterexamples: number;
  /** At the first violated run. */
  readonly first: { readonly executions: number; readonly span: Span } | undefined;
  readonly executions: number;
  readonly span: Span;
  /** Facts of the failure-free run. */
  readonly facts: number;
  readonly atoms: number;
  readonly instances: number;
  readonly clauses: number;
  readonly solverCalls: number;
  readonly phases: PhaseTimes;
}

export interface Limits extends Pick<SearchOptions, 'maxExecutions' | 'first' | 'seed'> {
  /** Wall time after which the search is stopped. */
  readonly milliseconds?: number;
  /** Leave at the first violated run, before it is shrunk or confirmed. */
  readonly untilViolated?: boolean;
}

/** Searches once, from making the system to the verdict. */
export async function measure(
  program: Program,
  bounds: Bounds,
  method: Method,
  { milliseconds, untilViolated, ...limits }: Limits = {},
): Promise<Measurement | undefined> {
  const abort = new AbortController();
  const timer = milliseconds === undefined ? undefined : setTimeout(() => abort.abort(), milliseconds);
  const elapsed = stopwatch();
  const lineage = method === 'total' || method === 'run' ? method : 'auto';
  const system = new TimedSystem(() => new DedalusSystem(program, bounds, { lineage }));
  const strategy = method === 'random' || method === 'exhaustive' ? method : 'lineage';
  let first: Measurement['first'];
  let executions = 0;
  try {
    for await (const event of search(system, { ...limits, strategy, signal: abort.signal })) {
      if (event.kind === 'run') {
        executions = event.execution;
        if (event.outcome.kind === 'violated') first ??= { executions, span: elapsed() };
      }
      if (untilViolated && first) return summary(system, method, unfinished(executions), first, elapsed());
      if (event.kind === 'verdict') return summary(system, method, event.verdict, first, elapsed());
    }
  } finally {
    clearTimeout(timer);
  }
  return undefined;
}

type Ending = Pick<Verdict, 'kind' | 'complete' | 'stopped' | 'counterexamples' | 'statistics'>;

/** The ending of a search that was left at its first violated run. */
const unfinished = (executions: number): Ending => ({
  kind: 'violated',
  complete: false,
  stopped: 'first',
  counterexamples: [],
  statistics: { executions, minimalityRuns: 0, lineage: undefined, variables: 0, clauses: 0, solverCalls: 0 },
});

function summary(
  system: TimedSystem,
  method: Method,
  { kind, complete, stopped, counterexamples, statistics }: Ending,
  first: Measurement['first'],
  span: Span,
): Measurement {
  const { start, simulate, ground, formula, clauses, solve } = system.phases;
  const known = start.total + simulate.total + ground.total + formula.total + clauses.total + solve.total;
  return {
    method,
    verdict: kind,
    complete,
    stopped,
    counterexamples: counterexamples.length,
    first,
    executions: statistics.executions,
    span,
    facts: system.facts,
    atoms: statistics.lineage?.atoms ?? 0,
    instances: statistics.lineage?.instances ?? 0,
    clauses: statistics.clauses,
    solverCalls: statistics.solverCalls,
    phases: {
      start: start.total,
      simulate: simulate.total,
      ground: ground.total,
      formula: formula.total,
      clauses: clauses.total,
      solve: solve.total,
      rest: Math.max(0, span.wall - known),
    },
  };
}
