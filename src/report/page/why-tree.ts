/**
 * Why, and why not: the derivation of the outcome as a tree that opens step by step, down to the fault that cut it.
 */
import { formatFault } from '../../faults/scenario.js';
import { type AlikeSteps, alikeFacts, alikeSteps, likeInWords } from '../provenance/alike-steps.js';
import type { Case } from '../provenance/case.js';
import {
  type FactKey,
  type FactView,
  factName,
  type RunView,
  type WhyStep,
  type WhyView,
} from '../provenance/views.js';
import { plural } from '../words.js';
import type { Context } from './context.js';
import { button, h } from './dom.js';
import { fold } from './fold.js';
import { opening } from './opening.js';
import { sourceLink } from './source.js';

/** Depth to which the decisive path is opened, and most steps shown at once. */
const OPEN_DEPTH = 9;
const MOST_STEPS = 6;
const MOST_ROOTS = 3;
/** Most rows that are compared, to tell those that are alike together. */
const MOST_COMPARED = 12;

export function renderTree(context: Context): HTMLElement[] {
  const { view, it } = context;
  const facts = it?.of.roots(it) ?? [];
  if (!it || facts.length === 0) return [h('p', NOTHING[view.outcome.kind])];
  const groups = alikeFacts(it, facts.slice(0, MOST_COMPARED));
  const shown = groups.slice(0, MOST_ROOTS);
  const draw = (root: FactView): HTMLElement =>
    branch(root, context, it, 0, new Set(), true, false, rootTags(root, it));
  const list = h('ul.facts');
  for (const group of shown) {
    list.append(draw(factOf(group.first)));
    if (group.others.length > 0) list.append(likeItem(group, (step) => draw(factOf(step))));
  }
  const left = facts.length - shown.reduce((sum, { others }) => sum + 1 + others.length, 0);
  const more = left > 0 ? [h('p.hint', `${plural(left, 'more row is', 'more rows are')} explained alike.`)] : [];
  return [list, ...more];
}

/** The fact that a step of one fact is of. */
const factOf = ({ body }: WhyStep): FactView => (body[0] as WhyStep['body'][number]).fact;

/** A protocol's state is neither right nor wrong by itself: it is said where it is not what it was to be. */
const rootTags = (root: FactKey, it: Case): HTMLElement[] =>
  it.of.kind !== undefined && it.differs(root) ? [h('span.tag', 'otherwise in the good run')] : [];

/** The fact that the reader has asked for, if it is another one. */
export function renderAsked(context: Context): HTMLElement[] {
  const { it } = context;
  const { fact } = context.state;
  const isRoot = fact?.relation === 'post' && fact.tick === context.view.eot;
  if (!it || !fact || isRoot) return [];
  const tree = h('ul.facts', branch(named(fact, it), context, it, 0, new Set(), true));
  return [h('h3', { tabindex: -1 }, 'The selected fact'), tree];
}

/** The steps that a fault cut stand out when it is selected. */
export function markFault(root: Element, fault: string | undefined): void {
  for (const element of root.querySelectorAll('[data-fault]'))
    element.classList.toggle('chosen', fault !== undefined && element.getAttribute('data-fault') === fault);
}

const named = (fact: FactKey, it: Case | undefined): FactView => ({ ...fact, text: it?.of.text(fact) ?? '' });

/** Why there is nothing to explain. */
const NOTHING: Record<RunView['outcome']['kind'], string> = {
  holds: 'There is nothing to explain: no handler wrote what the promise is about.',
  violated: 'There is nothing to explain: no state that the promise is about is otherwise than in the good run.',
  vacuous: 'There is nothing to explain: nothing is promised.',
  unknown: 'What this run comes to is not known.',
};

/**
 * A fact with its reasons, which are computed when it is first opened; `until` is the last of the ticks that it is
 * said of.
 */
function branch(
  fact: FactView,
  context: Context,
  it: Case,
  depth: number,
  above: ReadonlySet<string>,
  open: boolean,
  negated = false,
  tags: readonly HTMLElement[] = [],
  until = fact.tick,
): HTMLElement {
  const key = factName(fact);
  const reasons = (): HTMLElement =>
    above.has(key)
      ? h('p.note', 'Explained above: this would need itself.')
      : steps(it.of.whyPossible(it, fact), context, it, depth, new Set([...above, key]));
  return opening(fact.text, [...title(fact, context, it, negated, until), ...tags], reasons, open);
}

/** What is said of a fact that holds, that is missing, and that is rightly absent. */
function verbsOf({ relation }: FactKey, { of: { kind } }: Case): readonly [string, string, string] {
  if (kind && relation === 'message') return ['arrives', 'does not arrive', 'does not arrive'];
  return kind && relation === 'up' ? ['holds', 'does not hold', 'does not hold'] : ['holds', 'is missing', 'is absent'];
}

function title(fact: FactView, { act }: Context, it: Case, negated: boolean, until: number): (Node | string)[] {
  const holds = it.holds(fact);
  const name = button(fact.text, () => act.select({ relation: fact.relation, row: fact.row, tick: fact.tick }), {
    class: 'link mono',
    title: 'Show its messages and its node’s state',
  });
  // What is absent helps a rule that negates it; to the reader it is missing all the same if the good run has it.
  const lacking = !holds && it.differs(fact);
  const met = holds !== negated && !(negated && lacking);
  // What is there and should perhaps not be: handlers are not judged fact by fact, so it is only said to be odd.
  const odd = met && holds && it.of.kind !== undefined && it.differs(fact);
  const [there, missing, absent] = verbsOf(fact, it);
  const words = holds ? `${there}${negated ? ', but should not,' : ''}` : negated && !lacking ? absent : missing;
  return [
    h('span', { class: `mark ${odd ? 'warn' : met ? 'good' : 'bad'}` }, odd ? '! ' : met ? '✓ ' : '✗ '),
    name,
    h('span.when', ` ${words} ${until > fact.tick ? `at ticks ${fact.tick}–${until}` : `at tick ${fact.tick}`}`),
  ];
}

function steps(why: WhyView, context: Context, it: Case, depth: number, above: ReadonlySet<string>): HTMLElement {
  const list = h('ul.steps');
  const sorted = why.holds ? why.steps : [...why.steps].sort((a, b) => weight(b) - weight(a));
  const ordered = alikeSteps(it, why, sorted);
  const show = (from: number, to: number): void => {
    for (const [i, alike] of ordered.slice(from, to).entries()) {
      const item = (step: WhyStep, first: boolean) => stepItem(step, why, context, it, depth, above, first);
      list.append(item(alike.first, from + i === 0));
      if (alike.others.length > 0) list.append(likeItem(alike, (step) => item(step, false)));
    }
  };
  show(0, MOST_STEPS);
  if (ordered.length === 0) list.append(h('li.note', why.holds ? 'Given.' : 'No rule could have given it.'));
  const more = ordered.length - MOST_STEPS;
  if (more > 0) {
    const item = h('li.more');
    const words = plural(more, why.holds ? 'more way' : 'more failed attempt');
    item.append(
      button(words, () => {
        item.remove();
        const shown = list.children.length;
        show(MOST_STEPS, ordered.length);
        list.children[shown]?.querySelector('button')?.focus();
      }),
    );
    list.append(item);
  }
  return list;
}

/** What is the same for other nodes: named, and shown when it is asked for. */
function likeItem(alike: AlikeSteps, draw: (step: WhyStep) => HTMLElement): HTMLElement {
  const item = h('li.more');
  const show = (): void => {
    const items = alike.others.map(({ step }) => draw(step));
    item.replaceWith(...items);
    items[0]?.querySelector('button')?.focus();
  };
  item.append(button(likeInWords(alike), show));
  return item;
}

/** Attempts that a fault cut come first. */
const weight = (step: WhyStep): number =>
  (step.fault ? 4 : 0) + (step.kind === 'message' ? 2 : 0) + (step.body.some(({ blocking }) => blocking) ? 1 : 0);

const KIND: Record<WhyStep['kind'], string> = {
  given: 'given in the spec',
  derived: 'by a rule of the same tick',
  inductive: 'kept from the tick before',
  message: 'by a message',
};

function stepItem(
  step: WhyStep,
  why: WhyView,
  context: Context,
  it: Case,
  depth: number,
  above: ReadonlySet<string>,
  first: boolean,
): HTMLElement {
  const { state } = context;
  const { source, fault } = step;
  const chosen = fault !== undefined && state.fault === formatFault(fault);
  const item = h(
    'li',
    {
      class: `step ${step.kind}${fault ? ' cut' : ''}${chosen ? ' chosen' : ''}`,
      'data-fault': fault && formatFault(fault),
    },
    h(
      'div.rule',
      step.kind === 'given' && fault ? '' : h('span.kind', step.label ?? KIND[step.kind]),
      ' ',
      source ? h('code', source.text) : '',
      ' ',
      source && sourceLink(source, context),
    ),
  );
  if (step.note !== undefined)
    item.append(h('p', { class: fault ? 'note fault' : 'note' }, fault ? '✗ ' : '', step.note));
  const parts = h('ul.facts');
  const differ = step.body.map(({ fact }) => it.differs(fact));
  // The decisive path is opened: what failed, or what is otherwise than in the good run.
  const alone = state.scenario.length === 0;
  const decisive = step.body.findIndex(
    ({ blocking, fact }) => (why.holds || blocking) && (alone ? blocking : it.decides(fact)),
  );
  const follow = depth < OPEN_DEPTH && (first || depth === 0 || fault !== undefined || step.kind === 'inductive');
  for (const [i, { fact, negated, blocking }] of step.body.entries()) {
    const tags = [
      ...(blocking ? [h('span.tag.bad', 'this failed')] : []),
      ...(differ[i] ? [h('span.tag', 'otherwise in the good run')] : []),
    ];
    // Of a handler the loss has been said already.
    const said = step.label !== undefined && fault !== undefined;
    const open = follow && !said && i === decisive && context.view.outcome.kind === 'violated';
    const { fact: root, until } = fold(fact, step, why, it);
    const part = branch(root, context, it, depth + 1, above, open, negated, tags, why.holds ? undefined : until);
    if (!blocking && !differ[i]) part.classList.add('aside');
    parts.append(part);
  }
  if (step.body.length > 0) item.append(parts);
  return item;
}
