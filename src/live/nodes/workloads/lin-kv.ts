/**
 * `lin-kv`: a linearizable store by key.
 *
 * ```
 * {type: 'read', key}           → {type: 'read_ok', value}   or error 20: no such key
 * {type: 'write', key, value}   → {type: 'write_ok'}
 * {type: 'cas', key, from, to}  → {type: 'cas_ok'}           or error 20, or 22: the value is not `from`
 * ```
 */
import * as z from 'zod';
import type { History, Operation } from '../../../history/history.js';
import { linearizable } from '../../../history/linearizable.js';
import { models } from '../../../history/models.js';
import type { Asked } from '../record.js';
import { ERROR } from '../services/service.js';
import { malformed } from './malformed.js';
import { inTurn, lasting, type Workload } from './workload.js';

const schemas = {
  read: z.looseObject({ value: z.unknown() }),
  write: z.looseObject({}),
  cas: z.looseObject({}),
};

/** One key, so that operations meet: each is asked of the next node. */
const PLAN = [
  { type: 'write', key: 'x', value: 1 },
  { type: 'read', key: 'x' },
  { type: 'cas', key: 'x', from: 1, to: 2 },
  { type: 'read', key: 'x' },
  { type: 'write', key: 'x', value: 3 },
  { type: 'read', key: 'x' },
  { type: 'cas', key: 'x', from: 3, to: 4 },
  { type: 'read', key: 'x' },
  { type: 'read', key: 'x' },
];

export const linKv: Workload = {
  name: 'lin-kv',
  promise: 'the history of reads, writes and compare-and-sets is linearizable',
  plan: (nodes) => inTurn(nodes, PLAN.length, (i) => PLAN[i]),
  judge({ history }) {
    const wrong = malformed(history, schemas);
    if (wrong.length > 0) return lasting(wrong, []);
    const answer = linearizable(historyOf(history), models.keyValue());
    const restsOn = history.filter(({ answer }) => answer !== undefined);
    return lasting(answer.kind === 'violated' ? [answer.sentence] : [], restsOn);
  },
};

/** In the words of the model. What has failed for certain has not happened, but for what the failure says. */
function historyOf(history: readonly Asked[]): History {
  return history.flatMap((asked): Operation[] => {
    const { client, body, status, invoked, completed, reply } = asked;
    const { type, key, value, from, to } = body;
    const op = { read: { kind: 'get', key }, write: { kind: 'put', key, value }, cas: { kind: 'cas', key, from, to } }[
      type
    ];
    if (!op) return [];
    if (status === 'unknown' || completed === undefined) return [{ client, op, invoked }];
    if (status === 'ok') {
      const result = { read: reply?.value ?? null, write: undefined, cas: true }[type];
      return [{ client, op, invoked, completed, result: type === 'write' ? undefined : result }];
    }
    const isMissing = reply?.code === ERROR.noSuchKey;
    if (type === 'read' && isMissing) return [{ client, op, invoked, completed, result: null }];
    if (type === 'cas' && (isMissing || reply?.code === ERROR.preconditionFailed))
      return [{ client, op, invoked, completed, result: false }];
    return [];
  });
}
