import { expect, test } from 'vitest';
import { modelOfNodes } from '../../../src/live/nodes/report/model.js';
import { nodesPage } from '../../../src/live/nodes/report/page.js';
import { pictureOf } from '../../../src/live/nodes/report/picture.js';
import { readsOf } from '../../../src/live/nodes/report/reads.js';
import { rowsOf } from '../../../src/live/nodes/report/rows.js';
import type { MessageResult, NodesResult, RunResult } from '../../../src/live/nodes/report/schema.js';
import { storyOf } from '../../../src/live/nodes/report/story.js';
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
  expect(text).toContain("--inject 'omission @ n0 > n1 tell #1' -- node $'it\\'s <b>\\033[2J'");
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

const ASSETS = { script: 'void 0;', style: 'p{color:red}', scriptHash: 'sha256-AAAA', styleHash: 'sha256-BBBB' };

test('the page holds text from outside as data, and is the same for the same result', () => {
  const hostile = found(run([lost], { stderr: { n0: '</script><img src=x>' } }));
  const page = nodesPage(hostile, ASSETS);
  for (const raw of ['<b>', '<img', '\u001b']) expect(page).not.toContain(raw);
  expect(page).toContain('node $&#39;it\\&#39;s &lt;b&gt;\\033[2J');
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).toContain("script-src 'sha256-AAAA'; style-src 'sha256-BBBB'; base-uri 'none'; form-action 'none'");
  expect(nodesPage(structuredClone(hostile), ASSETS)).toBe(page);
});

test('the picture has the fault in place, and a ghost of what is not sent any more', () => {
  const { lanes, ticks, drawings, errors } = pictureOf(
    run([message('n0 > n1 tell #1', 2), message('n1 > n0 tell_ok #1', 3), message('c1 > n0 read #1', 1)]),
    run([lost, message('c1 > n0 read #1', 1)], {
      nodes: [{ tick: 5, node: 'n1', words: 'n1 crashes' }],
      stderr: { n1: 'oh\n' },
    }),
    ['n0', 'n1'],
  );
  expect([lanes, ticks]).toEqual([
    ['n0', 'n1'],
    [1, 2, 3, 4, 5, 9],
  ]);
  const looks = drawings.map(({ arrows }) => arrows.map(({ id, look, arrivals }) => [id, look, arrivals.length]));
  expect(looks).toEqual([
    [
      ['n0 > n1 tell #1', 'spared', 1],
      ['n1 > n0 tell_ok #1', 'new', 1],
      ['c1 > n0 read #1', 'same', 1],
    ],
    [
      ['n1 > n0 tell_ok #1', 'gone', 1],
      ['n0 > n1 tell #1', 'hit', 0],
      ['c1 > n0 read #1', 'same', 1],
    ],
  ]);
  expect(drawings[1]?.marks).toEqual([{ node: 'n1', tick: 5, until: 9, words: 'n1 crashes' }]);
  expect(errors).toEqual([{ node: 'n1', text: 'oh' }]);
});

test('what clients read is told beside what they should have read', () => {
  const read = (answer: string, round: number, completed = 4) =>
    ({ client: 'c1', node: 'n0', asks: 'read', round, invoked: 3, completed, status: 'ok', answer }) as const;
  const [good, bad] = [
    run([], { operations: [read('read_ok 1', 0), read('read_ok 1', 1)] }),
    run([], { operations: [read('read_ok 1', 0, 6), read('read_ok 0', 1), read('read_ok 2', 2)] }),
  ];
  expect(readsOf(good, bad)).toMatchObject([
    { isLast: false, differs: false },
    { isLast: true, differs: true, good: 'read_ok 1 (tick 4)', bad: 'read_ok 2 (tick 4)' },
  ]);
  const [counterexample] = found(run([lost], { operations: bad.operations })).counterexamples;
  expect(counterexample && storyOf({ ...good, messages: [message('n0 > n1 tell #1', 2)] }, counterexample)).toEqual([
    'n0 → n1 tell is lost.',
    'It was not sent again.',
    'n0, asked for read at the end, gives read_ok 2 (tick 4); without faults read_ok 1 (tick 4).',
  ]);
});

test('the model of the page: what it is about, what it rests on, and the command that would try more', () => {
  const { mark, exit, trying, found: shown, sizes } = modelOfNodes(found(run([lost])));
  expect({ mark, exit, sizes }).toEqual({ mark: 'bad', exit: 1, sizes: 1 });
  expect(shown[0]).toMatchObject({
    reproduced: 'reproduced 4 of 5: it hangs on timing',
    words: ['n0 → n1  tell  is lost'],
  });
  expect(trying.before).toMatch(/^npx ldfi nodes --workload echo -n 2 --tick-ms 20 --eff 9 --eot 59 --inject $/);
  const green = modelOfNodes(result());
  expect(green).toMatchObject({ mark: 'good', exit: 0, meaning: 'Whatever 1 fault does: it echoes.' });
  expect(green.silent[0]).toBe('More than 1 fault at once.');
});
