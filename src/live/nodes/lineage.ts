/**
 * Lineage: the messages that an answer rests on. All that a node had received before it answered, all that the senders
 * of these had received before they sent, and so on.
 *
 * It is more than the answer needs, for nobody sees into a program: whatever else is lost, the answer stays as it is.
 * Happened-before: Lamport, 'Time, clocks, and the ordering of events in a distributed system', 1978.
 */
import type { Sent } from './record.js';

/**
 * Ids of messages in the causal past of some answers, in the order in which they were sent.
 * @param answers messages to clients; what these had received counts for nothing
 * @param messages all of the experiment
 */
export function causalPast(answers: readonly Sent[], messages: readonly Sent[]): string[] {
  const clients = new Set(answers.map(({ to }) => to));
  const received = new Map<string, Sent[]>();
  for (const message of messages)
    if (message.arrivals.length > 0) received.set(message.to, [...(received.get(message.to) ?? []), message]);
  /** For each node, up to which moment all that it received counts. */
  const horizon = new Map<string, number>();
  const past = new Set<Sent>();
  const open = [...answers];
  for (let message = open.pop(); message; message = open.pop()) {
    const { from, sent } = message;
    const before = horizon.get(from) ?? -1;
    if (sent.order <= before || clients.has(from)) continue;
    horizon.set(from, sent.order);
    for (const earlier of received.get(from) ?? []) {
      const at = earlier.arrivals[0]?.order ?? 0;
      if (at >= sent.order || past.has(earlier)) continue;
      past.add(earlier);
      open.push(earlier);
    }
  }
  const inOrder = [...past].sort((a, b) => a.sent.order - b.sent.order);
  return [...new Set(inOrder.map(({ id }) => id))];
}
