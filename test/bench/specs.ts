/**
 * The tables over the specs: one row per check.
 */
import { combinations } from '../../src/faults/count.js';
import { countInWords } from '../../src/report/words.js';
import { measureExhaustive, measureRandom, type Random } from './blind.js';
import type { Case } from './cases.js';
import { type ChildAnswer, searchCase } from './child.js';
import { type ExecutionTime, executionTime } from './executions.js';
import { compareLineages, type Lineages, type Repeated } from './lineages.js';
import type { Measurement } from './measure.js';
import { type Cell, ms, percent, table, times } from './table.js';

export interface SpecResult extends Lineages {
  readonly name: string;
  readonly bounds: Case['check']['bounds'];
  /** Scenarios that a brute-force search faces. */
  readonly space: string;
  readonly execution: ExecutionTime;
  /** Only if there are counterexamples. */
  readonly random: Random | undefined;
  readonly exhaustive: Measurement | undefined;
  /** Total lineage as the first search of a fresh process. */
  readonly fresh: ChildAnswer | undefined;
}

const FRESH_LIMIT = 60_000;

/** All that is measured of one check; `quick` leaves out random, exhaustive and fresh processes. */
export async function measureSpec(it: Case, quick: boolean): Promise<SpecResult> {
  const lineages = await compareLineages(it, quick ? 3 : 7);
  const violated = lineages.total.last.verdict === 'violated';
  return {
    name: it.name,
    bounds: it.check.bounds,
    space: String(combinations(it.check.bounds)),
    ...lineages,
    execution: executionTime(it),
    random: quick || !violated ? undefined : await measureRandom(it),
    exhaustive: quick ? undefined : await measureExhaustive(it),
    fresh: quick ? undefined : await searchCase(it, 'total', FRESH_LIMIT),
  };
}

/** First counterexample / exhaustion, per strategy. */
export function executionsTable(results: readonly SpecResult[]): string {
  const head = ['check', 'scenarios', 'verdict', 'minimal', 'total', 'run', 'random', 'seeds', 'exhaustive'];
  const rows = results.map(({ name, space, total, run, random, exhaustive }): Cell[] => [
    name,
    countInWords(BigInt(space)).replace('about ', ''),
    total.last.verdict,
    total.last.counterexamples,
    counts(total.last),
    counts(run.last),
    random && (random.executions ?? `>${random.cap}`),
    random && `${random.found}/${random.seeds}`,
    exhaustive && counts(exhaustive),
  ]);
  return table(head, rows);
}

/** `2 / 6`, `- / 25`, `14 / n/a (>20000)`; 'time' if the time limit, not the executions, ended it. */
const counts = ({ first, executions, complete, stopped }: Measurement): string =>
  `${first?.executions ?? '-'} / ${complete ? executions : `n/a (>${executions}${stopped === 'aborted' ? ', time' : ''})`}`;

/** Milliseconds of CPU time: first counterexample / exhaustion. */
export function timesTable(results: readonly SpecResult[]): string {
  const head = [
    'check',
    'total ms',
    'run ms',
    'run/total',
    'random ms',
    'exhaustive ms',
    'exh./total',
    'fresh ms',
    'wall',
    'least wall',
  ];
  const rows = results.map(({ name, total, run, random, exhaustive, fresh }): Cell[] => [
    name,
    spans(total),
    spans(run),
    times(run.cpu / total.cpu),
    random?.cpu === undefined ? undefined : ms(random.cpu),
    exhaustive && exhaustiveSpans(exhaustive),
    exhaustive && `${exhaustive.complete ? '' : '>'}${times(exhaustive.span.cpu / total.cpu)}`,
    fresh && ms(fresh.measurement.span.cpu),
    ms(total.wall),
    ms(total.leastWall),
  ]);
  return table(head, rows);
}

const spans = ({ firstCpu, cpu }: Repeated): string => `${firstCpu === undefined ? '-' : ms(firstCpu)} / ${ms(cpu)}`;

const exhaustiveSpans = ({ first, span, complete }: Measurement): string =>
  `${first ? ms(first.span.cpu) : '-'} / ${complete ? '' : '>'}${ms(span.cpu)}`;

/** Sizes, and where the time of total lineage goes. */
export function sizesTable(results: readonly SpecResult[]): string {
  const head = ['check', 'facts', 'atoms', 'instances', 'clauses', 'calls', 'CPU ms', 'start', 'simulate', 'ground'];
  const shares = ['formula', 'add clauses', 'solve', 'rest', 'exec ms', 'peak MiB', 'of which search'];
  const rows = results.map(({ name, total, execution, fresh }): Cell[] => {
    const { last, phases, leastWall, cpu } = total;
    const parts = [
      phases.start,
      phases.simulate,
      phases.ground,
      phases.formula,
      phases.clauses,
      phases.solve,
      phases.rest,
    ];
    return [
      name,
      last.facts,
      last.atoms,
      last.instances,
      last.clauses,
      last.solverCalls,
      ms(cpu),
      ...parts.map((part) => percent(part, leastWall)),
      execution.median.toFixed(3),
      fresh && Math.round(fresh.memory.peak),
      fresh && Math.round(fresh.memory.peak - fresh.memory.before),
    ];
  });
  return table([...head, ...shares], rows);
}
