/**
 * `node --import ldfi/propagate`: a service without tracing passes on the headers of the request it works for.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

/** Calls the address in `BACKEND` in the way that its path names, some time after the request came. */
const SERVICE = `
import http, { get } from 'node:http';
const backend = process.env.BACKEND;
const done = (resolve) => (answer) => answer.resume().on('end', resolve);
const ways = {
  '/request': () => new Promise((resolve) => http.request(backend, { method: 'POST' }, done(resolve)).end('x')),
  '/get': () => new Promise((resolve) => get(backend, done(resolve))),
  '/list': () => new Promise((resolve) => get(backend, { headers: ['host', 'backend', 'x-own', '1'] }, done(resolve))),
  '/own': () => new Promise((resolve) => get(backend, { headers: { tracestate: 'vendor=1' } }, done(resolve))),
  '/fetch': () => fetch(backend).then((answer) => answer.text()),
  '/both': () => Promise.all([fetch(backend), fetch(backend)]).then((all) => Promise.all(all.map((it) => it.text()))),
};
const server = http.createServer(async (request, response) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await ways[request.url]();
  response.end('done');
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

const TRACE = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
  tracestate: 'ldfi=3f9c21d07ab4.7,vendor=x',
};

let backend: Server;
let service: ChildProcess;
let port = '';
let seen: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  backend = createServer(({ headers }, response) => {
    seen.push(headers);
    response.end('ok');
  });
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const preload = fileURLToPath(new URL('../../dist/live/propagate.js', import.meta.url));
  service = spawn(process.execPath, ['--import', preload, '--input-type=module', '--eval', SERVICE], {
    env: { ...process.env, BACKEND: `http://127.0.0.1:${(backend.address() as AddressInfo).port}/` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(service.stdout as NodeJS.ReadableStream)) {
    port = line;
    break;
  }
});

afterAll(() => {
  service.kill();
  backend.close();
  backend.closeAllConnections();
});

beforeEach(() => {
  seen = [];
});

const visit = async (path: string, headers: Record<string, string>): Promise<void> => {
  expect(await (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text()).toBe('done');
};

test.each(['/request', '/get', '/list', '/fetch', '/both'])('%s passes them on', async (path) => {
  await visit(path, TRACE);
  expect(seen.length).toBeGreaterThan(0);
  for (const headers of seen) expect(headers).toMatchObject(TRACE);
});

test('what the service sets itself stays', async () => {
  await visit('/own', TRACE);
  expect(seen[0]).toMatchObject({ ...TRACE, tracestate: 'vendor=1' });
});

test('a list of headers keeps what is in it', async () => {
  await visit('/list', TRACE);
  expect(seen[0]).toMatchObject({ 'x-own': '1' });
});

test('requests at the same time keep theirs apart', async () => {
  const tokens = Array.from({ length: 20 }, (_, i) => `ldfi=3f9c21d07ab4.${i + 1}`);
  await Promise.all(tokens.map((tracestate, i) => visit(i % 2 === 0 ? '/fetch' : '/get', { ...TRACE, tracestate })));
  expect(seen.map(({ tracestate }) => tracestate).sort()).toEqual([...tokens].sort());
});

test('without a token of ldfi nothing is passed on', async () => {
  await visit('/get', { ...TRACE, tracestate: 'vendor=x' });
  await visit('/fetch', { ...TRACE, tracestate: 'vendor=x' });
  await visit('/fetch', {});
  for (const headers of seen) expect(Object.keys(headers)).not.toContain('traceparent');
});
