/**
 * Layers of a dataflow: each relation stands behind all that lead to it; those of a cycle as far behind its beginning as
 * the shortest way is.
 */
import { stronglyConnected } from '../../core/scc.js';
import type { FlowEdge, FlowNode } from './model.js';

export function layersOf(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): readonly (readonly FlowNode[])[] {
  const number = new Map(nodes.map(({ name }, i) => [name, i]));
  const sources = nodes.map(({ name }) =>
    edges.filter(({ from, to }) => to === name && from !== name).map(({ from }) => number.get(from) ?? 0),
  );
  const layer = nodes.map(() => 0);
  for (const component of stronglyConnected(nodes.length, (node) => sources[node] ?? [])) {
    const inside = new Set(component);
    const before = (node: number): number[] => (sources[node] ?? []).filter((it) => !inside.has(it));
    const first = Math.max(0, ...component.flatMap((node) => before(node).map((it) => (layer[it] ?? 0) + 1)));
    const entries = component.filter((node) => before(node).length > 0);
    const open = entries.length > 0 ? entries : component.slice(0, 1);
    for (const node of open) layer[node] = first;
    const seen = new Set(open);
    for (const node of open)
      for (const next of component)
        if (!seen.has(next) && sources[next]?.includes(node)) {
          seen.add(next);
          open.push(next);
          layer[next] = (layer[node] ?? 0) + 1;
        }
  }
  return inOrder(nodes, sources, layer);
}

/** The nodes of each layer, each about where those are that lead to it. */
function inOrder(
  nodes: readonly FlowNode[],
  sources: readonly (readonly number[])[],
  layer: readonly number[],
): readonly (readonly FlowNode[])[] {
  const height = new Map<number, number>();
  const heightOf = (node: number): number => {
    const before = (sources[node] ?? []).flatMap((it) => height.get(it) ?? []);
    return before.length > 0 ? before.reduce((sum, one) => sum + one, 0) / before.length : 0;
  };
  return Array.from({ length: Math.max(-1, ...layer) + 1 }, (_, at) => {
    const own = nodes.flatMap((_, node) => (layer[node] === at ? [{ node, wanted: heightOf(node) }] : []));
    own.sort((a, b) => a.wanted - b.wanted || a.node - b.node);
    for (const [i, { node }] of own.entries()) height.set(node, i - own.length / 2);
    return own.flatMap(({ node }) => nodes[node] ?? []);
  });
}
