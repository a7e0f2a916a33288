/**
 * `ldfi live` on the shop: five real services, one of them in Python.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import { FRONT, type OpenShop, ORDER, openShop, promise } from './shop/open.js';

let open: OpenShop | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const inWords = (faults: readonly { call: string; kind: string }[]): string =>
  faults.map(({ call, kind }) => `${kind} ${call}`).join(' + ');

describe('the shop', () => {
  test('shows its front page whatever two faults do', async () => {
    open = await openShop(FRONT);
    await open.system.rehearse();
    const verdict = await searchLive(open.system, { maxFaults: 2 });
    expect(verdict).toMatchObject({ kind: 'exact', exact: 2, reasons: [] });
    expect(verdict.baseline?.calls.map(({ id }) => id.replace(/ [0-9a-f]{6}(?= )/g, '')).sort()).toEqual([
      'catalog GET /items/:n #1',
      'recommendations GET /for/:n #1',
      'recommendations GET /for/:n #1 > catalog GET /items/:n-like #1',
    ]);
  });

  test('takes no order without stock, nor if the payment fails twice', async () => {
    open = await openShop(ORDER);
    await open.system.rehearse();
    const verdict = await searchLive(open.system, { maxFaults: 2 });
    expect(verdict.reasons).toEqual([]);
    expect(verdict.counterexamples.map(({ faults }) => inWords(faults))).toEqual([
      expect.stringMatching(/^status stock PUT \/items\/:n\/reserved \w{6} #1$/),
      expect.stringMatching(/^status payments POST \/charges (\w{6}) #1 \+ status payments POST \/charges \1 #2$/),
    ]);
    expect(verdict.counterexamples.every(({ reproduced, attempts }) => reproduced === 3 && attempts === 3)).toBe(true);
  });

  test('charges twice if the answer to a payment is lost', async () => {
    const never = promise('calls.filter(c, c.service == "payments" && c.status == 200).size() > 1');
    open = await openShop(ORDER, { promises: { expect: undefined, never }, kinds: ['status', 'reset', 'lost'] });
    await open.system.rehearse();
    const verdict = await searchLive(open.system, { maxFaults: 2, lineage: false });
    expect(verdict.counterexamples.map(({ faults }) => inWords(faults))).toEqual([
      expect.stringMatching(/^lost payments POST \/charges \w{6} #1$/),
    ]);
    expect(open.shop.charges.length).toBeGreaterThan(2);
  });
});
