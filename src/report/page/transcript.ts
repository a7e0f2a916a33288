/**
 * The diagram in words, for those who do not see it: what happens, in order, each message with its fate.
 */
import { isBrokenAt } from '../../core/outcome.js';
import { isBold, lossDetail, movedDetail } from '../provenance/loss.js';
import { overInWords, strikesOf } from '../provenance/strikes.js';
import type { MessageView, RunView } from '../provenance/views.js';
import { faultInWords, witnessInWords } from '../words.js';
import type { Context } from './context.js';
import { h } from './dom.js';

/** Most items of the list. */
const MOST = 600;

const FATE: Record<MessageView['fate'], (message: MessageView) => string> = {
  delivered: ({ to, at, moved }) => `arrives at ${to} at tick ${at}${movedDetail(moved)}`,
  lost: ({ loss }) => `is lost${loss ? lossDetail(loss) : ''}`,
  ghost: () => 'is sent in the good run only',
  late: () => 'is sent too late to arrive',
};

const ENDS: Record<RunView['outcome']['kind'], string> = {
  holds: 'At the end the promise holds.',
  violated: 'At the end the promise is broken.',
  vacuous: 'At the end nothing is promised.',
  unknown: 'What it comes to is not known.',
};

export function renderTranscript({ view, state }: Context): HTMLElement {
  const said = view.messages.filter(
    (m) => m.fate !== 'late' && (state.all || m.slice || m.moved || isBold(m) || (m.fate === 'ghost' && state.ghosts)),
  );
  const lines = [
    ...said.map((m) => ({
      tick: m.sent,
      text: `Tick ${m.sent}: ${m.label}, sent by ${m.from} to ${m.to}, ${FATE[m.fate](m)}.`,
    })),
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
      lines.slice(0, MOST).map(({ text }) => h('li', text)),
      more,
      last,
    ),
  );
}
