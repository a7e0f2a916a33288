/** The topology in a text that is right. */
import { parseTopology } from '../../src/blazes/parse.js';
import type { Topology } from '../../src/blazes/topology.js';
import { renderDiagnostics } from '../../src/dedalus/render.js';

export function topologyIn(text: string): Topology {
  const file = { path: 't.yaml', text };
  const parsed = parseTopology(file);
  if ('topology' in parsed) return parsed.topology;
  throw new Error(renderDiagnostics(parsed.diagnostics, [file]));
}
