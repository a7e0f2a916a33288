/**
 * What a broken promise comes down to, in a few words; and the messages behind a fact.
 */
import { getOrMake } from '../../core/memo.js';
import { isBrokenAt } from '../../core/outcome.js';
import { kindOf } from '../../faults/kinds.js';
import type { Case } from './case.js';
import { messageOf } from './learned/facts.js';
import { isBold } from './loss.js';
import { runView } from './run-view.js';
import { type FactKey, type FactView, factName } from './views.js';

/** Most facts that are followed: to find what was never there, and to find messages. */
const MOST = { missing: 150, behind: 400 } as const;

/**
 * What a node that is up never gets in this run though it does in the good one. Found on the way from the outcome down
 * to the faults: the earliest such fact, those that a lost message would have brought first. None of a protocol, whose
 * state is neither right nor wrong by itself.
 */
export function neverThere(it: Case): { readonly node: string; readonly text: string } | undefined {
  const { of, run, scenario } = it;
  const [witness] = run.outcome.witnesses;
  if (!witness || isBrokenAt(witness) || of.kind) return undefined;
  const view = runView(it);
  const down = new Set(scenario.map((fault) => kindOf(fault).downtime?.(fault)?.node));
  const lost = new Set(view.messages.filter(isBold).map(({ label }) => label));
  const isUp = (node: unknown): boolean => typeof node === 'string' && of.nodes.includes(node) && !down.has(node);
  const ever = (fact: FactView): boolean =>
    Array.from({ length: of.eot }, (_, i) => i + 1).some((tick) => it.holds({ ...fact, tick }));
  const missing = otherwise(it, { relation: 'post', row: witness, tick: of.eot })
    .filter((fact) => isUp(fact.row[0]) && fact.relation !== 'post' && !it.holds(fact) && !ever(fact))
    .sort((a, b) => a.tick - b.tick);
  const found = missing.find(({ text }) => lost.has(text)) ?? missing[0];
  return found && { node: String(found.row[0]), text: found.text };
}

/** The facts below a fact in its explanation that are otherwise in the good run. */
function otherwise(it: Case, root: FactKey): FactView[] {
  const found = new Map<string, FactView>();
  const queue: FactKey[] = [root];
  for (let next = queue.shift(); next && found.size < MOST.missing; next = queue.shift())
    for (const { fact } of it.why(next).steps.flatMap(({ body }) => body)) {
      if (found.has(factName(fact)) || !it.differs(fact)) continue;
      found.set(factName(fact), fact);
      queue.push(fact);
    }
  return [...found.values()];
}

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
  for (let next = queue.pop(); next && seen.size < MOST.behind; next = queue.pop()) {
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
