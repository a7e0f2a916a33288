/**
 * The trace headers of the request that a service works for just now, as far as they belong to an experiment.
 *
 * ```ts
 * context.run(passedOf(request.headers), () => handle(request));
 * currentHeaders(); // { traceparent: '00-4bf9…', tracestate: 'ldfi=3f9c21d07ab4.7' }
 * ```
 * Context follows asynchronous work as in `node:async_hooks` (`AsyncLocalStorage`). Where a service has loaded
 * OpenTelemetry, its active context counts first: it also knows the jobs of a queue. Its API is reached by the symbol
 * under which `@opentelemetry/api` registers itself, so nothing has to be installed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';

const NAMES = ['traceparent', 'tracestate', 'baggage'] as const;
const TOKEN = /(?:^|,)\s*ldfi\s*=/;
const OPEN_TELEMETRY = Symbol.for('opentelemetry.js.api.1');

export type Passed = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export const context = new AsyncLocalStorage<Passed | undefined>();

/** What is passed on of a request; undefined if it belongs to no experiment. */
export function passedOf(headers: IncomingHttpHeaders): Passed | undefined {
  const found = NAMES.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])] as const]));
  return found.some(([, value]) => TOKEN.test(value)) ? Object.fromEntries(found) : undefined;
}

/** The parts of its API that OpenTelemetry has registered. */
interface OpenTelemetry {
  readonly context?: { active(): unknown };
  readonly propagation?: { inject(context: unknown, carrier: object, setter: object): void };
}

/** Writes headers down as OpenTelemetry would send them. */
const SETTER = {
  set(carrier: Record<string, unknown>, name: string, value: unknown): void {
    carrier[name.toLowerCase()] = value;
  },
};

/** What is to be passed on with all that is done now; undefined if it belongs to no experiment. */
export function currentHeaders(): Passed | undefined {
  const api = (globalThis as { readonly [OPEN_TELEMETRY]?: OpenTelemetry })[OPEN_TELEMETRY];
  const carrier: IncomingHttpHeaders = {};
  if (api?.context && api.propagation) api.propagation.inject(api.context.active(), carrier, SETTER);
  return passedOf(carrier) ?? context.getStore();
}
