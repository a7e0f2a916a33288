/**
 * The shop with its proxies, as a system for experiments.
 */
import { expressionOf } from '../../../src/live/http/promise.js';
import { HttpSystem, type HttpSystemOptions } from '../../../src/live/http/system.js';
import { freePorts } from '../free-port.js';
import { startRecommendations } from './python.js';
import { type Addresses, type Shop, startShop } from './shop.js';

export interface OpenShop {
  readonly shop: Shop;
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

export async function openShop(
  asked: typeof FRONT | typeof ORDER,
  options: Partial<HttpSystemOptions> = {},
): Promise<OpenShop> {
  const addresses: Addresses = { catalog: '', stock: '', payments: '', recommendations: '' };
  const shop = await startShop(addresses);
  const [catalogPort = 0] = await freePorts(1);
  const python = await startRecommendations(`http://127.0.0.1:${catalogPort}`);
  const services = { catalog: shop.catalog, stock: shop.stock, payments: shop.payments, recommendations: python };
  const system = new HttpSystem({
    services: Object.entries(services).map(([name, { port }]) => ({
      name,
      url: new URL(`http://127.0.0.1:${port}`),
      port: name === 'catalog' ? catalogPort : 0,
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
  for (const proxy of system.proxies) addresses[proxy.name as keyof Addresses] = `http://127.0.0.1:${proxy.port}`;
  return {
    shop,
    system,
    close: async () => {
      await system.close();
      await Promise.all([shop.close(), python.close()]);
    },
  };
}
