/**
 * One loopback reverse proxy for a service that talks gRPC (HTTP/2 without TLS towards its callers): the place where its
 * calls are attributed, and where faults happen. Calls of no experiment pass as if there were no proxy.
 *
 * ```yaml
 * services:
 *   stock: { url: http://127.0.0.1:50051, port: 50061, protocol: grpc }
 * ```
 */
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { isRepeatable } from '../http/faults.js';
import { Handling } from '../http/handling.js';
import type { Ledger } from '../http/ledger.js';
import { listenAt } from '../http/listen.js';
import type { ProxyOptions, ReverseProxy } from '../http/proxy.js';
import { type Headers, tokenOf, withToken } from '../http/trace.js';
import { Http2Exchange, isGrpc } from './exchange.js';
import { type Beginning, beginningOf } from './message.js';

/** In the place of an HTTP method. */
const METHOD = 'GRPC';

export class GrpcProxy implements ReverseProxy {
  private readonly server = createServer();
  private readonly sessions = new Set<Http2Session>();
  private upstream: ClientHttp2Session | undefined;

  constructor(private readonly options: ProxyOptions) {
    this.server.on('stream', (stream, headers) => this.take(stream, headers));
    this.server.on('session', (session) => this.keep(session));
    // A caller that does not talk HTTP/2 is not served.
    this.server.on('sessionError', () => undefined);
  }

  get name(): string {
    return this.options.name;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(port: number, host: string): Promise<void> {
    return listenAt(this.server, port, host);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const session of this.sessions) session.destroy();
    });
  }

  private keep(session: Http2Session): void {
    this.sessions.add(session);
    session.on('error', () => undefined);
    session.on('close', () => this.sessions.delete(session));
  }

  private take(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => undefined);
    const { desk, name } = this.options;
    const attribution = desk.attribute(headers as Headers, `${headers[':path']} at ${name}`);
    if (!attribution) {
      this.pass(stream, headers);
      return;
    }
    const handle = (beginning: Beginning): void =>
      this.handle(stream, headers, beginning, attribution.ledger, attribution.parent);
    void beginningOf(stream).then(handle);
  }

  /** Of no experiment: only what may look like our own header is taken away. */
  private pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const begin = (): ClientHttp2Stream => {
      const asked = this.ask(headers, withToken(headers as Headers, undefined));
      stream.pipe(asked);
      return asked;
    };
    const exchange = new Http2Exchange(stream, headers, this.name, () => undefined, begin);
    exchange.whenClosed(() => exchange.abandon());
    exchange.ask(() => exchange.give());
  }

  private handle(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    { read, isWhole }: Beginning,
    ledger: Ledger,
    parent: number | undefined,
  ): void {
    const { name, settings, isOwn } = this.options;
    const method = isGrpc(headers) ? METHOD : (headers[':method'] ?? 'GET');
    const request = { service: name, method, target: headers[':path'] ?? '/', body: read.toString('base64') };
    const call = ledger.begin(request, parent);
    const begin = (): ClientHttp2Stream => {
      const asked = this.ask(headers, withToken(headers as Headers, tokenOf(ledger.experiment, call.number)));
      asked.on('error', ({ message }) => {
        if (!stream.destroyed) ledger.problems.add(`${name} cannot be reached: ${message}`);
      });
      if (isWhole) asked.end(read);
      else {
        asked.write(read);
        stream.pipe(asked);
      }
      return asked;
    };
    const told = (status: number): void => {
      call.status = status;
    };
    const exchange = new Http2Exchange(stream, headers, name, told, begin);
    if (isOwn || isRepeatable(method)) {
      new Handling(call, ledger, exchange, settings).begin();
      return;
    }
    ledger.problems.add(
      `${call.target} was not passed on to ${name}, which is not on this machine: allow it with unsafe: true`,
    );
    exchange.refuse(502, 'not passed on by ldfi');
    ledger.end(call);
  }

  /** Begins a request to the service. */
  private ask(headers: IncomingHttpHeaders, changed: Readonly<Record<string, string | undefined>>): ClientHttp2Stream {
    const { url } = this.options;
    if (!this.upstream || this.upstream.closed || this.upstream.destroyed) {
      this.upstream = connect(url);
      this.keep(this.upstream);
    }
    const all: Record<string, unknown> = { ...headers, ':authority': url.host, ...changed };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return this.upstream.request(given as OutgoingHttpHeaders, { endStream: false });
  }
}
