/**
 * The causal slice of a protocol's outcome, backward from what the check looked at: a node's past counts up to the
 * last step that wrote what is looked at, and up to each message that it sent into the slice. Messages that changed
 * nothing and called forth nothing stay outside.
 *
 * Sound for what it is used for: a node that goes through the steps of the slice again, and gets no message with an
 * effect besides, ends with the same entries.
 */
import { rowOf } from '../../../core/outcome.js';
import type { WalkMail, WalkStep } from '../../../lineage/learned/walk.js';
import type { Case, Slice } from '../case.js';
import { entriesRead } from './check-reads.js';
import { keyOfEntry } from './entries.js';
import { idsOf, type Walked } from './history.js';

export interface WalkSlice {
  readonly mails: ReadonlySet<WalkMail>;
  readonly steps: ReadonlySet<WalkStep>;
  /** By node: up to which tick its past counts; 0 if not at all. */
  readonly until: readonly number[];
}

/** The slice of a case's run; what only the good run sends belongs to it where the receiver's past counts. */
export function caseSlice({ run, good, isGood }: Case<Walked>): Slice {
  const { mails, steps, until } = sliceOf(run);
  const written = new Set([...steps].map(({ node, tick }) => `${node} ${tick}`));
  const ghosts = isGood
    ? []
    : [...sliceOf(good).mails].filter((mail) => (until[mail.to] ?? 0) > 0 && !run.sending(mail));
  const messages = new Set([...mails, ...ghosts].flatMap((mail) => idsOf(run.known, mail)));
  return { messages, has: (node, tick) => written.has(`${node} ${tick}`) };
}

export function sliceOf(run: Walked): WalkSlice {
  const until = startOf(run);
  const mails = new Set<WalkMail>();
  const steps = new Set<WalkStep>();
  const counts = (node: number): number => until[node] ?? 0;
  for (let tick = run.eot; tick >= 1; tick--) {
    for (const mail of mails) if (mail.sent === tick) until[mail.from] = Math.max(counts(mail.from), tick);
    for (const node of until.keys())
      for (const step of run.steps(node)) {
        if (step.tick !== tick || !(sendsInto(run, step, mails) || (tick <= counts(node) && run.changes(step))))
          continue;
        steps.add(step);
        if (step.cause.kind === 'inbox') mails.add(step.cause.mail);
      }
    // What was lost on its way to a node whose past counts might have changed it.
    for (const mail of run.walk.mails)
      if (mail.sent === tick && mail.lost && mail.sent < counts(mail.to)) mails.add(mail);
  }
  return { mails, steps, until };
}

function startOf(run: Walked): number[] {
  const until = run.nodes.map(() => 0);
  // Of a broken promise all of the past of the nodes that it is about matters: also what did not come.
  const broken = run.outcome.kind === 'violated';
  const witnesses = new Set(run.outcome.witnesses.map((broken) => String(rowOf(broken)[0])));
  for (const { node, entry } of entriesRead(run)) {
    const written = run.writer(node, keyOfEntry(entry), run.eot)?.tick ?? 0;
    const named = witnesses.has(run.nodes[node] ?? '') && written <= 1;
    until[node] = Math.max(until[node] ?? 0, broken && named ? run.eot : written);
  }
  return until;
}

function sendsInto(run: Walked, step: WalkStep, mails: ReadonlySet<WalkMail>): boolean {
  const sends = run.sends(step);
  if (sends.length === 0) return false;
  for (const mail of mails)
    if (mail.from === step.node && mail.sent === step.tick && sends.some(({ to }) => to === mail.to)) return true;
  return false;
}
