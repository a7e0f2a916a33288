/**
 * The dataflow of a spec as a Graphviz graph: messages are dashed, points of order red.
 */
import { dotString } from '../reporters/escape.js';
import type { CalmResult, FlowEdge, FlowNode } from './model.js';

export function calmToDot({ flow, spec }: CalmResult): string {
  return [
    'digraph calm {',
    `  label=${dotString(spec.roots.join(' '))};`,
    '  rankdir=LR; node [shape=box, fontname="monospace"]; edge [fontname="monospace"];',
    ...flow.nodes.map((node) => `  ${dotString(node.name)} [${nodeStyle(node)}];`),
    ...flow.edges.map((edge) => `  ${dotString(edge.from)} -> ${dotString(edge.to)} [${edgeStyle(edge)}];`),
    '}',
    '',
  ].join('\n');
}

const nodeStyle = ({ isInput, isOutput, isKept }: FlowNode): string =>
  [
    isKept ? 'peripheries=2' : 'peripheries=1',
    ...(isOutput ? ['style=bold'] : []),
    ...(isInput ? ['color=gray50', 'fontcolor=gray40'] : []),
  ].join(', ');

const edgeStyle = (edge: FlowEdge): string => {
  const signs = signsOf(edge);
  return [
    edge.time === 'async' ? 'style=dashed' : 'style=solid',
    ...(edge.isOrder ? ['color=red', 'fontcolor=red', 'penwidth=2'] : []),
    ...(signs === '' ? [] : [`label=${dotString(signs)}`]),
  ].join(', ');
};

/** What an edge does, in signs: `¬` negates, `Σ` aggregates, `≥` is a threshold, `+1` is the next tick. */
export const signsOf = ({ negated, aggregated, threshold, time }: Omit<FlowEdge, 'from' | 'to' | 'isOrder'>): string =>
  [negated && '¬', aggregated && 'Σ', threshold && '≥', time === 'inductive' && '+1'].filter(Boolean).join(' ');
