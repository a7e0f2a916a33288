/**
 * The call tree in time: below each call its bar without faults and its bar with them, on one scale.
 */
import { h, s } from '../../report/page/dom.js';
import type { Bar, Timeline, TimelineRow } from '../report/timeline.js';
import type { WhatIfPanel } from './whatif.js';

/** Deepest indentation. */
const DEEPEST = 8;
/** Percents of the width that a bar has at least. */
const THIN = 0.4;

export function drawTimeline({ end, rows, bodies }: Timeline, panel: WhatIfPanel | undefined): HTMLElement[] {
  const isPair = rows.some(({ good }) => good !== undefined);
  return [
    ...(isPair ? [legend()] : []),
    h(
      'ol.calls',
      h('li.scale', { 'aria-hidden': 'true' }, h('span'), h('div.ruler', ...ruler(end))),
      rows.map((row) => line(row, end, isPair, panel)),
    ),
    ...(bodies.length > 0
      ? [
          h(
            'div.answers',
            bodies.map(({ title, text }) => h('div', h('h3', title), h('p.mono', text))),
          ),
        ]
      : []),
  ];
}

const legend = (): HTMLElement =>
  h(
    'p.legend',
    ...(
      [
        ['good', 'without faults'],
        ['bad', 'with them'],
        ['done', '✗ a fault, the work was done'],
        ['undone', '✗ a fault, not asked'],
        ['absent', 'not made any more'],
      ] as const
    ).map(([name, text]) =>
      h(
        'span',
        s(
          'svg.key',
          { width: 22, height: 10, 'aria-hidden': 'true' },
          s('rect', { class: name, x: 1, y: 1, width: 20, height: 8, rx: 2 }),
        ),
        ` ${text}`,
      ),
    ),
  );

const ruler = (end: number): HTMLElement[] =>
  [0, end / 2, end].map((ms) => h('span', `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`));

function line(
  { id, name, depth, good, bad }: TimelineRow,
  end: number,
  isPair: boolean,
  panel: WhatIfPanel | undefined,
): HTMLElement {
  const label = id !== undefined && panel?.knows(id) ? panel.toggle(id, name) : h('span', name);
  const level = Math.min(depth, DEEPEST);
  return h(
    `li.call.d${level}`,
    h('div.name', depth > 0 ? h('span.branch', { 'aria-hidden': 'true' }, '└ ') : '', label),
    h(
      'div.lanes',
      good && lane(good, end, 'good', isPair ? 'without faults: ' : ''),
      bad && lane(bad, end, isPair ? 'bad' : 'good', isPair ? 'with them: ' : ''),
    ),
  );
}

function lane({ from, to, look, words }: Bar, end: number, run: 'good' | 'bad', prefix: string): HTMLElement {
  const percent = (ms: number): number => Math.min(100, Math.max(0, (100 * ms) / end));
  const x = Math.min(percent(from), 100 - THIN);
  const width = Math.max(THIN, percent(to) - x);
  const isHit = look === 'done' || look === 'undone';
  return h(
    'div',
    { class: `lane ${run} ${look}` },
    s(
      'svg',
      { class: 'track', width: '100%', height: 12, 'aria-hidden': 'true' },
      s('line', { class: 'base', x1: '0%', x2: '100%', y1: 6, y2: 6 }),
      s('rect', {
        class: look === 'usual' || look === 'failed' ? `${run} ${look}` : look,
        x: `${x}%`,
        y: 1,
        width: `${width}%`,
        height: 10,
        rx: 2,
      }),
    ),
    h('span.fate', h('span.unseen', prefix), isHit ? '✗ ' : '', words),
  );
}
