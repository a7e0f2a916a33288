/**
 * A run as lines of text: tick by tick, crashes and messages with their fate.
 */
import { formatFact } from '../../core/value.js';
import type { Scenario } from '../../faults/fault.js';
import { kindOf } from '../../faults/kinds.js';
import { hitsSlot, lossOf, tickOf } from '../../faults/scenario.js';
import type { ProtocolRun } from '../../lineage/learned/run.js';
import type { Run } from '../../simulator/run.js';
import { plainInWords } from '../plain.js';
import { lossDetail } from '../provenance/loss.js';
import { listOfTicks } from '../words.js';

/** What happens to a node, or to a message. */
type TimelineMark = 'node' | 'lost' | 'delivered';

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
  readonly at: readonly number[];
  readonly lost: boolean;
  /** What it says: a fact, or plain data as text. */
  readonly label: string;
}

/** A run of any kind, as it is told: plain data. */
export interface TimelineRun {
  readonly scenario: Scenario;
  readonly eot: number;
  /** By tick of sending. */
  readonly messages: readonly TimelineMessage[];
}

export function tell(run: Run | ProtocolRun): TimelineRun {
  const { scenario, eot } = run;
  const messages =
    'finals' in run
      ? run.messages.map((message) => ({ ...message, label: plainInWords(message.message.copy) }))
      : run.messages().map((message) => ({ ...message, label: formatFact(message.relation, message.row) }));
  return {
    scenario,
    eot,
    messages: messages.map(({ from, to, sent, at, lost, label }) => ({ from, to, sent, at, lost, label })),
  };
}

/** The lines of a run; see `timelineOf`. */
export const timeline = (run: Run | ProtocolRun): TimelineLine[] => timelineOf(tell(run));

/**
 * The lines of a run, by tick: what happens to nodes first, then lost messages, then delivered ones. Left out: messages
 * to oneself, and those that no fault keeps from arriving after the end of time. The same message with the same fate at
 * later ticks is one line.
 */
export function timelineOf(run: TimelineRun): TimelineLine[] {
  const nodes = run.scenario.flatMap((fault): TimelineLine[] => {
    const [{ lane, downtime }, tick] = [kindOf(fault), tickOf(fault)];
    const down = downtime?.(fault);
    if (!lane || !down) return [];
    return [{ tick, mark: 'node', symbol: lane.symbol, text: `${down.node} ${lane.label}: ${lane.effect}` }];
  });
  const sent = run.messages.filter(({ from, to, sent: at }) => from !== to && at < run.eot);
  const lines = [...nodes, ...grouped(sent, run.scenario)];
  const rank: Record<TimelineMark, number> = { node: 0, lost: 1, delivered: 2 };
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => a.line.tick - b.line.tick || rank[a.line.mark] - rank[b.line.mark] || a.i - b.i)
    .map(({ line }) => line);
}

/**
 * What became of a message: a fault of its slot is an event of its own, the losses of a sender that is down are one.
 */
function fate(message: TimelineMessage, scenario: Scenario): { mark: TimelineMark; words: string; each: boolean } {
  const { sent, at, lost } = message;
  const hits = scenario.filter((fault) => hitsSlot(fault, message));
  const hit = hits.map((fault) => `  ${kindOf(fault).hit}`).join('');
  if (!lost) {
    const usual = at.length === 0 || (at.length === 1 && at[0] === sent + 1);
    const when = usual ? '' : `  (arrives at ${listOfTicks(at)})`;
    return { mark: 'delivered', words: `${hit}${when}`, each: hits.length > 0 };
  }
  const fault = lossOf(scenario, message);
  const detail = fault ? lossDetail(fault) : '';
  return { mark: 'lost', words: detail === '' ? hit : `  lost${detail}`, each: detail === '' };
}

/** One line per content and fate, with the later ticks at which it is repeated; however many rules sent it. */
function grouped(messages: readonly TimelineMessage[], scenario: Scenario): TimelineLine[] {
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
    text: again.length === 0 ? text : `${text}  (again at ${listOfTicks(again)})`,
  }));
}
