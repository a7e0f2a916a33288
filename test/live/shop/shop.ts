/**
 * A small shop to be tried by `ldfi live`: an edge, a catalogue, stock and payments, and recommendations in Python.
 *
 * `GET /front/:item` is robust: the price comes from a cache if the catalogue fails, and the page does without
 * recommendations. `POST /orders` is not: a payment is tried twice, and a payment whose answer is lost is made twice.
 */
import { type Asked, call, type Reply, serve } from './service.js';

/** Where the services of the shop find each other; may be filled in later. */
export interface Addresses {
  catalog: string;
  stock: string;
  payments: string;
  recommendations: string;
}

/** Its services, as whoever starts it needs them. */
export interface Services {
  readonly edge: { readonly port: number };
  readonly catalog: { readonly port: number };
  readonly stock: { readonly port: number };
  readonly payments: { readonly port: number };
  close(): Promise<void>;
}

export interface Shop extends Services {
  /** Charges that were made. */
  readonly charges: readonly unknown[];
}

/**
 * @param ports of edge, catalog, stock and payments; 0 for ones that the system chooses
 * @param passes whether its services pass headers on themselves
 */
export async function startShop(addresses: Addresses, ports: readonly number[] = [], passes = true): Promise<Shop> {
  const prices = new Map<string, number>();
  const charges: unknown[] = [];

  async function price(item: string, headers: Record<string, string>): Promise<number> {
    try {
      const { json } = await call('GET', `${addresses.catalog}/items/${item}`, headers);
      const found = (json as { price: number }).price;
      prices.set(item, found);
      return found;
    } catch (error) {
      const kept = prices.get(item);
      if (kept === undefined) throw error;
      return kept;
    }
  }
  const recommendations = (item: string, headers: Record<string, string>): Promise<unknown> =>
    call('GET', `${addresses.recommendations}/for/${item}`, headers)
      .then(({ json }) => json)
      .catch(() => []);
  async function charge(amount: number, headers: Record<string, string>): Promise<void> {
    const pay = () => call('POST', `${addresses.payments}/charges`, headers, { amount });
    await pay().catch(pay);
  }
  async function front(item: string, headers: Record<string, string>): Promise<Reply> {
    const [cost, others] = await Promise.all([price(item, headers), recommendations(item, headers)]);
    return { status: 200, json: { item, price: cost, others } };
  }
  async function order({ json, headers }: Asked): Promise<Reply> {
    const { item } = json as { item: string };
    const cost = await price(item, headers);
    await call('PUT', `${addresses.stock}/items/${item}/reserved`, headers, { quantity: 1 });
    await charge(cost, headers);
    return { status: 201, json: { item, paid: cost } };
  }

  const edge = await serve(
    async (asked) => {
      if (asked.method === 'POST' && asked.path === '/orders') return order(asked);
      if (asked.path.startsWith('/front/')) return front(asked.path.slice('/front/'.length), asked.headers);
      return { status: asked.path === '/health' ? 200 : 404 };
    },
    ports[0],
    passes,
  );
  const catalog = await serve(async ({ path }) => ({ status: 200, json: { item: path, price: 42 } }), ports[1], passes);
  const stock = await serve(async () => ({ status: 200, json: { reserved: true } }), ports[2], passes);
  const payments = await serve(
    async ({ json }) => {
      charges.push(json);
      return { status: 200, json: { charged: true } };
    },
    ports[3],
    passes,
  );
  const all = [edge, catalog, stock, payments];
  return {
    edge,
    catalog,
    stock,
    payments,
    charges,
    close: async () => {
      await Promise.all(all.map((service) => service.close()));
    },
  };
}
