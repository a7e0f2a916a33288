/**
 * `g-set`: a set that only grows. `{type: 'add', element}` → `{type: 'add_ok'}`; `{type: 'read'}` →
 * `{type: 'read_ok', value: […]}`.
 */
import * as z from 'zod';
import { plainKey, said } from '../../../history/text.js';
import { finalReads } from './final-reads.js';
import { malformed } from './malformed.js';
import { answered, inTurn, type Workload } from './workload.js';

const EACH = 2;

const schemas = { add: z.looseObject({}), read: z.looseObject({ value: z.array(z.unknown()).max(100_000) }) };

export const gSet: Workload = {
  name: 'g-set',
  promise: 'every acknowledged element is in what every live node reads at the end, and nothing that nobody added',
  plan: (nodes) => inTurn(nodes, EACH * nodes.length, (i) => ({ type: 'add', element: i + 1 })),
  final: () => [{ type: 'read' }],
  judge(evidence) {
    const wrong = malformed(evidence.history, schemas);
    if (wrong.length > 0) return { broken: wrong, lasting: true, restsOn: [] };
    const { reads, silent } = finalReads(evidence, 'read');
    const added = evidence.history.filter(({ body }) => body.type === 'add');
    const known = new Set(added.map(({ body }) => plainKey(body.element)));
    const broken = reads.flatMap(({ node, reply }) => {
      const values = reply.value as unknown[];
      const seen = new Set(values.map(plainKey));
      const lost = answered(added, 'add').filter(({ body }) => !seen.has(plainKey(body.element)));
      return [
        ...lost.map(
          (it) =>
            `${said(it.body.element)}, acknowledged by ${it.node} at tick ${it.completed}, is not in what ${node} reads at the end`,
        ),
        ...values
          .filter((it) => !known.has(plainKey(it)))
          .map((it) => `${node} reads ${said(it)}, which nobody has added`),
      ];
    });
    return { broken: [...silent, ...broken], lasting: false, restsOn: reads };
  },
};
