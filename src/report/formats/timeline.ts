/**
 * A run as lines of text: tick by tick, crashes and messages with their fate.
 */
import { getOrMake } from '../../core/memo.js';
import { formatFact } from '../../core/value.js';
import type { Scenario } from '../../faults/fault.js';
import { kindOf } from '../../faults/kinds.js';
import { hitsSlot } from '../../faults/scenario.js';
import type { ProtocolRun } from '../../lineage/learned/run.js';
import { eventsInWords } from '../../protocol/runtime/recorded.js';
import type { Run } from '../../simulator/run.js';
import { plainInWords } from '../plain.js';
import { lossDetail, lostTo } from '../provenance/loss.js';
import { overInWords, strikesOf } from '../provenance/strikes.js';
import type { RunView } from '../provenance/views.js';
import { listOfTicks } from '../words.js';

/** What happens to a node, or to a message; what a client asks for and is told. */
type TimelineMark = 'node' | 'lost' | 'delivered' | 'client';

export interface TimelineLine {
  readonly tick: number;
  readonly mark: TimelineMark;
  /** In the place of the usual sign. */
  readonly symbol?: string;
  readonly text: string;
}

/** A message of any kind of run, as it is told. */
export interface TimelineMessage {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  /** Its number in its slot, if that is known. */
  readonly nth?: number | undefined;
  readonly at: readonly number[];
  readonly lost: boolean;
  /** What it says: a fact, or plain data as text. */
  readonly label: string;
}

/** A run of any kind, as it is told: plain data. */
export interface TimelineRun {
  readonly scenario: Scenario;
  readonly eot: number;
  /** What a node that comes back has kept, by name, if that is known. */
  readonly durable?: readonly string[] | undefined;
  /** By tick of sending. */
  readonly messages: readonly TimelineMessage[];
  /** What clients see, in order of their nodes. */
  readonly seen?: readonly { readonly tick: number; readonly text: string }[] | undefined;
}

export function tell(run: Run | ProtocolRun): TimelineRun {
  const { scenario, eot } = run;
  const messages =
    'finals' in run
      ? run.messages.map((message) => ({ ...message, nth: undefined, label: plainInWords(message.message.copy) }))
      : run.messages().map((message) => ({ ...message, label: formatFact(message.relation, message.row) }));
  return {
    scenario,
    eot,
    ...('durable' in run && { durable: run.durable }),
    messages: messages.map(({ from, to, sent, nth, at, lost, label }) => ({ from, to, sent, nth, at, lost, label })),
    ...('finals' in run && { seen: seenIn(run) }),
  };
}

const seenIn = ({ finals, nodes }: ProtocolRun): NonNullable<TimelineRun['seen']> =>
  finals.flatMap(({ history }, node) =>
    history.flatMap(eventsInWords).map(({ tick, words }) => ({ tick, text: `${nodes[node]} ${words}` })),
  );

/** The lines of a run; see `timelineOf`. */
export const timeline = (run: Run | ProtocolRun): TimelineLine[] => timelineOf(tell(run));

/** The same of a run as it is shown: copies of a message together, without what only the good run has. */
export function tellView({ scenario, eot, messages }: RunView): TimelineRun {
  const told = new Map<string, TimelineMessage>();
  for (const { id, from, to, sent, nth, at, label, fate } of messages) {
    if (fate === 'ghost') continue;
    const copy = at === sent + 1 ? id : id.slice(0, -` ${at}`.length);
    const before = told.get(copy)?.at ?? [];
    told.set(copy, {
      from,
      to,
      sent,
      nth,
      at: fate === 'delivered' ? [...before, at] : before,
      lost: fate === 'lost',
      label,
    });
  }
  return { scenario, eot, messages: [...told.values()] };
}

/**
 * The lines of a run, by tick: what happens to nodes first, then what clients see, lost messages, and delivered ones.
 * Left out: messages to oneself, and those that no fault keeps from arriving after the end of time. The same message
 * with the same fate at later ticks is one line.
 */
export function timelineOf(run: TimelineRun): TimelineLine[] {
  const nodes = strikesOf(run.scenario).flatMap((strike): TimelineLine[] => {
    const { tick, until, symbol, words } = strike;
    const end = until === undefined || until > run.eot ? undefined : overInWords(strike, run.durable);
    return [
      { tick, mark: 'node', symbol, text: words },
      ...(end === undefined ? [] : [{ tick: until ?? tick, mark: 'node' as const, symbol, text: end }]),
    ];
  });
  const sent = run.messages.filter(({ from, to, sent: at }) => from !== to && at < run.eot);
  const seen = (run.seen ?? []).map((one): TimelineLine => ({ ...one, mark: 'client', symbol: '◆' }));
  const lines = [...nodes, ...seen, ...grouped(sent, run)];
  const rank: Record<TimelineMark, number> = { node: 0, client: 1, lost: 2, delivered: 3 };
  return lines.sort((a, b) => a.tick - b.tick || rank[a.mark] - rank[b.mark]);
}

/**
 * What became of a message: a fault of its slot is an event of its own, the losses of a sender that is down are one.
 */
export function fateOf(
  message: TimelineMessage,
  { scenario }: TimelineRun,
): {
  readonly mark: TimelineMark;
  readonly words: string;
  /** Whether it is an event of its own. */
  readonly each: boolean;
} {
  const { sent, at, lost } = message;
  // Where messages have fates of their own, what arrived is not what a loss in its slot hit.
  const hits = scenario.filter((fault) => hitsSlot(fault, message) && (lost || !kindOf(fault).denies(fault, message)));
  const hit = hits.map((fault) => `  ${kindOf(fault).hit}`).join('');
  if (!lost) {
    const usual = at.length === 0 || (at.length === 1 && at[0] === sent + 1);
    const when = usual ? '' : `  (arrives at ${listOfTicks(at)})`;
    return { mark: 'delivered', words: `${hit}${when}`, each: hits.length > 0 };
  }
  const fault = lostTo(scenario, message);
  const detail = fault ? lossDetail(fault) : '';
  return { mark: 'lost', words: detail === '' ? hit : `  lost${detail}`, each: detail === '' };
}

/** One line per content and fate, with the later ticks at which it is repeated; however many rules sent it. */
function grouped(messages: readonly TimelineMessage[], run: TimelineRun): TimelineLine[] {
  const groups = new Map<string, { mark: TimelineMark; text: string; ticks: number[] }>();
  for (const message of messages) {
    const { from, to, sent, label } = message;
    const { mark, words, each } = fateOf(message, run);
    const text = `${from} → ${to}  ${label}${words}`;
    const key = JSON.stringify([text, each && sent]);
    const { ticks } = getOrMake(groups, key, () => ({ mark, text, ticks: [] }));
    if (!ticks.includes(sent)) ticks.push(sent);
  }
  return [...groups.values()].map(({ mark, text, ticks: [tick = 0, ...again] }) => ({
    tick,
    mark,
    text: again.length === 0 ? text : `${text}  (again at ${listOfTicks(again)})`,
  }));
}
