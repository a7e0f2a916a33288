/**
 * One loopback reverse proxy: the address at which others call a service, and the place where faults happen.
 *
 * ```ts
 * const proxy = new ServiceProxy({ name: 'stock', url, desk, settings });
 * await proxy.listen(0, '127.0.0.1'); // the service is now at 127.0.0.1:<proxy.port>
 * ```
 * Calls of no experiment pass as if there were no proxy.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { bodyOf } from './body.js';
import type { Desk } from './desk.js';
import { Http1Exchange } from './exchange.js';
import { type FaultSettings, isRepeatable } from './faults.js';
import { passedOn, passHead, Upstream } from './forward.js';
import { Handling } from './handling.js';
import type { Call, Ledger } from './ledger.js';
import { listenAt } from './listen.js';
import { refuse } from './refuse.js';
import { tokenOf, withToken } from './trace.js';

/** What stands before a service. */
export interface ReverseProxy {
  /** Of the service. */
  readonly name: string;
  /** Where it listens. */
  readonly port: number;
  /** @param port 0 for one that the system chooses. @throws the system's error if that is not to be had */
  listen(port: number, host: string): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Of the service. */
  readonly name: string;
  readonly url: URL;
  readonly desk: Desk;
  readonly settings: FaultSettings;
  /** Whether requests that change something each time are passed on during experiments. */
  readonly isOwn: boolean;
}

export class ServiceProxy implements ReverseProxy {
  private readonly upstream: Upstream;
  private readonly server: Server;

  constructor(private readonly options: ProxyOptions) {
    this.upstream = new Upstream(options.url);
    this.server = createServer((request, response) => this.take(request, response));
    // Slow requests are the business of those who send them.
    this.server.requestTimeout = 0;
    this.server.headersTimeout = 0;
    this.server.timeout = 0;
    this.server.keepAliveTimeout = 60_000;
    this.server.on('upgrade', (request, socket: Socket, head) => this.upgrade(request, socket, head));
    this.server.on('clientError', (_, socket) => socket.destroy());
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
    this.upstream.close();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const { name, desk } = this.options;
    const what = `${request.method} ${request.url} at ${name}`;
    const attribution = desk.attribute(request.headers, what);
    if (!attribution) {
      this.pass(request, response);
      return;
    }
    bodyOf(request).then(
      (body) => this.handle(request, response, body, attribution.ledger, attribution.parent),
      () => response.destroy(),
    );
  }

  /** Of no experiment: only what may look like our own header is taken away. */
  private pass(request: IncomingMessage, response: ServerResponse): void {
    const asked = this.upstream.ask(request, withToken(request.headers, undefined));
    asked.on('response', (answer) => {
      passHead(answer, response);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    asked.on('error', () => refuse(response, 502, `${this.name} cannot be reached`));
    response.on('close', () => asked.destroy());
    request.pipe(asked);
  }

  private handle(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | undefined,
    ledger: Ledger,
    parent: number | undefined,
  ): void {
    const { name, settings } = this.options;
    const method = request.method ?? 'GET';
    const call = ledger.begin({ service: name, method, target: request.url ?? '/', body: body?.toString() }, parent);
    if (!this.options.isOwn && !isRepeatable(method)) {
      this.refuseStranger(call, ledger, response);
      return;
    }
    const changed = withToken(request.headers, tokenOf(ledger.experiment, call.number));
    const ask = () => {
      const asked = this.upstream.ask(request, changed);
      asked.on('error', ({ message }) => {
        if (!response.destroyed) ledger.problems.add(`${name} cannot be reached: ${message}`);
      });
      if (body) asked.end(body);
      else request.pipe(asked);
      return asked;
    };
    new Handling(call, ledger, new Http1Exchange(method, name, response, ask), settings).begin();
  }

  private refuseStranger(call: Call, ledger: Ledger, response: ServerResponse): void {
    ledger.problems.add(
      `${call.method} was not passed on to ${this.name}, which is not on this machine: allow it with unsafe: true`,
    );
    refuse(response, 502, 'not passed on by ldfi');
    ledger.end(call);
  }

  /** Web sockets and the like pass as they are. */
  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const asked = this.upstream.ask(request, { connection: 'upgrade', upgrade: request.headers.upgrade });
    asked.on('upgrade', (answer, other: Socket, first: Buffer) => {
      const lines = passedOn(answer.rawHeaders, { connection: 'upgrade', upgrade: answer.headers.upgrade });
      const fields = lines.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${lines[i + 1]}\r\n`] : []));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields.join('')}\r\n`);
      socket.write(first);
      other.write(head);
      socket.pipe(other).pipe(socket);
      socket.on('error', () => other.destroy());
      other.on('error', () => socket.destroy());
      socket.on('close', () => other.destroy());
      other.on('close', () => socket.destroy());
    });
    asked.on('response', () => socket.destroy());
    asked.on('error', () => socket.destroy());
    asked.end();
  }
}
