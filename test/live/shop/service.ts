/**
 * What the services of the shop have in common: a server, calls to other services, and headers that are passed on.
 */
import { Agent, createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** All that a service has to do for `ldfi live`: pass these on with every call that it makes for a request. */
const PASSED_ON = ['traceparent', 'tracestate', 'baggage'];
const passedOn = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly json: unknown;
  /** To be passed on. */
  readonly headers: Record<string, string>;
}

const agent = new Agent({ keepAlive: true });

/** Calls a service. @throws if there is no whole answer within `timeout` milliseconds, or a status of 500 or more */
export function call(method: string, url: string, headers: Record<string, string>, json?: unknown, timeout = 300) {
  return new Promise<Reply>((resolve, reject) => {
    const body = json === undefined ? '' : JSON.stringify(json);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(url, { agent, method, timeout, headers: { ...headers, ...length } }, (answer) => {
      let text = '';
      answer.on('data', (piece) => {
        text += piece;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        if (!answer.complete || status >= 500) reject(new Error(`${status}`));
        else resolve({ status, json: text === '' ? undefined : JSON.parse(text) });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('too late')));
    asked.on('error', reject);
    asked.end(body);
  });
}

export interface Running {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts a service.
 * @param port 0 for one that the system chooses
 * @param passes whether it passes headers on itself
 */
export async function serve(answer: (asked: Asked) => Promise<Reply>, port = 0, passes = true): Promise<Running> {
  const server: Server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (piece) => {
      text += piece;
    });
    incoming.on('end', async () => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const json = text === '' ? undefined : JSON.parse(text);
      const reply = await answer({ method, path, json, headers: passes ? passedOn(headers) : {} }).catch(
        (error: Error) => ({
          status: 502,
          json: { error: error.message },
        }),
      );
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.json ?? null));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
