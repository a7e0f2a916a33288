/**
 * The space-time diagram's coordinates, without a browser.
 */
import { describe, expect, it } from 'vitest';
import { withoutLocation } from '../../../src/report/page/dots.js';
import { layout } from '../../../src/report/page/layout.js';
import type { MessageView, RunView } from '../../../src/report/provenance/views.js';

/** What was delivered or not, by the word that the pictures have for it. */
const fated = (fate: string): Pick<MessageView, 'fate' | 'loss'> =>
  fate === 'omitted'
    ? { fate: 'lost', loss: { kind: 'omission', from: 'a', to: 'b', tick: 1 } }
    : fate === 'crashed'
      ? { fate: 'lost', loss: { kind: 'crash', node: 'a', tick: 2 } }
      : { fate: fate as 'delivered' | 'ghost' };

const message = (from: string, to: string, sent: number, fate: string, label: string): MessageView => ({
  id: `${from}→${to}@${sent} ${label}`,
  from,
  to,
  sent,
  at: sent + 1,
  label,
  ...fated(fate),
  slice: true,
  source: { file: 'x.ded', line: 1, text: '' },
});

const view: RunView = {
  scenario: [
    { kind: 'omission', from: 'a', to: 'b', tick: 1 },
    { kind: 'crash', node: 'a', tick: 2 },
  ],
  nodes: ['a', 'b', 'c'],
  eot: 4,
  messages: [
    message('a', 'b', 1, 'omitted', 'log("b", "x")'),
    message('a', 'c', 1, 'delivered', 'log("c", "x")'),
    message('a', 'c', 1, 'delivered', 'ping("c")'),
    message('a', 'b', 2, 'crashed', 'log("b", "x")'),
    message('b', 'c', 2, 'ghost', 'log("c", "x")'),
    message('a', 'b', 4, 'crashed', 'log("b", "x")'),
    message('c', 'c', 2, 'delivered', 'tick("c")'),
  ],
  events: [],
  outcome: { kind: 'violated', witnesses: [['c', 'x']], readingsDiffer: false },
  kept: new Map(),
  divergence: 1,
};

describe('layout', () => {
  const laid = layout(view, { width: 900, all: false, ghosts: true });
  const all = laid.arrowsIn();

  it('draws one arrow per slot and fate, nothing to oneself and nothing of the last tick', () => {
    expect(all.map(({ from, to, sent, fate, bold }) => `${from}${to}${sent} ${fate}${bold ? '!' : ''}`)).toEqual([
      'ab1 lost!',
      'ac1 delivered',
      'ab2 lost',
      'bc2 ghost',
    ]);
    expect(all[1]?.messages).toHaveLength(2);
    expect(all[1]?.label).toBe('log, ping ×2');
  });

  it('ends lost messages on the way and delivered ones at their node', () => {
    for (const { fate, ex, ey, x2, y2 } of all)
      if (fate === 'lost') expect(ey).toBeLessThan(y2);
      else expect([ex, ey]).toEqual([x2, y2]);
  });

  it.each([390, 600, 900])('ends lost messages clear of the lanes in between, at %i pixels', (width) => {
    const messages = [message('a', 'c', 1, 'omitted', 'x'), message('c', 'a', 2, 'crashed', 'y')];
    for (const small of [false, true]) {
      const { lanes, arrowsIn } = layout({ ...view, messages }, { width, all: false, ghosts: true, small });
      for (const { ex, x1 } of arrowsIn())
        for (const { x } of lanes) if (x !== x1) expect(Math.abs(x - ex)).toBeGreaterThanOrEqual(16);
    }
  });

  it('writes what says most beside a dot', () => {
    const fact = (relation: string, value: string) => ({
      relation,
      row: ['a', `.${relation}`, value],
      tick: 1,
      text: `${relation} = ${value}`,
      slice: true,
    });
    const facts = [fact('post', '1'), fact('state', '[]'), fact('split', '1'), fact('state', 'true')];
    const events = [{ node: 'a', tick: 1, facts, gone: [], missing: [] }];
    const later = { node: 'a', tick: 2, facts: [fact('state', '1')], gone: [], missing: [] };
    const { dots } = layout(
      { ...view, events: [...events, later] },
      { width: 900, all: false, ghosts: true, helpers: new Set(['split']) },
    );
    expect(dots[0]?.facts).toEqual(['state = true', 'split = 1', 'post = 1', 'state = []']);
  });

  it('marks the crash, the witness and the divergence', () => {
    expect(laid.bands).toMatchObject([{ node: 'a', tick: 2 }]);
    expect(laid.flags).toMatchObject([{ text: '✗ no post("x")' }]);
    expect(laid.notes[0]?.y).toBeLessThan(laid.rows[0]?.y ?? 0);
  });

  it('leaves ghosts out when asked to', () => {
    expect(layout(view, { width: 900, all: false, ghosts: false }).arrowsIn()).toHaveLength(3);
  });

  it('places the arrows of a stretch alone when asked to, the same as among all', () => {
    const y = laid.rows[1]?.y ?? 0;
    const reaching = all.filter(({ y1, y2 }) => y2 >= y + 1 && y1 <= y + 2);
    expect(laid.arrowsIn(y + 1, y + 2)).toEqual(reaching);
    expect(reaching.length).toBeGreaterThan(0);
    expect(reaching.length).toBeLessThan(all.length);
  });

  it('places labels without overlap of those on one line', () => {
    const boxes = laid.labelsOf(laid.pictureOf(all), laid.dots).map(({ x, y, text, anchor }) => {
      const width = text.length * 6.5;
      return { left: anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x, width, y };
    });
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        if (Math.abs(a.y - b.y) < 10) expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true);
  });

  it('says once where a fact is', () => {
    expect(withoutLocation('log("b", "x")', 'b')).toBe('log("x")');
    expect(withoutLocation('up("b")', 'b')).toBe('up');
    expect(withoutLocation('log("c", "x")', 'b')).toBe('log("c", "x")');
  });
});
