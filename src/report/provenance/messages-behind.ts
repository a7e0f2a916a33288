/**
 * The messages behind a fact.
 */
import { getOrMake } from '../../core/memo.js';
import type { Case } from './case.js';
import { messageOf } from './learned/facts.js';
import { runView } from './run-view.js';
import { type FactKey, factName } from './views.js';

/** Most facts that are followed. */
const MOST = 400;

const BEHIND = new WeakMap<Case, Map<string, ReadonlySet<string>>>();

/** Ids of the messages that brought a fact about, step by step, or that would have. */
export const messagesBehind = (it: Case, fact: FactKey): ReadonlySet<string> =>
  getOrMake(
    getOrMake(BEHIND, it, () => new Map()),
    factName(fact),
    () => traceMessages(it, fact),
  );

function traceMessages(it: Case, fact: FactKey): Set<string> {
  const { messages } = runView(it);
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue: FactKey[] = [fact];
  for (let next = queue.pop(); next && seen.size < MOST; next = queue.pop()) {
    if (seen.has(factName(next))) continue;
    seen.add(factName(next));
    const { steps, holds, fact: named } = it.why(next);
    const mail = it.of.kind && messageOf(named);
    for (const { id, from, to, sent, at, label } of messages)
      if (mail ? mail.from === from && mail.to === to && mail.sent === sent : at === named.tick && label === named.text)
        found.add(id);
    for (const { body } of steps)
      for (const part of body) if (holds ? !part.negated : part.blocking) queue.push(part.fact);
  }
  return found;
}
