/**
 * Programs in JavaScript, Python and Go: what breaks each, and that its mended twin holds. Other tests have a loss that
 * breaks a broadcast, and a counter over seq-kv; here they are tried at size 1.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWhole } from '../../size.js';
import { ask, javascript, program, python } from './support.js';
import { firstOf, holds } from './verdicts.js';

const LONG = 300_000;

describe('broadcast', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-go-'));
  const gossip = join(folder, 'gossip');
  beforeAll(() => {
    const built = spawnSync('go', ['build', '-o', gossip, program('go/gossip.go')], { encoding: 'utf8' });
    expect(built.stderr).toBe('');
  }, LONG);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.runIf(isWhole)('without a retry: one loss', { timeout: LONG }, async () => {
    const { kinds, calls, why } = firstOf(
      await ask('broadcast', javascript('broadcast-once'), { faults: 'omission', first: true }),
    );
    expect(kinds).toEqual(['omission']);
    expect(calls?.[0]).toMatch(/^n\d > n\d tell [0-9a-f]{8} #1$/);
    expect(why?.[0]).toMatch(/^\d, acknowledged by n\d at tick \d+, is not in what n\d reads at the end$/);
  });

  test('with a retry by one node: a loss and a crash', { timeout: LONG }, async () => {
    const options = { nodes: 2, maxFaults: 2, first: true };
    const { kinds, calls } = firstOf(await ask('broadcast', python('broadcast_retry'), options));
    expect([...(kinds ?? [])].sort()).toEqual(['crash', 'omission']);
    expect(calls?.join()).toMatch(/> n\d tell /);
  });

  test('with gossip it holds, and the loss that broke the other is injected again', { timeout: LONG }, async () => {
    holds(await ask('broadcast', [gossip], { faults: 'omission' }));
    const again = await ask('broadcast', [gossip], { inject: 'omission @ n0 > n1 tell 2453d0ad #1' });
    expect(again).toMatchObject({ verdict: 'kept', injected: ['omission @ n0 > n1 tell 2453d0ad #1'] });
  });
});

describe('a counter over seq-kv', () => {
  test.runIf(isWhole)('that writes sums loses an update', { timeout: LONG }, async () => {
    const result = await ask('g-counter', python('counter'), { nodes: 2, faults: 'omission', first: true });
    const { calls, why } = firstOf(result);
    expect(calls?.[0]).toContain('seq-kv');
    expect(why?.[0]).toMatch(/^n0 reads \d+ at the end, and not 10$/);
  });

  test.runIf(isWhole)('with a key for each node and cas holds', { timeout: LONG }, async () => {
    holds(await ask('g-counter', python('counter', 'own-keys'), { nodes: 2, faults: 'omission' }));
  });
});

describe('a log over lin-kv', () => {
  test.runIf(isWhole)(
    'that acknowledges before it stores loses a record; its twin keeps it',
    { timeout: LONG },
    async () => {
      const result = await ask('kafka', javascript('kafka-early'), { nodes: 2, faults: 'omission', first: true });
      const { calls, why } = firstOf(result);
      expect(calls?.[0]).toMatch(/^n\d > lin-kv write/);
      expect(why?.[0]).toMatch(/^record \d, acknowledged by n\d at tick \d+ with offset \d, is not in what n\d reads/);
      const inject = `omission @ ${calls?.[0]}`;
      const twin = await ask('kafka', javascript('kafka-early', '--store-first'), { nodes: 2, inject });
      expect(twin).toMatchObject({ verdict: 'kept', injected: [inject] });
    },
  );
});

describe('unique ids', () => {
  test('from a counter that a restart forgets', { timeout: LONG }, async () => {
    const result = await ask('unique-ids', javascript('unique-ids'), {
      nodes: 1,
      faults: 'crash,restart',
      first: true,
    });
    const { kinds, why } = firstOf(result);
    expect(kinds).toEqual(['restart']);
    expect(why?.[0]).toMatch(/^id "n0-1" was given out twice/);
  });

  test('from a counter in a file of the node', { timeout: LONG }, async () => {
    holds(await ask('unique-ids', javascript('unique-ids', '--durable'), { nodes: 1, faults: 'crash,restart' }));
  });
});
