/**
 * The shop with real OpenTelemetry, which passes the headers on: experiments find what they find where each service does
 * that by hand, whether anything is sampled or not.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import type { HttpSystem, HttpSystemOptions } from '../../src/live/http/system.js';
import { startTracedShop } from './shop/apart.js';
import { FRONT, ORDER, openShop, openShopOf, promise } from './shop/open.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What is found in a shop, without what is not the same each time. */
async function found(open: { system: HttpSystem; close(): Promise<void> }, maxFaults: number, lineage: boolean) {
  closing.push(open.close);
  await open.system.rehearse();
  const { kind, exact, reasons, baseline, counterexamples } = await searchLive(open.system, { maxFaults, lineage });
  const faults = counterexamples.map(({ faults, reproduced }) => ({ faults, reproduced }));
  return { kind, exact, reasons, calls: baseline?.calls.map(({ id }) => id).sort(), faults };
}

const TWICE: Partial<HttpSystemOptions> = {
  promises: {
    expect: undefined,
    never: promise('calls.filter(c, c.service == "payments" && c.status == 200).size() > 1'),
  },
  kinds: ['status', 'reset', 'lost'],
};

describe.each(['on', 'off'] as const)('with a sampler that is %s', (sampler) => {
  const traced = (asked: typeof FRONT | typeof ORDER, options: Partial<HttpSystemOptions> = {}) =>
    openShopOf((addresses) => startTracedShop(addresses, sampler), asked, options);

  test.each([
    ['the front page holds', FRONT, {}, 2, true, 'exact'],
    ['an order fails', ORDER, {}, 2, true, 'counterexamples'],
    ['a payment is made twice', ORDER, TWICE, 1, false, 'counterexamples'],
  ] as const)('%s', async (_, asked, options, maxFaults, lineage, kind) => {
    const byHand = await found(await openShop(asked, options), maxFaults, lineage);
    const byTelemetry = await found(await traced(asked, options), maxFaults, lineage);
    expect(byTelemetry).toEqual(byHand);
    expect(byTelemetry).toMatchObject({ kind, reasons: [] });
  });
});
