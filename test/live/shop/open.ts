/**
 * The shop with its proxies, as a system for experiments.
 */
import { expressionOf } from '../../../src/live/http/promise.js';
import { HttpSystem, type HttpSystemOptions } from '../../../src/live/http/system.js';
import { freePorts } from '../free-port.js';
import { startRecommendations } from './python.js';
import { type Addresses, type Services, type Shop, startShop } from './shop.js';

export interface OpenShop<S extends Services = Shop> {
  readonly shop: S;
  readonly system: HttpSystem;
  close(): Promise<void>;
}

export const promise = (text: string) => {
  const read = expressionOf(text);
  if ('problem' in read) throw new Error(read.problem);
  return read;
};

/** A visit of the front page; `ORDER` is an order. */
export const FRONT = { method: 'GET', path: '/front/7', body: undefined };
export const ORDER = { method: 'POST', path: '/orders', body: '{"item":"7"}' };

export const openShop = (
  asked: typeof FRONT | typeof ORDER,
  options: Partial<HttpSystemOptions> = {},
): Promise<OpenShop> => openShopOf((addresses) => startShop(addresses), asked, options);

/** @param start starts the shop, given the addresses of the proxies */
export async function openShopOf<S extends Services>(
  start: (addresses: Addresses) => Promise<S>,
  asked: typeof FRONT | typeof ORDER,
  options: Partial<HttpSystemOptions> = {},
): Promise<OpenShop<S>> {
  const ports = await freePorts(4);
  const at = (i: number): string => `http://127.0.0.1:${ports[i]}`;
  const shop = await start({ catalog: at(0), stock: at(1), payments: at(2), recommendations: at(3) });
  const python = await startRecommendations(at(0));
  const services = { catalog: shop.catalog, stock: shop.stock, payments: shop.payments, recommendations: python };
  const system = new HttpSystem({
    services: Object.entries(services).map(([name, { port }], i) => ({
      name,
      url: new URL(`http://127.0.0.1:${port}`),
      port: ports[i] ?? 0,
      required: false,
      isOwn: true,
    })),
    host: '127.0.0.1',
    entry: {
      url: new URL(`http://127.0.0.1:${shop.edge.port}${asked.path}`),
      method: asked.method,
      headers: {},
      body: asked.body,
      timeoutMs: 5_000,
    },
    promises: { expect: promise('answer.status < 300 && answer.status > 0'), never: undefined },
    kinds: ['status'],
    settings: { status: 503, delayMs: 100, hangMs: 5_000 },
    exclusive: false,
    parallel: 1,
    lingerMs: 0,
    settleMs: 2_000,
    reset: { kind: 'none' },
    health: undefined,
    recoveryMs: 1_000,
    identity: new Map(),
    ...options,
  });
  await system.open();
  return {
    shop,
    system,
    close: async () => {
      await system.close();
      await Promise.all([shop.close(), python.close()]);
    },
  };
}
