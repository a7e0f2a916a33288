/**
 * The diagram in words, for those who do not see it: what happens, in order, each message with its fate, and what nodes
 * come to.
 */
import { isBrokenAt } from '../../core/outcome.js';
import { isBold } from '../provenance/loss.js';
import { overInWords, strikesOf } from '../provenance/strikes.js';
import type { RunView } from '../provenance/views.js';
import { faultInWords, witnessInWords } from '../words.js';
import { beyondInWords } from './bar.js';
import type { Context } from './context.js';
import { h } from './dom.js';
import { dotsOf } from './dots.js';
import { messagesInWords } from './said.js';
import type { State } from './store.js';

/** Most items of the list. */
const MOST = 600;
/** Most facts of a node and tick. */
const MOST_FACTS = 4;

const ENDS: Record<RunView['outcome']['kind'], string> = {
  holds: 'At the end the promise holds.',
  violated: 'At the end the promise is broken.',
  vacuous: 'At the end nothing is promised.',
  unknown: 'What it comes to is not known.',
};

/** What nodes have come to, as it stands beside the dots of the diagram. */
function statesIn(view: RunView, { all, ghosts }: State): { tick: number; text: string }[] {
  const lanes = new Map(view.nodes.map((node) => [node, 0]));
  const rows = new Map(Array.from({ length: view.eot }, (_, i) => [i + 1, 0]));
  return dotsOf(view, lanes, rows, { width: 0, all, ghosts }).flatMap(({ node, tick, facts, missing }) => [
    ...(facts.length > 0 ? [{ tick, text: `Tick ${tick}: at ${node}, ${someOf(facts)}.` }] : []),
    ...(missing.length > 0
      ? [{ tick, text: `Tick ${tick}: at ${node}, unlike in the good run, no ${someOf(missing)}.` }]
      : []),
  ]);
}

const someOf = (facts: readonly string[]): string =>
  [...facts.slice(0, MOST_FACTS), ...(facts.length > MOST_FACTS ? [`${facts.length - MOST_FACTS} more`] : [])].join(
    ', ',
  );

export function renderTranscript({ view, state, beyond }: Context): HTMLElement {
  const said = view.messages.filter(
    (m) => m.fate !== 'late' && (state.all || m.slice || m.moved || isBold(m) || (m.fate === 'ghost' && state.ghosts)),
  );
  const lines = [
    ...messagesInWords(said),
    ...statesIn(view, state),
    ...strikesOf(view.scenario).flatMap((strike) => {
      const { fault, tick, until, effect } = strike;
      const end = until === undefined ? undefined : overInWords(strike, view.kept.get(fault));
      return [
        { tick, text: `Tick ${tick}: ${faultInWords(fault)}; ${effect}.` },
        ...(end === undefined ? [] : [{ tick: until ?? tick, text: `Tick ${until}: ${end}.` }]),
      ];
    }),
  ].sort((a, b) => a.tick - b.tick);
  const more = lines.length > MOST ? [h('li', `… and ${lines.length - MOST} more`)] : [];
  const end = view.outcome.witnesses.map((row) =>
    h('li', `${isBrokenAt(row) ? '' : 'At the end: '}${witnessInWords(row, view.eot, view.kind)}.`),
  );
  const last = end.length > 0 ? end : [h('li', ENDS[view.outcome.kind])];
  return h(
    'details.transcript',
    h('summary', 'The same in words'),
    h(
      'ol',
      { id: 'transcript' },
      beyond === '' ? undefined : h('li', beyondInWords(beyond)),
      lines.slice(0, MOST).map(({ text }) => h('li', text)),
      more,
      last,
    ),
  );
}
