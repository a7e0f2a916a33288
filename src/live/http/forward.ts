/**
 * Passing a request on to the service that it is for, and its answer back, as they come: bodies are streams, and so
 * server-sent events and uploads pass.
 */
import { Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

/** Headers of one connection, which are not passed on (RFC 9110, section 7.6.1). */
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Where requests go on to. */
export class Upstream {
  private readonly agent: Agent;

  /** @param url `http:` or `https:`, with a path only if it is to be put before every path */
  constructor(readonly url: URL) {
    const options = { keepAlive: true, maxSockets: 256 };
    this.agent = url.protocol === 'https:' ? new SecureAgent(options) : new Agent(options);
  }

  /** Begins a request. @param changed headers that replace others; undefined leaves one out */
  ask(incoming: IncomingMessage, changed: Readonly<Record<string, string | undefined>>): ClientRequest {
    const { url, agent } = this;
    const send = url.protocol === 'https:' ? secureRequest : request;
    return send({
      agent,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      method: incoming.method,
      path: `${url.pathname.replace(/\/$/, '')}${incoming.url ?? '/'}`,
      headers: passedOn(incoming.rawHeaders, { host: url.host, ...changed }),
      ...(url.protocol === 'https:' && { servername: url.hostname }),
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Headers as names and values in turn, but for those of the connection. */
export function passedOn(raw: readonly string[], changed: Readonly<Record<string, string | undefined>> = {}): string[] {
  const named = new Set(
    raw.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase() === 'connection' ? (raw[i + 1] ?? '').split(',') : [])),
  );
  const connection = new Set([...named].map((name) => name.trim().toLowerCase()));
  const kept: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    if (!HOP.has(name) && !connection.has(name) && !(name in changed)) kept.push(raw[i] ?? '', raw[i + 1] ?? '');
  }
  for (const [name, value] of Object.entries(changed)) if (value !== undefined) kept.push(name, value);
  // Without a length the body is sent in pieces.
  const isChunked = raw.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'transfer-encoding');
  return isChunked ? [...kept, 'transfer-encoding', 'chunked'] : kept;
}

/** Passes the head of an answer on. */
export function passHead(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders));
}
