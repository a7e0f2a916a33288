/**
 * `mysql2`: each query of a connection that has a callback is a call, and so is each one of its promise API. Streams of
 * rows are left alone.
 */
import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { currentHeaders } from '../context.js';
import type { Guard } from './guard.js';
import { statementOf } from './sql.js';

type Callback = (error: Error | null, rows?: unknown, fields?: unknown) => void;

/** Options of a query, or a query of a pool that was made before it had a connection. */
interface Command {
  readonly sql: string;
  readonly values?: unknown;
  readonly timeout?: number;
  readonly namedPlaceholders?: boolean;
  readonly onResult?: Callback | undefined;
  readonly _queryOptions?: object;
}

/** What it asks, without what became of it. */
const plain = ({ sql, values, namedPlaceholders, timeout }: Command): object =>
  Object.fromEntries(Object.entries({ sql, values, namedPlaceholders, timeout }).filter(([, it]) => it !== undefined));

type Query = (sql: string | Command, values?: unknown, callback?: unknown) => unknown;

interface Connection {
  readonly config: { readonly host?: string; readonly port?: number; readonly socketPath?: string };
  query: Query;
  execute: Query;
  destroy(): void;
}

interface Pool {
  getConnection(callback?: (error: Error | null, connection?: Connection) => void): unknown;
}

export function wrapConnection(prototype: Connection, guard: Guard): void {
  for (const name of ['query', 'execute'] as const) {
    const original = prototype[name];
    prototype[name] = function (this: Connection, sql, values, callback) {
      const headers = currentHeaders();
      const command = typeof sql === 'object' ? sql : undefined;
      const tell = [values, callback, command?.onResult].find((it): it is Callback => typeof it === 'function');
      if (!headers || !tell) return Reflect.apply(original, this, [sql, values, callback]);
      const parameters: unknown = [typeof values === 'function' ? undefined : values, command?.values].find(
        (it) => it !== undefined,
      );
      const { config } = this;
      const question = {
        headers,
        library: 'mysql2' as const,
        address: config.socketPath ?? `${config.host}:${config.port}`,
        ...statementOf(command?.sql ?? String(sql), parameters === undefined ? [] : [parameters].flat()),
      };
      const make = (): Promise<readonly unknown[]> =>
        new Promise((resolve, reject) => {
          const done: Callback = (error, ...rest) => (error ? reject(error) : resolve(rest));
          const options = command && { ...command._queryOptions, ...plain(command) };
          Reflect.apply(original, this, [options ?? sql, ...(parameters === undefined ? [] : [parameters]), done]);
        });
      const result = guard(this, question, {
        make,
        refuse: () => Promise.reject(lockTimeout(question.detail)),
        breakOff: async () => {
          // Those of a pool are replaced.
          if ('release' in this) this.destroy();
          throw connectionLost();
        },
        limit: { ms: command?.timeout ?? 0, error: tooLate },
      });
      // A pool takes a connection back when its query says that it has ended.
      const query = command instanceof EventEmitter ? command : new EventEmitter();
      const end = (...said: Parameters<Callback>): void =>
        process.nextTick(() => {
          tell(...said);
          query.emit('end');
        });
      result.then(
        ([rows, fields]) => end(null, rows, fields),
        (error) => end(error),
      );
      return query;
    };
  }
}

/** Who waits for a connection goes on in the context in which it began to wait. */
export function wrapPool(prototype: Pool): void {
  const { getConnection } = prototype;
  prototype.getConnection = function (this: Pool, callback) {
    return Reflect.apply(getConnection, this, callback ? [AsyncResource.bind(callback)] : []);
  };
}

/** After it a transaction goes on without the statement. */
const lockTimeout = (sql: string): Error =>
  Object.assign(new Error('Lock wait timeout exceeded; try restarting transaction'), {
    code: 'ER_LOCK_WAIT_TIMEOUT',
    errno: 1205,
    sqlState: 'HY000',
    sqlMessage: 'Lock wait timeout exceeded; try restarting transaction',
    sql,
  });

const connectionLost = (): Error =>
  Object.assign(new Error('Connection lost: The server closed the connection.'), {
    fatal: true,
    code: 'PROTOCOL_CONNECTION_LOST',
  });

const tooLate = (): Error =>
  Object.assign(new Error('Query inactivity timeout'), {
    fatal: true,
    code: 'PROTOCOL_SEQUENCE_TIMEOUT',
    errorno: 'PROTOCOL_SEQUENCE_TIMEOUT',
    syscall: 'query',
  });
