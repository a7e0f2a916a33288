/**
 * `broadcast`: values told to one node are to reach all.
 *
 * ```
 * {type: 'topology', topology: {n0: ['n1'], …}} → {type: 'topology_ok'}          at the start: who is next to whom
 * {type: 'broadcast', message: 1}               → {type: 'broadcast_ok'}
 * {type: 'read'}                                → {type: 'read_ok', messages: [1, …]}   in any order
 * ```
 */
import * as z from 'zod';
import { plainKey, said } from '../../../history/text.js';
import { finalReads } from './final-reads.js';
import { malformed } from './malformed.js';
import { answered, inTurn, type Workload } from './workload.js';

const schemas = {
  broadcast: z.looseObject({}),
  read: z.looseObject({ messages: z.array(z.unknown()).max(100_000) }),
};

/** A grid, filled row by row: neighbours are beside, above and below. */
export function grid(nodes: readonly string[]): Record<string, string[]> {
  const columns = Math.ceil(Math.sqrt(nodes.length));
  return Object.fromEntries(
    nodes.map((node, i) => {
      const near = [i - columns, i % columns > 0 ? i - 1 : -1, i % columns < columns - 1 ? i + 1 : -1, i + columns];
      return [node, near.flatMap((j) => nodes[j] ?? [])];
    }),
  );
}

export const broadcast: Workload = {
  name: 'broadcast',
  promise: 'every acknowledged value is in every later read of every live node',
  setup: (_, nodes) => ({ type: 'topology', topology: grid(nodes) }),
  plan(nodes) {
    const values = inTurn(nodes, nodes.length, (i) => ({ type: 'broadcast', message: i + 1 }));
    return [...values, ...inTurn(nodes, nodes.length, () => ({ type: 'read' }))];
  },
  final: () => [{ type: 'read' }],
  judge(evidence) {
    const wrong = malformed(evidence.history, schemas);
    if (wrong.length > 0) return { broken: wrong, lasting: true, restsOn: [] };
    const { reads, silent } = finalReads(evidence, 'read');
    const told = evidence.history.filter(({ body }) => body.type === 'broadcast');
    const acknowledged = answered(told, 'broadcast');
    const known = new Set(told.map(({ body }) => plainKey(body.message)));
    const lost = reads.flatMap(({ node, reply }) => {
      const seen = new Set((reply.messages as unknown[]).map(plainKey));
      const without = acknowledged.filter(({ body }) => !seen.has(plainKey(body.message)));
      return without.map(
        (it) =>
          `${said(it.body.message)}, acknowledged by ${it.node} at tick ${it.completed}, is not in what ${node} reads at the end`,
      );
    });
    const invented = reads.flatMap(({ node, reply }) =>
      (reply.messages as unknown[])
        .filter((value) => !known.has(plainKey(value)))
        .map((value) => `${node} reads ${said(value)}, which nobody has told it`),
    );
    return { broken: [...silent, ...lost, ...invented], lasting: false, restsOn: reads };
  },
};
