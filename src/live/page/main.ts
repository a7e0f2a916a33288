/**
 * The page of experiments: what broke and how, good beside bad; what it rests on; and what if, among the experiments that
 * were made.
 */
import { button, h, section } from '../../report/page/dom.js';
import { renew } from '../../report/page/focus.js';
import { header, start } from '../../report/page/start.js';
import { coverageSection } from './coverage.js';
import type { PageModel } from './model.js';
import { drawPicture } from './picture.js';
import { recalledOf } from './recalled.js';
import { verdictOf } from './verdict.js';
import { waysTable } from './ways.js';
import { WhatIfPanel } from './whatif.js';

function draw(app: HTMLElement, model: PageModel): void {
  const recalled = recalledOf(model);
  const [verdict, story, ways, tabs] = [
    h('div'),
    h('div'),
    h('div'),
    h('nav.checks', { 'aria-label': 'Counterexamples' }),
  ];
  const panel = recalled && new WhatIfPanel(model, recalled);
  const show = (index: number): void => {
    const found = model.found[index];
    const picture = found?.picture ?? model.usual;
    renew(verdict, ...verdictOf(model, found));
    renew(
      story,
      ...(found
        ? [
            h(
              'ol.story',
              found.story.map((text) => h('li', text)),
            ),
          ]
        : []),
      ...(picture ? drawPicture(picture, panel) : []),
      ...(found && found.also.length > 0
        ? [h('p', 'The same calls, failed in another way, break the promise as well:'), listOf(found.also)]
        : []),
    );
    if (recalled) renew(ways, ...waysTable(model, recalled, found));
    panel?.choose(found?.faults ?? []);
    renew(tabs, ...(model.found.length > 1 ? model.found.map((_, i) => tab(i, index, show)) : []));
  };
  const main = h(
    'main.page',
    { tabindex: -1 },
    h('section', { id: 'verdict', 'aria-label': 'The verdict' }, verdict),
    ...(model.doubts.length > 0
      ? [section('doubts', model.found.length > 0 ? 'What is doubtful' : 'Why', '', listOf(model.doubts))]
      : []),
    ...(model.found.length > 0 || model.usual
      ? [section('story', model.found.length > 0 ? 'What happens' : 'Without faults', '', story)]
      : []),
    ...(panel ? [panel.element] : []),
    section('rests', 'What it rests on', '', listOf(model.rests)),
    ...(recalled
      ? [
          ...(model.ways === 'nothing' ? [] : [section('ways', 'Ways of succeeding, and what cuts them', '', ways)]),
          ...coverageSection(model, recalled, (faults) => panel?.show(faults)),
        ]
      : []),
    section('silent', 'What it does not say', '', listOf(model.silent)),
  );
  app.append(header(main, model.about, tabs), main);
  show(0);
}

const listOf = (items: readonly string[]): HTMLElement =>
  h(
    'ul.plain',
    items.map((item) => h('li', item)),
  );

const tab = (index: number, shown: number, show: (index: number) => void): HTMLElement =>
  button(`✗ ${index + 1}`, () => show(index), {
    'aria-current': index === shown ? 'true' : undefined,
    'aria-label': `Counterexample ${index + 1}`,
    'data-found': index,
  });

start(draw);
