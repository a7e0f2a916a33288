/**
 * `pg`: each query of a client is a call. Cursors and streams are left alone.
 *
 * An error is one that the server itself gives, so that a transaction is aborted as it would be. A connection of a pool
 * that breaks is ended, so that its server rolls back what was not committed.
 */
import { AsyncResource } from 'node:async_hooks';
import { currentHeaders } from '../context.js';
import type { Guard } from './guard.js';
import { isControl, statementOf } from './sql.js';

type Callback = (error: Error | null, result?: unknown) => void;

interface Config {
  readonly text?: string;
  readonly values?: unknown[];
  readonly callback?: Callback;
  readonly submit?: unknown;
  readonly query_timeout?: number;
}

type Query = (config: string | Config, values?: unknown, callback?: unknown) => unknown;

interface Client {
  readonly host?: string;
  readonly port?: number;
  readonly connectionParameters?: { readonly query_timeout?: number };
  query: Query;
  end(): Promise<void>;
}

type Connected = (error: Error | undefined, client: Client | undefined, release?: unknown) => void;

interface Pool {
  connect(callback?: Connected): Promise<Client> | undefined;
}

/** Clients of pools, which are replaced when they break. */
const pooled = new WeakSet<object>();

/** SQLSTATE of a statement that the server gave up: `query_canceled`. */
const CANCELED = '57014';
const FAILING = `do $ldfi$ begin raise exception 'an error injected by ldfi' using errcode = '${CANCELED}'; end $ldfi$`;

export function wrapClient(prototype: Client, guard: Guard): void {
  const { query } = prototype;
  prototype.query = function (this: Client, config, values, callback) {
    const headers = currentHeaders();
    if (!headers || config == null || typeof (config as Config).submit === 'function')
      return Reflect.apply(query, this, [config, values, callback]);
    const given: Config = typeof config === 'string' ? { text: config } : config;
    const text = String(given.text ?? '');
    const parameters = Array.isArray(values) ? values : (given.values ?? []);
    const { callback: own, ...rest } = given;
    const tell = [values, callback, own].find((it): it is Callback => typeof it === 'function');
    const send = (what: Config): Promise<unknown> => Reflect.apply(query, this, [what]) as Promise<unknown>;
    const ms = given.query_timeout ?? this.connectionParameters?.query_timeout ?? 0;
    const question = {
      headers,
      library: 'pg' as const,
      address: `${this.host}:${this.port}`,
      ...statementOf(text, parameters),
    };
    const result = guard(this, question, {
      make: () => send({ ...rest, ...(Array.isArray(values) && { values }) }),
      refuse: () => (isControl(text) ? broken(this, shutDown()) : send({ text: FAILING })),
      breakOff: () => broken(this, connectionReset()),
      limit: { ms, error: () => new Error('Query read timeout') },
    });
    return tell ? void called(result, tell) : result;
  };
}

/** Who waits for a client goes on in the context in which it began to wait. */
export function wrapPool(prototype: Pool): void {
  const { connect } = prototype;
  prototype.connect = function (this: Pool, callback) {
    const keep = (client: Client | undefined): void => {
      if (client) pooled.add(client);
    };
    if (!callback)
      return (Reflect.apply(connect, this, []) as Promise<Client>).then((client) => {
        keep(client);
        return client;
      });
    const bound = AsyncResource.bind((error: Error | undefined, client: Client | undefined, release: unknown) => {
      keep(client);
      callback(error, client, release);
    });
    return Reflect.apply(connect, this, [bound]);
  };
}

function called(result: Promise<unknown>, tell: Callback): void {
  // What it throws is its own affair.
  result.then(
    (value) => process.nextTick(tell, null, value),
    (error) => process.nextTick(tell, error),
  );
}

async function broken(client: Client, error: Error): Promise<never> {
  if (pooled.has(client)) void client.end().catch(() => undefined);
  throw error;
}

const connectionReset = (): Error =>
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });

/** Transactions are not refused by a server that is well. */
const shutDown = (): Error =>
  Object.assign(new Error('terminating connection due to administrator command'), {
    name: 'error',
    severity: 'FATAL',
    code: '57P01',
  });
