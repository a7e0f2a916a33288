/**
 * Why a fact of a protocol's run holds or does not.
 *
 * Handlers are closed boxes: what a step wrote is due to the message or timer that called it and to what the node kept. So a fact leads to the step that
 * wrote it, the step to its message, the message to the step that sent it. What is absent leads to the step that brought it about in a run that has it, and from there to the
 * first thing that was otherwise here: a message lost to a fault, one that was never sent, or a crash.
 */
import type { Fault } from '../../faults/fault.js';
import type { WalkMail, WalkStep } from '../../lineage/learned/walk.js';
import type { FactView, WhyStep, WhyView } from '../views.js';
import { faultInWords } from '../words.js';
import type { Case } from './case.js';
import { entryKey, type FactKey, messageKey, messageOf } from './facts.js';
import { handlerOf } from './story.js';
import type { Difference, Told } from './told.js';

type Body = WhyStep['body'][number];

/** Explains one level. */
export function why(it: Case, fact: FactKey): WhyView {
  const holds = it.told.holds(fact);
  const view: FactView = { ...fact, text: it.known.text(fact) };
  const node = it.known.nodes.indexOf(String(fact.row[0]));
  if (node < 0) return { fact: view, holds: false, steps: [note('there is no such node')] };
  const steps = holds ? present(it, node, fact) : absent(it, node, fact);
  return { fact: view, holds, steps: distinct(steps) };
}

const note = (words: string, fault?: Fault): WhyStep => ({
  source: undefined,
  kind: 'given',
  label: '',
  body: [],
  fault,
  note: words,
});

/** What several runs say alike is said once, of the first of them. */
function distinct(steps: readonly WhyStep[]): WhyStep[] {
  const seen = new Set<string>();
  return steps.filter(({ source, body, note: words }) => {
    const key = JSON.stringify([source, body, words]);
    return !seen.has(key) && seen.add(key);
  });
}

function present(it: Case, node: number, fact: FactKey): WhyStep[] {
  const { told } = it;
  const message = messageOf(fact);
  if (message) {
    const from = it.known.nodes.indexOf(message.from);
    const mail = told.sending({ ...message, from, to: node });
    return mail ? told.senders(mail).map((step) => stepView(it, step, fact, 'sent by')) : [];
  }
  if (fact.relation === 'up') return [note('no fault crashes it')];
  const writer =
    fact.relation === 'timer' ? timerSetter(told, node, fact) : told.writer(node, entryKey(fact), fact.tick);
  return writer ? [stepView(it, writer, fact, 'by')] : [note('from the start')];
}

/** The step after which a timer first stands as it does. */
const timerSetter = (told: Told, node: number, { row, tick }: FactKey): WalkStep | undefined => {
  let since = tick;
  while (since > 1 && told.timers(node, since - 1).some(({ name, when }) => name === row[1] && when === row[2]))
    since--;
  const steps = told.steps(node).filter((step) => step.tick <= since);
  return steps.at(-1);
};

/** A step of this run: what called it, and what was otherwise before if the fact is one that another run does not have. */
function stepView(it: Case, step: WalkStep, fact: FactKey, verb: string): WhyStep {
  const { told } = it;
  const body: Body[] = [...cause(it, told, step, true)];
  const lacking = it.references.find((other) => !other.holds(fact));
  if (lacking) {
    // What it had then as well, it has written over since.
    const isStale = !messageOf(fact) && lacking.holds({ ...fact, tick: step.tick });
    const difference = told.difference(lacking, step.node, isStale ? fact.tick : step.tick);
    const isCause = step.cause.kind === 'inbox' && difference?.kind === 'extra' && difference.mail === step.cause.mail;
    if (difference && !isCause) body.push(...bodyOf(it, difference, true));
  }
  return {
    source: it.known.source(handlerOf(step)),
    kind: kindOf(step),
    label: `${verb} ${inWords(it, told, step)}`,
    body,
    fault: undefined,
    note: changeNote(it, step, fact),
  };
}

const kindOf = ({ cause: { kind } }: WalkStep): WhyStep['kind'] =>
  kind === 'inbox' ? 'message' : kind === 'timers' ? 'inductive' : 'given';

/** `onMessage of b at tick 2`. */
function inWords(it: Case, told: Told, step: WalkStep): string {
  const name = it.known.nodes[step.node] ?? '';
  const timers = step.cause.kind === 'timers' ? ` (${dueTimers(told, step).join(', ')})` : '';
  return `${handlerOf(step)}${timers} of ${name} at tick ${step.tick}`;
}

/** Names of the timers that fire in a step. */
export const dueTimers = (told: Told, { before, cause: { kind } }: WalkStep): string[] =>
  kind !== 'timers' || before === undefined
    ? []
    : [...told.table.memory(before).timers].flatMap(([name, { left }]) => (left === 0 ? [JSON.stringify(name)] : []));

/** What called a step: a message, or timers that were set before. */
function cause(it: Case, told: Told, step: WalkStep, holds: boolean): Body[] {
  if (step.cause.kind === 'inbox') return [bodyFact(it, mailFact(it, step.cause.mail, step.tick), holds)];
  if (step.cause.kind === 'init' || step.tick < 2) return [];
  const name = it.known.nodes[step.node] ?? '';
  return told
    .timers(step.node, step.tick - 1)
    .filter(({ fires }) => fires === step.tick)
    .map((timer) =>
      bodyFact(it, { relation: 'timer', row: [name, timer.name, timer.when], tick: step.tick - 1 }, holds),
    );
}

const bodyFact = (it: Case, fact: FactKey, holds: boolean, negated = false, blocking = false): Body => ({
  fact: { ...fact, text: it.known.text(fact) },
  holds,
  negated,
  blocking,
});

const mailFact = (it: Case, mail: WalkMail, tick: number): FactKey => {
  const name = (node: number): string => it.known.nodes[node] ?? '';
  return messageKey({ from: name(mail.from), to: name(mail.to), sent: mail.sent, batch: mail.batch }, tick);
};

/** What was otherwise, as a fact of this run. In a step that happened it is what did not stand in the way. */
function bodyOf(it: Case, difference: Difference, happened: boolean): Body[] {
  if (difference.kind === 'crash') {
    const { node, tick } = difference.fault as Fault & { readonly kind: 'crash' };
    return [bodyFact(it, { relation: 'up', row: [node], tick }, false, happened, true)];
  }
  const fact = mailFact(it, difference.mail, difference.tick);
  const here = difference.kind === 'extra';
  return [bodyFact(it, fact, here, happened ? !here : here, !happened)];
}

/** `was null before`. */
function changeNote(it: Case, { before, node }: WalkStep, { relation, row }: FactKey): string | undefined {
  if (relation !== 'state' || before === undefined) return undefined;
  const old = [...it.told.entriesAt(before).values()].find(
    (entry) => entry.relation === 'state' && entry.path === row[1] && !entry.value.startsWith('has '),
  );
  return old && it.known.nodes[node] === row[0] ? `before, it was ${old.value}` : undefined;
}

function absent(it: Case, node: number, fact: FactKey): WhyStep[] {
  const { told } = it;
  const name = it.known.nodes[node] ?? '';
  if (fact.relation === 'up') {
    const fault = told.crash(node, fact.tick);
    return fault ? [note(`${faultInWords(fault)}, a fault of this scenario`, fault)] : [note('it never was')];
  }
  const message = messageOf(fact);
  if (message)
    return absentMessage(
      it,
      { ...message, from: it.known.nodes.indexOf(message.from), to: node, at: [], lost: false },
      fact,
    );
  const steps = it.references.flatMap((other) => {
    if (!other.holds(fact)) return [];
    const writer =
      fact.relation === 'timer' ? timerSetter(other, node, fact) : other.writer(node, entryKey(fact), fact.tick);
    return writer ? [attempt(it, other, writer)] : [];
  });
  if (steps.length > 0) return steps;
  const crash = told.crash(node, fact.tick);
  return [crash ? crashed(it, crash) : note(`no known run has it at ${name} at tick ${fact.tick}`)];
}

/** A step of another run that does not happen here, or comes to something else. */
function attempt(it: Case, other: Told, step: WalkStep): WhyStep {
  const { told } = it;
  const view = (body: readonly Body[], fault?: Fault, words?: string): WhyStep => ({
    source: it.known.source(handlerOf(step)),
    kind: kindOf(step),
    label: `${runInWords(it, other)}: ${inWords(it, other, step)}`,
    body,
    fault,
    note: words,
  });
  const crash = told.crash(step.node, step.tick);
  if (crash && !other.crash(step.node, step.tick)) return view([], crash, crashInWords(crash));
  const { cause: called } = step;
  if (called.kind === 'inbox' && !told.arrives(called.mail, step.tick)) {
    const body = [bodyFact(it, mailFact(it, called.mail, step.tick), false, false, true)];
    const here = told.sending(called.mail);
    const fault = here && told.lossOf(here);
    return view(body, fault, fault && lossInWords(it, called.mail, fault));
  }
  const difference = told.difference(other, step.node, step.tick);
  const body = cause(it, other, step, true).filter(({ fact }) => told.holds(fact));
  return view([...body, ...(difference ? bodyOf(it, difference, false) : [])]);
}

/** Why a message did not arrive: lost, or not sent; then why its sender did otherwise than in a run in which it sent it. */
function absentMessage(it: Case, mail: WalkMail, fact: FactKey): WhyStep[] {
  const { told } = it;
  const here = told.sending(mail);
  const fault = here && told.lossOf(here);
  if (here && fault) return [note(lossInWords(it, mail, fault), fault)];
  if (here) return [note('it is sent too late to arrive')];
  const steps = it.references.flatMap((other) =>
    other.holds(fact) ? other.senders(mail).map((step) => attempt(it, other, step)) : [],
  );
  if (steps.length > 0) return steps;
  const crash = told.crash(mail.from, mail.sent);
  return [crash ? crashed(it, crash) : note('it is sent in no known run')];
}

const crashInWords = (fault: Fault & { readonly kind: 'crash' }): string =>
  `${fault.node} has crashed at tick ${fault.tick}: it handles and sends nothing any more`;

const crashed = (_: Case, fault: Fault & { readonly kind: 'crash' }): WhyStep => note(crashInWords(fault), fault);

function lossInWords(it: Case, { from, to, sent }: WalkMail, fault: Fault): string {
  if (fault.kind === 'crash') return `${crashInWords(fault)}, so what it sends at tick ${sent} is lost`;
  return `what ${it.known.nodes[from]} sends to ${it.known.nodes[to]} at tick ${sent} is lost`;
}

/** Which run a step is of. */
function runInWords(it: Case, other: Told): string {
  if (other === it.good) return 'in the good run';
  const [left] = it.scenario.filter((fault) => !other.walk.scenario.includes(fault));
  if (!left) return 'in another run';
  return left.kind === 'crash'
    ? `in the run without the crash of ${left.node}`
    : `in the run without the loss of ${left.from}→${left.to} at tick ${left.tick}`;
}
