/**
 * The runs of nodes as space-time diagrams side by side, what clients read, and every message in words.
 */
import { h, s, scroller, table } from '../../report/page/dom.js';
import { plural } from '../../report/words.js';
import type { Arrow, Drawing, Mark, NodesPicture } from '../nodes/report/picture.js';
import { place } from './place.js';
import type { WhatIfPanel } from './whatif.js';

/** Pixels that a label is shifted by where another one stands already. */
const LINE = 12;

export function drawNodes(picture: NodesPicture, panel: WhatIfPanel | undefined): HTMLElement[] {
  const { drawings, left, errors, isPair } = picture;
  return [
    legend(isPair),
    h(
      'div.pair',
      drawings.map((one) => figure(one, picture, panel)),
    ),
    ...(left > 0 ? [h('p.hint', `${plural(left, 'message')} had no room in the pictures.`)] : []),
    ...reads(picture),
    ...messages(picture),
    ...(errors.length > 0
      ? [
          h('h3', 'What nodes wrote to standard error'),
          ...errors.map(({ node, text }) =>
            h(
              'pre',
              text
                .split('\n')
                .map((line, i) => (i > 0 ? `\n${node}: ${line}` : `${node}: ${line}`))
                .join(''),
            ),
          ),
        ]
      : []),
  ];
}

const KEYS = [
  ['hit', '✗ a fault'],
  ['gone', 'not sent any more'],
  ['new', 'different from the other run'],
  ['same', 'the same in both'],
] as const;

const legend = (isPair: boolean): HTMLElement =>
  h(
    'p.legend',
    isPair
      ? KEYS.map(([name, text]) =>
          h(
            'span',
            s(
              'svg.key',
              { width: 26, height: 10, 'aria-hidden': 'true' },
              s(`g.message.${name}`, s('line.shaft', { x1: 1, y1: 5, x2: 25, y2: 5 })),
            ),
            ` ${text}`,
          ),
        )
      : [],
    h('span', 'Time runs downward in ticks; short arrows on the left are requests and answers of clients.'),
  );

function figure(drawing: Drawing, picture: NodesPicture, panel: WhatIfPanel | undefined): HTMLElement {
  const at = place(picture);
  const { lanes, ticks } = picture;
  const frame = [
    ...ticks.map((tick, i) => {
      const isGap = i > 0 && tick - (ticks[i - 1] ?? 0) > 1;
      return s(
        'g',
        s('line.tick', { x1: 34, x2: at.width - 8, y1: at.y(tick), y2: at.y(tick) }),
        s('text.tick', { x: 28, y: at.y(tick) + 4, 'text-anchor': 'end' }, String(tick)),
        isGap ? s('text.tick', { x: 22, y: at.y(tick) - 15, 'text-anchor': 'middle' }, '⋮') : undefined,
      );
    }),
    ...lanes.map((name) =>
      s(
        'g',
        s('line.lane', { x1: at.x(name), x2: at.x(name), y1: at.top, y2: at.bottom }),
        s('text.name', { x: at.x(name), y: 20, 'text-anchor': 'middle' }, name),
      ),
    ),
  ];
  const taken = new Map<string, number>();
  const shown = [...drawing.arrows].sort((a, b) => weight(a) - weight(b));
  const svg = s(
    'svg',
    {
      width: at.width,
      height: at.height,
      viewBox: `0 0 ${at.width} ${at.height}`,
      role: 'img',
      'aria-label': `${drawing.caption}: ${plural(drawing.arrows.length, 'message')}, in words below`,
    },
    s('g.grid', frame),
    drawing.marks.map((mark) => markOf(mark, at)),
    shown.map((arrow) => arrowOf(arrow, at, taken, panel)),
  );
  return h('figure', h('figcaption', drawing.caption), scroller(`${drawing.caption}, may scroll sideways`, svg));
}

/** What matters is drawn last, over the rest. */
const weight = ({ look }: Arrow): number => ['gone', 'same', 'off', 'new', 'spared', 'hit'].indexOf(look);

type Place = ReturnType<typeof place>;

function markOf({ node, tick, until, words }: Mark, at: Place): SVGElement {
  const [x, y] = [at.x(node), at.y(tick)];
  const down =
    until === undefined
      ? undefined
      : s('rect.down', { x: x - 7, y, width: 14, height: Math.max(6, at.y(until) - y + (until >= at.last ? 10 : 0)) });
  return s(
    'g.happening',
    s('title', `tick ${tick}: ${words}`),
    down,
    s('text', { x: x + 11, y: y + 14 }, `☠ ${words}`),
  );
}

function arrowOf(arrow: Arrow, at: Place, taken: Map<string, number>, panel: WhatIfPanel | undefined): SVGElement {
  const { id, look, title, label, isClient, to, from, sent } = arrow;
  const node = at.has(to) ? to : from;
  const lines = at.lines(arrow);
  const isStopped = arrow.arrivals.length === 0;
  const isAsked = to === node;
  const lane = isClient ? `${node} ${isAsked ? sent : (arrow.arrivals[0] ?? sent)}` : `${from} ${to} ${sent}`;
  const row = taken.get(lane) ?? 0;
  if (label !== '') taken.set(lane, row + 1);
  const [first] = lines;
  const can = panel?.knows(id) === true;
  return s(
    'g',
    { class: `message ${look}${can ? ' can' : ''}`, ...(can && { 'data-call': id, onclick: () => panel?.flip(id) }) },
    s('title', title),
    lines.flatMap(([x1, y1, x2, y2]) => [
      s('line.target', { x1, y1, x2, y2 }),
      s('line.shaft', { x1, y1, x2, y2 }),
      isStopped
        ? s('path.cross', { d: `M${x2 - 5} ${y2 - 5}l10 10m0 -10l-10 10` })
        : s('path.head', {
            d: 'M0 0L-8 -3.6L-8 3.6Z',
            transform: `translate(${x2} ${y2}) rotate(${angle(x1, y1, x2, y2)})`,
          }),
    ]),
    label !== '' && first
      ? s(
          'text.label',
          isClient
            ? { x: at.x(node) - 34, y: (isAsked ? first[1] : first[3]) + 3 + row * LINE, 'text-anchor': 'end' }
            : { x: (first[0] + first[2]) / 2, y: (first[1] + first[3]) / 2 - 5 - row * LINE, 'text-anchor': 'middle' },
          label,
        )
      : undefined,
  );
}

const angle = (x1: number, y1: number, x2: number, y2: number): number =>
  Math.round((Math.atan2(y2 - y1, x2 - x1) * 1_800) / Math.PI) / 10;

/** What clients asked and were told; what is not as it should be first, and alone as long as nobody asks for more. */
function reads({ reads: all, isPair }: NodesPicture): HTMLElement[] {
  if (all.length === 0) return [];
  const heads = isPair
    ? ['Node', 'Asked', 'Without faults, as it should be', 'With the fault']
    : ['Node', 'Asked', 'Answer'];
  const line = ({ node, asks, isLast, good, bad, differs }: (typeof all)[number]): HTMLElement =>
    h(
      'tr',
      h('td', node),
      h('td.mono', `${asks}${isLast ? ' (at the end)' : ''}`),
      isPair ? h('td.mono', good ?? 'not asked') : [],
      h('td', { class: differs ? 'mono cut' : 'mono' }, differs ? '✗ ' : '', bad ?? 'not asked'),
    );
  const wrong = all.filter(({ differs }) => differs);
  const whole = table(heads, all.map(line));
  const title = isPair ? 'What clients read, beside what they should' : 'What clients read';
  return [
    h('h3', title),
    ...(isPair && wrong.length > 0 ? [table(heads, wrong.map(line))] : []),
    ...(isPair && wrong.length === 0 ? [h('p', 'All answers are as without faults.')] : []),
    h('details', h('summary', `All ${plural(all.length, 'request')} and what was answered`), whole),
  ];
}

const SIGNS = { fault: '✗', node: '☠', missing: '−', new: '+', same: '' } as const;

function messages({ rows, isPair }: NodesPicture): HTMLElement[] {
  const heads = [
    'Sign',
    ...(isPair ? ['Without faults'] : []),
    isPair ? 'With the fault' : 'Tick',
    'Message',
    'What became of it',
  ];
  const ticks = (list: readonly number[]): string =>
    `${list.slice(0, 4).join(', ')}${list.length > 4 ? ` and ${list.length - 4} more` : ''}`;
  const lines = rows.map(({ good, bad, text, note, mark }) =>
    h(
      'tr',
      h('td', { class: mark === 'fault' || mark === 'node' ? 'cut' : undefined }, SIGNS[mark]),
      isPair ? h('td', ticks(good)) : [],
      h('td', ticks(bad)),
      h('td.mono', text),
      h('td', note === '' && mark === 'missing' ? 'not sent' : note),
    ),
  );
  return [
    h('details', h('summary', `Message by message, with the ticks of sending (${rows.length})`), table(heads, lines)),
  ];
}
