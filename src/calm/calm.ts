/**
 * Which outputs of a program need coordination: the label of each, and the points of order behind it.
 *
 * ```ts
 * const { outputs } = analyse(program, ['receipt']);
 * outputs[0].verdict; // 'D': two schedules may give different receipts
 * ```
 * The theorem: a program has a consistent, coordination-free execution exactly if it is monotone (Hellerstein and
 * Alvaro, "Keeping CALM: When Distributed Consistency Is Easy", CACM 2020). The analysis is cautious: an output that is
 * not called D has the same rows in all schedules.
 */
import type { Program } from '../dedalus/program.js';
import { Flow } from './flow.js';
import { type CalmVerdict, PathLabels } from './labels.js';
import { scopeOf } from './outputs.js';
import { type PointOnWay, pointsBehind } from './paths.js';
import type { Point } from './points.js';
import { Timing } from './timing.js';

interface OutputAnalysis {
  readonly relation: string;
  readonly verdict: CalmVerdict;
  /** Of a D: where the order of messages matters. */
  readonly points: readonly PointOnWay[];
}

export interface Analysis {
  readonly outputs: readonly OutputAnalysis[];
  readonly flow: Flow;
  readonly timing: Timing;
}

/** @param asked names of relations; by default the outputs of the program */
export function analyse(program: Program, asked?: readonly string[]): Analysis {
  const { protocol, outputs } = scopeOf(program, asked);
  const timing = new Timing(program);
  const flow = new Flow(program, protocol, timing);
  const labels = new PathLabels(flow);
  return {
    flow,
    timing,
    outputs: outputs.map((relation) => {
      const verdict = labels.verdict(relation);
      const found = verdict === 'D' ? pointsBehind(flow, relation, false) : [];
      const own = found.filter(({ point }) => !isConsequence(point, labels, timing));
      return {
        relation,
        verdict,
        points: verdict === 'D' && own.length === 0 ? pointsBehind(flow, relation, true) : own,
      };
    }),
  };
}

/** Whether a race is one only because what meets there has been in the hands of chance before. */
const isConsequence = ({ kind, of }: Point, labels: PathLabels, timing: Timing): boolean =>
  kind === 'race' &&
  of.every((name) => timing.isGrowing(name) || labels.of({ relation: name, threshold: false }).has('D'));
