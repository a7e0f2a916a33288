/**
 * A topology as a Graphviz graph: components (replicated ones doubled), streams with their labels; red is what may
 * differ.
 */
import { isDeterministic, labelInWords } from '../../blazes/labels.js';
import { partsOf } from '../../blazes/topology.js';
import { dotString } from '../reporters/escape.js';
import type { BlazesResult } from './schema.js';

/** The whole file. */
export function blazesToDot({ components, streams }: BlazesResult): string {
  const ends = streams.flatMap(({ name, from, to, label }) => {
    const words = `label=${dotString(`${name}: ${labelInWords(label)}`)}`;
    const style = isDeterministic(label) ? '' : ', color=red, fontcolor=red';
    const source = from === undefined ? dotString(`from ${name}`) : dotString(partsOf(from)[0]);
    const targets = to.length === 0 ? [dotString(`to ${name}`)] : to.map((end) => dotString(partsOf(end)[0]));
    return targets.map((target) => `  ${source} -> ${target} [${words}${style}];`);
  });
  return [
    'digraph topology {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=10];',
    ...components.map(({ name, replicated }) => `  ${dotString(name)}${replicated ? ' [peripheries=2]' : ''};`),
    ...streams.flatMap(({ name, from, to }) => [
      ...(from === undefined ? [`  ${dotString(`from ${name}`)} [shape=point];`] : []),
      ...(to.length === 0 ? [`  ${dotString(`to ${name}`)} [shape=point];`] : []),
    ]),
    ...ends,
    '}',
    '',
  ].join('\n');
}
