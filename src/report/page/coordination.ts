/**
 * Which results of the spec depend on the order of messages: the label of each output, its points of order, and the
 * dataflow.
 */
import { commandLine, fileWord } from '../../core/shell.js';
import type { CalmResult, OutputResult } from '../calm/model.js';
import { outlineOf } from '../calm/outline.js';
import { calmToSvg } from '../calm/svg.js';
import {
  FLOW_LEGEND,
  outputsInWords,
  reasonOf,
  remedyOf,
  sentence,
  VERDICT_MARKS,
  VERDICT_SENTENCES,
} from '../calm/words.js';
import type { Context } from './context.js';
import { type Child, code, h, scroller } from './dom.js';
import { sourceLink } from './source.js';

/** Nothing of a protocol, whose handlers cannot be looked into, or of a spec without outputs. */
export function renderCoordination(context: Context): HTMLElement[] {
  const { program, check } = context.engine;
  if (!program) return [];
  const { result } = outlineOf(program, check.spec, check.bounds.nodes);
  if (result.outputs.length === 0) return [];
  const hasOrder = result.outputs.some(({ verdict }) => verdict === 'D');
  return [
    h(
      'p',
      `${outputsInWords(result)}. `,
      h('span.hint', hasOrder ? 'Two schedules that disagree are shown by ' : 'Schedules are tried by '),
      code(commandOf(result)),
    ),
    h(
      'details',
      h('summary', 'Show the dataflow and the points of order'),
      scroller('Dataflow, may scroll sideways', picture(result)),
      h('p.hint', FLOW_LEGEND),
      ...result.outputs.flatMap((output) => outputElements(output, result, context)),
    ),
  ];
}

const commandOf = ({ spec }: CalmResult): string => commandLine(['npx', 'ldfi', 'calm', ...spec.roots.map(fileWord)]);

/** Made as text, in which all that comes from a spec is escaped. */
const picture = (result: CalmResult): Node =>
  document.importNode(new DOMParser().parseFromString(calmToSvg(result), 'image/svg+xml').documentElement, true);

/** Text in which what stands between backticks is code. */
const marked = (words: string): Child[] => words.split('`').map((part, i) => (i % 2 === 1 ? code(part) : part));

function outputElements(
  { relation, verdict, points }: OutputResult,
  result: CalmResult,
  context: Context,
): HTMLElement[] {
  const look = verdict === 'D' ? 'bad' : 'good';
  const items = points.flatMap(({ point: number, way }) => {
    const point = result.points[number];
    if (!point) return [];
    const { file, line } = point.place;
    return h(
      'li',
      h(
        'div',
        h('b', point.kind),
        ': ',
        ...marked(reasonOf(point)),
        ' ',
        sourceLink({ file, line, text: point.rule }, context),
      ),
      h('div', code(point.rule)),
      h('div.hint', way.length > 1 ? `${way.join(' → ')}. ` : '', 'Remedy: ', ...marked(remedyOf(point)), '.'),
    );
  });
  return [
    h('h3', h(`span.mark.${look}`, `${VERDICT_MARKS[verdict]} ${verdict}`), ` ${relation}`),
    h('p', sentence(VERDICT_SENTENCES[verdict])),
    ...(items.length > 0 ? [h('ol', items)] : []),
  ];
}
