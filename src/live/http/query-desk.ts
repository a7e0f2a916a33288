/**
 * Where services that run `ldfi/preload` ask about their queries: a server of the process of `ldfi`, which is open as
 * long as its proxies are. It names queries like all other calls, and decides what becomes of them.
 *
 * ```yaml
 * databases:
 *   orders-db: { library: pg, address: 127.0.0.1:5432 }
 * ```
 * Queries of no experiment, and those to databases that the configuration does not name, are left alone.
 */
import { createServer, type Server, type Socket } from 'node:net';
import * as z from 'zod';
import { LIBRARIES, type Library, LONGEST, type Question } from '../preload/question.js';
import type { Desk } from './desk.js';
import type { FaultSettings } from './faults.js';
import { Handling } from './handling.js';
import { listenAt } from './listen.js';
import { QueryExchange } from './query-exchange.js';
import type { Headers } from './trace.js';

export interface DatabaseOptions {
  readonly name: string;
  readonly library: Library;
  /** As the services have it: `127.0.0.1:5432`, or the path of a socket. */
  readonly address: string;
  /** Never to fail. */
  readonly required: boolean;
}

const header = z.string().max(16_384).optional();
const questionSchema = z.strictObject({
  headers: z.strictObject({ traceparent: header, tracestate: header, baggage: header }),
  library: z.enum(LIBRARIES),
  address: z.string().max(1_000),
  operation: z.string().regex(/^[A-Z0-9._-]{1,40}$/),
  target: z.string().max(200),
  detail: z.string().max(LONGEST),
});
const reportSchema = z.strictObject({ status: z.literal([200, 500]) });

/** Connections at once. */
const MOST = 2_000;
/** Milliseconds for a first line. */
const PATIENCE = 10_000;

export class QueryDesk {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly databases: readonly DatabaseOptions[],
    private readonly desk: Desk,
    private readonly settings: FaultSettings,
  ) {
    this.server = createServer((socket) => this.serve(socket));
    this.server.maxConnections = MOST;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** @param port 0 for one that the system chooses. @throws the system's error if that is not to be had */
  listen(port: number, host: string): Promise<void> {
    return listenAt(this.server, port, host);
  }

  /** Ends all connections: what was asked about is done without us. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    const impatience = setTimeout(() => socket.destroy(), PATIENCE);
    socket.on('close', () => clearTimeout(impatience));
    let text = '';
    let exchange: QueryExchange | undefined;
    const read = (line: string): boolean => {
      clearTimeout(impatience);
      if (exchange) {
        const report = parsed(reportSchema, line);
        if (report) exchange.report(report.status);
        return report !== undefined;
      }
      const question = parsed(questionSchema, line);
      if (question) exchange = this.take(question as Question, socket);
      return question !== undefined;
    };
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      if (text.length > LONGEST || !lines.every(read)) socket.destroy();
    });
  }

  /** @returns undefined if the query is left alone */
  private take(question: Question, socket: Socket): QueryExchange | undefined {
    const { headers, operation, target, detail, library } = question;
    const address = plainAddress(question.address);
    const database = this.databases.find((it) => it.library === library && plainAddress(it.address) === address);
    const attribution =
      database && this.desk.attribute(headers as Headers, `${operation} ${target} at ${database.name}`);
    if (!attribution) {
      socket.end(`${JSON.stringify({ act: 'pass' })}\n`);
      return undefined;
    }
    const { ledger, parent } = attribution;
    const call = ledger.begin({ service: database.name, method: operation, target, body: detail }, parent);
    const exchange = new QueryExchange(socket);
    new Handling(call, ledger, exchange, this.settings).begin();
    return exchange;
  }
}

/** All names of this machine are one. */
export const plainAddress = (address: string): string =>
  address.toLowerCase().replace(/^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])(?=:\d+$)/, '127.0.0.1');

function parsed<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
