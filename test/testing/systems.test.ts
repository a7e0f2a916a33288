/**
 * `ldfi/nodes` and `ldfi/live` from code: what they refuse, and what their assertions say. `test/live` runs them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { assertLiveSurvives, replayLive } from '../../src/testing/live.js';
import { assertNodesSurvive, defineNodes, replayNodes } from '../../src/testing/nodes.js';
import { assertKept, type Replayed } from '../../src/testing/replayed.js';
import { ToleranceError } from '../../src/testing/tolerance-error.js';
import { freePorts } from '../live/free-port.js';
import { javascript, program } from '../live/nodes/support.js';

const scratch = mkdtempSync(join(tmpdir(), 'ldfi-systems-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const ECHO = { program: javascript('misbehaving', 'fine'), workload: 'echo', nodes: 1, eff: 9, eot: 30 } as const;

test('an assertion says what broke, or why nothing can be told', () => {
  const replayed: Replayed = { standing: 'kept', times: 3, broken: 0, missed: 0, why: [], reasons: [] };
  const message = (change: Partial<Replayed>): string => {
    try {
      assertKept({ ...replayed, ...change }, 'omission @ a');
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(ToleranceError);
      return (error as Error).message;
    }
  };
  expect(message({})).toBe('');
  expect(message({ standing: 'broken', broken: 2, why: ['x', 'y'] })).toBe(
    'the promise is broken, 2 of 3 times, by omission @ a\n  x\n  y',
  );
  expect(message({ standing: 'not-tried', why: ['x'] })).toBe(
    'without any fault the promise is broken, so this test says nothing\n  x',
  );
  expect(message({ standing: 'missed', missed: 1 })).toMatch(/^in 1 of 3 times it did not happen: omission @ a\. /);
  expect(message({ standing: 'missed', reasons: ['late'] })).toBe('nothing can be told of omission @ a\n  late');
});

test('nodes: all that is wrong with a definition or the faults is said before anything is started', async () => {
  const wrong = { program: [], workload: 'poker', nodes: 99, eff: 9, eot: 3, more: 1 };
  expect(() => defineNodes(wrong as never)).toThrow(/^these are no nodes: (?=.*program)(?=.*workload)(?=.*nodes)/);
  expect(() => defineNodes({ ...ECHO, eot: 3 })).toThrow('eot: it is before eff');
  expect(() => defineNodes({ ...ECHO, cwd: new URL('http://127.0.0.1/') })).toThrow('these are no nodes: cwd');
  expect(defineNodes(ECHO)).toBe(ECHO);
  const never = { ...ECHO, program: ['/no/such/program'] };
  const refused: [unknown, RegExp][] = [
    [[], /name at least one fault/],
    [[{ kind: 'omission' }], /0\.call/],
    [[{ kind: 'loss', call: 'a' }], /"loss" is no kind of fault between nodes/],
    [[{ kind: 'omission,crash', call: 'a' }], /"omission,crash" is no kind of fault between nodes/],
    [
      [
        { kind: 'crash', call: 'a' },
        { kind: 'omission', call: 'a' },
      ],
      /"a" is named twice/,
    ],
  ];
  for (const [faults, words] of refused) await expect(replayNodes(never, faults as never)).rejects.toThrow(words);
  await expect(replayNodes(never, [{ kind: 'omission', call: 'a' }])).rejects.toMatchObject({ code: 'bad-program' });
});

test('nodes: a fault that does not happen is not green; the folder is the one that is said', async () => {
  const here = { ...ECHO, program: [process.execPath, 'misbehaving.js', 'fine'], cwd: program('javascript') };
  await expect(assertNodesSurvive(here, [{ kind: 'omission', call: 'n8 > n9 x #1' }], { times: 1 })).rejects.toThrow(
    'in 1 of 1 times it did not happen: omission @ n8 > n9 x #1',
  );
  const url = { ...here, cwd: pathToFileURL(`${program('javascript')}/`) };
  expect(await replayNodes(url, [{ kind: 'omission', call: 'n8 > n9 x #1' }], { times: 1 })).toEqual({
    ...{ standing: 'missed', times: 1, broken: 0, missed: 1, why: [], reasons: [] },
  });
  await expect(
    replayNodes(ECHO, [{ kind: 'omission', call: 'a' }], { signal: AbortSignal.abort(new Error('enough')) }),
  ).rejects.toThrow('enough');
});

const FAULT = { kind: 'status', call: 'pay GET / #1' };

test('live: what cannot be used is refused, with all that is wrong', async () => {
  await expect(replayLive(join(scratch, 'none.yaml'), [FAULT])).rejects.toThrow(
    /cannot read .*none\.yaml: no such file/,
  );
  const bad = join(scratch, 'bad.yaml');
  writeFileSync(bad, 'services: {}\nentry: { url: 7 }\nmore: 1\n');
  await expect(replayLive(bad, [FAULT])).rejects.toMatchObject({
    code: 'bad-options',
    message: expect.stringMatching(/bad\.yaml:2:10: entry\.url: [\s\S]*bad\.yaml:3:1: more: there is no setting/),
  });
  await expect(replayLive(bad, [{ kind: 'omission', call: 'a' }])).rejects.toThrow(
    '"omission" is no kind of fault of a call',
  );
});

test('live: broken, kept, missed; a port that is taken is said', async () => {
  const [port = 0] = await freePorts(1);
  let isMended = false;
  const pay = createServer((_, answer) => answer.end('paid')).listen(0, '127.0.0.1');
  // It passes the headers on, as services do.
  const shop = createServer(async (request, answer) => {
    const names = ['traceparent', 'tracestate', 'baggage'];
    const headers = Object.fromEntries(names.flatMap((name) => [[name, String(request.headers[name] ?? '')]]));
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { headers });
    answer.writeHead(isMended ? 200 : status).end();
  }).listen(0, '127.0.0.1');
  await Promise.all([pay, shop].map((server) => new Promise((done) => server.once('listening', done))));
  const at = (server: typeof pay): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = join(scratch, 'live.yaml');
  const config = { services: { pay: { url: at(pay), port } }, entry: { url: at(shop) } };
  writeFileSync(file, JSON.stringify({ ...config, expect: 'answer.status == 200' }));
  try {
    await expect(assertLiveSurvives(file, [FAULT])).rejects.toThrow(
      'the promise is broken, 3 of 3 times, by pay GET / #1: answered with an error\n  expected: answer.status == 200',
    );
    isMended = true;
    expect(await replayLive(pathToFileURL(file), [FAULT], { times: 2 })).toMatchObject({ standing: 'kept', times: 2 });
    await expect(assertLiveSurvives(file, [{ ...FAULT, call: 'pay GET / #2' }])).rejects.toThrow(
      'in 3 of 3 times it did not happen',
    );
    await expect(replayLive(file, [FAULT], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    const blocker = createServer().listen(port, '127.0.0.1');
    await new Promise((done) => blocker.once('listening', done));
    await expect(replayLive(file, [FAULT])).rejects.toMatchObject({ code: 'bad-system' });
    await new Promise((done) => blocker.close(done));
  } finally {
    for (const server of [pay, shop]) {
      server.closeAllConnections();
      server.close();
    }
  }
});
