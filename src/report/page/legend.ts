/**
 * What the marks of the diagram mean, drawn as they are drawn there.
 */
import { type Child, h, s } from './dom.js';
import type { End } from './reach.js';

const key = (...marks: readonly Child[]): SVGSVGElement =>
  s('svg.key', { width: 30, height: 14, viewBox: '0 0 30 14', 'aria-hidden': 'true' }, ...marks);

const shaft = (x2: number): SVGLineElement => s('line.shaft', { x1: 1, y1: 7, x2, y2: 7 });
const head = (): SVGPathElement => s('path.head', { d: 'M29 7L21 3L21 11Z' });
const cross = (x: number): SVGPathElement => s('path.cross', { d: `M${x - 4} 3L${x + 4} 11M${x - 4} 11L${x + 4} 3` });

/** @param ends where the time of faults is over */
export function legend(ends: readonly End[] = []): HTMLElement {
  const items: readonly (readonly [Child, string])[] = [
    [
      key(s('g.arrow.delivered.in', shaft(22), s('circle.struck', { cx: 6, cy: 7, r: 3 }), head())),
      'a fault may strike this message: click it',
    ],
    [key(s('g.arrow.delivered.in', shaft(22), head())), 'none may strike this one'],
    [
      key(s('rect.reach', { x: 10, y: 0, width: 10, height: 14 }), s('line.lane', { x1: 15, y1: 0, x2: 15, y2: 14 })),
      'a fault may strike the node here: click the lane',
    ],
    [key(s('g.arrow.omitted.in', shaft(22), cross(24))), 'lost to a fault'],
    [key(s('g.arrow.delivered.moved.in', shaft(22), head())), 'late, or once more, by a fault'],
    [key(s('g.arrow.ghost.in', shaft(22), head())), 'in the good run only'],
    [key(s('g.arrow.delivered.out', shaft(22), head())), 'pale: not on the way to the outcome'],
    [key(s('g.fan.in', s('path.wedge', { d: 'M15 1L8 13L22 13Z' }))), 'the same sent to many: a click shows each'],
    ...ends.map(({ words }) => [key(s('line.across.end', { x1: 1, y1: 7, x2: 29, y2: 7 })), words] as const),
    [
      key(s('line.across.divergence', { x1: 1, y1: 7, x2: 29, y2: 7 })),
      '≠: from here on the run differs from the good one',
    ],
    [h('b', '▨'), 'the node is down: what it sends is lost'],
    [h('b', '▯'), 'down for a while, then back'],
    [h('b', '‖'), 'a partition between lanes'],
  ];
  return h(
    'ul.legend',
    { 'aria-label': 'Legend' },
    items.map(([sign, words]) => h('li', sign, ` ${words}`)),
  );
}
