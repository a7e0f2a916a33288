/**
 * `unique-ids`: `{type: 'generate'}` → `{type: 'generate_ok', id}`; no two answers have the same id.
 */
import * as z from 'zod';
import { groupBy } from '../../../core/memo.js';
import { plainKey, said } from '../../../history/text.js';
import { malformed } from './malformed.js';
import { answered, inTurn, lasting, type Workload } from './workload.js';

/** For each node: an id that is lost with a crash, and some before and after it. */
const EACH = 4;

export const uniqueIds: Workload = {
  name: 'unique-ids',
  promise: 'no id is given out twice',
  plan: (nodes) => inTurn(nodes, EACH * nodes.length, () => ({ type: 'generate' })),
  judge({ history }) {
    const ids = answered(history, 'generate');
    const twice = [...groupBy(ids, ({ reply }) => plainKey(reply.id)).values()].flatMap(([first, second]) =>
      second
        ? [
            `id ${said(first.reply.id)} was given out twice: by ${first.node} at tick ${first.completed}, by ${second.node} at tick ${second.completed}`,
          ]
        : [],
    );
    const schema = z.looseObject({ id: z.union([z.string(), z.number(), z.array(z.unknown()), z.looseObject({})]) });
    return lasting([...malformed(history, { generate: schema }), ...twice], ids);
  },
  // The ids may be random.
  told: () => [],
};
