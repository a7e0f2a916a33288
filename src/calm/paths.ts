/**
 * Ways through the dataflow: what an output depends on, and from which message a point of order gets its matter.
 */
import { type Flow, isOpen, type Reading, readingKey, readingOf, type Step } from './flow.js';
import type { Point } from './points.js';

/** One step on the way to an output: a rule, and the reading that it is there for. */
interface Reached {
  readonly reading: Reading;
  /** The way from this relation to the output, by name. */
  readonly way: readonly string[];
}

/** All that an output depends on, nearest first. */
function behind(flow: Flow, output: string): Reached[] {
  const found: Reached[] = [{ reading: { relation: output, threshold: false }, way: [output] }];
  const seen = new Set(found.map(({ reading }) => readingKey(reading)));
  for (const { reading, way } of found)
    for (const edge of flow.makersOf(reading).flatMap(({ edges }) => edges.filter(isOpen))) {
      const next = readingOf(edge);
      if (seen.has(readingKey(next))) continue;
      seen.add(readingKey(next));
      found.push({ reading: next, way: [next.relation, ...way] });
    }
  return found;
}

/** The relations that an output depends on. */
export const sourcesOf = (flow: Flow, output: string): ReadonlySet<string> =>
  new Set(behind(flow, output).map(({ reading }) => reading.relation));

/** A point of order that an output depends on, with the way from a message through it to the output. */
export interface PointOnWay {
  readonly point: Point;
  readonly way: readonly string[];
}

/** Those of an output, in source order of their rules. @param local what is not monotone and reached by no message */
export function pointsBehind(flow: Flow, output: string, local: boolean): PointOnWay[] {
  const found = new Map<Point, readonly string[]>();
  const order = new Map(flow.steps.map(({ rule }, i) => [rule, i]));
  for (const { reading, way } of behind(flow, output))
    for (const step of flow.makersOf(reading))
      for (const point of ofStep(step, local)) {
        if (!found.has(point)) found.set(point, [...messageWay(flow, point), ...way]);
      }
  const place = ({ point }: PointOnWay): number => order.get(point.rule) ?? 0;
  return [...found].map(([point, way]) => ({ point, way })).sort((a, b) => place(a) - place(b));
}

const ofStep = ({ points, local }: Step, isLocal: boolean): readonly Point[] =>
  isLocal ? (local ? [local] : []) : points;

/** The shortest way from a message to what a point of order reads; empty if no message reaches it. */
function messageWay(flow: Flow, { of }: Point): readonly string[] {
  const found = of.map((relation): Reached => ({ reading: { relation, threshold: false }, way: [relation] }));
  const seen = new Set(of);
  for (const { reading, way } of found) {
    const steps = flow.makersOf(reading);
    if (steps.some(({ rule }) => rule.time === 'async')) return way;
    for (const { from } of steps.flatMap(({ edges }) => edges.filter(isOpen))) {
      if (seen.has(from)) continue;
      seen.add(from);
      found.push({ reading: { relation: from, threshold: false }, way: [from, ...way] });
    }
  }
  return [];
}
