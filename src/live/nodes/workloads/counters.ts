/**
 * `g-counter` and `pn-counter`: one number. `{type: 'add', delta}` → `{type: 'add_ok'}`; `{type: 'read'}` →
 * `{type: 'read_ok', value}`. What is not acknowledged may count or not, so there are two bounds.
 */
import * as z from 'zod';
import { finalReads } from './final-reads.js';
import { malformed } from './malformed.js';
import { inTurn, type Workload } from './workload.js';

const EACH = 2;

const schemas = { add: z.looseObject({}), read: z.looseObject({ value: z.int() }) };

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const counter = (name: string, delta: (i: number) => number): Workload => ({
  name,
  promise: 'what every live node reads at the end is the sum of all acknowledged additions, and of any others',
  plan: (nodes) => inTurn(nodes, EACH * nodes.length, (i) => ({ type: 'add', delta: delta(i) })),
  final: () => [{ type: 'read' }],
  judge(evidence) {
    const wrong = malformed(evidence.history, schemas);
    if (wrong.length > 0) return { broken: wrong, lasting: true, restsOn: [] };
    const { reads, silent } = finalReads(evidence, 'read');
    const added = evidence.history.filter(({ body }) => body.type === 'add');
    const deltas = (status: string): number[] =>
      added.filter((asked) => asked.status === status).map(({ body }) => Number(body.delta));
    const certain = sum(deltas('ok'));
    const open = deltas('unknown');
    const least = certain + sum(open.filter((it) => it < 0));
    const most = certain + sum(open.filter((it) => it > 0));
    const expected = least === most ? `and not ${least}` : `which is not between ${least} and ${most}`;
    const broken = reads
      .filter(({ reply }) => (reply.value as number) < least || (reply.value as number) > most)
      .map(({ node, reply }) => `${node} reads ${reply.value} at the end, ${expected}`);
    return { broken: [...silent, ...broken], lasting: false, restsOn: reads };
  },
});

export const gCounter = counter('g-counter', (i) => i + 1);
export const pnCounter = counter('pn-counter', (i) => (i % 2 === 0 ? i + 1 : -i));
