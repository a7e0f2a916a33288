/**
 * The causal slice of a protocol's outcome, backward from what the check looked at: a node's past counts up to the last step that wrote what is looked at, and
 * up to each message that it sent into the slice. Messages that changed nothing and called forth nothing stay outside.
 *
 * Sound for what it is used for: a node that goes through the steps of the slice again, and gets no message with an effect besides, ends with the same entries.
 */
import type { WalkMail, WalkStep } from '../../lineage/learned/walk.js';
import type { Case } from './case.js';
import { keyOfEntry } from './entries.js';
import { entriesRead } from './reads.js';
import type { Told } from './told.js';

export interface Slice {
  readonly mails: ReadonlySet<WalkMail>;
  readonly steps: ReadonlySet<WalkStep>;
  /** By node: up to which tick its past counts; 0 if not at all. */
  readonly until: readonly number[];
}

/** The slice of a run, the case's own or one that it is compared with. */
export function sliceOf(it: Case, told: Told): Slice {
  const until = startOf(it, told);
  const mails = new Set<WalkMail>();
  const steps = new Set<WalkStep>();
  const counts = (node: number): number => until[node] ?? 0;
  for (let tick = told.eot; tick >= 1; tick--) {
    for (const mail of mails) if (mail.sent === tick) until[mail.from] = Math.max(counts(mail.from), tick);
    for (const node of until.keys())
      for (const step of told.steps(node)) {
        if (step.tick !== tick || !(sendsInto(told, step, mails) || (tick <= counts(node) && told.changes(step))))
          continue;
        steps.add(step);
        if (step.cause.kind === 'inbox') mails.add(step.cause.mail);
      }
    // What was lost on its way to a node whose past counts might have changed it.
    for (const mail of told.walk.mails)
      if (mail.sent === tick && mail.lost && mail.sent < counts(mail.to)) mails.add(mail);
  }
  return { mails, steps, until };
}

function startOf(it: Case, told: Told): number[] {
  const until = it.known.nodes.map(() => 0);
  // Of a broken promise all of the past of the nodes that it is about matters: also what did not come.
  const broken = told.walk.outcome?.kind === 'violated';
  const witnesses = new Set((told.walk.outcome?.witnesses ?? []).map((row) => String(row[0])));
  for (const { node, entry } of entriesRead(it, told)) {
    const written = told.writer(node, keyOfEntry(entry), told.eot)?.tick ?? 0;
    const named = witnesses.has(it.known.nodes[node] ?? '') && written <= 1;
    until[node] = Math.max(until[node] ?? 0, broken && named ? told.eot : written);
  }
  return until;
}

function sendsInto(told: Told, step: WalkStep, mails: ReadonlySet<WalkMail>): boolean {
  const sends = told.sends(step);
  if (sends.length === 0) return false;
  for (const mail of mails)
    if (mail.from === step.node && mail.sent === step.tick && sends.some(({ to }) => to === mail.to)) return true;
  return false;
}
