/**
 * What is read first: the verdict, which faults, what broke, what was promised, and how to run it again.
 */
import { EXIT_WORDS } from '../../report/meaning.js';
import { copyButton, h, words } from '../../report/page/dom.js';
import type { Found, PageModel } from './model.js';

const SIGNS = { good: '✓', bad: '✗', warn: '!' } as const;

/** @param found the counterexample that is shown, if there is one */
export function verdictOf(model: PageModel, found: Found | undefined): HTMLElement[] {
  const { mark, verdict, meaning, exit, terms } = model;
  const command = found?.command ?? model.command;
  const sign = h('span', { class: `mark ${mark}`, 'aria-hidden': 'true' }, `${SIGNS[mark]} `);
  const faults = (found?.words ?? []).flatMap((text, i): (Node | string)[] => [
    i > 0 ? ' and ' : '',
    h('em.fault', text),
  ]);
  return [
    h('h1', sign, verdict, found ? ': ' : '. ', ...(found ? faults : [meaning])),
    ...(found
      ? [
          h('p.lead', h('strong', 'What broke: '), ...brokenOf(found)),
          h('p.hint', `${meaning} This one: ${found.reproduced}.`),
        ]
      : []),
    h('p.hint', `Exit code ${exit}: ${EXIT_WORDS[exit]}.`),
    h(
      'dl.figures',
      terms.flatMap(([name, text]) => [h('dt', name), h('dd', text)]),
    ),
    h(
      'div.replay',
      h('code', words(command)),
      copyButton('Copy command', () => command),
    ),
  ];
}

/** Most sentences about what broke. */
const MOST = 4;

function brokenOf({ why }: Found): (Node | string)[] {
  const more = why.length - MOST;
  const lines = [...why.slice(0, MOST), ...(more > 0 ? [`… and ${more} more`] : [])];
  return lines.flatMap((line, i) => [i > 0 ? h('br') : '', line]);
}
