/**
 * Ticks and messages that fold: where nothing happens, where the same is sent again and again, and to many at once.
 */
import { describe, expect, it } from 'vitest';
import { layout, scaleOf } from '../../../src/report/page/layout.js';
import { reachOf } from '../../../src/report/page/reach.js';
import type { MessageView, RunView } from '../../../src/report/provenance/views.js';

const NODES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const OPTIONS = { all: false, ghosts: true } as const;

const message = (from: string, to: string, sent: number, label: string, slice = true): MessageView => ({
  id: `${from}→${to}@${sent} ${label}`,
  from,
  to,
  sent,
  at: sent + 1,
  label,
  fate: 'delivered',
  slice,
  source: { file: 'x.ded', line: 1, text: '' },
});

const run = (eot: number, messages: readonly MessageView[], events: RunView['events'] = []): RunView => ({
  scenario: [],
  nodes: NODES,
  eot,
  messages,
  events,
  outcome: { kind: 'holds', witnesses: [], readingsDiffer: false },
  kept: new Map(),
  divergence: undefined,
});

/** Everybody tells everybody else the same at each of some ticks. */
const mesh = (ticks: readonly number[], slice = true): MessageView[] =>
  ticks.flatMap((tick) =>
    NODES.flatMap((from) => NODES.flatMap((to) => (to === from ? [] : [message(from, to, tick, 'beat', slice)]))),
  );

const ticks = (from: number, last: number): number[] => Array.from({ length: last - from + 1 }, (_, i) => from + i);
const bands = (view: RunView): string[] =>
  scaleOf([view], OPTIONS).quiet.map(({ from, last, messages, repeats }) => `${from}–${last} ${messages} ${repeats}`);

describe('ticks', () => {
  it('fold where nothing happens, three of them or more', () => {
    expect(bands(run(12, [message('a', 'b', 1, 'x'), message('a', 'b', 9, 'x')]))).toEqual(['3–8 0 false']);
    expect(bands(run(7, [message('a', 'b', 1, 'x'), message('a', 'b', 5, 'x')]))).toEqual([]);
  });

  it('fold in a large run where what is sent does not matter, or is the same as before', () => {
    expect(bands(run(12, mesh(ticks(1, 11), false)))).toEqual(['2–11 720 false']);
    expect(bands(run(12, mesh(ticks(1, 11))))).toEqual(['3–11 648 true']);
  });

  it('fold where a node is down and the same is lost again and again, not where a fault strikes', () => {
    const loss = { kind: 'crash', node: 'c', tick: 4 } as const;
    const messages = mesh(ticks(1, 14)).map((one) =>
      one.from === 'c' && one.sent >= 4 ? { ...one, fate: 'lost' as const, loss } : one,
    );
    const view = { ...run(15, messages), scenario: [loss] };
    expect(bands(view)).toEqual(['6–14 648 true']);
    const struck = { kind: 'omission', from: 'a', to: 'b', tick: 10 } as const;
    const again = messages.map((one) =>
      one.from === 'a' && one.to === 'b' && one.sent === 10 ? { ...one, fate: 'lost' as const, loss: struck } : one,
    );
    expect(bands({ ...view, messages: again, scenario: [loss, struck] })).toEqual(['6–9 288 true']);
  });

  it('do not fold where something is new at a node', () => {
    const fact = { relation: 'log', row: ['a', 1], tick: 7, text: 'log("a", 1)', slice: true };
    const events = [{ node: 'a', tick: 7, facts: [fact], gone: [], missing: [] }];
    expect(bands(run(12, mesh(ticks(1, 11)), events))).toEqual(['3–6 288 true', '8–11 288 true']);
  });

  it('of two runs stand on one scale, folded where both are quiet', () => {
    const good = run(12, [message('a', 'b', 1, 'x'), message('a', 'b', 9, 'x')]);
    const bad = run(12, [message('a', 'b', 1, 'x'), message('a', 'b', 5, 'y')]);
    const scale = scaleOf([good, bad], OPTIONS);
    expect(scale.quiet).toEqual([]);
    const [left, right] = [good, bad].map((view) => layout(view, { ...OPTIONS, width: 500, scale }));
    expect(left?.rows).toEqual(right?.rows);
  });

  it('are opened by name, all of a band at once', () => {
    const view = run(12, [message('a', 'b', 1, 'x')]);
    const [band] = scaleOf([view], OPTIONS).quiet;
    const opened = scaleOf([view], { ...OPTIONS, opened: new Set([band?.id ?? '']) });
    expect(opened.quiet).toEqual([]);
    expect(opened.rows.map(({ tick }) => tick)).toEqual(ticks(1, 12));
  });
});

describe('like receivers', () => {
  const view = run(4, mesh([1]));
  const laid = layout(view, { ...OPTIONS, width: 1800 });
  const picture = laid.pictureOf(laid.arrowsIn());

  it('fold into one mark where a tick is crowded', () => {
    expect(picture.arrows).toEqual([]);
    expect(picture.fans.map(({ from, receivers, count }) => `${from} ${receivers} ${count}`)).toEqual(
      NODES.map((node) => `${node} all others 8`),
    );
    expect(laid.labelsOf(picture, []).map(({ text }) => text)).toContain('beat → all others ×8');
  });

  it('open by name', () => {
    const open = layout(view, { ...OPTIONS, width: 1200, opened: new Set([picture.fans[0]?.id ?? '']) });
    expect(open.pictureOf(open.arrowsIn()).arrows).toHaveLength(8);
  });

  it('share a label where there are few of them', () => {
    const few = run(
      4,
      ['b', 'c', 'd'].map((to) => message('a', to, 1, 'beat')),
    );
    const { arrowsIn, pictureOf, labelsOf } = layout(few, { ...OPTIONS, width: 1200 });
    expect(labelsOf(pictureOf(arrowsIn()), []).map(({ text }) => text)).toEqual(['beat ×3']);
  });

  it('are not what a fault strikes', () => {
    const loss = { kind: 'omission', from: 'a', to: 'b', tick: 1 } as const;
    const messages = view.messages.map((one) =>
      one.from === 'a' && one.to === 'b' ? { ...one, fate: 'lost' as const, loss } : one,
    );
    const { arrowsIn, pictureOf } = layout({ ...view, messages }, { ...OPTIONS, width: 1200 });
    const { arrows, fans } = pictureOf(arrowsIn());
    expect(arrows.map(({ from, to }) => `${from}${to}`)).toEqual(['ab']);
    expect(fans[0]?.receivers).toBe('c…i');
  });
});

describe('what the bounds admit', () => {
  const bounds = { eot: 9, eff: 4, crashes: 1, nodes: ['a', 'b'] };

  it('says which slots and nodes may be struck, and when that is over', () => {
    const reach = reachOf({ ...bounds, delay: 1, crashable: ['a'] });
    expect([3, 4].map((sent) => reach.hits({ from: 'a', to: 'b', sent }))).toEqual([true, false]);
    expect(['a', 'b'].map((node) => reach.lastOf(node))).toEqual([8, 0]);
    expect(reach.ends).toEqual([{ tick: 4, short: 'EFF', words: 'EFF 4: no delays or message losses from tick 4 on' }]);
  });

  it('says nothing of kinds that there are none of', () => {
    expect(reachOf({ ...bounds, omissions: 0 }).ends).toEqual([]);
  });
});
