/**
 * `ioredis`: each command is a call, and so is each pipeline or transaction as a whole.
 *
 * The connection is shared by all that a service does, so it is never broken itself: the command alone fails, as on a
 * connection that was closed for good.
 */
import { currentHeaders } from '../context.js';
import { detailOf } from './detail.js';
import type { Guard } from './guard.js';
import type { Question } from './question.js';

type Settle = (value: unknown) => void;
type Callback = (error: unknown, value?: unknown) => void;

/** A command or a pipeline: a promise that somebody else keeps. */
interface Deferred {
  readonly promise: Promise<unknown>;
  resolve: Settle;
  reject: Settle;
}

interface Command extends Deferred {
  readonly name: string;
  readonly args: readonly unknown[];
  getKeys(): readonly unknown[];
}

interface Redis {
  readonly options: Readonly<Record<'path' | 'host' | 'port' | 'commandTimeout', unknown>>;
  sendCommand(command: Command, stream?: unknown): unknown;
}

interface Pipeline extends Deferred {
  readonly redis: Redis;
  readonly _queue: readonly Command[];
  readonly _transactions: number;
  exec(...args: readonly unknown[]): unknown;
}

type ReplyError = new (message: string) => Error;

/** Of the connection itself. */
const INTERNAL = new Set([
  ...['auth', 'hello', 'select', 'client', 'info', 'readonly', 'readwrite', 'asking', 'quit', 'disconnect', 'monitor'],
  ...['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ssubscribe', 'sunsubscribe'],
]);

/** Those that were asked about: they come again when a connection is ready, or is there again. */
const known = new WeakSet<object>();

export function wrapRedis(prototype: Redis, guard: Guard, ReplyError: ReplyError): void {
  const { sendCommand } = prototype;
  prototype.sendCommand = function (this: Redis, command, stream) {
    const send = (): unknown => Reflect.apply(sendCommand, this, [command, stream]);
    if (stream !== undefined || known.has(command) || INTERNAL.has(command.name.toLowerCase())) return send();
    const headers = currentHeaders();
    if (!headers) return send();
    known.add(command);
    const what = { operation: nameOf(command), target: keyOf([command]), detail: detailOf('', command.args) };
    const fail = (error: Error): Promise<never> => Promise.reject(error);
    const ms = Number(this.options.commandTimeout ?? 0);
    settleBy(command, send, (make) =>
      guard(this, questionOf(this, headers, what), {
        make,
        refuse: () => fail(busy(ReplyError)),
        breakOff: () => fail(closed()),
        limit: { ms, error: () => new Error('Command timed out') },
      }),
    );
    return command.promise;
  };
}

export function wrapPipeline(prototype: Pipeline, guard: Guard, ReplyError: ReplyError): void {
  const { exec } = prototype;
  prototype.exec = function (this: Pipeline, ...args) {
    const run = (): unknown => Reflect.apply(exec, this, args);
    const headers =
      known.has(this) || this._transactions > 0 || this._queue.length === 0 ? undefined : currentHeaders();
    if (!headers) return run();
    known.add(this);
    const { _queue: commands, redis } = this;
    const isTransaction = commands.some(({ name }) => name === 'multi');
    const what = {
      operation: isTransaction ? 'MULTI' : 'PIPELINE',
      target: keyOf(commands),
      detail: detailOf(
        commands.map(({ name }) => name).join(' '),
        commands.flatMap(({ args }) => args),
      ),
    };
    // A pipeline never fails: each of its commands does.
    const fail = async (error: Error): Promise<unknown> => commands.map(() => [error]);
    settleBy(
      this,
      run,
      (make) =>
        guard(redis, questionOf(redis, headers, what), {
          make: () => make(),
          refuse: () => fail(busy(ReplyError)),
          breakOff: () => fail(closed()),
        }),
      args.find((it): it is Callback => typeof it === 'function'),
    );
    return this.promise;
  };
}

/**
 * Lets a promise be kept by what `decide` makes of what it would have been kept by.
 * @param begin begins what keeps it
 * @param callback that `begin` would call
 */
function settleBy(
  it: Deferred,
  begin: () => unknown,
  decide: (make: () => Promise<unknown>) => Promise<unknown>,
  callback?: Callback,
): void {
  const { resolve, reject } = it;
  let isBegun = false;
  const kept = new Promise<unknown>((settle, fail) => {
    it.resolve = (value) => settle(copyOf(value));
    it.reject = fail;
  });
  // Some commands fail before they are asked about.
  kept.catch(() => undefined);
  const make = (): Promise<unknown> => {
    isBegun = true;
    begin();
    return kept;
  };
  const tell = (act: () => void): void => {
    if (!isBegun && callback) it.promise.then((value) => callback(null, value), callback);
    act();
  };
  decide(make).then(
    (value) => tell(() => Reflect.apply(resolve, it, [value])),
    (error) => tell(() => Reflect.apply(reject, it, [error])),
  );
}

/** Replies are kept for a while, and the memory that they are in may be used again. */
function copyOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return Array.isArray(value) ? value.map(copyOf) : value;
}

function questionOf(
  { options: { path, host, port } }: Redis,
  headers: Question['headers'],
  what: Pick<Question, 'operation' | 'target' | 'detail'>,
): Question {
  const address = typeof path === 'string' && path !== '' ? path : `${host}:${port}`;
  return { headers, library: 'ioredis', address, ...what };
}

const nameOf = ({ name }: Command): string =>
  name
    .toUpperCase()
    .replace(/[^A-Z0-9._-]/g, '')
    .slice(0, 40) || 'COMMAND';

const keyOf = (commands: readonly Command[]): string =>
  String(commands.flatMap((command) => command.getKeys())[0] ?? 'server').slice(0, 200);

const busy = (ReplyError: ReplyError): Error => new ReplyError('BUSY an error injected by ldfi');

const closed = (): Error => Object.assign(new Error('Connection is closed.'), { code: 'ECONNRESET' });
