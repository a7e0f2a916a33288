/**
 * The provenance of a run's outcome as a Graphviz graph: facts, and the rules that derived them from facts.
 */
import { formatFact } from '../core/value.js';
import type { Firing, Run, RunFact } from '../simulator/run.js';
import { dotString } from './reporters/escape.js';

const nameOf = ({ relation, row, tick }: RunFact): string => `${formatFact(relation, row)}@${tick}`;

/**
 * Everything that the `pre` and `post` rows at the end were derived from.
 * @param run a traced run
 */
export function runToDot(run: Run): string {
  const byHead = new Map<string, Firing[]>();
  for (const firing of run.firings())
    byHead.set(nameOf(firing.head), [...(byHead.get(nameOf(firing.head)) ?? []), firing]);
  const rows = (relation: string): RunFact[] =>
    run.rows(relation, run.eot).map((row) => ({ relation, row, tick: run.eot }));
  const kept = new Set(rows('post').map(({ row }) => JSON.stringify(row)));
  const open = [...rows('pre'), ...rows('post')];
  const seen = new Set<string>();
  const edges = new Set<string>();
  const nodes: string[] = [];
  for (let fact = open.pop(); fact; fact = open.pop()) {
    const name = nameOf(fact);
    if (seen.has(name)) continue;
    seen.add(name);
    const broken = fact.relation === 'pre' && fact.tick === run.eot && !kept.has(JSON.stringify(fact.row));
    nodes.push(`  ${dotString(name)}${broken ? ' [color=red, penwidth=2]' : ''};`);
    for (const { body, rule } of byHead.get(name) ?? [])
      for (const from of body) {
        edges.add(`  ${dotString(nameOf(from))} -> ${dotString(name)} [label="rule ${rule + 1}"];`);
        open.push(from);
      }
  }
  return [
    'digraph provenance {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="monospace"];',
    ...nodes.sort(),
    ...[...edges].sort(),
    '}',
    '',
  ].join('\n');
}
