/**
 * The first thing to read: one sentence that says what broke and by which faults, or what was proved; and how to run
 * it again.
 */
import { type Broken, isBrokenAt } from '../../core/outcome.js';
import { formatFact, type Row } from '../../core/value.js';
import type { Fault } from '../../faults/fault.js';
import { replayCommand, runCommand } from '../commands.js';
import { explain, stopInWords } from '../explain.js';
import { gatesOf } from '../meaning.js';
import type { Case } from '../provenance/case.js';
import { storyOf } from '../provenance/story/story.js';
import type { RunView } from '../provenance/views.js';
import { type Piece, storyPieces } from '../story.js';
import { boundsInWords, clausesOf, plural, VERDICT_WORDS } from '../words.js';
import { counterexampleOf, scenarioJson } from './command.js';
import type { Context } from './context.js';
import { button, code, copyButton, h, words } from './dom.js';
import { renderGates } from './gates.js';
import { sourceLink } from './source.js';
import { gestureHints } from './whatif.js';

/** Most witnesses and faults that the sentence names. */
const MOST = { witnesses: 1, answers: 3, faults: 6, unlike: 3 } as const;

export function renderSentence(context: Context): HTMLElement[] {
  const { check } = context.engine;
  const { outcome, scenario } = context.view;
  const number = counterexampleOf(check, scenario);
  const head = h(
    'p.kicker',
    `${check.name} · ${boundsInWords(check.bounds)}`,
    check.counterexamples.length > 0 && number >= 0
      ? ` · counterexample ${number + 1} of ${check.counterexamples.length}`
      : '',
    context.beyond === '' ? '' : h('strong.outside', ' · outside these bounds: no counterexample'),
  );
  const gates = renderGates(context);
  if (outcome.kind === 'violated') return [head, ...violated(context), ...needed(context), ...gates, replay(context)];
  if (scenario.length === 0 && check.verdict !== 'violated')
    return [head, ...proved(context), ...gates, replay(context)];
  return [head, kept(context), replay(context)];
}

const list = (parts: readonly (readonly (Node | string)[])[]): (Node | string)[] =>
  parts.flatMap((part, i) => [...(i === 0 ? [] : [i === parts.length - 1 ? ' and ' : ', ']), ...part]);

/** The story, and below it which rows of the promise are broken; the rows and the faults if there is no story. */
function violated({ view, it }: Context): HTMLElement[] {
  const told = it && storyOf(it);
  const mark = h('span.mark.bad', { 'aria-hidden': 'true' }, '✗ ');
  if (!told) return [h('h1', mark, ...brokenRows(view), ...when(view.scenario, ', when '), '.')];
  const story = h('h1', mark, ...storyPieces(told).map(({ text, is }) => h(TAGS[is], text)), '.');
  return view.kind === undefined ? [story, h('p.lead', ...brokenRows(view), '.')] : [story];
}

const TAGS: Record<Piece['is'], 'strong' | 'em.fault' | 'span'> = {
  claim: 'strong',
  cause: 'span',
  fault: 'em.fault',
  joint: 'span',
};

function brokenRows(view: RunView): (Node | string)[] {
  const { witnesses } = view.outcome;
  const shown = witnesses.slice(0, view.kind === undefined ? MOST.witnesses : MOST.answers);
  const more = witnesses.length - shown.length;
  return [...list(shown.map((one) => broken(one, view))), more > 0 ? moreInWords(more, view) : ''];
}

const moreInWords = (more: number, { kind, outcome }: RunView): string =>
  kind === undefined && !outcome.witnesses.some(isBrokenAt)
    ? `, nor ${more === 1 ? 'does 1 more row' : `do ${more} more rows`}`
    : ` (and ${more} more)`;

/** What a witness says: of a spec, the row that is promised and not kept; of a protocol, what its check answers. */
function broken(one: Broken, view: RunView): (Node | string)[] {
  const { kind } = view;
  if (isBrokenAt(one)) {
    if (kind === undefined) return [code(formatFact('never', one.row)), ` holds at tick ${one.tick}`];
    return [`at tick ${one.tick}: `, ...broken(one.row, view)];
  }
  const row = one;
  const facts = (relation: string): Node => code(formatFact(relation, row));
  if (kind === undefined) return [facts('pre'), ' holds but ', facts('post'), ' does not'];
  const [first = 'the promise is broken', ...rest] = row;
  return rest.length === 0 ? [String(first)] : [h('strong', String(first)), ` ${rest.join(' ')}`];
}

/** The faults, those of one tick together: `the messages a→b and a→c of tick 1 are lost and a crashes at tick 2`. */
function when(faults: readonly Fault[], joint: string): (Node | string)[] {
  if (faults.length === 0) return [', even without any fault'];
  const shown = faults.slice(0, MOST.faults);
  const named = clausesOf(shown).map((clause) => [h('em.fault', clause)]);
  const more = faults.length - shown.length;
  return [joint, ...list(more > 0 ? [...named, [plural(more, 'more fault')]] : named)];
}

/** That every fault is needed; and what was promised, for who has not written the spec. */
function needed({ engine, view, it, act }: Context): HTMLElement[] {
  const { check, promise: place } = engine;
  const { scenario, eot } = view;
  const promise: readonly (Node | string)[] = place
    ? [`The promise is what check says of the end, tick ${eot}: `, sourceLink(place, { act }), '.']
    : [
        view.outcome.witnesses.some(isBrokenAt)
          ? 'The promise: never lists nothing, at any tick.'
          : `The promise: what pre lists at the end, tick ${eot}, post must list too.`,
      ];
  const found = check.counterexamples[counterexampleOf(check, scenario)];
  if (!found || found.faults.length === 0) return [h('p.lead', ...promise)];
  const text =
    found.faults.length === 1
      ? 'Without this fault the promise holds.'
      : 'Every one of these faults is needed: without any one of them the promise holds.';
  return [...unlike(it), h('p.lead', `${text} `, ...promise)];
}

/** Of a protocol: what is otherwise at the end than where the promise is kept. */
function unlike(it: Case | undefined): HTMLElement[] {
  const parts = it?.of.contrasts(it) ?? [];
  const more = parts.length - MOST.unlike;
  if (parts.length === 0) return [];
  const shown = list(parts.slice(0, MOST.unlike).map((text) => [code(text)]));
  return [
    h('p.lead', 'At the end, unlike where the promise is kept, ', ...shown, more > 0 ? ` (and ${more} more)` : '', '.'),
  ];
}

function kept({ view, engine, act }: Context): HTMLElement {
  const { scenario, outcome } = view;
  const holds = outcome.kind === 'holds';
  const what = {
    holds: 'The promise holds',
    vacuous: 'Nothing is promised',
    unknown: 'It is not known whether the promise holds',
  };
  const first = engine.check.counterexamples[0];
  return h(
    'h1',
    h('span', { class: holds ? 'mark good' : 'mark warn', 'aria-hidden': 'true' }, holds ? '✓ ' : '! '),
    outcome.kind === 'violated' ? '' : what[outcome.kind],
    ...(scenario.length === 0 ? [' without faults'] : when(scenario, ' when ')),
    '. ',
    first ? button('Show counterexample 1', () => act.inject(first.faults), { class: 'link' }) : '',
  );
}

function proved({ engine, view, it }: Context): HTMLElement[] {
  const { check } = engine;
  const good = check.verdict === 'holds';
  const isGreen = good && gatesOf(check).length === 0;
  const lines = explain(check, promised(it));
  const sentence = good
    ? `No fault within these bounds breaks the promise (${check.complete ? 'proved' : stopInWords(check)}).`
    : `${VERDICT_WORDS[check.verdict]}.`;
  const cost = `${plural(check.executions, 'execution')}, ${plural(check.solver.calls, 'solver call')}`;
  return [
    h(
      'h1',
      h('span', { class: `mark ${isGreen ? 'good' : 'warn'}`, 'aria-hidden': 'true' }, isGreen ? '✓ ' : '! '),
      sentence,
    ),
    h('p.lead', lines.join(' ')),
    h(
      'p.hint',
      `${cost}. Below: the run without faults${view.outcome.kind === 'holds' ? ', which keeps the promise' : ''}. Click ${gestureHints(check.bounds)}.`,
    ),
  ];
}

/** What was promised in the good run, and kept: rows of a Dedalus program. */
const promised = (it: Case | undefined): Row[] =>
  it && !it.of.kind ? it.of.roots(it.of.good).map(({ row }) => row) : [];

/** How to run it again, and ways to take it along. */
function replay({ engine: { check, saved }, view: { scenario }, result, beyond }: Context): HTMLElement {
  const plain = check.counterexamples.length === 0 && scenario.length === 0;
  // One outside the bounds is replayed on the spec, for bounds of its own.
  const command = plain
    ? runCommand(check.spec.roots, check.name, result.invariant)
    : replayCommand(check, beyond === '' ? saved : undefined, scenario, counterexampleOf(check, scenario));
  return h(
    'div.replay',
    { id: 'replay' },
    h('code', words(command)),
    copyButton('Copy command', () => command, 'Copy as replay command'),
    copyButton('Copy JSON', () => scenarioJson(scenario), 'Copy the faults as JSON'),
    copyButton('Copy link', () => location.href, 'Copy a link to what is shown'),
  );
}
