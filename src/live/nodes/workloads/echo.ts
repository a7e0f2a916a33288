/**
 * `echo`: `{type: 'echo', echo}` → `{type: 'echo_ok', echo}`, the same. The smallest node there is, to begin with.
 */
import * as z from 'zod';
import { isSame, said } from '../../../history/text.js';
import { malformed } from './malformed.js';
import { answered, inTurn, lasting, type Workload } from './workload.js';

export const echo: Workload = {
  name: 'echo',
  promise: 'every answer repeats what was asked',
  plan: (nodes) => inTurn(nodes, 2 * nodes.length, (i) => ({ type: 'echo', echo: `hello ${i + 1}` })),
  judge({ history }) {
    const echoes = answered(history, 'echo');
    const wrong = echoes
      .filter(({ body, reply }) => !isSame(body.echo, reply.echo))
      .map(({ node, body, reply }) => `${node} answers echo ${said(body.echo)} with ${said(reply.echo)}`);
    return lasting([...malformed(history, { echo: z.looseObject({ echo: z.unknown() }) }), ...wrong], echoes);
  },
};
