/**
 * The page of `ldfi live run`: the story, the calls in time, and everything from outside as data.
 */
import { expect, test } from 'vitest';
import { modelOfLive } from '../../../src/live/report/model.js';
import { pageOfLive } from '../../../src/live/report/page.js';
import type { CallView, LiveResult, RunView } from '../../../src/live/report/result.js';
import { storyOf } from '../../../src/live/report/story.js';
import { timelineOf } from '../../../src/live/report/timeline.js';

const call = (id: string, from: number, change: Partial<CallView> = {}): CallView => {
  const [service = '', method = '', path = ''] = id.split(' ');
  return { id, parent: null, service, method, path, status: 200, fault: null, from, to: from + 2, ...change };
};
const run = (calls: CallView[], status = 201, why: string[] = []): RunView => ({
  answer: { status, ms: 20, error: null, body: '{}' },
  calls,
  why,
});

const GOOD = run([call('stock GET /items #1', 1), call('pay POST /charges #1', 5), call('mail POST /mails #1', 9)]);
const BAD = run(
  [
    call('stock GET /items #1', 1),
    call('pay POST /charges #1', 5, { fault: 'lost' }),
    call('pay POST /charges #2', 8, { to: 30 }),
  ],
  201,
  ['never: charged twice'],
);
const ENTRY = { entry: { method: 'POST', url: 'http://127.0.0.1:3000/orders' } };

const result = (change: Partial<LiveResult> = {}): LiveResult => ({
  ...{ schemaVersion: 1, tool: { name: 'ldfi', version: '1' }, kind: 'live', config: 'ldfi.live.yaml', ...ENTRY },
  promise: { expect: null, never: 'charged twice', file: null },
  ...{ kinds: ['lost'], verdict: 'counterexamples', exact: 1, monotone: null, stopped: null, needed: null },
  ...{ reasons: [], experiments: 12, alike: [], baseline: GOOD },
  counterexamples: [
    {
      faults: [{ call: 'pay POST /charges #1', kind: 'lost' }],
      ...{ minimal: true, reproduced: 3, attempts: 3, run: BAD },
    },
  ],
  ...change,
});

test('the story: what was lost, tried again, done twice, not done any more, and answered', () => {
  expect(storyOf(GOOD, BAD, ENTRY)).toEqual([
    'pay POST /charges #1: done, but the answer was lost.',
    'pay POST /charges was called again, and answered 200.',
    'mail POST /mails was not called any more.',
    'pay POST /charges was done twice; without faults once.',
    'POST /orders was answered with 201, as without faults.',
  ]);
  const broken = run([call('stock GET /items #1', 1, { status: 0, fault: 'hang', to: null })], 0);
  expect(storyOf(GOOD, broken, ENTRY).at(-1)).toBe('POST /orders was not answered; without faults with 201.');
  expect(storyOf(GOOD, run([call('stock GET /items #1', 1, { status: 500 })]), ENTRY)[0]).toBe(
    'stock GET /items answered 500 instead of 200.',
  );
});

test('the calls in time: one scale, the fault where it was, empty bars where a call would have been', () => {
  const { end, rows } = timelineOf(GOOD, BAD, ENTRY);
  expect(end).toBe(30);
  expect(rows.map(({ name, depth, good, bad }) => [name, depth, good?.look, bad?.look, bad?.from])).toEqual([
    ['POST /orders', 0, 'usual', 'usual', 0],
    ['stock GET /items #1', 1, 'usual', 'usual', 1],
    ['pay POST /charges #1', 1, 'usual', 'done', 5],
    ['mail POST /mails #1', 1, 'usual', 'absent', 9],
    ['pay POST /charges #2', 1, 'absent', 'usual', 8],
  ]);
  const refused = run([call('stock GET /items #1', 1, { status: 0, fault: 'status' })], 502);
  expect(timelineOf(null, refused, ENTRY).rows.map(({ good, bad }) => [good, bad?.look])).toEqual([
    [undefined, 'failed'],
    [undefined, 'undone'],
  ]);
});

test('every verdict has its meaning, its exit code, and what it does not say', () => {
  const codes = {
    exact: 0,
    monotone: 0,
    counterexamples: 1,
    unreliable: 3,
    stopped: 3,
    broken: 4,
    vacuous: 4,
  } as const;
  for (const [verdict, code] of Object.entries(codes) as [LiveResult['verdict'], number][]) {
    const model = modelOfLive(result({ verdict, counterexamples: [], reasons: ['late calls'] }));
    expect([verdict, model.exit, model.meaning.length > 20]).toEqual([verdict, code, true]);
    expect(model.silent[0]).toBe(
      'Kinds of faults that were not tried: status, reset, hang, delay, cut. What a call survives of one kind says nothing about another.',
    );
  }
});

test('calls that no run shows are named after the first of their like, and after their callers where they are alike', () => {
  const ids = [
    'pay POST /charges #1',
    'pay POST /charges #9',
    'a GET / #1 > db GET /:n #1',
    'b GET / #1 > db GET /:n #1',
  ];
  const recorded = { calls: ids.map((id) => ({ id, kinds: ['lost'] })), experiments: [], left: 0, unresolved: [] };
  expect(Object.values(modelOfLive(result({ recorded })).names)).toEqual([
    'pay POST /charges #1',
    'pay POST /charges #9',
    'db GET /:n #1 during a GET / #1',
    'db GET /:n #1 during b GET / #1',
  ]);
});

test('the page holds text from outside as data, and is the same for the same result', () => {
  const assets = { script: 'void 0;', style: 'p{color:red}', scriptHash: 'sha256-AAAA', styleHash: 'sha256-BBBB' };
  const hostile = '</script><img src=x onerror="alert(1)"><!--\u001b[2J';
  const one = result({ config: hostile, reasons: [hostile], baseline: run([call(`x GET /${hostile} #1`, 1)]) });
  const page = pageOfLive(one, assets);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  for (const raw of ['<img', '<!--', '\u001b']) expect(page).not.toContain(raw);
  expect(page).toContain("default-src 'none'; script-src 'sha256-AAAA'; style-src 'sha256-BBBB'");
  expect(pageOfLive(structuredClone(one), assets)).toBe(page);
});
