/**
 * Passes trace headers on in a Node service that has no tracing of its own, so that its calls belong to the experiment
 * of the request that they are made for.
 *
 * ```sh
 * node --import ldfi/propagate service.js
 * ```
 * It needs no other package and changes no code. Only requests with a token of `ldfi` have anything passed on: without
 * experiments it does nothing. For `node:http`, `node:https` and `fetch`; a header that the service sets itself stays.
 */
import { subscribe } from 'node:diagnostics_channel';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { context, type Passed, passedOf } from './context.js';

/** Handlers of requests run in the context of their request. */
function followRequests(prototype: { emit(event: string, ...rest: unknown[]): boolean }): void {
  const { emit } = prototype;
  prototype.emit = function (this: unknown, event: string, ...rest: unknown[]): boolean {
    const go = (): boolean => Reflect.apply(emit, this, [event, ...rest]) as boolean;
    return event === 'request' ? context.run(passedOf((rest[0] as IncomingMessage).headers), go) : go();
  };
}

/** Requests that are made get the headers of the one that they are made for. */
function passOn(module: Record<'request' | 'get', (...args: never[]) => ClientRequest>): void {
  const { request } = module;
  const passing = (...args: never[]): ClientRequest => {
    const passed = context.getStore();
    const asked = request(...((passed ? args.map((arg) => withHeaders(arg, passed)) : (args as unknown[])) as never[]));
    for (const [name, value] of Object.entries(passed ?? {}))
      if (!asked.headersSent && !asked.hasHeader(name) && !hasList(args)) asked.setHeader(name, value);
    return asked;
  };
  module.request = passing;
  module.get = (...args) => {
    const asked = passing(...args);
    asked.end();
    return asked;
  };
}

/** Headers that are given as a list are sent as they are: they cannot be added to later. */
function withHeaders(arg: unknown, passed: Passed): unknown {
  if (!isListed(arg)) return arg;
  const names = arg.headers.filter((_, i) => i % 2 === 0).map((name) => String(name).toLowerCase());
  const missing = Object.entries(passed).filter(([name]) => !names.includes(name));
  return { ...arg, headers: [...arg.headers, ...missing.flat()] };
}

const isListed = (arg: unknown): arg is { readonly headers: readonly unknown[] } =>
  typeof arg === 'object' && arg !== null && Array.isArray((arg as { headers?: unknown }).headers);

const hasList = (args: readonly unknown[]): boolean => args.some(isListed);

/** A request of `fetch`, as its diagnostics channel has it. */
interface FetchRequest {
  readonly headers: string | readonly unknown[];
  addHeader(name: string, value: string): unknown;
}

function passOnFetched(message: unknown): void {
  const { request } = message as { request: FetchRequest };
  const names =
    typeof request.headers === 'string' ? request.headers.toLowerCase() : request.headers.join('\n').toLowerCase();
  for (const [name, value] of Object.entries(context.getStore() ?? {}))
    if (!names.includes(name)) request.addHeader(name, value);
}

followRequests(http.Server.prototype as never);
followRequests(https.Server.prototype as never);
passOn(http as never);
passOn(https as never);
subscribe('undici:request:create', passOnFetched);
syncBuiltinESMExports();
