/**
 * The story of a run: its messages and what is new at every node and tick, beside the failure-free run, with the causal slice marked.
 */
import type { RawMessage, RawTick } from '../../simulator/run.js';
import type { Fate, MessageView, RunView } from '../views.js';
import type { Case } from './case.js';
import { events } from './events.js';
import { messageKey, type Slice, sliceOf } from './slice.js';

/** What the page shows of a case's run. */
export function runView(it: Case): RunView {
  const slice = sliceOf(it);
  return {
    scenario: it.scenario,
    nodes: it.schema.nodes,
    eot: it.run.eot,
    messages: messages(it, slice),
    events: events(it, slice),
    outcome: it.run.raw.outcome,
    divergence: divergence(it),
  };
}

/** Messages distinct by content, in order of sending; then the ghosts. */
function messages(it: Case, slice: Slice): MessageView[] {
  const seen = new Set<string>();
  const views: MessageView[] = [];
  const add = (message: RawMessage, fate: Fate): void => {
    const key = messageKey(message, message.relation, message.tuple);
    if (seen.has(key)) return;
    seen.add(key);
    views.push(messageView(it, message, fate, slice.messages.has(key)));
  };
  for (const message of it.run.raw.messages) add(message, fateOf(it, message));
  if (!it.isGood) for (const message of it.good.raw.messages) if (message.at.length > 0) add(message, 'ghost');
  return views.sort((a, b) => a.sent - b.sent);
}

function messageView(it: Case, message: RawMessage, fate: Fate, slice: boolean): MessageView {
  const { relation, tuple, sent, rule, at } = message;
  const [from, to] = [it.names.node(message.from), it.names.node(message.to)];
  const label = it.names.text(relation, tuple);
  const source = it.names.rule(rule);
  return {
    id: it.names.message(message.from, message.to, sent, relation, tuple),
    from,
    to,
    sent,
    at: at[0] ?? sent + 1,
    label,
    fate,
    slice,
    source,
  };
}

function fateOf(it: Case, message: RawMessage): Fate {
  if (message.at.length > 0) return 'delivered';
  // What is sent at the last tick arrives in no run.
  if (!message.lost || message.sent >= it.run.eot) return 'late';
  return it.faultOn(message)?.kind === 'omission' ? 'omitted' : 'crashed';
}

/** The first tick at which facts (other than `crash`) or messages (sent, or delivered the tick after) differ from the good run. */
function divergence(it: Case): number | undefined {
  if (it.isGood) return undefined;
  for (let tick = 1; tick <= it.run.eot; tick++) {
    for (const { id } of it.schema.relations) if (id !== it.schema.crash.id && !sameTuples(it, id, tick)) return tick;
    const [here, there] = [it.run, it.good].map(({ raw }) => raw.made[tick]);
    if (here !== there && fates(here) !== fates(there)) return tick;
  }
  return undefined;
}

function sameTuples(it: Case, relation: number, tick: number): boolean {
  const [here, there] = [it.run.tuples(relation, tick), it.good.tuples(relation, tick)];
  if (here === there) return true;
  if (here.length !== there.length) return false;
  let same = true;
  for (let i = 0; i < here.length && same; i++) same = here[i] === there[i];
  return same || Array.from(here).every((tuple) => it.good.has(relation, tuple, tick));
}

/** What a tick sends, and its fate, as one string. */
function fates(made: RawTick | undefined): string {
  const lines = (made?.messages ?? []).map(
    (message) => `${messageKey(message, message.relation, message.tuple)}:${message.at}`,
  );
  return [...new Set(lines)].sort().join('\n');
}
