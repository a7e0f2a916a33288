/**
 * Growth: the same protocol with ever more ticks and nodes, up to beyond 100,000 ground instances. Each point in a
 * process of its own, total and run lineage in turn.
 */
import { type ChildAnswer, searchPoint } from './child.js';
import { type Family, type GrowthPoint, point } from './generate.js';
import type { Method } from './measure.js';
import { type Cell, ms, percent, table, times } from './table.js';

export interface GrowthResult {
  readonly series: string;
  readonly family: Family;
  readonly nodes: number;
  readonly eot: number;
  readonly eff: number;
  readonly crashes: number;
  readonly method: Method;
  /** Undefined if it was killed. */
  readonly answer: ChildAnswer | undefined;
}

interface Task {
  readonly series: string;
  readonly point: GrowthPoint;
  readonly methods: readonly Method[];
}

/** Wall time limits, in milliseconds. */
const LIMIT = 15_000;
const LARGE_LIMIT = 180_000;

const FAMILIES: readonly Family[] = ['relay-forever', 'ack', 'paxos'];

function tasks(quick: boolean): Task[] {
  const methods: readonly Method[] = quick ? ['total'] : ['total', 'run'];
  const ticks = quick ? [8, 16] : [8, 16, 32, 64];
  const nodes = quick ? [3, 5] : [3, 5, 7, 9];
  const series = FAMILIES.flatMap((family): Task[] => [
    ...ticks.map((eot) => ({ series: 'ticks', point: point(family, 3, eot), methods })),
    ...nodes.map((n) => ({ series: 'nodes', point: point(family, n, 8), methods })),
  ]);
  if (quick) return series;
  const large = [point('relay-forever', 29, 64), point('ack', 16, 64), point('paxos', 9, 60)];
  return [...series, ...large.map((it): Task => ({ series: 'large', point: it, methods: ['total'] }))];
}

/** All points whose names contain `only`. */
export async function measureGrowth(
  quick: boolean,
  only: string,
  progress: (text: string) => void,
): Promise<GrowthResult[]> {
  const results: GrowthResult[] = [];
  const answers = new Map<string, Promise<ChildAnswer | undefined>>();
  for (const { series, point: at, methods } of tasks(quick)) {
    const { eot, eff, crashes } = at.bounds;
    const name = `growth/${series} ${at.family} ${at.nodes} nodes, EOT ${eot}`;
    if (!name.includes(only)) continue;
    for (const method of methods) {
      progress(`${name}, ${method}`);
      // A point where two series meet is measured once.
      const key = JSON.stringify([at, method]);
      const answer = answers.get(key) ?? searchPoint(at, method, series === 'large' ? LARGE_LIMIT : LIMIT);
      answers.set(key, answer);
      const base = { series, family: at.family, nodes: at.nodes, eot, eff, crashes, method };
      results.push({ ...base, answer: await answer });
    }
  }
  return results;
}

/** One row per point: total lineage, and beside it what run lineage takes. */
export function growthTable(results: readonly GrowthResult[]): string {
  const rows = results.filter(({ method }) => method === 'total').map((total) => row(total, partner(results, total)));
  const head = ['series', 'protocol', 'nodes', 'EOT', 'facts', 'instances', 'clauses', 'verdict'];
  const times = [
    'CPU ms',
    'wall ms',
    'ground',
    'formula',
    'clauses',
    'solve',
    'peak MiB',
    'run: exec',
    'CPU ms',
    'run/total',
  ];
  return table([...head, ...times], rows);
}

function partner(results: readonly GrowthResult[], total: GrowthResult): GrowthResult | undefined {
  const same = (other: GrowthResult): boolean =>
    other.series === total.series &&
    other.family === total.family &&
    other.nodes === total.nodes &&
    other.eot === total.eot;
  return results.find((other) => other.method === 'run' && same(other));
}

function row(total: GrowthResult, run: GrowthResult | undefined): Cell[] {
  const found = total.answer?.measurement;
  const name = [total.series, total.family, total.nodes, total.eot];
  if (!found || !total.answer) return [...name, undefined, undefined, undefined, 'killed'];
  const { span, phases } = found;
  return [
    ...name,
    found.facts,
    found.instances,
    found.clauses,
    found.complete ? found.verdict : `${found.verdict} (${found.stopped})`,
    ms(span.cpu),
    ms(span.wall),
    percent(phases.ground, span.wall),
    percent(phases.formula, span.wall),
    percent(phases.clauses, span.wall),
    percent(phases.solve, span.wall),
    Math.round(total.answer.memory.peak),
    ...runCells(run, span.cpu),
  ];
}

function runCells(run: GrowthResult | undefined, totalCpu: number): Cell[] {
  if (!run) return [undefined, undefined, undefined];
  const found = run.answer?.measurement;
  if (!found) return ['n/a (killed)', undefined, undefined];
  if (!found.complete)
    return [`n/a (>${found.executions})`, `>${ms(found.span.cpu)}`, `>${times(found.span.cpu / totalCpu)}`];
  return [found.executions, ms(found.span.cpu), times(found.span.cpu / totalCpu)];
}
