/**
 * A run as lines of text: tick by tick, crashes and messages with their fate.
 */
import { formatFact } from '../core/value.js';
import type { Scenario } from '../faults/fault.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { Run } from '../simulator/run.js';
import { plainInWords } from './plain.js';

export type TimelineMark = 'crash' | 'lost' | 'delivered';

export interface TimelineLine {
  readonly tick: number;
  readonly mark: TimelineMark;
  readonly text: string;
}

/** A message of any kind of run, as it is told. */
export interface ToldMessage {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly lost: boolean;
  /** What it says: a fact, or plain data as text. */
  readonly label: string;
}

/** A run of any kind, as it is told: plain data. */
export interface ToldRun {
  readonly scenario: Scenario;
  readonly eot: number;
  /** By tick of sending. */
  readonly messages: readonly ToldMessage[];
}

export function tell(run: Run | ProtocolRun): ToldRun {
  const { scenario, eot } = run;
  const messages =
    'finals' in run
      ? run.messages.map((message) => ({ ...message, label: plainInWords(message.message.copy) }))
      : run.messages().map((message) => ({ ...message, label: formatFact(message.relation, message.row) }));
  return {
    scenario,
    eot,
    messages: messages.map(({ from, to, sent, lost, label }) => ({ from, to, sent, lost, label })),
  };
}

/** The lines of a run; see `timelineOf`. */
export const timeline = (run: Run | ProtocolRun): TimelineLine[] => timelineOf(tell(run));

/**
 * The lines of a run, by tick: crashes first, then lost messages, then delivered ones. Left out: messages to oneself, and those that no
 * fault keeps from arriving after the end of time. The same message with the same fate at later ticks is one line.
 */
export function timelineOf(run: ToldRun): TimelineLine[] {
  const crashes = run.scenario.flatMap((fault): TimelineLine[] =>
    fault.kind === 'crash'
      ? [{ tick: fault.tick, mark: 'crash', text: `${fault.node} crashes: nothing it sends from now on arrives` }]
      : [],
  );
  const sent = run.messages.filter(({ from, to, sent: at }) => from !== to && at < run.eot);
  const lines = [...crashes, ...grouped(sent, run.scenario)];
  const rank: Record<TimelineMark, number> = { crash: 0, lost: 1, delivered: 2 };
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => a.line.tick - b.line.tick || rank[a.line.mark] - rank[b.line.mark] || a.i - b.i)
    .map(({ line }) => line);
}

/** What became of a message: every omission is an event of its own, the losses of a crashed sender are one. */
function fate(
  { from, to, sent, lost }: ToldMessage,
  scenario: Scenario,
): { mark: TimelineMark; words: string; each: boolean } {
  if (!lost) return { mark: 'delivered', words: '', each: false };
  if (scenario.some((f) => f.kind === 'omission' && f.from === from && f.to === to && f.tick === sent))
    return { mark: 'lost', words: '  LOST', each: true };
  return { mark: 'lost', words: `  lost, ${from} has crashed`, each: false };
}

/** One line per content and fate, with the later ticks at which it is repeated; however many rules sent it. */
function grouped(messages: readonly ToldMessage[], scenario: Scenario): TimelineLine[] {
  const groups = new Map<string, { mark: TimelineMark; text: string; ticks: number[] }>();
  for (const message of messages) {
    const { from, to, sent, label } = message;
    const { mark, words, each } = fate(message, scenario);
    const text = `${from} → ${to}  ${label}${words}`;
    const key = JSON.stringify([text, each && sent]);
    const group = groups.get(key);
    if (!group) groups.set(key, { mark, text, ticks: [sent] });
    else if (!group.ticks.includes(sent)) group.ticks.push(sent);
  }
  return [...groups.values()].map(({ mark, text, ticks: [tick = 0, ...again] }) => ({
    tick,
    mark,
    text:
      again.length === 0 ? text : `${text}  (again at ${again.length === 1 ? 'tick' : 'ticks'} ${again.join(', ')})`,
  }));
}
