/**
 * The bar over the diagram: outcome, the faults with a way to remove each, and ways back.
 */
import { visible } from '../../core/text.js';
import type { Fault } from '../../faults/fault.js';
import { formatFault } from '../../faults/scenario.js';
import type { RunView } from '../provenance/views.js';
import { faultInWords } from '../words.js';
import { counterexampleOf } from './command.js';
import type { Actions, Context } from './context.js';
import { button, h } from './dom.js';
import { renew } from './focus.js';
import type { Refusal } from './whatif.js';

const OUTCOME = {
  violated: '✗ Promise broken',
  holds: '✓ Promise holds',
  vacuous: '! Nothing is promised',
  unknown: '? Not known',
} as const;

export class Bar {
  private readonly outcome = h('output', { id: 'outcome', 'aria-live': 'polite' });
  private readonly faults = h('ul.faults', { 'aria-label': 'Injected faults' });
  private readonly ways = h('div.ways');
  private readonly notice = h('p', { id: 'notice', role: 'alert', hidden: true });
  readonly element = h('div.bar', { id: 'whatif' }, this.outcome, this.faults, this.ways, this.notice);

  show(context: Context): void {
    const { view, engine, act, beyond } = context;
    const { kind } = view.outcome;
    const number = counterexampleOf(engine.check, view.scenario);
    this.outcome.setAttribute('data-kind', kind);
    const where = beyond === '' ? '' : ' · outside the bounds';
    const what = number >= 0 || view.scenario.length === 0 ? '' : ` · what if${where}`;
    this.announce(`${OUTCOME[kind]}${what}`, view.scenario);
    renew(this.faults, ...faultsOf(context));
    const { counterexamples } = engine.check;
    const first = counterexamples[0];
    const back = first && number < 0 ? [button('Back to counterexample 1', () => act.inject(first.faults))] : [];
    const good = view.scenario.length > 0 ? [button('Without faults', () => act.inject([]))] : [];
    renew(this.ways, ...back, ...good);
    const unknown =
      engine.closed === undefined ? unknownInWords(view) : `Nothing can be tried out here: ${engine.closed}`;
    this.say([beyondInWords(beyond), unknown].filter((text) => text !== '').join(' '));
  }

  /** The outcome in sight; with the faults, so that a change is heard even where the outcome is the same. */
  private announce(outcome: string, faults: readonly Fault[]): void {
    const heard = faults.length === 0 ? ' without faults' : `: ${faults.map(faultInWords).join('; ')}`;
    this.outcome.replaceChildren(outcome, h('span.unseen', heard));
  }

  /** Something to know of the run that is shown, or nothing. */
  private say(text: string): void {
    this.notice.hidden = text === '';
    this.notice.textContent = visible(text);
  }

  /** Why what was asked for is not shown, and a way to see it all the same. */
  refuse({ refused, beyond }: Refusal, { tryBeyond }: Actions): void {
    this.say(beyond ? `${refused} That is outside the bounds of this check. ` : refused);
    if (beyond) this.notice.append(button('Try it all the same', () => tryBeyond(beyond), { 'data-try-beyond': '' }));
  }
}

/** That a run says nothing of the verdict. */
export const beyondInWords = (problems: string): string =>
  problems === '' ? '' : `Outside the bounds of this check, so it is no counterexample, whatever it shows: ${problems}`;

/** What the page cannot know, and how to find out. */
function unknownInWords({ outcome }: RunView): string {
  if (outcome.kind !== 'unknown') return '';
  const where = outcome.gap
    ? `${outcome.gap.node} comes to a step at tick ${outcome.gap.tick} that no run so far has shown`
    : 'the nodes end in states that the check was never asked about';
  return `This page cannot run the handlers, it only knows what the search has seen of them; here ${where}. The command above runs this scenario.`;
}

const faultsOf = (context: Context): HTMLElement[] =>
  context.view.scenario.length === 0
    ? [h('li.none', 'no faults')]
    : context.view.scenario.map((fault) => chip(fault, context));

function chip(fault: Fault, { act, state }: Context): HTMLElement {
  const name = formatFault(fault);
  const chosen = state.fault === name;
  return h(
    'li',
    { class: chosen ? 'chosen' : undefined },
    button(`✗ ${faultInWords(fault)}`, () => act.set({ fault: chosen ? undefined : name }), {
      'aria-pressed': chosen ? 'true' : 'false',
      title: 'Highlight what this fault cuts',
    }),
    button('remove', () => act.remove(fault), {
      'data-remove-fault': name,
      'aria-label': `remove this fault: ${faultInWords(fault)}`,
      class: 'remove',
    }),
  );
}
