/**
 * What `ldfi/propagate` does, and more: queries of `pg`, `ioredis` and `mysql2` that a service makes for a request of
 * an experiment are calls of that experiment, which may fail.
 *
 * ```sh
 * LDFI_DESK=127.0.0.1:14000 node --import ldfi/preload service.js
 * ```
 * It needs no other package and changes no code. `ldfi` is asked about each such query at the address in `LDFI_DESK`;
 * where nobody answers there, and without experiments, all queries are made as ever.
 */
import '../propagate.js';
import { deskAddressOf } from './errand.js';
import { guardAt } from './guard.js';
import * as ioredis from './ioredis.js';
import { whenLoaded } from './loading.js';
import * as mysql2 from './mysql2.js';
import * as pg from './pg.js';

type Class = { readonly prototype: object };

const wrapped = new WeakSet<object>();

/** The prototype of a class that has these methods of its own, the first time that it is seen. */
function found<T>(exported: unknown, ...methods: readonly string[]): T | undefined {
  const candidates = [exported, (exported as { default?: unknown } | null)?.default];
  for (const candidate of candidates) {
    const prototype = typeof candidate === 'function' ? (candidate as unknown as Class).prototype : undefined;
    if (!prototype || wrapped.has(prototype) || !methods.every((name) => Object.hasOwn(prototype, name))) continue;
    wrapped.add(prototype);
    return prototype as T;
  }
  return undefined;
}

const text = process.env.LDFI_DESK;
const desk = text === undefined || text === '' ? undefined : deskAddressOf(text);
if (text && !desk)
  process.stderr.write('ldfi/preload: LDFI_DESK is no address like 127.0.0.1:14000; queries are left alone\n');

if (desk) {
  const guard = guardAt(desk);
  whenLoaded((library, exported, load) => {
    if (library === 'pg') {
      const client = found<Parameters<typeof pg.wrapClient>[0]>(exported, 'query', 'escapeLiteral');
      if (client) pg.wrapClient(client, guard);
    }
    if (library === 'pg-pool') {
      const pool = found<Parameters<typeof pg.wrapPool>[0]>(exported, 'connect', 'newClient');
      if (pool) pg.wrapPool(pool);
    }
    if (library === 'mysql2') {
      const connection = found<Parameters<typeof mysql2.wrapConnection>[0]>(exported, 'query', 'execute', 'addCommand');
      if (connection) mysql2.wrapConnection(connection, guard);
      const pool = found<Parameters<typeof mysql2.wrapPool>[0]>(exported, 'getConnection', 'releaseConnection');
      if (pool) mysql2.wrapPool(pool);
    }
    if (library === 'ioredis') {
      const replyError = () => (load('redis-errors') as { ReplyError: new (message: string) => Error }).ReplyError;
      const redis = found<Parameters<typeof ioredis.wrapRedis>[0]>(exported, 'sendCommand', 'connect', 'duplicate');
      if (redis) ioredis.wrapRedis(redis, guard, replyError());
      const pipeline = found<Parameters<typeof ioredis.wrapPipeline>[0]>(exported, 'exec', 'fillResult');
      if (pipeline) ioredis.wrapPipeline(pipeline, guard, replyError());
    }
  });
}
