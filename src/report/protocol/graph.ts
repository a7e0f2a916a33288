/**
 * Why a protocol's run came to its outcome, as a graph: what the handlers of each node did at each tick, as far as the outcome rests on it, the
 * messages between them, and what they and the faults come to at the end.
 *
 * What happened is the causal slice. What did not happen, and would have made a difference, is what the why-nots lead to: messages that were lost,
 * messages that were never sent, and crashes.
 */
import type { WhyView } from '../views.js';
import { Case } from './case.js';
import { entryKey, type FactKey, messageOf } from './facts.js';
import { type Link, type Mail, type Mark, Marks, PROMISE } from './marks.js';
import { rootsOf } from './reads.js';
import { sliceOf } from './slice.js';
import { why } from './why.js';

export interface Graph {
  readonly marks: readonly Mark[];
  readonly links: readonly Link[];
}

export function graphOf(it: Case): Graph {
  const marks = new Marks(it);
  happened(it, marks);
  for (const one of comparisons(it)) ended(one, marks);
  return { marks: marks.all, links: marks.links };
}

/** The case beside each of the runs that keep the promise, one at a time: those with one fault less, so that every fault shows what it did. */
function comparisons(it: Case): readonly Case[] {
  const kept = it.references.filter(({ walk }) => walk.outcome?.kind !== 'violated');
  const less = it.scenario.length > 1 ? kept.filter((other) => other !== it.good) : kept;
  return less.length > 0 ? less.map((other) => new Case(it.known, it.scenario, [other])) : [it];
}

/** The causal slice, and every fault. */
function happened(it: Case, marks: Marks): void {
  const { told, scenario } = it;
  const { steps, mails } = sliceOf(it, told);
  for (const step of steps) marks.step(step);
  for (const mail of told.walk.mails)
    if (mail.lost && (mails.has(mail) || told.lossOf(mail)?.kind === 'omission')) marks.lost(mail);
  for (const fault of scenario) if (fault.kind === 'crash') marks.crash(fault);
}

/** What the outcome comes down to, and why that is so. */
function ended(it: Case, marks: Marks): void {
  const { told } = it;
  const roots = rootsOf(it);
  const telling = roots.filter((fact) => told.holds(fact) || isExplained(why(it, fact)));
  const explained = new Set<string>();
  for (const fact of telling.length > 0 ? telling : roots) {
    const place = placeOf(it, marks, fact);
    marks.link('effect', place, PROMISE);
    const writer = told.holds(fact) && told.writer(numberOf(it, fact.row[0]), entryKey(fact), fact.tick);
    if (writer) marks.link('effect', marks.step(writer), place);
    explain(it, marks, fact, explained);
  }
}

/** Of what is missing: whether there is more to say than that it has been written over. */
const isExplained = ({ steps }: WhyView): boolean => steps.some(({ fault, body }) => fault || body.length > 0);

/** Follows why a fact holds or does not to what made the difference. */
function explain(it: Case, marks: Marks, fact: FactKey, explained: Set<string>): void {
  const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
  // What set a timer is in the past of its node, all of which has been compared.
  if (explained.has(key) || fact.relation === 'timer') return;
  explained.add(key);
  const mail = it.told.holds(fact) ? mailOf(it, fact) : undefined;
  const effect = mail ? marks.sender(mail) : placeOf(it, marks, fact);
  for (const { fault, body } of why(it, fact).steps) {
    if (fault?.kind === 'crash') marks.link('reason', marks.crash(fault), effect);
    for (const { fact: part, holds, blocking } of body) {
      if (!holds || blocking) marks.link('reason', placeOf(it, marks, part), effect);
      explain(it, marks, part, explained);
    }
  }
}

/** The mark that stands for a fact, or for its absence. */
function placeOf(it: Case, marks: Marks, fact: FactKey): string {
  const { told } = it;
  const holds = told.holds(fact);
  const mail = mailOf(it, fact);
  if (mail && holds) return marks.receiver(mail, fact.tick);
  if (mail) return told.sending(mail) ? marks.lost(mail) : marks.unsent(mail);
  const node = numberOf(it, fact.row[0]);
  const crash = fact.relation === 'up' && !holds ? told.crash(node, fact.tick) : undefined;
  return crash ? marks.crash(crash) : marks.end(node, fact, holds);
}

function mailOf(it: Case, fact: FactKey): Mail | undefined {
  const message = messageOf(fact);
  return message && { ...message, from: numberOf(it, message.from), to: numberOf(it, message.to) };
}

const numberOf = ({ known }: Case, node: string | number | undefined): number => known.nodes.indexOf(String(node));
