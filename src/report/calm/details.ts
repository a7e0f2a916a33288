/**
 * What reporters say of outputs: each is a check that it is free of coordination, and each of its points of order a
 * finding.
 */
import { formatScenario } from '../../faults/scenario.js';
import type { CheckDetails, ReporterInput } from '../reporters/model.js';
import { type Calm, type CalmResult, calmToJson, type OutputResult } from './model.js';
import { calmToText } from './text.js';
import { outputsInWords, reasonOf, remedyOf, triedInWords, VERDICT_SENTENCES } from './words.js';

export const calmInput = (calm: Calm): ReporterInput => ({
  version: calm.version,
  checks: calm.result.outputs.map((output) => detailsOf(output, calm.result)),
  unread: [],
  headings: { bounds: 'Nodes', runs: 'Schedules' },
  summary: outputsInWords(calm.result),
  json: () => calmToJson(calm),
});

function detailsOf(output: OutputResult, result: CalmResult): CheckDetails {
  const { relation, verdict, points, witness } = output;
  const late = witness?.[1];
  const timeline = (late?.timeline ?? []).map(({ tick, text }) => `tick ${tick}: ${text}`);
  const classes = points.flatMap(({ point: number, way }, i) => {
    const point = result.points[number];
    if (!point) return [];
    return {
      number: i + 1,
      alike: 0,
      varying: '',
      faults: [point.kind, point.rule],
      sentence: `${point.kind}: ${reasonOf(point)}; ${way.join(' → ')}. Remedy: ${remedyOf(point)}`,
      timeline,
      place: point.place,
    };
  });
  return {
    subject: result.spec.roots.join(' '),
    name: `${relation} is free of coordination`,
    verdict,
    standing: verdict === 'D' ? 'failed' : 'passed',
    isError: false,
    sentence: VERDICT_SENTENCES[verdict],
    reason: late ? `two schedules disagree: ${formatScenario(late.delays)}` : triedInWords(result),
    block: calmToText({ ...result, outputs: [output] }),
    faults: [],
    timeline,
    place: classes[0]?.place,
    mermaid: undefined,
    others: [],
    classes: verdict === 'D' ? classes : [],
    unlistedClasses: 0,
    counterexamples: classes.length,
    isComplete: true,
    bounds: String(result.nodes.length),
    runs: result.tried?.schedules ?? 0,
    warnings: [],
    coverage: [],
  };
}
