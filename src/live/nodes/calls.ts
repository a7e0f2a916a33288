/**
 * The messages of an experiment at which there may be faults, as the search is told of them.
 */

import { groupBy } from '../../core/memo.js';
import type { Occurred } from '../../experiments/experiment.js';
import { effectOf } from './faults.js';
import type { RunRecord, Sent } from './record.js';

/**
 * Messages that a fault could hit, or has hit. One that was cut off, or that nobody was there to handle, meets no fault of
 * its own; one that was still on its way at the end makes no difference.
 */
export function callsOf(record: RunRecord): Occurred[] {
  const hit = new Map(record.fired.map(({ call, kind }) => [call, kind]));
  const alike = crashesAlike(record);
  const calls = new Map<string, Occurred>();
  for (const sent of record.messages) {
    const { id, parent, kinds, fate } = sent;
    if (kinds.length === 0 || !(fate === 'delivered' || hit.has(id))) continue;
    const own = kinds.filter((kind) => hit.get(id) === kind || !isInVain(kind, sent, alike));
    const known = calls.get(id)?.kinds ?? [];
    calls.set(id, { id, parent, kinds: [...known, ...own.filter((kind) => !known.includes(kind))] });
  }
  return [...calls.values()];
}

/** Whether a fault would be the same as another one, or as none. */
function isInVain(kind: string, sent: Sent, alike: ReadonlySet<Sent>): boolean {
  const { crashes, comesBack, stale, staleFor } = effectOf(kind);
  if (stale) return staleFor === 0 && !sent.hasOlderAnswer;
  return crashes && !comesBack && alike.has(sent);
}

/**
 * Messages before which a crash is the same as before an earlier one: since that was handed over the node has said
 * nothing. What it knows dies with it, so nobody can tell the two apart. Where both were handed over at one tick, what
 * the node said may have been an answer to either.
 */
function crashesAlike({ messages }: RunRecord): ReadonlySet<Sent> {
  const said = groupBy(messages, ({ from }) => from);
  const alike = new Set<Sent>();
  for (const [node, received] of groupBy(messages, ({ to }) => to)) {
    const handed = received
      .flatMap((sent) => (sent.arrivals[0] ? [{ sent, at: sent.arrivals[0] }] : []))
      .sort((a, b) => a.at.order - b.at.order);
    handed.forEach(({ sent, at }, i) => {
      const before = handed[i - 1]?.at;
      if (!before || before.tick === at.tick) return;
      const isSilent = !said.get(node)?.some(({ sent: { order } }) => order > before.order && order < at.order);
      if (isSilent) alike.add(sent);
    });
  }
  return alike;
}
