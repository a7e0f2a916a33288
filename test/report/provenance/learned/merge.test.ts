/**
 * The rows of a protocol's ledger: they hold every way once, and ways that say the same are one row.
 */
import { expect, it } from 'vitest';
import { atOnce } from '../../../../src/core/work.js';
import type { Fault, Scenario } from '../../../../src/faults/fault.js';
import { canonical } from '../../../../src/faults/scenario.js';
import { defineProtocol } from '../../../../src/protocol/define.js';
import { Conditions } from '../../../../src/report/provenance/conditions.js';
import { ledgerOf } from '../../../../src/report/provenance/ledger.js';
import { mergeSupports } from '../../../../src/report/provenance/merge.js';
import type { Condition } from '../../../../src/report/provenance/views.js';
import { NAMES, provenanceOf, type Reported, reportedOf } from './protocols.js';

const ids = (conditions: readonly Condition[]): string => conditions.map(({ id }) => id).join(' ');

/** What was found, and each with another loss: then some fault may be left out. */
const scenariosOf = ({ found, of, check }: Reported): Scenario[] =>
  found.flatMap((faults) => {
    const sent = of.case(faults).run.walk.mails.find(({ from, to, at }) => from !== to && at.length > 0);
    if (!sent || sent.sent >= check.bounds.eff) return [faults];
    const [from, to] = [of.nodes[sent.from] ?? '', of.nodes[sent.to] ?? ''];
    return [faults, canonical([...faults, { kind: 'omission', from, to, tick: sent.sent }])];
  });

it.each(NAMES)('%s: the rows expand to exactly the ways', async (name) => {
  for (const reported of await reportedOf(name))
    for (const scenario of [[], ...scenariosOf(reported)]) {
      const it = reported.of.case(scenario);
      const { supports: all, conditions: known } = atOnce(reported.of.supports(it));
      const conditions = new Conditions(known);
      const supports = all.map(({ support }) =>
        ids(conditions.inOrder(support).map((condition) => conditions.of(condition))),
      );
      const ledger = atOnce(ledgerOf(it));
      expect(ledger.count).toBe(supports.length);
      expect(ledger.rows.flatMap((row) => row.supports.map(ids)).sort()).toEqual(supports.sort());
    }
});

/** Whichever of `a` and `c` speaks, `b` hears the same: `a` does if it has not heard from `c`. */
const twins = defineProtocol<{ has: boolean }, { readonly by: string } | 'stop'>({
  name: 'twins',
  nodes: ['a', 'b', 'c'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init(ctx) {
      if (id === 'c') ctx.send('a', 'stop');
      if (id !== 'b') ctx.setTimer('speak', 2);
    },
    onTimer: (ctx) => ctx.send('b', { by: id }),
    onMessage(ctx, _from, message) {
      if (message === 'stop') ctx.clearTimer('speak');
      else ctx.state.has = true;
    },
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: 'b has nothing' }),
  checks: [{ eot: 6, eff: 5, crashes: 1 }],
});

const STOP: Fault = { kind: 'omission', from: 'c', to: 'a', tick: 1 };
const CRASH: Fault = { kind: 'crash', node: 'b', tick: 2 };

it('ways that are alike but for nodes that change places, in what is said too, are one row', () => {
  const of = provenanceOf(twins, { eot: 6, eff: 5, crashes: 1 }, [[], [STOP], [CRASH], [STOP, CRASH]]);
  const { rows, count } = atOnce(ledgerOf(of.case([STOP, CRASH])));
  expect(count).toBe(2);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ promises: ['the promise'], cut: [false, true], exchanged: ['a', 'c'] });
  expect(rows[0]?.supports.map((conditions) => conditions.map(({ text, tick }) => `${text} @${tick}`))).toEqual([
    ['{ by: "c" } c→b @3'],
    ['{ by: "a" } a→b @3'],
  ]);
});

it('ways that other faults cut are not one row', () => {
  const loss: Fault = { kind: 'omission', from: 'c', to: 'b', tick: 3 };
  const of = provenanceOf(twins, { eot: 6, eff: 5, crashes: 1 }, [[], [STOP], [loss], [STOP, loss]]);
  const { rows } = atOnce(ledgerOf(of.case(canonical([STOP, loss]))));
  expect(rows.map(({ cut }) => cut)).toEqual([
    [false, false],
    [false, true],
  ]);
});

it('ways that differ in ticks only are one row, which says at which', async () => {
  const reported = await reportedOf('broadcast-retry');
  const [first] = reported;
  if (!first) throw new Error('no check');
  const { supports, conditions } = atOnce(first.of.supports(first.of.good));
  const copies = conditions.flatMap(({ text, tick = 0 }, i) => (text.endsWith(' a→b') ? [{ support: [i], tick }] : []));
  const rows = mergeSupports(
    copies.map(({ support }) => ({ promise: 'p', support })),
    new Conditions(conditions),
    first.of.nodes,
    0,
  );
  expect(supports.length).toBeGreaterThan(0);
  expect(copies.length).toBeGreaterThan(2);
  expect(rows).toMatchObject([{ otherTicks: [copies.slice(1).map(({ tick }) => tick)], exchanged: [] }]);
});
