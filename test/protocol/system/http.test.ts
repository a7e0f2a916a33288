/**
 * HTTP between the nodes of a system: `fetch` and `net.serve`.
 */
import { expect, test } from 'vitest';
import { check, defineSystem, type Net, type Scenario, type SystemNode, systemOf } from '../../../src/index.js';

type Start = (node: SystemNode, net: Net) => unknown;

/** What `a` logs; `b` serves. Ticks are 10 ms. */
async function logOfA(serve: (request: Request) => unknown, ask: Start, scenario: Scenario = []): Promise<unknown> {
  const start: Start = (node, net) => (node.id === 'a' ? ask(node, net) : net.serve(serve as never));
  const system = defineSystem({ name: 'http', nodes: ['a', 'b'], start, check: () => 'holds' });
  const run = await systemOf(system, { eot: 20, eff: 8, crashes: 1 }).trace(scenario);
  return run.finals[0]?.log;
}

test('a node asks another one, as services do', async () => {
  const items = new Map([['7', 3]]);
  const served = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === 'PUT') {
      const { left } = (await request.json()) as { left: number };
      return Response.json({ item: pathname.slice(1), left, by: request.headers.get('x-by') }, { status: 201 });
    }
    return Response.json({ left: items.get(searchParams.get('id') ?? '') });
  };
  const log = await logOfA(served, async (node) => {
    const got = await fetch('http://b/items?id=7');
    node.log([got.status, got.ok, got.url, got.headers.get('content-type'), await got.json(), performance.now()]);
    const put = await fetch('http://B:8080/7', {
      method: 'PUT',
      headers: { 'x-by': 'a' },
      body: JSON.stringify({ left: 2 }),
    });
    node.log([put.status, await put.json()]);
  });
  expect(log).toEqual([
    [200, true, 'http://b/items?id=7', 'application/json', { left: 3 }, 20],
    [201, { item: '7', left: 2, by: 'a' }],
  ]);
});

test('bytes, empty answers, cookies and forms arrive as they are', async () => {
  const served = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/bytes') return new Response(new Uint8Array([0xff, 0, 1]));
    if (pathname === '/none') return new Response(null, { status: 204, statusText: 'Nothing' });
    if (pathname === '/form') return new Response((await request.formData()).get('name') as string);
    const headers = new Headers();
    headers.append('set-cookie', 'a=1');
    headers.append('set-cookie', 'b=2');
    return new Response('', { headers });
  };
  const log = await logOfA(served, async (node) => {
    node.log([...new Uint8Array(await (await fetch('http://b/bytes')).arrayBuffer())]);
    const none = await fetch('http://b/none');
    node.log([none.status, none.statusText, none.body, await none.text()]);
    const body = new URLSearchParams({ name: 'Zoë' });
    node.log(await (await fetch('http://b/form', { method: 'POST', body })).text());
    node.log((await fetch('http://b/cookies')).headers.getSetCookie());
  });
  expect(log).toEqual([[255, 0, 1], [204, 'Nothing', null, ''], 'Zoë', ['a=1', 'b=2']]);
});

test('redirects are followed as the standard says', async () => {
  const served = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/round') return Response.redirect('http://b/round');
    if (pathname === '/see') return new Response(null, { status: 303, headers: { location: '/seen' } });
    if (pathname === '/same') return new Response(null, { status: 307, headers: { location: 'seen' } });
    return new Response(`${request.method} ${await request.text()}`);
  };
  const failed = (error: Error) => [error.name, (error.cause as Error).message];
  const log = await logOfA(served, async (node) => {
    const post = { method: 'POST', body: 'x' };
    const seen = await fetch('http://b/see', post);
    node.log([seen.redirected, seen.url, await seen.text()]);
    node.log(await (await fetch('http://b/same', post)).text());
    node.log((await fetch('http://b/see', { redirect: 'manual' })).status);
    await fetch('http://b/see', { redirect: 'error' }).catch((error) => node.log(failed(error)));
  });
  expect(log).toEqual([[true, 'http://b/seen', 'GET '], 'POST x', 303, ['TypeError', 'unexpected redirect']]);
});

test('a node that serves nothing refuses, and one that throws is an error of the sender', async () => {
  const told = (node: SystemNode) => (error: Error) =>
    node.log([error.name, error.message, (error.cause as Error).message]);
  const thrown = await logOfA(
    () => {
      throw new Error('out of order');
    },
    (node) => fetch('http://b/').catch(told(node)),
  );
  expect(thrown).toEqual([['TypeError', 'fetch failed', 'Error: out of order']]);
  const refused = await logOfA(
    () => new Response(),
    async (node) => {
      await fetch('http://a/').catch(told(node));
    },
  );
  expect(refused).toEqual([['TypeError', 'fetch failed', 'Error: connect ECONNREFUSED a']]);
});

test('of a node that is down nothing is heard, and a lost answer is late for ever', async () => {
  const ask: Start = (node) =>
    fetch('http://b/', { signal: AbortSignal.timeout(45) }).catch((error: Error) =>
      node.log([error.name, performance.now()]),
    );
  const late = [['TimeoutError', 45]];
  expect(await logOfA(() => new Response(), ask)).toEqual([]);
  expect(await logOfA(() => new Response(), ask, [{ kind: 'crash', node: 'b', tick: 1 }])).toEqual(late);
  expect(await logOfA(() => new Response(), ask, [{ kind: 'omission', from: 'b', to: 'a', tick: 2 }])).toEqual(late);
});

test.each([
  ['http://elsewhere.example/', /fetch of http:\/\/elsewhere.example\/: there is no node "elsewhere.example"/],
  ['ftp://b/', /fetch of ftp:\/\/b\/: there is no node/],
])('%s leads outside', async (url, problem) => {
  await expect(
    logOfA(
      () => new Response(),
      () => fetch(url).catch(() => undefined),
    ),
  ).rejects.toThrow(problem);
});

test('what is served is a Response', async () => {
  await expect(
    logOfA(
      () => 'ok',
      () => fetch('http://b/'),
    ),
  ).rejects.toThrow('what net.serve was given must return a Response');
});

test('a request that is sent again after a lost answer is charged twice: one fault', async () => {
  const system = defineSystem({
    name: 'charges',
    nodes: ['payments', 'shop'],
    start: async (node, net) => {
      if (node.id === 'payments') {
        net.serve(async (request) => {
          node.log(await request.json());
          return new Response(null, { status: 204 });
        });
        return;
      }
      const charge = { method: 'POST', body: '{"order":1}' };
      for (let tried = 0; tried < 3; tried++)
        try {
          await fetch('http://payments/charges', { ...charge, signal: AbortSignal.timeout(35) });
          return;
        } catch {
          // It asks again.
        }
    },
    check: ({ log }) => (log('payments').length < 2 ? 'holds' : { violated: 'charged twice' }),
  });
  const verdict = await check(system, { eot: 12, eff: 6 });
  expect(verdict.kind).toBe('violated');
  expect(verdict.counterexamples.map(({ faults }) => faults)).toContainEqual([
    { kind: 'omission', from: 'payments', to: 'shop', tick: 2 },
  ]);
});
