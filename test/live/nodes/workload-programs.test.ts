/**
 * A program for each workload with a bug that one fault brings out, and its mended twin, which holds under each single
 * fault. Below size 1 these are a set, and a counter that reads old values.
 */
import { describe, expect, test } from 'vitest';
import { isWhole } from '../../size.js';
import { ask, javascript, python } from './support.js';
import { firstOf, holds } from './verdicts.js';

const LONG = 300_000;
const omission = { faults: 'omission' } as const;

describe('a set whose news end with the first acknowledgement', () => {
  test('never reaches the others after one loss', { timeout: LONG }, async () => {
    const { calls, why } = firstOf(await ask('g-set', python('g_set'), { ...omission, first: true }));
    expect(calls?.[0]).toMatch(/^n\d > n\d news /);
    expect(why?.[0]).toMatch(/^\d, acknowledged by n\d at tick \d+, is not in what n\d reads at the end$/);
  });

  test('with a list for each holds', { timeout: LONG }, async () => {
    holds(await ask('g-set', python('g_set', 'each'), { ...omission, nodes: 2 }));
  });
});

describe.runIf(isWhole)('a counter that tells what was added until it is acknowledged', () => {
  test('counts twice if the acknowledgement is lost', { timeout: LONG }, async () => {
    const result = await ask('pn-counter', javascript('pn-counter'), { ...omission, nodes: 2, first: true });
    const { calls, why } = firstOf(result);
    expect(calls?.[0]).toMatch(/^n\d > n\d delta_ok #\d$/);
    expect(why?.[0]).toMatch(/^n\d reads -?\d+ at the end, and not 0$/);
  });

  test('and that tells totals instead holds', { timeout: LONG }, async () => {
    holds(await ask('pn-counter', javascript('pn-counter', '--totals'), { faults: 'omission,dup', nodes: 2 }));
  });
});

describe.runIf(isWhole)('a store with a leader', () => {
  test('whose copies are read is not linearizable after one loss', { timeout: LONG }, async () => {
    const { calls, why } = firstOf(await ask('lin-kv', javascript('lin-kv'), { ...omission, first: true }));
    expect(calls?.[0]).toMatch(/^n0 > n[12] copy /);
    expect(why?.[0]).toContain('key-value store');
  });

  test('that is asked for all holds', { timeout: LONG }, async () => {
    holds(await ask('lin-kv', javascript('lin-kv', '--ask-leader'), { ...omission, nodes: 2 }));
  });
});

describe.runIf(isWhole)('registers under one key', () => {
  test('that are written back lose an update', { timeout: LONG }, async () => {
    const { calls, why } = firstOf(
      await ask('txn-rw-register', javascript('txn-register'), { ...omission, first: true }),
    );
    expect(calls?.[0]).toContain('lin-kv');
    expect(why?.[0]).toMatch(/both read .* and wrote \d and \d: one of the updates is lost$/);
  });

  test('by cas hold', { timeout: LONG }, async () => {
    holds(await ask('txn-rw-register', javascript('txn-register', '--cas'), { ...omission, nodes: 2 }));
  });
});

describe.runIf(isWhole)('lists that one node keeps', () => {
  test('are appended to twice if an answer is lost', { timeout: LONG }, async () => {
    const result = await ask('txn-list-append', python('txn_append'), { ...omission, nodes: 2, first: true });
    const { calls, why } = firstOf(result);
    expect(calls?.[0]).toMatch(/^n0 > n1 done /);
    expect(why?.[0]).toMatch(/is 2 times in what n0 reads at the end$/);
  });

  test('and once if what is done is remembered', { timeout: LONG }, async () => {
    holds(await ask('txn-list-append', python('txn_append', 'once'), { faults: 'omission,dup', nodes: 2 }));
  });
});

describe('a counter by cas', () => {
  const counter = (faults: string, args: readonly string[], first = false) =>
    ask('g-counter', javascript('counter-cas', ...args), { faults, nodes: 2, first });

  test('that does not expect old values loses an addition to one', { timeout: LONG }, async () => {
    const { calls, kinds, why } = firstOf(await counter('stale', [], true));
    expect(kinds).toEqual(['stale']);
    expect(calls?.[0]).toMatch(/^n\d > seq-kv read /);
    expect(why?.[0]).toMatch(/^n0 reads \d+ at the end, and not 10$/);
  });

  test.runIf(isWhole)('that looks whether its addition is there holds over seq-kv', { timeout: LONG }, async () => {
    holds(await counter('omission,stale', ['--look']));
  });

  test.runIf(isWhole)(
    'and not over lww-kv, where a cas can be decided by the same old value',
    { timeout: LONG },
    async () => {
      const { kinds, calls } = firstOf(await counter('stale:20', ['--look', 'lww-kv'], true));
      expect(kinds).toEqual(['stale:20']);
      expect(calls?.[0]).toContain('> lww-kv ');
    },
  );

  test.runIf(isWhole)(
    'is read as it was long ago, unless the reader has written something before',
    { timeout: LONG },
    async () => {
      const { kinds, why } = firstOf(await counter('stale:1000', ['--look'], true));
      expect(kinds).toEqual(['stale:1000']);
      expect(why?.[0]).toMatch(/^n\d reads \d+ at the end, and not 10$/);
      holds(await counter('stale:1000', ['--look', '--write-first']));
    },
  );
});

describe.runIf(isWhole)('numbers that two of five nodes agree on', () => {
  test('are given out twice in a split of two and three; by a majority they are not', { timeout: LONG }, async () => {
    const options = { nodes: 5, faults: 'split:30' };
    const { kinds, calls, why } = firstOf(
      await ask('unique-ids', javascript('quorum-ids'), { ...options, first: true }),
    );
    expect(kinds?.[0]).toMatch(/^split:30:n\d\+n\d$/);
    expect(why?.[0]).toMatch(/^id \d+ was given out twice/);
    const inject = `${kinds?.[0]} @ ${calls?.[0]}`;
    const twin = await ask('unique-ids', javascript('quorum-ids', '--majority'), { ...options, inject });
    expect(twin).toMatchObject({ verdict: 'kept', injected: [inject] });
  });
});
