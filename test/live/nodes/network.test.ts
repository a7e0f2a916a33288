import { describe, expect, test } from 'vitest';
import type { LiveFault } from '../../../src/experiments/experiment.js';
import { kindsFrom } from '../../../src/live/nodes/faults.js';
import { Network } from '../../../src/live/nodes/network.js';

const KINDS = kindsFrom('omission,crash,restart,dup,delay:2,partition:3');

function network(faults: readonly LiveFault[] = [], eff = 10) {
  const net = new Network({ nodes: ['n0', 'n1', 'n2'], kinds: KINDS, eff, grouped: new Set(), faults });
  let order = 0;
  return {
    net,
    send: (src: string, dest: string, tick: number, type = 'tell') =>
      net.send({ src, dest, body: { type } }, { tick, order: order++ }),
    due: (tick: number) => net.due(tick).map(({ sent }) => sent.id),
  };
}

describe('messages', () => {
  test('are due at the next tick, in order of addressee, sender and sending', () => {
    const { send, due } = network();
    send('n2', 'n0', 1);
    send('n1', 'n2', 1, 'b');
    send('n1', 'n2', 1, 'a');
    send('n1', 'n0', 1);
    expect(due(1)).toEqual([]);
    expect(due(2)).toEqual(['n1 > n0 tell #1', 'n2 > n0 tell #1', 'n1 > n2 b #1', 'n1 > n2 a #1']);
    expect(due(3)).toEqual([]);
  });

  test('meet the faults that are planned for them', () => {
    const { send, due, net } = network([
      { call: 'n0 > n1 tell #1', kind: 'omission' },
      { call: 'n0 > n1 tell #2', kind: 'delay:2' },
      { call: 'n0 > n2 tell #1', kind: 'dup' },
      { call: 'n0 > n2 tell #9', kind: 'dup' },
    ]);
    expect(send('n0', 'n1', 1).fate).toBe('lost');
    send('n0', 'n1', 1);
    send('n0', 'n2', 1);
    expect(due(2)).toEqual(['n0 > n2 tell #1']);
    expect(due(3)).toEqual(['n0 > n2 tell #1']);
    expect(due(4)).toEqual(['n0 > n1 tell #2']);
    expect(net.fired.map(({ call }) => call)).toEqual(['n0 > n1 tell #1', 'n0 > n1 tell #2', 'n0 > n2 tell #1']);
  });

  test('meet none from EFF on, nor during the reads at the end', () => {
    const fault = { call: 'n0 > n1 tell #1', kind: 'omission' };
    const late = network([fault], 5);
    expect(late.send('n0', 'n1', 5)).toMatchObject({ fate: 'flying', kinds: [] });
    const closed = network([fault]);
    closed.net.close();
    expect(closed.send('n0', 'n1', 1)).toMatchObject({ fate: 'flying', kinds: [] });
    expect([...late.net.fired, ...closed.net.fired]).toEqual([]);
  });

  test('are cut off by a partition that begins with one of them, in both directions and for its time', () => {
    const { send } = network([{ call: 'n0 > n1 tell #1', kind: 'partition:3' }]);
    expect(send('n0', 'n1', 1).fate).toBe('lost');
    expect(send('n2', 'n0', 2).fate).toBe('cut');
    expect(send('n0', 'n2', 3).fate).toBe('cut');
    expect(send('n1', 'n2', 2).fate).toBe('flying');
    expect(send('n0', 'seq-kv', 2).fate).toBe('flying');
    expect(send('n0', 'c1', 2).fate).toBe('flying');
    expect(send('n0', 'n2', 4).fate).toBe('flying');
  });
});

test('nodes split in two: between the sides nothing gets across, within them everything', () => {
  const fault = { call: 'n0 > n1 tell #1', kind: 'split:3:n1+n3' };
  const nodes = ['n0', 'n1', 'n2', 'n3', 'n4'];
  const net = new Network({ nodes, kinds: kindsFrom('split:3'), eff: 10, grouped: new Set(), faults: [fault] });
  let order = 0;
  const fate = (src: string, dest: string, tick: number) =>
    net.send({ src, dest, body: { type: 'tell' } }, { tick, order: order++ }).fate;
  expect(fate('n0', 'n1', 1)).toBe('lost');
  for (const [src, dest] of [
    ['n1', 'n4'],
    ['n2', 'n3'],
  ] as const) {
    expect(fate(src, dest, 3)).toBe('cut');
    expect(fate(dest, src, 3)).toBe('cut');
    expect(fate(src, dest, 4)).toBe('flying');
  }
  expect([fate('n1', 'n3', 2), fate('n0', 'n4', 2), fate('n1', 'c1', 2)]).toEqual(['flying', 'flying', 'flying']);
  expect(net.fired).toEqual([fault]);
});

test('an old state is that of one request, or of all that its sender asks there for a while', () => {
  const faults = [
    { call: 'n0 > seq-kv read #1', kind: 'stale' },
    { call: 'n1 > seq-kv read #1', kind: 'stale:3' },
  ];
  const kinds = kindsFrom('stale').concat('stale:3');
  const net = new Network({ nodes: ['n0', 'n1'], kinds, eff: 10, grouped: new Set(), faults });
  let order = 0;
  const isStale = (src: string, dest: string, tick: number) =>
    net.isStale(net.send({ src, dest, body: { type: 'read' } }, { tick, order: order++ }));
  expect([isStale('n0', 'seq-kv', 1), isStale('n0', 'seq-kv', 2)]).toEqual([true, false]);
  expect([1, 3, 4].map((tick) => isStale('n1', 'seq-kv', tick))).toEqual([true, true, false]);
  expect([isStale('n1', 'lww-kv', 2), isStale('n0', 'seq-kv', 2)]).toEqual([false, false]);
  expect(net.fired).toEqual(faults);
});

test('what may happen hangs on who speaks to whom: clients are reached', () => {
  const { send } = network();
  expect(send('c1', 'n0', 1).kinds).toEqual(['crash', 'restart']);
  expect(send('n0', 'c1', 1).kinds).toEqual([]);
  expect(send('n0', 'n0', 1).kinds).toEqual([]);
  expect(send('n0', 'lin-kv', 1).kinds).toEqual(['omission', 'dup', 'delay:1', 'delay:2']);
  expect(send('lin-kv', 'n0', 1).kinds).toEqual(['omission', 'crash', 'restart', 'dup', 'delay:1', 'delay:2']);
  expect(send('n0', 'n1', 1).kinds).toEqual(KINDS);
});

test('an answer knows what it answers', () => {
  const { net } = network();
  const ask = net.send({ src: 'n0', dest: 'n1', body: { type: 'ask', msg_id: 4 } }, { tick: 1, order: 0 });
  const answer = net.send({ src: 'n1', dest: 'n0', body: { type: 'ok', in_reply_to: 4 } }, { tick: 2, order: 1 });
  expect(answer.parent).toBe(ask.id);
});
