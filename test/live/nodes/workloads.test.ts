/**
 * What each workload promises, on histories made by hand: what keeps it, and what breaks it.
 */
import { describe, expect, test } from 'vitest';
import type { Body } from '../../../src/live/nodes/message.js';
import type { Asked } from '../../../src/live/nodes/record.js';
import { grid } from '../../../src/live/nodes/workloads/broadcast.js';
import { WORKLOADS } from '../../../src/live/nodes/workloads/index.js';
import type { WorkloadName } from '../../../src/live/nodes/workloads/names.js';
import { evidence, told } from './support.js';

const judge = (name: WorkloadName, history: readonly Asked[], live?: readonly string[]) =>
  WORKLOADS[name].judge(evidence(history, live));

/** A promise that is kept, and one that is broken in words that contain a text. */
function kept(name: WorkloadName, history: readonly Asked[], live?: readonly string[]): void {
  expect(judge(name, history, live).broken).toEqual([]);
}
function broken(
  name: WorkloadName,
  history: readonly Asked[],
  text: string,
  lasting: boolean,
  live?: readonly string[],
) {
  const judgement = judge(name, history, live);
  expect(judgement.broken.join('\n')).toContain(text);
  expect(judgement.lasting).toBe(lasting);
}

const ok = (type: string, rest: Omit<Body, 'type'> = {}): Body => ({ type: `${type}_ok`, ...rest });
const error = (code: number): Body => ({ type: 'error', code, text: 'no' });

test('every workload plans for every node, and what it plans has a type', () => {
  for (const workload of Object.values(WORKLOADS)) {
    const plan = workload.plan(['n0', 'n1', 'n2']);
    expect(new Set(plan.map(({ node }) => node))).toEqual(new Set(['n0', 'n1', 'n2']));
    for (const { body } of plan) expect(body([])?.type ?? 'nothing').toEqual(expect.any(String));
  }
});

describe('echo', () => {
  const ask = { type: 'echo', echo: { a: [1] } };
  test('repeats', () => kept('echo', [told('n0', ask, ok('echo', { echo: { a: [1] } })), told('n1', ask, null)]));
  test('another text', () => broken('echo', [told('n0', ask, ok('echo', { echo: 'b' }))], 'n0 answers echo', true));
  test('another type', () => broken('echo', [told('n0', ask, ok('read'))], 'and not with echo_ok', true));
});

describe('unique-ids', () => {
  const id = (value: unknown, node = 'n0') => told(node, { type: 'generate' }, ok('generate', { id: value }));
  test('all different', () => kept('unique-ids', [id(1), id('1'), id([1]), id(2, 'n1')]));
  test('twice', () => broken('unique-ids', [id('a'), id('b'), id('a', 'n1')], 'id "a" was given out twice', true));
  test('none', () => broken('unique-ids', [id(undefined)], 'n0 answers generate with', true));
});

describe.each([
  ['broadcast', 'broadcast', 'message', 'messages'],
  ['g-set', 'add', 'element', 'value'],
] as const)('%s', (name, type, field, list) => {
  const add = (value: number, reply: Body | null = ok(type)) => told('n0', { type, [field]: value }, reply);
  const read = (node: string, values: unknown, round = 1) =>
    told(node, { type: 'read' }, ok('read', { [list]: values }), round);
  test('all that was acknowledged, in any order, with or without what was not', () => {
    kept(name, [add(1), add(2, null), read('n0', [1]), read('n1', [2, 1])]);
    kept(name, [add(1), add(2, error(11)), read('n0', [1])], ['n0']);
  });
  test('a value is missing; a later read may mend it', () => {
    broken(name, [add(1), read('n0', [1]), read('n1', [])], 'is not in what n1 reads', false);
    kept(name, [add(1), read('n0', [1]), read('n1', []), read('n0', [1], 2), read('n1', [1], 2)]);
  });
  test('a value that was there is gone in the last read', () => {
    broken(name, [add(1), read('n0', [1]), read('n1', [1]), read('n0', [1], 2), read('n1', [], 2)], 'n1', false);
  });
  test('a value that nobody told', () => broken(name, [read('n0', [7])], 'nobody', false, ['n0']));
  test('a live node that says nothing', () => broken(name, [add(1), read('n0', [1])], 'n1 is up and does not', false));
  test('nobody was asked', () => broken(name, [add(1)], 'nobody was asked', false));
  test('nobody is up: nothing is promised', () => kept(name, [add(1)], []));
  test('no list', () => broken(name, [read('n0', 'all')], 'n0 answers read with', true));
});

test('the grid of a broadcast is symmetric', () => {
  expect(grid(['n0', 'n1', 'n2', 'n3', 'n4'])).toEqual({
    ...{ n0: ['n1', 'n3'], n1: ['n0', 'n2', 'n4'], n2: ['n1'] },
    ...{ n3: ['n0', 'n4'], n4: ['n1', 'n3'] },
  });
});

describe('counters', () => {
  const add = (delta: number, reply: Body | null = ok('add')) => told('n0', { type: 'add', delta }, reply);
  const read = (value: unknown) => told('n0', { type: 'read' }, ok('read', { value }), 1);
  const live = ['n0'];
  test('the sum', () => kept('g-counter', [add(1), add(4), read(5)], live));
  test('what is not acknowledged counts or does not', () => {
    for (const value of [1, 5]) kept('g-counter', [add(1), add(4, null), read(value)], live);
    kept('g-counter', [add(1), add(4, error(11)), read(1)], live);
    for (const value of [-3, 1, 6]) kept('pn-counter', [add(1), add(5, null), add(-4, null), read(value)], live);
  });
  test('less and more', () => {
    broken('g-counter', [add(1), add(4), read(4)], 'and not 5', false, live);
    broken('g-counter', [add(1), add(4, null), read(6)], 'not between 1 and 5', false, live);
    broken('g-counter', [add(1), add(4, error(11)), read(5)], 'and not 1', false, live);
    broken('pn-counter', [add(1), add(-4, null), read(-4)], 'not between -3 and 1', false, live);
  });
  test('an error at the end', () => {
    const failed = told('n0', { type: 'read' }, error(11), 1);
    broken('g-counter', [add(1), failed], 'answers the read at the end with error 11', false, live);
  });
});

describe('lin-kv', () => {
  const write = (value: number, reply: Body | null = ok('write')) =>
    told('n0', { type: 'write', key: 'x', value }, reply);
  const read = (value: unknown, node = 'n1') => told(node, { type: 'read', key: 'x' }, ok('read', { value }));
  const cas = (from: number, to: number, reply: Body | null = ok('cas')) =>
    told('n0', { type: 'cas', key: 'x', from, to }, reply);
  test('one copy', () => {
    kept('lin-kv', [
      told('n0', { type: 'read', key: 'x' }, error(20)),
      write(1),
      read(1),
      cas(1, 2),
      cas(1, 3, error(22)),
      read(2),
    ]);
  });
  test('what was not answered may have happened, or may yet', () => {
    kept('lin-kv', [write(1), write(2, null), read(1), read(2)]);
    broken('lin-kv', [write(1), write(2, null), read(2), read(1)], 'no order of these operations', true);
  });
  test('a write that failed has not happened', () =>
    broken('lin-kv', [write(1), write(2, error(11)), read(2)], 'no order', true));
  test('a stale read', () => broken('lin-kv', [write(1), write(2), read(1)], 'no order', true));
  test('a cas that should have failed', () => broken('lin-kv', [write(1), cas(2, 3), read(3)], 'no order', true));
});

describe('kafka', () => {
  const send = (msg: number, offset: unknown, node = 'n0') =>
    told(node, { type: 'send', key: 'k', msg }, ok('send', { offset }));
  const poll = (records: unknown, round = 1, node = 'n0') =>
    told(node, { type: 'poll', offsets: { k: 0 } }, ok('poll', { msgs: { k: records } }), round);
  const commit = (offset: number) =>
    told('n0', { type: 'commit_offsets', offsets: { k: offset } }, ok('commit_offsets'));
  const list = (offsets: Record<string, number>, round = 1) =>
    told('n0', { type: 'list_committed_offsets', keys: ['k'] }, ok('list_committed_offsets', { offsets }), round);
  const live = ['n0'];
  test('records at their offsets, in several polls, with gaps', () => {
    kept(
      'kafka',
      [
        send(1, 0),
        send(2, 5),
        poll([[0, 1]]),
        list({}),
        poll(
          [
            [3, 9],
            [5, 2],
          ],
          2,
        ),
        list({}, 2),
      ],
      live,
    );
  });
  test('an acknowledged record is lost', () => {
    broken('kafka', [send(1, 0), send(2, 1), poll([[0, 1]]), list({})], 'record 2, acknowledged by n0', false, live);
  });
  test('an offset has two records', () => {
    broken('kafka', [send(1, 0), send(2, 0, 'n1'), poll([[0, 1]]), list({})], 'offset 0 was given to two', true, live);
    broken('kafka', [send(1, 0), poll([[0, 7]]), list({})], 'n0 reads 7 at offset 0', true, live);
  });
  test('offsets fall within a poll', () =>
    broken(
      'kafka',
      [
        poll([
          [1, 2],
          [0, 1],
        ]),
      ],
      'offset 0 after offset 1',
      true,
      live,
    ));
  test('committed offsets fall', () => {
    broken('kafka', [list({ k: 4 }, 0), list({ k: 3 }, 0)], 'lists the committed offset 3 after 4', true, live);
    broken('kafka', [commit(4), list({ k: 3 })], '4 was acknowledged', false, live);
    broken('kafka', [commit(0), list({})], '0 was acknowledged', false, live);
    kept('kafka', [commit(4), list({ k: 4 })], live);
  });
  test('no offset', () => broken('kafka', [send(1, 'first')], 'n0 answers send with', true, live));
});

describe('transactions', () => {
  type Steps = readonly (readonly [string, string, unknown])[];
  const txn = (steps: Steps, node = 'n0', round = 0) => {
    const asked = steps.map(([kind, key, value]) => [kind, key, kind === 'r' ? null : value]);
    return told(node, { type: 'txn', txn: asked }, ok('txn', { txn: steps }), round);
  };
  const end = (x: unknown, y: unknown = null) =>
    txn(
      [
        ['r', 'x', x],
        ['r', 'y', y],
      ],
      'n0',
      1,
    );
  const live = ['n0'];

  test('lists: every append once, all reads beginnings of one list', () => {
    kept(
      'txn-list-append',
      [
        txn([
          ['r', 'x', null],
          ['append', 'x', 1],
        ]),
        txn(
          [
            ['r', 'x', [1]],
            ['append', 'x', 2],
          ],
          'n1',
        ),
        end([1, 2]),
      ],
      live,
    );
  });
  test('lists: a lost append, one that is there twice, a fork', () => {
    const one = txn([['append', 'x', 1]]);
    broken('txn-list-append', [one, txn([['append', 'x', 2]]), end([2])], '1, appended to "x"', false, live);
    broken('txn-list-append', [one, end([1, 1])], 'is 2 times in', false, live);
    broken(
      'txn-list-append',
      [one, txn([['r', 'x', [1, 2]]]), end([2, 1, 3])],
      'neither came before the other',
      true,
      live,
    );
  });
  test('lists: a transaction sees its own append', () => {
    kept(
      'txn-list-append',
      [
        txn([
          ['r', 'x', [1]],
          ['append', 'x', 2],
          ['r', 'x', [1, 2]],
        ]),
        end([1, 2]),
      ],
      live,
    );
    broken(
      'txn-list-append',
      [
        txn([
          ['r', 'x', [1]],
          ['append', 'x', 2],
          ['r', 'x', [1]],
        ]),
        end([1, 2]),
      ],
      'within one transaction',
      true,
      live,
    );
  });
  test('registers: updates of different values, and a lost one', () => {
    kept(
      'txn-rw-register',
      [
        txn([
          ['r', 'x', null],
          ['w', 'x', 1],
        ]),
        txn([
          ['r', 'x', 1],
          ['w', 'x', 2],
        ]),
        end(2),
      ],
      live,
    );
    broken(
      'txn-rw-register',
      [
        txn([
          ['r', 'x', null],
          ['w', 'x', 1],
        ]),
        txn(
          [
            ['r', 'x', null],
            ['w', 'x', 2],
          ],
          'n1',
        ),
        end(2),
      ],
      'one of the updates is lost',
      true,
      live,
    );
  });
  test('registers: values from nowhere, and own writes', () => {
    broken('txn-rw-register', [end(7)], 'which nobody wrote', true, live);
    const failed = told('n1', { type: 'txn', txn: [['w', 'x', 7]] }, error(30));
    broken('txn-rw-register', [failed, end(7)], 'a transaction that failed wrote', true, live);
    broken(
      'txn-rw-register',
      [
        txn([
          ['w', 'x', 1],
          ['r', 'x', null],
        ]),
        end(1),
      ],
      'within one transaction',
      true,
      live,
    );
  });
  test('another answer than what was asked', () => {
    const other = told('n0', { type: 'txn', txn: [['r', 'x', null]] }, ok('txn', { txn: [['r', 'y', null]] }));
    broken('txn-rw-register', [other, end(null)], 'n0 answers [["r","x",null]]', true, live);
  });
});
