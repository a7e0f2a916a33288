/**
 * What the analysis of a spec says, as a result in which no schedules have been tried.
 */
import { type Analysis, analyse } from '../../calm/calm.js';
import { type Edge, isOpen } from '../../calm/flow.js';
import { scopeOf } from '../../calm/outputs.js';
import { sourcesOf } from '../../calm/paths.js';
import type { Point } from '../../calm/points.js';
import { locate } from '../../dedalus/locate.js';
import { printClause } from '../../dedalus/print.js';
import type { Program } from '../../dedalus/program.js';
import { keeps } from '../../dedalus/stops.js';
import type { SpecFiles } from '../result.js';
import type { CalmResult, FlowEdge, FlowNode, PointResult } from './model.js';

export interface Outline {
  readonly analysis: Analysis;
  readonly result: CalmResult;
}

/** @param asked names of relations; by default the outputs of the program */
export function outlineOf(
  program: Program,
  spec: SpecFiles,
  nodes: readonly string[],
  asked?: readonly string[],
): Outline {
  const analysis = analyse(program, asked);
  const points = new Map<Point, number>();
  for (const { point } of analysis.outputs.flatMap((one) => one.points))
    if (!points.has(point)) points.set(point, points.size);
  return {
    analysis,
    result: {
      spec,
      nodes,
      outputs: analysis.outputs.map(({ relation, verdict, points: own }) => ({
        relation,
        verdict,
        points: own.map(({ point, way }) => ({ point: points.get(point) ?? 0, way })),
      })),
      unnamed: asked || program.outputs || analysis.outputs.some(isOrdered) ? [] : orderedIn(program),
      points: [...points.keys()].map((point) => pointResult(program, analysis, point)),
      flow: flowOf(analysis),
    },
  };
}

const isOrdered = ({ verdict }: Analysis['outputs'][number]): boolean => verdict === 'D';

/** What only the promise reads and the order of messages changes. */
const orderedIn = (program: Program): string[] =>
  scopeOf(program).promise.filter((name) => analyse(program, [name]).outputs.some(isOrdered));

function pointResult({ files }: Program, { timing }: Analysis, { kind, rule, span, of }: Point): PointResult {
  const { path: file, line, column } = locate(files, span);
  const momentary = of.filter((name) => !timing.isGrowing(name));
  return { kind, place: { file, line, column }, rule: printClause(rule), of, momentary };
}

/** What the outputs depend on. */
function flowOf({ flow, outputs }: Analysis): CalmResult['flow'] {
  const names = new Set(outputs.flatMap(({ relation }) => [...sourcesOf(flow, relation)]));
  const isOrder = (edge: Edge, points: readonly Point[]): boolean =>
    isOpen(edge) && points.some(({ of }) => of.includes(edge.from));
  const edges = flow.steps.flatMap(({ rule, edges, points }) =>
    names.has(rule.head.relation) && !keeps(rule) ? edges.map((edge) => flowEdge(edge, isOrder(edge, points))) : [],
  );
  const headsOf = (areKept: boolean): ReadonlySet<string> =>
    new Set(flow.steps.flatMap(({ rule }) => (keeps(rule) === areKept ? [rule.head.relation] : [])));
  const [made, kept] = [headsOf(false), headsOf(true)];
  const own = new Set(outputs.map(({ relation }) => relation));
  const nodes = [...new Set([...names, ...edges.map(({ from }) => from)])].sort();
  return {
    nodes: nodes.map(
      (name): FlowNode => ({ name, isInput: !made.has(name), isOutput: own.has(name), isKept: kept.has(name) }),
    ),
    edges: [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()],
  };
}

const flowEdge = ({ from, to, rule, subgoal, aggregated, threshold }: Edge, isOrder: boolean): FlowEdge => ({
  from,
  to,
  time: rule.time,
  negated: subgoal.negated,
  aggregated,
  threshold,
  isOrder,
});
