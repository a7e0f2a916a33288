/**
 * Services that keep a state, drop headers, work in the background or break for good.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { searchLive } from '../../src/experiments/search.js';
import { HttpSystem, type HttpSystemOptions } from '../../src/live/http/system.js';
import { promise } from './shop/open.js';
import { type Asked, call, type Reply, type Running, serve } from './shop/service.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function started(answer: (asked: Asked) => Promise<Reply>): Promise<Running & { url: URL }> {
  const running = await serve(answer);
  closing.push(() => running.close());
  return { ...running, url: new URL(`http://127.0.0.1:${running.port}`) };
}

/** An edge and one service behind it. @param edge what the edge does, given the address of the service's proxy */
async function pair(
  edge: (back: string, asked: Asked) => Promise<Reply>,
  back: (asked: Asked) => Promise<Reply> = async () => ({ status: 200, json: {} }),
  options: (edge: URL) => Partial<HttpSystemOptions> = () => ({}),
): Promise<HttpSystem> {
  let address = '';
  const front = await started((asked) => edge(address, asked));
  const { url } = await started(back);
  const system = new HttpSystem({
    services: [{ name: 'back', url, port: 0, required: false, isOwn: true }],
    host: '127.0.0.1',
    entry: { url: front.url, method: 'GET', headers: {}, body: undefined, timeoutMs: 5_000 },
    promises: { expect: promise('answer.status == 200'), never: undefined },
    kinds: ['status'],
    settings: { status: 503, delayMs: 1, hangMs: 5_000 },
    exclusive: false,
    parallel: 1,
    lingerMs: 0,
    settleMs: 2_000,
    reset: { kind: 'none' },
    health: undefined,
    recoveryMs: 1_000,
    identity: new Map(),
    ...options(front.url),
  });
  await system.open();
  closing.push(() => system.close());
  const [proxy] = system.proxies;
  address = `http://127.0.0.1:${proxy?.port}`;
  await system.rehearse();
  return system;
}

const good: Reply = { status: 200 };
const tolerant = (request: Promise<unknown>): Promise<unknown> => request.catch(() => undefined);

describe('a service that drops the headers', () => {
  const deaf = async (back: string): Promise<Reply> => {
    await tolerant(call('GET', `${back}/x`, {}));
    return good;
  };

  test('makes the verdict unreliable', async () => {
    const verdict = await searchLive(await pair(deaf));
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons).toEqual(['GET /x at back belongs to no experiment: it came without trace headers']);
  });

  test('is understood if it has the system for itself', async () => {
    const verdict = await searchLive(await pair(deaf, undefined, () => ({ exclusive: true })));
    expect(verdict).toMatchObject({ kind: 'exact', reasons: [] });
    const careless = async (back: string): Promise<Reply> => call('GET', `${back}/x`, {});
    const found = await searchLive(await pair(careless, undefined, () => ({ exclusive: true })));
    expect(found.counterexamples.map(({ faults }) => faults)).toEqual([
      [{ call: '? > back GET /x #1', kind: 'status' }],
    ]);
  });
});

describe('work in the background', () => {
  const later = async (back: string, { headers }: Asked): Promise<Reply> => {
    setTimeout(() => tolerant(call('GET', `${back}/x`, headers)), 150);
    await tolerant(call('GET', `${back}/now`, headers));
    return good;
  };

  test('that begins after the experiment is over makes the verdict unreliable', async () => {
    const system = await pair(later);
    const verdict = await searchLive(system);
    await expect.poll(() => system.doubts()).toEqual([expect.stringMatching(/^\d+ calls came after/)]);
    expect(verdict.kind).toBe('unreliable');
  });

  test('counts if there is time for it', async () => {
    const verdict = await searchLive(await pair(later, undefined, () => ({ lingerMs: 700 })));
    expect(verdict).toMatchObject({ kind: 'exact', reasons: [] });
    expect(verdict.baseline?.calls.map(({ id }) => id)).toEqual(['back GET /now #1', 'back GET /x #1']);
  });

  test('counts as long as there is some, though each is soon done', async () => {
    const again = async (back: string, headers: Asked['headers']): Promise<void> => {
      for (const path of ['1', '2', '3', '4']) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await tolerant(call('GET', `${back}/${path}`, headers));
      }
    };
    const chain = async (back: string, { headers }: Asked): Promise<Reply> => {
      void again(back, headers);
      return good;
    };
    const system = await pair(chain, undefined, () => ({ lingerMs: 700 }));
    const { log, problems } = await system.run([]);
    expect(log.map(({ target }) => target)).toEqual(['/1', '/2', '/3', '/4']);
    expect(problems).toEqual([]);
  });

  test('that hangs is let go', async () => {
    const patient = async (back: string, { headers }: Asked): Promise<Reply> => {
      setTimeout(() => tolerant(call('GET', `${back}/x`, headers, undefined, 60_000)), 50);
      return good;
    };
    const options = { lingerMs: 500, kinds: ['hang'] as const, settings: { status: 503, delayMs: 1, hangMs: 60_000 } };
    const system = await pair(patient, undefined, () => options);
    const { fired, problems } = await system.run([{ call: 'back GET /x #1', kind: 'hang' }]);
    expect(fired).toHaveLength(1);
    expect(problems).toEqual([]);
  });
});

describe('a state', () => {
  /** Each answer is another one until it is reset. */
  const counting = () => {
    let count = 0;
    return {
      edge: async (back: string, { path, headers }: Asked): Promise<Reply> => {
        if (path === '/reset') count = 0;
        else if (count++ === 0) await tolerant(call('GET', `${back}/first`, headers));
        else await tolerant(call('GET', `${back}/other`, headers));
        return good;
      },
      forget: () => {
        count = 0;
      },
    };
  };

  test('that is kept makes the verdict unreliable', async () => {
    let count = 0;
    const verdict = await searchLive(
      await pair(async (back, { headers }) => {
        await tolerant(call('GET', `${back}/${count++ % 3 === 0 ? 'fill' : 'use'}`, headers));
        return good;
      }),
    );
    expect(verdict.kind).toBe('unreliable');
    expect(verdict.reasons[0]).toMatch(/^without faults back GET \/\w+ #1 occurred in \d of 5 experiments$/);
  });

  test('is brought back by a request', async () => {
    const { edge } = counting();
    const reset = (url: URL) =>
      ({ kind: 'http', method: 'POST', url: new URL('/reset', url), timeoutMs: 5_000 }) as const;
    const verdict = await searchLive(await pair(edge, undefined, (url) => ({ reset: reset(url), parallel: 4 })));
    expect(verdict).toMatchObject({ kind: 'exact', reasons: [] });
    expect(verdict.baseline?.calls.map(({ id }) => id)).toEqual(['back GET /first #1']);
  });

  test('is brought back by a command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ldfi-live-'));
    closing.push(async () => rmSync(folder, { recursive: true }));
    const file = join(folder, 'reset.mjs');
    const front = counting();
    const control = await started(async () => {
      front.forget();
      return good;
    });
    writeFileSync(file, `await fetch(${JSON.stringify(control.url.href)})`);
    const reset = { kind: 'command', words: [process.execPath, file], timeoutMs: 20_000 } as const;
    const verdict = await searchLive(await pair(front.edge, undefined, () => ({ reset })), { baselines: 2 });
    expect(verdict).toMatchObject({ kind: 'exact', reasons: [] });
  });

  test('that cannot be brought back ends the search with what was found', async () => {
    const reset = (timeoutMs: number, ...words: string[]) => ({ kind: 'command', words, timeoutMs }) as const;
    const failing = pair(counting().edge, undefined, () => ({
      reset: reset(60_000, process.execPath, '-e', 'process.exit(3)'),
    }));
    await expect(failing).rejects.toThrow(/^the reset failed: .* ended with exit code 3$/);
    const hanging = pair(counting().edge, undefined, () => ({
      reset: reset(300, process.execPath, '-e', 'setTimeout(() => {}, 60000)'),
    }));
    await expect(hanging).rejects.toThrow(/did not end within 300 ms$/);
    const missing = pair(counting().edge, undefined, () => ({ reset: reset(60_000, 'no-such-program') }));
    await expect(missing).rejects.toThrow(/cannot be started/);
  });
});

test('a system that is broken for good ends the search with what was found', async () => {
  let isBroken = false;
  const fragile = async (back: string, { path, headers }: Asked): Promise<Reply> => {
    if (path === '/health') return { status: isBroken ? 500 : 200 };
    if (isBroken) return { status: 500 };
    try {
      return await call('GET', `${back}/x`, headers);
    } catch {
      isBroken = true;
      return { status: 500 };
    }
  };
  const system = await pair(fragile, undefined, (url) => ({ health: new URL('/health', url), recoveryMs: 200 }));
  const verdict = await searchLive(system);
  expect(verdict).toMatchObject({ kind: 'counterexamples', stopped: 'system' });
  expect(verdict.counterexamples).toMatchObject([{ faults: [{ call: 'back GET /x #1' }], reproduced: 0, attempts: 0 }]);
  expect(verdict.reasons[0]).toMatch(/^the system has not recovered: .* gave no good answer for 200 ms$/);
});

test('other machines are not sent requests that change something, unless that is allowed', async () => {
  const post = async (back: string, { headers }: Asked): Promise<Reply> => {
    await tolerant(call('POST', `${back}/x`, headers, {}));
    return good;
  };
  let asked = 0;
  const back = async (): Promise<Reply> => {
    asked++;
    return good;
  };
  const { url } = await started(back);
  const services = [{ name: 'back', url, port: 0, required: false, isOwn: false }];
  const system = await pair(post, undefined, () => ({ services }));
  const { problems } = await system.run([]);
  expect(problems).toEqual([
    'POST was not passed on to back, which is not on this machine: allow it with unsafe: true',
  ]);
  expect(asked).toBe(0);
});

test('calls at once that cannot be told apart are one fault', async () => {
  const twice = async (back: string, { headers }: Asked): Promise<Reply> => {
    const ask = () => call('GET', `${back}/slow`, headers);
    const all = await Promise.allSettled([ask(), ask()]);
    return { status: all.some(({ status }) => status === 'fulfilled') ? 200 : 500 };
  };
  const slow = async (): Promise<Reply> => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return good;
  };
  const system = await pair(twice, slow);
  const verdict = await searchLive(system);
  expect(system.alike).toEqual(['back GET /slow']);
  expect(verdict.counterexamples.map(({ faults }) => faults)).toEqual([
    [{ call: 'back GET /slow #*', kind: 'status' }],
  ]);
});

test('calls of one experiment at a time are told apart from those of others', async () => {
  const careless = async (back: string, { headers }: Asked): Promise<Reply> => {
    await tolerant(call('GET', `${back}/a`, headers));
    return call('GET', `${back}/b`, headers);
  };
  const system = await pair(careless, undefined, () => ({ parallel: 8, kinds: ['status', 'reset', 'delay'] }));
  const verdict = await searchLive(system);
  expect(verdict.counterexamples.map(({ faults }) => faults)).toEqual([
    [{ call: 'back GET /b #1', kind: 'status' }],
    [{ call: 'back GET /b #1', kind: 'reset' }],
  ]);
  expect(verdict.reasons).toEqual([]);
});

test('a search that is interrupted ends at once, with no call under way', async () => {
  const waiting = async (back: string, { headers }: Asked): Promise<Reply> =>
    call('GET', `${back}/x`, headers, undefined, 60_000);
  const controller = new AbortController();
  const system = await pair(waiting, undefined, () => ({ kinds: ['hang'] }));
  const verdict = await searchLive(system, {
    signal: controller.signal,
    on: (event) => {
      if (event.kind === 'experiment' && event.number === 5) setTimeout(() => controller.abort(), 50);
    },
  });
  expect(verdict).toMatchObject({ kind: 'stopped', stopped: 'aborted', experiments: 6 });
});
