/**
 * A stand-in for a MySQL server, which does what it is asked without looking, and remembers it. The protocol is that of
 * `mysql2` itself, so both ends are real.
 */
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';

interface Connection {
  serverHandshake(options: object): void;
  on(event: string, act: (...args: never[]) => void): void;
  writeOk(what: object): void;
  /** Packets are counted for each statement. */
  _resetSequenceId(): void;
}

interface Mysql {
  createServer(handler: (connection: Connection) => void): {
    _server: Server;
    listen(port: number, host: string): void;
  };
}

export interface MysqlServer {
  readonly port: number;
  /** Statements, as they came. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startMysql(): Promise<MysqlServer> {
  const mysql = createRequire(import.meta.url)('mysql2') as Mysql;
  const asked: string[] = [];
  const server = mysql.createServer((connection) => {
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff & ~2048,
      authCallback: (_: unknown, done: (error: null) => void) => {
        done(null);
        connection._resetSequenceId();
      },
    });
    connection.on('query', (sql: string) => {
      asked.push(sql);
      connection.writeOk({ affectedRows: 1 });
      connection._resetSequenceId();
    });
    connection.on('error', () => undefined);
  });
  const { _server: tcp } = server;
  const sockets = new Set<{ destroy(): void }>();
  tcp.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    tcp.once('listening', resolve);
    server.listen(0, '127.0.0.1');
  });
  return {
    port: (tcp.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((resolve) => {
        tcp.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
