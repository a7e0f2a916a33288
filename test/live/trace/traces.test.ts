/**
 * Traces of three formats give the same calls, and a configuration that can be read.
 */
import { describe, expect, test } from 'vitest';
import { parseLiveConfig } from '../../../src/live/http/config.js';
import { experimentOf, requestOf, spansOf } from '../../../src/live/trace/calls.js';
import { draftOf } from '../../../src/live/trace/draft.js';

/** The same request: the shop asks stock, which asks a service that is not instrumented, and a database. */
const SPANS = [
  { id: 'a', parent: '', service: 'shop', kind: 'server', tags: { 'http.method': 'POST', 'http.target': '/orders' } },
  {
    id: 'b',
    parent: 'a',
    service: 'shop',
    kind: 'client',
    tags: { 'http.method': 'GET', 'http.url': 'http://stock:3002/items/7?x=1' },
  },
  { id: 'c', parent: 'b', service: 'stock', kind: 'server', tags: { 'http.method': 'GET', 'http.target': '/items/7' } },
  { id: 'd', parent: 'c', service: 'stock', kind: 'other', tags: {} },
  {
    id: 'e',
    parent: 'd',
    service: 'stock',
    kind: 'client',
    tags: { 'http.request.method': 'get', 'url.full': 'http://legacy:81/x', 'server.address': 'legacy' },
  },
  { id: 'f', parent: 'c', service: 'stock', kind: 'client', tags: { 'db.system': 'postgresql' } },
] as const;

const keyed = (tags: object, key: 'stringValue' | undefined) =>
  Object.entries(tags).map(([name, value]) => ({ key: name, value: key ? { [key]: value } : value }));

const FORMATS: Record<string, unknown> = {
  otlp: {
    resourceSpans: ['shop', 'stock'].map((service) => ({
      resource: { attributes: keyed({ 'service.name': service }, 'stringValue') },
      scopeSpans: [
        {
          spans: SPANS.filter((span) => span.service === service).map(({ id, parent, kind, tags }) => ({
            traceId: 't',
            spanId: id,
            parentSpanId: parent,
            kind: { server: 2, client: 3, other: 1 }[kind],
            startTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(id.charCodeAt(0)) * 1_000_000n),
            attributes: keyed(tags, 'stringValue'),
          })),
        },
      ],
    })),
  },
  jaeger: {
    data: [
      {
        traceID: 't',
        spans: SPANS.map(({ id, parent, service, kind, tags }) => ({
          traceID: 't',
          spanID: id,
          processID: service,
          startTime: id.charCodeAt(0),
          references: parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: 't', spanID: parent }],
          tags: keyed({ ...tags, 'span.kind': kind }, undefined),
        })),
        processes: { shop: { serviceName: 'shop' }, stock: { serviceName: 'stock' } },
      },
    ],
  },
  zipkin: SPANS.map(({ id, parent, service, kind, tags }) => ({
    traceId: 't',
    // Caller and callee share an id.
    id: id === 'c' ? 'b' : id,
    ...(parent !== '' && { parentId: id === 'c' ? 'a' : parent === 'c' ? 'b' : parent }),
    kind: kind === 'other' ? undefined : kind.toUpperCase(),
    timestamp: id.charCodeAt(0),
    localEndpoint: { serviceName: service },
    tags,
  })),
};

describe.each(Object.entries(FORMATS))('%s', (_, data) => {
  const request = requestOf(spansOf(JSON.stringify(data)) ?? []);

  test('has the calls by HTTP, each below that during which it was made', () => {
    expect(request.edge).toMatchObject({ service: 'shop', method: 'POST', target: '/orders' });
    expect(request.calls.map(({ id }) => id.replace(/ [0-9a-f]{6}(?= #)/g, ''))).toEqual([
      'stock GET /items/:n #1',
      'stock GET /items/:n #1 > legacy GET /x #1',
    ]);
    expect(request.calls.map(({ host }) => host)).toEqual(['stock:3002', 'legacy:81']);
    expect(request.others).toBe(1);
    expect(experimentOf(request, ['status', 'lost']).calls.map(({ kinds }) => kinds)).toEqual([['status'], ['status']]);
  });

  test('gives a first configuration', () => {
    const parsed = parseLiveConfig(draftOf(request));
    expect('config' in parsed && parsed.config).toMatchObject({
      services: { stock: { url: 'http://127.0.0.1:3002' }, legacy: { url: 'http://127.0.0.1:81' } },
      entry: { method: 'POST' },
    });
  });
});

test('documents may stand in a line each', () => {
  const line = JSON.stringify(FORMATS.otlp);
  expect(spansOf(`${line}\n\n${line}\n`)).toHaveLength(2 * SPANS.length);
});

test('what is no trace is none', () => {
  for (const text of ['', '{', '{}', '[1]', '"x"', '{"resourceSpans":1}', '{"data":[{}]}']) {
    expect(spansOf(text)?.length ?? 0).toBe(0);
  }
});

test('a circle of parents ends', () => {
  const circle = [
    { traceId: 't', id: 'a', parentId: 'b', kind: 'CLIENT', tags: { 'http.method': 'GET' } },
    { traceId: 't', id: 'b', parentId: 'a', tags: {} },
  ];
  expect(requestOf(spansOf(JSON.stringify(circle)) ?? []).calls).toHaveLength(1);
});
