/**
 * The first thing to read: one sentence that says what broke and by which faults, or what was proved; and how to run it again.
 */
import { formatFact, type Row } from '../../core/value.js';
import type { Fault } from '../../faults/fault.js';
import { explain, stopInWords } from '../explain.js';
import { boundsInWords, faultInWords, plural, VERDICT_WORDS } from '../words.js';
import { counterexampleOf, replayCommand } from './command.js';
import type { Context } from './context.js';
import { button, code, copyButton, h } from './dom.js';

/** Most witnesses and faults that the sentence names. */
const MOST = { witnesses: 1, faults: 6 } as const;

export function renderSentence(context: Context): HTMLElement[] {
  const { check } = context.engine;
  const { outcome, scenario } = context.view;
  const number = counterexampleOf(check, scenario);
  const head = h(
    'p',
    { class: 'kicker' },
    `${check.name} · ${boundsInWords(check.bounds)}`,
    check.counterexamples.length > 0 && number >= 0
      ? ` · counterexample ${number + 1} of ${check.counterexamples.length}`
      : '',
  );
  if (outcome.kind === 'violated') return [head, violated(context), ...needed(context), replay(context)];
  if (scenario.length === 0 && check.verdict !== 'violated') return [head, ...proved(context), replay(context)];
  return [head, kept(context), replay(context)];
}

const list = (parts: readonly (readonly (Node | string)[])[]): (Node | string)[] =>
  parts.flatMap((part, i) => [...(i === 0 ? [] : [i === parts.length - 1 ? ' and ' : ', ']), ...part]);

function violated({ view, engine }: Context): HTMLElement {
  const { witnesses } = view.outcome;
  const shown = witnesses.slice(0, MOST.witnesses);
  const more = witnesses.length - shown.length;
  const facts = (relation: string, row: Row): Node => code(formatFact(relation, row));
  const culprit = engine.neverThere(view);
  const promise = list(shown.map((row) => [facts('pre', row), ' holds but ', facts('post', row), ' does not']));
  return h(
    'h1',
    {},
    h('span', { class: 'mark bad', 'aria-hidden': 'true' }, '✗ '),
    ...promise,
    more > 0 ? `, nor do ${more} more rows` : '',
    ...(culprit ? [': ', h('strong', {}, culprit.node), ' never has ', code(culprit.text)] : []),
    ...when(view.scenario, culprit ? ' when ' : ': when '),
    '.',
  );
}

function when(faults: readonly Fault[], joint: string): (Node | string)[] {
  if (faults.length === 0) return [', even without any fault'];
  const named = faults.slice(0, MOST.faults).map((fault) => [h('em', { class: 'fault' }, faultInWords(fault))]);
  const more = faults.length - named.length;
  return [joint, ...list(more > 0 ? [...named, [plural(more, 'more fault')]] : named)];
}

/** That every fault is needed. */
function needed({ engine: { check }, view: { scenario } }: Context): HTMLElement[] {
  const found = check.counterexamples[counterexampleOf(check, scenario)];
  if (!found || found.faults.length === 0) return [];
  const alone = found.faults.length === 1;
  const text = alone
    ? 'Without this fault the promise holds. No smaller set of faults does the same.'
    : 'Each of these faults is needed: remove any one of them and the promise holds.';
  return [h('p', { class: 'lead' }, text)];
}

function kept({ view, engine, act }: Context): HTMLElement {
  const { scenario, outcome } = view;
  const holds = outcome.kind === 'holds';
  const first = engine.check.counterexamples[0];
  return h(
    'h1',
    {},
    h('span', { class: holds ? 'mark good' : 'mark warn', 'aria-hidden': 'true' }, holds ? '✓ ' : '! '),
    holds ? 'The promise holds' : 'Nothing is promised',
    ...(scenario.length === 0 ? [' without faults'] : when(scenario, ' when ')),
    '. ',
    first ? button('Show counterexample 1', () => act.inject(first.faults), { class: 'link' }) : '',
  );
}

function proved({ engine, view }: Context): HTMLElement[] {
  const { check } = engine;
  const good = check.verdict === 'holds';
  const lines = explain(check, engine.promised());
  const sentence = good
    ? `No fault within these bounds breaks the promise (${check.complete ? 'proved' : stopInWords(check)}).`
    : `${VERDICT_WORDS[check.verdict]}.`;
  const cost = `${plural(check.executions, 'execution')}, ${plural(check.solver.calls, 'solver call')}`;
  return [
    h(
      'h1',
      {},
      h('span', { class: `mark ${good ? 'good' : 'warn'}`, 'aria-hidden': 'true' }, good ? '✓ ' : '! '),
      sentence,
    ),
    h('p', { class: 'lead' }, lines.join(' ')),
    h(
      'p',
      { class: 'hint' },
      `${cost}. Below: the run without faults${view.outcome.kind === 'holds' ? ', which keeps the promise' : ''}. Click a message to lose it, a lane to crash the node.`,
    ),
  ];
}

function replay({ engine: { check }, view: { scenario } }: Context): HTMLElement {
  const command = replayCommand(check, scenario);
  return check.counterexamples.length === 0 && scenario.length === 0
    ? h(
        'p',
        { id: 'replay', class: 'replay' },
        code(runCommand(check.spec.roots, check.name)),
        copyButton('Copy', () => runCommand(check.spec.roots, check.name)),
      )
    : h(
        'p',
        { id: 'replay', class: 'replay' },
        code(command),
        copyButton('Copy', () => command),
      );
}

const runCommand = (roots: readonly string[], name: string): string =>
  ['npx', 'ldfi', 'run', ...roots, '--check', name]
    .map((word) => (/^[\w./,=@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
