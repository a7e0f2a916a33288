/**
 * Every D of the gallery is shown by two schedules, whatever that takes: stores that say everything again at each tick
 * need slow links. And each delay of the second schedule is needed.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programAt } from '../../scripts/site/specs.js';
import { analyse } from '../../src/calm/calm.js';
import { Schedules } from '../../src/calm/schedules.js';
import { findWitnesses } from '../../src/calm/witness.js';
import { atOnce } from '../../src/core/work.js';
import { programFrom } from '../support.js';
import { areNeeded, expectWitnesses, tried } from './witnesses.js';

/** By spec: its outputs and their labels. Those of specs/calm have a test of their own. */
const LABELS: Readonly<Record<string, string>> = {
  'election/direct': 'follows D',
  'election/direct-is-not-safe': 'follows D',
  'election/storage': 'follows D',
  'election/storage-is-not-available': 'follows D',
  'integrity/references': 'department D, employee D',
  'integrity/references-kept': 'department D, employee D',
  'kvs/causal': 'shows A',
  'kvs/causal-is-not-multi-key-causal': 'shows A',
  'kvs/item-cut': 'seen D',
  'kvs/item-cut-is-not-monotonic-reads': 'seen D',
  'kvs/lww': 'shows D',
  'kvs/lww-is-not-set': 'shows D',
  'kvs/lww-no-tie-break': 'shows D',
  'kvs/monotonic-reads': 'seen D',
  'kvs/monotonic-reads-is-not-linearizable': 'seen D',
  'kvs/multi-key-causal': 'shows A',
  'kvs/multi-key-causal-is-not-read-committed': 'shows A',
  'kvs/read-committed': 'shows A',
  'kvs/read-committed-is-not-item-cut': 'seen D',
  'kvs/set': 'shows A',
  'kvs/set-is-not-causal': 'shows A',
  'mapreduce/barrier': 'output D',
  'mapreduce/barrier-is-not-early': 'output D',
  'mapreduce/pipelined': 'output D',
  'mapreduce/pipelined-is-not-exact': 'output D',
  'storage/gfs': 'chunk D',
  'storage/gfs-early-ack': 'chunk D',
  'storage/gfs-one-replica': 'chunk D',
};

test('each spec of the gallery has its labels', () => {
  const folders = ['election', 'integrity', 'kvs', 'mapreduce', 'storage'];
  const specs = folders.flatMap((folder) =>
    readdirSync(`specs/${folder}`).flatMap((name) =>
      name.endsWith('.ded') ? [`${folder}/${name.replace('.ded', '')}`] : [],
    ),
  );
  expect(specs.sort()).toEqual(Object.keys(LABELS).sort());
});

test.each(Object.entries(LABELS))('%s: %s', { timeout: 120_000 }, (name, expected) => {
  expectWitnesses(programAt(`specs/${name}.ded`), expected);
});

describe('slow links', () => {
  /** What is said at ticks 1 to 3 must be late each time, so that it comes after tick 5. */
  const AGAIN = `//! output late
peer("a", "b")@1; say("a", 1)@1; say("a", 1)@2; say("a", 1)@3; peer(N, M)@next :- peer(N, M);
ask("b", 1)@5;
in(M, V)@async :- say(N, V), peer(N, M);
in(N, V)@next :- in(N, V);
late(N, V) :- ask(N, V), notin in(N, V);
pre(N, V) :- late(N, V);
post(N, V) :- late(N, V);`;

  test('three delays are found together, and no one of them is too long', () => {
    const [schedules, found] = tried(programFrom(AGAIN), ['a', 'b'], 6);
    const { runs } = found.witnesses.get('late') ?? { runs: [] };
    const delays = runs[1]?.scenario.map((fault) => ('by' in fault ? [fault.tick, fault.by] : []));
    expect(delays).toEqual([
      [1, 4],
      [2, 3],
      [3, 2],
    ]);
    areNeeded(schedules, found);
  });

  test('one that is not yet as short as it can be counts, if time is over', () => {
    const program = programFrom(AGAIN);
    const { timing } = analyse(program);
    const lengths = Array.from({ length: 80 }, (_, most) => {
      const schedules = new Schedules(program, { nodes: ['a', 'b'], eot: 6, delay: 5, until: 6 }, timing);
      let asked = 0;
      const { witnesses } = atOnce(findWitnesses(schedules, ['late'], 160, () => ++asked > most));
      return witnesses.get('late')?.runs[1].scenario.length ?? 0;
    });
    expect(lengths[0]).toBe(0);
    expect(Math.max(...lengths)).toBeGreaterThan(3);
    expect(lengths.at(-1)).toBe(3);
  });
});
