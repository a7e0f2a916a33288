/**
 * Two services that talk gRPC: a warehouse, and a shop that asks it. Messages are JSON, so that no schema is needed.
 */
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Client,
  credentials,
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  makeGenericClientConstructor,
  Server,
  ServerCredentials,
  type ServiceError,
  status,
} from '@grpc/grpc-js';

type Json = Readonly<Record<string, unknown>>;

const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: (value: Json) => Buffer.from(JSON.stringify(value)),
  requestDeserialize: (bytes: Buffer) => JSON.parse(bytes.toString()) as Json,
  responseSerialize: (value: Json) => Buffer.from(JSON.stringify(value)),
  responseDeserialize: (bytes: Buffer) => JSON.parse(bytes.toString()) as Json,
});

const WAREHOUSE = {
  reserve: method('/shop.Warehouse/Reserve', false, false),
  watch: method('/shop.Warehouse/Watch', false, true),
  talk: method('/shop.Warehouse/Talk', true, true),
};

const WarehouseClient = makeGenericClientConstructor(WAREHOUSE, 'Warehouse');

export interface Warehouse {
  readonly port: number;
  /** What was reserved, in order. */
  readonly reserved: string[];
  /** Metadata of the calls, in order. */
  readonly seen: Metadata[];
  close(): void;
}

export async function startWarehouse(): Promise<Warehouse> {
  const server = new Server();
  const reserved: string[] = [];
  const seen: Metadata[] = [];
  const reserve: handleUnaryCall<Json, Json> = ({ request, metadata }, answer) => {
    seen.push(metadata);
    if (request.item === 'none') {
      answer({ code: status.NOT_FOUND, details: 'there is no such item' });
      return;
    }
    reserved.push(String(request.item));
    answer(null, { number: reserved.length });
  };
  const watch: handleServerStreamingCall<Json, Json> = (call) => {
    for (let left = 3; left > 0; left--) call.write({ left });
    call.end();
  };
  const talk: handleBidiStreamingCall<Json, Json> = (call) => {
    call.on('data', ({ word }: Json) => call.write({ echo: word }));
    call.on('end', () => call.end());
  };
  server.addService(WAREHOUSE, { reserve, watch, talk });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, reserved, seen, close: () => server.forceShutdown() };
}

/** A client of the warehouse at a port. */
export const clientOf = (port: number): Client =>
  new WarehouseClient(`127.0.0.1:${port}`, credentials.createInsecure());

type Unary = (
  request: Json,
  metadata: Metadata,
  options: Json,
  then: (error: ServiceError | null, value?: Json) => void,
) => void;

/** Reserves an item. @throws the error of the call */
export const reserve = (client: Client, item: string, metadata = new Metadata(), milliseconds = 5_000): Promise<Json> =>
  new Promise((resolve, reject) => {
    const call = (client as unknown as Record<string, Unary>).reserve as Unary;
    call.call(client, { item }, metadata, { deadline: Date.now() + milliseconds }, (error, value) =>
      error ? reject(error) : resolve(value ?? {}),
    );
  });

/** A shop over HTTP. It asks the warehouse twice if need be, and passes trace headers on as metadata. */
export async function startShop(client: () => Client): Promise<{ readonly port: number; close(): void }> {
  const server: HttpServer = createServer((request, response) => {
    const metadata = metadataOf(request);
    const ask = (): Promise<Json> => reserve(client(), 'lamp', metadata, 400);
    ask()
      .catch(ask)
      .then(
        (value) => response.end(JSON.stringify(value)),
        ({ code }: ServiceError) => response.writeHead(503).end(String(code)),
      );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function metadataOf({ headers }: IncomingMessage): Metadata {
  const metadata = new Metadata();
  for (const name of ['traceparent', 'tracestate', 'baggage'])
    if (headers[name] !== undefined) metadata.set(name, String(headers[name]));
  return metadata;
}
