/**
 * Messages in words, those that are alike together: what one node sends to several at a tick, and what it sends again
 * with the same fate. `Tick 3: append(b, 1), sent by a to b, and alike to c and d, arrives at tick 4; the same at ticks
 * 4–39.`
 */
import { getOrMake } from '../../core/memo.js';
import { lossDetail, movedDetail } from '../provenance/loss.js';
import type { MessageView } from '../provenance/views.js';
import { listInWords, listOfTicks } from '../words.js';

const FATE: Record<MessageView['fate'], (message: MessageView) => string> = {
  delivered: ({ to, at, moved }) =>
    moved ? `arrives at ${to} at tick ${at}${movedDetail(moved)}` : 'arrives at the next tick',
  lost: ({ loss }) => `is lost${loss ? lossDetail(loss) : ''}`,
  ghost: () => 'is sent in the good run only',
  late: () => 'is sent too late to arrive',
};

interface Line {
  readonly tick: number;
  readonly label: string;
  readonly from: string;
  readonly receivers: readonly string[];
  readonly fate: string;
}

/** @param messages in the order of sending */
export function messagesInWords(messages: readonly MessageView[]): { tick: number; text: string }[] {
  const again = new Map<string, { readonly line: Line; readonly ticks: number[] }>();
  for (const line of byReceivers(messages)) {
    const { tick, ...same } = line;
    getOrMake(again, JSON.stringify(same), () => ({ line, ticks: [] })).ticks.push(tick);
  }
  return [...again.values()].map(({ line: { tick, label, from, receivers, fate }, ticks: [, ...later] }) => {
    const [to, ...others] = receivers;
    const alike = others.length > 0 ? `, and alike to ${listInWords(others)},` : ',';
    const same = later.length > 0 ? `; the same at ${listOfTicks(later)}` : '';
    return { tick, text: `Tick ${tick}: ${label}, sent by ${from} to ${to}${alike} ${fate}${same}.` };
  });
}

/** What one node sends at a tick to several with the same fate: equal but for the name of the receiver. */
function byReceivers(messages: readonly MessageView[]): Line[] {
  const lines = new Map<string, Line & { readonly receivers: string[] }>();
  for (const message of messages) {
    const { from, to, sent, label } = message;
    const fate = FATE[message.fate](message);
    // In a spec the receiver is the first column.
    const content = label.replace(`(${JSON.stringify(to)}`, '(\0');
    const key = JSON.stringify([sent, from, content, fate]);
    const { receivers } = getOrMake(lines, key, () => ({ tick: sent, label, from, receivers: [], fate }));
    if (!receivers.includes(to)) receivers.push(to);
  }
  return [...lines.values()];
}
