/**
 * What-if scenarios, and the state in the page's address.
 */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/faults/fault.js';
import { formatScenario } from '../../../src/faults/scenario.js';
import { fromHash, type State, toHash } from '../../../src/report/page/store.js';
import { toggleMessage, toggleNode } from '../../../src/report/page/whatif.js';
import type { MessageView } from '../../../src/report/provenance/views.js';

const CRASH = { kind: 'crash', node: 'a', tick: 2 } as const;
const bounds = { eot: 5, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'] };
const message = (sent: number, fate: MessageView['fate'], loss?: Fault): MessageView => ({
  id: `a→b@${sent}`,
  from: 'a',
  to: 'b',
  sent,
  at: sent + 1,
  label: 'm("b")',
  fate,
  ...(loss && { loss }),
  slice: true,
  source: { file: 'x', line: 1, text: '' },
});
const faults = (change: ReturnType<typeof toggleNode>): string =>
  'refused' in change ? change.refused : formatScenario(change.scenario);

describe('what if', () => {
  it('loses and restores a message', () => {
    const lost = toggleMessage(message(1, 'delivered'), [], bounds);
    expect(faults(lost)).toBe('{a→b@1}');
    expect(
      faults(
        toggleMessage(
          message(1, 'lost', { kind: 'omission', from: 'a', to: 'b', tick: 1 }),
          'scenario' in lost ? lost.scenario : [],
          bounds,
        ),
      ),
    ).toBe('{}');
  });

  it('refuses what the bounds do not admit, with a sentence', () => {
    expect(faults(toggleMessage(message(3, 'delivered'), [], bounds))).toContain(
      'Message losses end at tick 3 (EFF); this one is sent at tick 3.',
    );
    expect(faults(toggleNode('b', 2, [CRASH], bounds))).toContain('2 nodes crash');
    expect(faults(toggleMessage(message(2, 'lost', CRASH), [CRASH], bounds))).toContain('a has crashed');
  });

  it('says what may be tried though the bounds do not admit it, and what may not', () => {
    const late = toggleMessage(message(3, 'delivered'), [], bounds);
    expect(late).toMatchObject({ beyond: [{ kind: 'omission', from: 'a', to: 'b', tick: 3 }] });
    expect(toggleNode('b', 2, [CRASH], bounds)).toMatchObject({
      beyond: [CRASH, { kind: 'crash', node: 'b', tick: 2 }],
    });
    // Time would have to be longer.
    const end = toggleNode('a', 5, [], bounds);
    expect(end).toEqual({ refused: 'Crashes end at tick 5 (EOT); this one is at tick 5.', beyond: undefined });
  });

  it.each([
    [{ delay: 1, omissions: 0 }, 'Delays end at tick 3 (EFF); this one is sent at tick 3.'],
    [{ dup: 1, omissions: 0 }, 'Duplicates end at tick 3 (EFF); this one is sent at tick 3.'],
    [{ eff: 0 }, 'No message may be lost within these bounds.'],
    [{ reliable: ['a>b'] }, 'What a sends to b is reliable.'],
  ])('answers a click on a message in the words of the kind that there is: %j', (more, words) => {
    expect(faults(toggleMessage(message(3, 'delivered'), [], { ...bounds, ...more }))).toContain(words);
  });

  it.each([
    [{ restarts: 1 }, 'Restarts end at tick 3 (EFF); this one lasts to tick 4.'],
    [{ skews: 1 }, 'Standstills of clocks end at tick 3 (EFF); this one lasts to tick 4.'],
    [{ halts: 1, haltable: ['b'] }, 'The node a is not haltable.'],
    [{}, 'No node may crash within these bounds.'],
  ])('answers a click on a lane so: %j', (more, words) => {
    expect(faults(toggleNode('a', 4, [], { ...bounds, crashes: 0, ...more }))).toContain(words);
  });

  it('crashes, moves earlier, revives', () => {
    expect(faults(toggleNode('a', 3, [], bounds))).toBe('{crash a@3}');
    expect(faults(toggleNode('a', 2, [{ kind: 'crash', node: 'a', tick: 3 }], bounds))).toBe('{crash a@2}');
    expect(faults(toggleNode('a', 4, [{ kind: 'crash', node: 'a', tick: 3 }], bounds))).toBe('{}');
  });
});

describe('the address', () => {
  const state: State = {
    check: 1,
    beyond: true,
    scenario: [
      { kind: 'omission', from: 'a&=#', to: '</script>', tick: 1 },
      { kind: 'crash', node: 'é"', tick: 2 },
    ],
    node: 'b',
    tick: 3,
    fact: { relation: 'log', row: ['b', 1], tick: 2 },
    message: 'a→b@1 log("b")',
    fault: undefined,
    all: true,
    ghosts: false,
  };

  it('leads back to the state', () => {
    const { fault: _, ...rest } = state;
    for (const names of [[], ['loss', 'calm & still'], ['2', '1'], ['=', '#']])
      expect(fromHash(toHash(state, names), names)).toEqual(rest);
  });

  it('names its check, so that a link stays right when checks are added; older links have numbers', () => {
    const link = toHash(state, ['loss', 'calm']);
    expect(fromHash(link, ['new', 'loss', 'calm']).check).toBe(2);
    expect(fromHash('#check=2', ['loss', 'calm']).check).toBe(1);
    expect(fromHash('#check=2', ['2', 'calm']).check).toBe(0);
    expect(fromHash('#check=gone', ['loss', 'calm']).check).toBeUndefined();
  });

  it.each(['#', '#faults=[[1]]&check=-3&at=7', '#faults=%E0%A4&fact=[]', '#faults={"a":1}'])(
    'makes the best of %s',
    (hash) => {
      expect(fromHash(hash, []).scenario ?? []).toEqual([]);
      expect(fromHash(hash, []).fact).toBeUndefined();
    },
  );
});
