/**
 * What if, among the experiments that were made: choose faults, and see the experiment that answers. Where none does, the
 * page says so, and which command would try it. Nothing is guessed.
 */

import { commandLine } from '../../core/shell.js';
import type { LiveFault } from '../../experiments/experiment.js';
import type { FaultSet } from '../../experiments/fault-sets.js';
import { button, copyButton, h, section, words } from '../../report/page/dom.js';
import { renew } from '../../report/page/focus.js';
import { listInWords, plural } from '../../report/words.js';
import { type Recalled, type Remembered, type WhatIf, whatIf } from '../recorded/recall.js';
import { counts, isCut, waysOf } from '../recorded/ways.js';
import type { PageModel } from './model.js';

/** Most calls that are listed without a click. */
const LISTED = 14;
/** Most faults that a search may inject at once. */
const MOST_FAULTS = 8;

export class WhatIfPanel {
  readonly element: HTMLElement;
  private faults: readonly LiveFault[] = [];
  private readonly chosen = h('ul.faults');
  private readonly answer = h('div', { id: 'answer', role: 'status' });

  constructor(
    private readonly model: PageModel,
    private readonly recalled: Recalled,
  ) {
    const { unit } = model;
    const ids = [...recalled.knowledge.kinds].filter(([, kinds]) => kinds.length > 0).map(([id]) => id);
    const all = h(
      'ul.toggles',
      ids.map((id) => h('li', this.toggle(id, this.nameOf(id)))),
    );
    this.element = section(
      'whatif',
      'What if?',
      `Click a ${unit}, here or above, to fail it. Only the experiments that were made answer; nothing is simulated.`,
      h('div.bar', this.chosen),
      this.answer,
      ...(model.doubts.length > 0 ? [h('p.hint', 'What is doubtful above is so of these answers, too.')] : []),
      h('details', { open: ids.length <= LISTED }, h('summary', `All ${plural(ids.length, unit)} that can fail`), all),
    );
  }

  /** Whether a call can be failed here. */
  knows(id: string): boolean {
    return (this.recalled.knowledge.kinds.get(id)?.length ?? 0) > 0;
  }

  /** A button that fails a call, or takes that back. */
  toggle(id: string, label: string): HTMLButtonElement {
    return button(words(label), () => this.flip(id), {
      class: 'link call-name',
      'data-call': id,
      'aria-pressed': this.isChosen(id) ? 'true' : 'false',
      title: `Fail this ${this.model.unit}, or take that back`,
    });
  }

  flip(id: string): void {
    const [kind] = this.recalled.knowledge.kinds.get(id) ?? [];
    if (kind === undefined) return;
    this.choose(
      this.isChosen(id) ? this.faults.filter(({ call }) => call !== id) : [...this.faults, { call: id, kind }],
    );
  }

  /** The same as `choose`, and brings the answer into sight. */
  show(faults: FaultSet): void {
    this.choose(faults);
    this.element.scrollIntoView({ block: 'start' });
  }

  choose(faults: FaultSet): void {
    this.faults = faults;
    renew(this.chosen, ...(faults.length > 0 ? faults.map((fault) => this.chip(fault)) : [h('li.none', 'No faults')]));
    renew(this.answer, ...this.answered());
    for (const element of document.querySelectorAll('[data-call]')) {
      const isOn = this.isChosen(element.getAttribute('data-call') ?? '');
      if (element instanceof HTMLButtonElement) element.setAttribute('aria-pressed', String(isOn));
      else element.classList.toggle('chosen', isOn);
    }
  }

  private isChosen(id: string): boolean {
    return this.faults.some(({ call }) => call === id);
  }

  private nameOf(id: string): string {
    return this.model.names[id] ?? id;
  }

  private chip({ call, kind }: LiveFault): HTMLElement {
    const kinds = this.recalled.knowledge.kinds.get(call) ?? [];
    const name = this.nameOf(call);
    const select = h(
      'select',
      {
        'aria-label': `What happens to ${name}`,
        'data-kind-of': call,
        onchange: ({ target }) => {
          if (!(target instanceof HTMLSelectElement)) return;
          const kind = target.value;
          this.choose(this.faults.map((fault) => (fault.call === call ? { call, kind } : fault)));
        },
      },
      kinds.map((one) => h('option', { value: one, selected: one === kind }, this.kindOf(one))),
    );
    const remove = button('✗', () => this.flip(call), { class: 'remove', 'aria-label': `Take back: ${name}` });
    return h('li.chip', h('span.mono', name), kinds.length > 1 ? select : h('span', this.kindOf(kind)), remove);
  }

  private kindOf(kind: string): string {
    const words = this.model.kinds[kind];
    return words === undefined ? kind : `${kind}: ${words}`;
  }

  private answered(): HTMLElement[] {
    const found = whatIf(this.recalled, this.faults);
    const { left } = this.model.recorded ?? { left: 0 };
    if (found.kind === 'open') return [...this.open(found), ...this.lineage(), ...(left > 0 ? [missing(left)] : [])];
    const { experiment } = found;
    const fired = experiment.fired.map(({ call }) => this.nameOf(call));
    const how =
      found.kind === 'tried'
        ? this.faults.length === 0
          ? `Experiment ${experiment.number}, without faults`
          : `Tried: experiment ${experiment.number}, with exactly ${this.faults.length === 1 ? 'this fault' : 'these faults'}`
        : `Explained by experiment ${experiment.number}: ${idle(
            found.idle.map(({ call }) => this.nameOf(call)),
            fired,
            this.model.unit,
          )}`;
    return [
      h('p.outcome', ...outcome(experiment), ` ${how}.`),
      ...(experiment.outcome.kind === 'bad' ? experiment.outcome.why.map((why) => h('p.why', why)) : []),
    ];
  }

  private open({ within, isUnresolved }: Extract<WhatIf, { kind: 'open' }>): HTMLElement[] {
    const { trying, found } = this.model;
    const part = within === undefined ? undefined : found[within];
    const reason = part
      ? ` It includes counterexample ${(within ?? 0) + 1} (${part.words.join(' and ')}), which breaks the promise by itself, so the search left it out.`
      : isUnresolved
        ? ' It was, but no experiment gave a clear answer.'
        : '';
    const canTry = trying.middle === 'faults' || (!part && this.faults.length <= MOST_FAULTS);
    const middle =
      trying.middle === 'number'
        ? String(this.faults.length)
        : commandLine([this.faults.map(({ kind, call }) => `${kind} @ ${call}`).join('; ')]);
    const command = `${trying.before}${middle}${trying.after}`;
    return [
      h('p.outcome', h('span.mark.warn', '? Not tried.'), reason, canTry ? ' This would try it:' : ''),
      ...(canTry
        ? [
            h(
              'div.replay',
              h('code', words(command)),
              copyButton('Copy command', () => command),
            ),
          ]
        : []),
    ];
  }

  /** What is known all the same: which ways of succeeding would be left. */
  private lineage(): HTMLElement[] {
    if (this.model.ways !== 'all') return [];
    const ways = waysOf(this.recalled.knowledge).filter((way) => counts(way, this.faults));
    const left = ways.filter((way) => !isCut(way, this.faults)).length;
    if (ways.length === 0) return [];
    const words =
      left === 0
        ? `Every way of succeeding that was seen (${ways.length}) is cut, so it may well break the promise.`
        : `${left} of ${plural(ways.length, 'known way')} of succeeding ${left === 1 ? 'is' : 'are'} not cut. That is a hint, and no answer.`;
    return [h('p.hint', words)];
  }
}

function outcome({ outcome: { kind } }: Remembered): HTMLElement[] {
  return [
    kind === 'good' ? h('span.mark.good', '✓ The promise is kept.') : h('span.mark.bad', '✗ The promise is broken.'),
  ];
}

/** Why some of the faults change nothing. */
function idle(names: readonly string[], fired: readonly string[], unit: string): string {
  const what = `the ${unit}${names.length === 1 ? '' : 's'} ${listInWords(names)} ${names.length === 1 ? 'does' : 'do'} not occur`;
  return fired.length === 0 ? `without other faults ${what}` : `once ${listInWords(fired)} fails, ${what}`;
}

const missing = (left: number): HTMLElement =>
  h('p.hint', `${plural(left, 'experiment')} had no room in this report; one of them may have tried it.`);
