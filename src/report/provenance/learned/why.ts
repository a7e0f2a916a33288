/**
 * Why a fact of a protocol's run holds or does not.
 *
 * Handlers are closed boxes: what a step wrote is due to the message or timer that called it and to what the node
 * kept. So a fact leads to the step that wrote it, the step to its message, the message to the step that sent it. What
 * is absent leads to the step that brought it about in a run that has it, and from there to the first thing that was
 * otherwise here: a message that a fault lost or moved, one that was never sent, or a fault of the node itself.
 */
import { distinctBy } from '../../../core/distinct.js';
import type { Fault } from '../../../faults/fault.js';
import { kindOf } from '../../../faults/kinds.js';
import { formatFault, lossOf } from '../../../faults/scenario.js';
import type { WalkMail, WalkStep } from '../../../lineage/learned/walk.js';
import { faultInWords } from '../../words.js';
import type { Case } from '../case.js';
import { type Down, downAt, isOfSlot } from '../loss.js';
import type { FactKey, FactView, WhyStep, WhyView } from '../views.js';
import { entryKey, messageKey, messageOf } from './facts.js';
import type { Difference, Walked } from './history.js';
import { dueTimers } from './steps.js';

type Body = WhyStep['body'][number];

/** Explains one level. */
export function why(it: Case<Walked>, fact: FactKey): WhyView {
  const holds = it.run.holds(fact);
  const view: FactView = { ...fact, text: it.run.known.text(fact) };
  const node = it.run.known.nodes.indexOf(String(fact.row[0]));
  if (node < 0) return { fact: view, holds: false, steps: [note('there is no such node')] };
  const steps = holds ? present(it, node, fact) : absent(it, node, fact);
  // What several runs say alike is said once, of the first of them.
  const said = distinctBy(steps, ({ source, body, note: words }) => JSON.stringify([source, body, words]));
  return { fact: view, holds, steps: said };
}

const note = (words: string, fault?: Fault): WhyStep => ({
  source: undefined,
  kind: 'given',
  label: '',
  body: [],
  fault,
  note: words,
});

function present(it: Case<Walked>, node: number, fact: FactKey): WhyStep[] {
  const { run } = it;
  const message = messageOf(fact);
  if (message) {
    const from = it.run.known.nodes.indexOf(message.from);
    const mail = run.sending({ ...message, from, to: node });
    const moved = mail && run.movedBy(mail, fact.tick);
    return mail ? run.senders(mail).map((step) => stepView(it, step, fact, 'sent by', moved)) : [];
  }
  if (fact.relation === 'up') return [note('no fault takes it down')];
  const writer = writerOf(run, node, fact);
  return writer ? [stepView(it, writer, fact, 'by')] : [note('from the start')];
}

/** The step that brought a fact about: of a timer, the one after which it first stands as it does. */
function writerOf(run: Walked, node: number, fact: FactKey): WalkStep | undefined {
  if (fact.relation !== 'timer') return run.writer(node, entryKey(fact), fact.tick);
  let since = fact.tick;
  while (since > 1 && run.holds({ ...fact, tick: since - 1 })) since--;
  return run.steps(node).findLast((step) => step.tick <= since);
}

/**
 * A step of this run: what called it, and what was otherwise before if the fact is one that another run does not have.
 */
function stepView(it: Case<Walked>, step: WalkStep, fact: FactKey, verb: string, moved?: Fault): WhyStep {
  const { run } = it;
  const body: Body[] = [...cause(it, run, step, true)];
  let fault = moved ?? (step.cause.kind === 'return' ? run.broughtDownBefore(step.node, step.tick) : undefined);
  for (const lacking of it.references.filter((other) => !other.holds(fact))) {
    // What it had then as well, it has written over since.
    const isStale = !messageOf(fact) && lacking.holds({ ...fact, tick: step.tick });
    const difference = run.difference(lacking, step.node, isStale ? fact.tick : step.tick);
    const isCause = step.cause.kind === 'inbox' && difference?.kind === 'extra' && difference.mail === step.cause.mail;
    if (difference && !isCause) body.push(...bodyOf(it, difference, true));
    fault ??= strikeOf(difference);
  }
  const change = changeNote(it, step, fact);
  return {
    source: run.known.source(run.known.handlerOf(step)),
    kind: stepKind(step),
    label: `${verb} ${inWords(it, run, step)}`,
    body: distinctBy(body, (part) => JSON.stringify(part)),
    fault,
    note: fault ? [faultInWords(fault), ...(change === undefined ? [] : [change])].join('; ') : change,
  };
}

/**
 * A fault of the node itself that no fact of the run shows: its clock stands still, it takes its messages otherwise.
 */
const strikeOf = (difference: Difference | undefined): Fault | undefined =>
  difference?.kind === 'struck' && !kindOf(difference.fault).downtime ? difference.fault : undefined;

const stepKind = ({ cause: { kind } }: WalkStep): WhyStep['kind'] =>
  kind === 'inbox' ? 'message' : kind === 'timers' ? 'inductive' : 'given';

/** `onMessage of b at tick 2`. */
function inWords(it: Case<Walked>, run: Walked, step: WalkStep): string {
  const name = it.run.known.nodes[step.node] ?? '';
  const timers = step.cause.kind === 'timers' ? ` (${dueTimers(run, step).join(', ')})` : '';
  return `${run.known.handlerOf(step)}${timers} of ${name} at tick ${step.tick}`;
}

/** What called a step: a message, or timers that were set before. */
function cause(it: Case<Walked>, run: Walked, step: WalkStep, holds: boolean): Body[] {
  if (step.cause.kind === 'inbox') return [bodyFact(it, mailFact(it, step.cause.mail, step.tick), holds)];
  if (step.cause.kind !== 'timers' || step.tick < 2) return [];
  const name = it.run.known.nodes[step.node] ?? '';
  return run
    .timers(step.node, step.tick - 1)
    .filter(({ fires }) => fires === step.tick)
    .map((timer) =>
      bodyFact(it, { relation: 'timer', row: [name, timer.name, timer.when], tick: step.tick - 1 }, holds),
    );
}

const bodyFact = (it: Case<Walked>, fact: FactKey, holds: boolean, negated = false, blocking = false): Body => ({
  fact: { ...fact, text: it.run.known.text(fact) },
  holds,
  negated,
  blocking,
});

const mailFact = (it: Case<Walked>, mail: WalkMail, tick: number): FactKey => {
  const name = (node: number): string => it.run.known.nodes[node] ?? '';
  return messageKey({ from: name(mail.from), to: name(mail.to), sent: mail.sent, batch: mail.batch }, tick);
};

/** What was otherwise, as a fact of this run. In a step that happened it is what did not stand in the way. */
function bodyOf(it: Case<Walked>, difference: Difference, happened: boolean): Body[] {
  if (difference.kind === 'struck') {
    const { node, from: tick } = kindOf(difference.fault).downtime?.(difference.fault) ?? {};
    if (node === undefined || tick === undefined) return [];
    return [bodyFact(it, { relation: 'up', row: [node], tick }, false, happened, true)];
  }
  const fact = mailFact(it, difference.mail, difference.tick);
  const here = difference.kind === 'extra';
  return [bodyFact(it, fact, here, happened ? !here : here, !happened)];
}

/** `was null before`. */
function changeNote(it: Case<Walked>, { before, node }: WalkStep, { relation, row }: FactKey): string | undefined {
  if (relation !== 'state' || before === undefined) return undefined;
  const old = [...it.run.known.entries(before).values()].find(
    (entry) => entry.relation === 'state' && entry.path === row[1] && !entry.value.startsWith('has '),
  );
  return old && it.run.known.nodes[node] === row[0] ? `before, it was ${old.value}` : undefined;
}

function absent(it: Case<Walked>, node: number, fact: FactKey): WhyStep[] {
  const { run } = it;
  const name = it.run.known.nodes[node] ?? '';
  if (fact.relation === 'up') {
    const fault = run.down(node, fact.tick)?.fault;
    return fault ? [note(`${faultInWords(fault)}, a fault of this scenario`, fault)] : [note('it never was')];
  }
  const message = messageOf(fact);
  if (message)
    return absentMessage(
      it,
      { ...message, from: it.run.known.nodes.indexOf(message.from), to: node, at: [], lost: false },
      fact,
    );
  const steps = it.references.flatMap((other) => {
    if (!other.holds(fact)) return [];
    const writer = writerOf(other, node, fact);
    return writer ? [attempt(it, other, writer)] : [];
  });
  if (steps.length > 0) return steps;
  const down = run.down(node, fact.tick);
  return [down ? isDown(down) : note(`no known run has it at ${name} at tick ${fact.tick}`)];
}

/** A step of another run that does not happen here, or comes to something else. */
function attempt(it: Case<Walked>, other: Walked, step: WalkStep): WhyStep {
  const { run } = it;
  const view = (body: readonly Body[], fault?: Fault, words?: string): WhyStep => ({
    source: other.known.source(other.known.handlerOf(step)),
    kind: stepKind(step),
    label: `${runInWords(it, other)}: ${inWords(it, other, step)}`,
    body,
    fault,
    note: words,
  });
  const down = run.down(step.node, step.tick);
  if (down && !other.down(step.node, step.tick)) return view([], down.fault, downInWords(down.fault));
  const { cause: called } = step;
  if (called.kind === 'inbox' && !run.arrives(called.mail, step.tick)) {
    const body = [bodyFact(it, mailFact(it, called.mail, step.tick), false, false, true)];
    const here = run.sending(called.mail);
    const fault = here && run.keptFrom(here, step.tick);
    return view(body, fault, fault && lossInWords(it, called.mail, fault));
  }
  const difference = run.difference(other, step.node, step.tick);
  const body = cause(it, other, step, true).filter(({ fact }) => run.holds(fact));
  const struck = strikeOf(difference);
  return view([...body, ...(difference ? bodyOf(it, difference, false) : [])], struck, struck && faultInWords(struck));
}

/**
 * Why a message did not arrive: lost, or not sent; then why its sender did otherwise than in a run in which it sent it.
 */
function absentMessage(it: Case<Walked>, mail: WalkMail, fact: FactKey): WhyStep[] {
  const { run } = it;
  const here = run.sending(mail);
  const fault = here && run.keptFrom(here, fact.tick);
  if (here && fault) return [note(lossInWords(it, mail, fault), fault)];
  if (here) return [note('it is sent too late to arrive')];
  const steps = it.references.flatMap((other) =>
    other.holds(fact) ? other.senders(mail).map((step) => attempt(it, other, step)) : [],
  );
  if (steps.length > 0) return steps;
  const down = run.down(mail.from, mail.sent);
  return [down ? isDown(down) : note('it is sent in no known run')];
}

function downInWords(fault: Fault): string {
  const isForEver = kindOf(fault).downtime?.(fault)?.until === undefined;
  return `${faultInWords(fault)}: it handles and sends nothing ${isForEver ? 'any more' : 'meanwhile'}`;
}

const isDown = ({ fault }: Down): WhyStep => note(downInWords(fault), fault);

function lossInWords(it: Case<Walked>, { from, to, sent }: WalkMail, fault: Fault): string {
  const [sender = '', receiver = ''] = [it.of.nodes[from], it.of.nodes[to]];
  const lost = `what ${sender} sends to ${receiver} at tick ${sent} is lost`;
  if (isOfSlot(fault)) return lossOf([fault], { from: sender, to: receiver, sent }) ? lost : faultInWords(fault);
  if (!kindOf(fault).downtime) return `${faultInWords(fault)}: ${lost}`;
  const isSender = downAt([fault], sender, sent) !== undefined;
  return `${downInWords(fault)}, so ${isSender ? `what it sends at tick ${sent}` : `what ${sender} sent it at tick ${sent}`} is lost`;
}

/** Which run a step is of. */
function runInWords(it: Case<Walked>, other: Walked): string {
  if (other === it.good) return 'in the good run';
  const [left] = it.scenario.filter((fault) => !other.scenario.includes(fault));
  if (!left) return 'in another run';
  return `in the run without ${formatFault(left)}`;
}
