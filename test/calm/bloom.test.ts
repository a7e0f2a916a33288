/**
 * The labels of the programs in `specs/bloom`, and two schedules for each D.
 */
import { expect, test } from 'vitest';
import { pairs, programOf } from '../bloom/twins.js';
import { expectWitnesses } from './witnesses.js';

/** By program: its outputs and their labels. */
const LABELS: Readonly<Record<string, string>> = {
  '2pc-negation': 'commit D',
  'cart-destructive': 'bought D',
  'cart-disorderly': 'bought D',
  'cart-monotone': 'bought A, complete A',
  chat: 'screen D',
  'chat-log': 'screen A',
  deadlock: 'deadlock A',
  'distinct-words': 'distinct A',
  'election-direct': 'follows D',
  'election-storage': 'follows D',
  garbage: 'garbage D',
  gfs: 'location D',
  'gfs-early-ack': 'location D',
  'gfs-one-replica': 'location D',
  'mapreduce-barrier': 'output D',
  'mapreduce-pipelined': 'output D',
  references: 'department D, employee D',
  'references-kept': 'department D, employee D',
  'store-causal': 'shows A',
  'store-grow-only': 'answer A',
  'store-item-cut': 'seen D, shows A',
  'store-lww': 'shows D',
  'store-lww-no-tie-break': 'shows D',
  'store-monotonic-reads': 'seen D, shows A',
  'store-multi-key-causal': 'shows A',
  'store-overwrite': 'value D',
  'store-read-committed': 'shows A',
  'store-set': 'shows A',
  'vote-all': 'passed D',
  'vote-threshold': 'passed A',
  'word-count': 'total D',
};

const all = await pairs();

test('each program has its labels', () => {
  expect(all.map(({ name }) => name)).toEqual(Object.keys(LABELS).sort());
});

test.each(all)('$name', { timeout: 120_000 }, ({ name, bloom }) => {
  expectWitnesses(programOf(bloom), LABELS[name] ?? '');
});
