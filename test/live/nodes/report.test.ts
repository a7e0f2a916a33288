import { expect, test } from 'vitest';
import { nodesPage } from '../../../src/live/nodes/report/page.js';
import { rowsOf } from '../../../src/live/nodes/report/rows.js';
import type { MessageResult, NodesResult, RunResult } from '../../../src/live/nodes/report/schema.js';
import { nodesExit, nodesToText } from '../../../src/live/nodes/report/text.js';

const message = (id: string, sent: number, change: Partial<MessageResult> = {}): MessageResult => {
  const [from = '', , to = '', type = ''] = id.split(' ');
  return { id, from, to, type, says: '', sent, arrivals: [sent + 1], fate: 'delivered', ...change };
};

const run = (messages: readonly MessageResult[], change: Partial<RunResult> = {}): RunResult => ({
  ...{ messages: [...messages], left: 0, nodes: [], operations: [], end: 9, live: ['n0'], stderr: {} },
  ...change,
});

const result = (change: Partial<NodesResult> = {}): NodesResult => ({
  ...{ schemaVersion: 1, tool: { name: 'ldfi', version: '1' }, kind: 'nodes', workload: 'echo', promise: 'it echoes' },
  command: ['node', "it's <b>\u001b[2J"],
  bounds: { nodes: ['n0', 'n1'], faults: ['omission'], eff: 9, eot: 59, tickMs: 20, maxFaults: 1, maxRuns: 50 },
  ...{ verdict: 'exact', exact: 1, beyond: 0, reasons: [], grouped: [], injectable: 3, experiments: 8, broken: [] },
  counterexamples: [],
  ...change,
});

const lost = message('n0 > n1 tell #1', 2, { fate: 'lost', arrivals: [], fault: 'omission' });
const found = (bad: RunResult): NodesResult =>
  result({
    verdict: 'counterexamples',
    baseline: run([message('n0 > n1 tell #1', 2), message('n1 > n0 tell_ok #1', 3)]),
    counterexamples: [
      {
        faults: [{ call: lost.id, kind: 'omission', words: 'n0 → n1  tell  is lost' }],
        ...{ why: ['nothing is heard of it'], minimal: true, reproduced: 4, attempts: 5, run: bad },
      },
    ],
  });

test('rows: lost, not sent any more, sent again, sent only with the fault', () => {
  const good = run([message('n0 > n1 tell #1', 2), message('n1 > n0 tell_ok #1', 3)]);
  const bad = run([lost, message('n0 > n1 tell #2', 7), message('n0 > n1 tell #3', 8), message('n0 > n1 sorry #1', 9)]);
  expect(rowsOf(good, bad).map(({ text, good: a, bad: b, mark, note }) => [text, a, b, mark, note])).toEqual([
    ['n0 → n1  tell', [2], [2, 7, 8], 'fault', 'LOST'],
    ['n1 → n0  tell_ok', [3], [], 'missing', ''],
    ['n0 → n1  sorry', [], [9], 'new', ''],
  ]);
});

test('a counterexample as text: what was lost, how often it was seen, and what to call next', () => {
  const text = nodesToText(found(run([lost])));
  expect(text).toContain(
    'The message it could not afford to lose\n    n0 → n1  tell  is lost\n    reproduced 4 of 5: it hangs',
  );
  expect(text).toContain("--inject 'omission @ n0 > n1 tell #1' -- node 'it'\\''s <b>\\u{1b}[2J'");
  expect(nodesExit(found(run([lost])))).toBe(1);
});

test('a long story is told by what differs', () => {
  const same = Array.from({ length: 100 }, (_, i) => message(`n0 > n1 m${i} #1`, i));
  const long = found(run([...same, { ...lost, sent: 200 }, message('n0 > n1 last #1', 201)]));
  const text = nodesToText({ ...long, baseline: run([...same, message('n0 > n1 tell #1', 200)]) });
  expect(text).toContain('LOST');
  expect(text).toContain('n0 → n1  last');
  expect(text).toMatch(/… \d+ messages left out here/);
});

test('every verdict has its words and its exit code', () => {
  const codes = { exact: 0, monotone: 0, kept: 0, unreliable: 3, stopped: 3, broken: 4, vacuous: 4 } as const;
  for (const [verdict, code] of Object.entries(codes)) {
    const one = result({ verdict: verdict as NodesResult['verdict'], reasons: ['moody'], broken: ['all'] });
    expect([verdict, nodesExit(one)]).toEqual([verdict, code]);
    expect(nodesToText(one).startsWith(code === 0 ? '✓' : '!')).toBe(true);
  }
});

test('the page holds text from outside as text', () => {
  const page = nodesPage(found(run([lost], { stderr: { n0: '<img src=x>' } })));
  for (const raw of ['<b>', '<img', '\u001b']) expect(page).not.toContain(raw);
  expect(page).toContain('it&#39;s &lt;b&gt;\\u{1b}[2J');
});
