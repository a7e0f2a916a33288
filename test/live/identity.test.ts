/**
 * Names of calls that stay the same from experiment to experiment.
 */
import { describe, expect, test } from 'vitest';
import { nameOf, precisionsOf, type Request, routeOf } from '../../src/live/http/identity.js';
import { Ledger } from '../../src/live/http/ledger.js';
import { newNaming } from '../../src/live/http/naming.js';

const request = (target: string, body = '', method = 'GET'): Request => ({ service: 'stock', method, target, body });

describe('a route', () => {
  test('has no numbers, UUIDs or hashes, but versions', () => {
    expect(routeOf(request('/v1/items/17?at=3'))).toBe('stock GET /v1/items/:n');
    expect(routeOf(request('/a/0f8fad5b-d9cb-469f-a165-70867728950e/x'))).toBe('stock GET /a/:uuid/x');
    expect(routeOf(request('/blobs/9b74c9897bac770ffc029102a200c5de'))).toBe('stock GET /blobs/:hex');
    expect(routeOf(request('/orders/order-17'))).toBe('stock GET /orders/order-:n');
  });
});

describe('a name', () => {
  test('tells calls apart by path, query and body as precisely as it may', () => {
    const names = (precision: 'whole' | 'masked' | 'none') =>
      new Set([
        nameOf(request('/items/1'), undefined, precision),
        nameOf(request('/items/2'), undefined, precision),
        nameOf(request('/items/1?a=1'), undefined, precision),
        nameOf(request('/items/1', '{"id":1}'), undefined, precision),
        nameOf(request('/items/1', '{"id":2}'), undefined, precision),
        nameOf(request('/items/1', '{"name":2}'), undefined, precision),
      ]).size;
    expect([names('whole'), names('masked'), names('none')]).toEqual([6, 4, 1]);
  });

  test('begins with that of the call during which it is made', () => {
    expect(nameOf(request('/x'), 'shop GET /y #1', 'whole')).toBe('shop GET /y #1 > stock GET /x');
  });
});

test('each route is named as precisely as experiments agree', () => {
  const experiment = (order: number) => [
    request('/items/1'),
    request('/orders', `{"order":${order}}`, 'POST'),
    request('/notes', `{"text":"${'abcdef'[order]}"}`, 'POST'),
  ];
  expect([...precisionsOf([experiment(1), experiment(2), experiment(3)])]).toEqual([
    ['stock GET /items/:n', 'whole'],
    ['stock POST /orders', 'masked'],
    ['stock POST /notes', 'none'],
  ]);
});

describe('a ledger', () => {
  const ledger = (naming = newNaming(), faults: { call: string; kind: string }[] = []) =>
    new Ledger('e', 't', faults, naming, () => 0);

  test.each([
    ['stock GET /x #1', 'hang'],
    ['stock GET /x #1 > bank GET /y #1', 'delay'],
  ])('a call that is made while %s hangs is another try', (call, kind) => {
    const naming = newNaming();
    const it = ledger(naming, [{ call, kind }]);
    expect([it.begin(request('/x'), 0).id, it.begin(request('/x'), 0).id]).toEqual([
      'stock GET /x #1',
      'stock GET /x #2',
    ]);
    expect([...naming.alike]).toEqual([]);
    const other = ledger(naming, [{ call: 'stock GET /z #1', kind: 'hang' }]);
    expect([other.begin(request('/x'), 0), other.begin(request('/x'), 0)].map(({ id }) => id)).toEqual([
      'stock GET /x #1',
      'stock GET /x #*',
    ]);
  });

  test('numbers calls of one name that follow one another', () => {
    const it = ledger(newNaming(), [{ call: 'stock GET /x #2', kind: 'status' }]);
    const first = it.begin(request('/x'), 0);
    it.end(first);
    const second = it.begin(request('/x'), 0);
    expect([first.id, second.id]).toEqual(['stock GET /x #1', 'stock GET /x #2']);
    expect([first.fault, second.fault]).toEqual([undefined, 'status']);
  });

  test('gives calls of one name at once one fault, from then on', () => {
    const naming = newNaming();
    const before = ledger(naming);
    before.begin(request('/x'), 0);
    before.begin(request('/x'), 0);
    const it = ledger(naming, [{ call: 'stock GET /x #*', kind: 'hang' }]);
    expect([it.begin(request('/x'), 0), it.begin(request('/x'), 0)].map(({ fault }) => fault)).toEqual([
      'hang',
      'hang',
    ]);
    expect([...naming.alike]).toEqual(['stock GET /x']);
  });

  test('knows the parent by the token, or that it is not known', () => {
    const it = ledger();
    const above = it.begin(request('/x'), 0);
    expect(it.begin(request('/y'), above.number)).toMatchObject({
      parent: above.id,
      id: `${above.id} > stock GET /y #1`,
    });
    expect(it.begin(request('/y'), undefined)).toMatchObject({ parent: '?', id: '? > stock GET /y #1' });
    expect(it.begin(request('/y'), 99)).toMatchObject({ parent: '?' });
  });
});
