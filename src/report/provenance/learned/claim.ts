/**
 * What a broken promise of a protocol comes down to: what its check says, and behind that the state that it looked at.
 */
import { witnessInWords } from '../../words.js';
import type { Case } from '../case.js';
import type { Claim, Clause } from '../story/clause.js';
import type { FactKey } from '../views.js';
import { rootsOf } from './check-reads.js';
import { type MessageFact, messageOf } from './facts.js';
import type { Walked } from './history.js';

/** Most of the check's answers that are told, and most characters of a message. */
const MOST = { answers: 3, message: 60 } as const;

/** What was read decides more than it says, so the facts are explained and not told. */
export function claimOf(it: Case<Walked>): Claim {
  const { witnesses } = it.run.outcome;
  const shown = witnesses.slice(0, MOST.answers).map((one) => witnessInWords(one, it.of.eot, 'protocol'));
  const more = witnesses.length - shown.length;
  const words = `${shown.join('; ')}${more > 0 ? ` (and ${more} more)` : ''}`;
  return { words, told: [], roots: rootsOf(it) };
}

/** Whether a fact says something by itself. */
export const isTold = ({ relation }: FactKey): boolean => relation === 'message' || relation === 'state';

export const isFault = ({ relation }: FactKey): boolean => relation === 'up';

/** `b never gets ack from a`, `b.has is true`. */
export function clauseOf(it: Case<Walked>, fact: FactKey): Clause {
  const holds = it.holds(fact);
  const message = messageOf(fact);
  const ever = !holds && (message ? isNeverSaid(it, message) : isNever(it, fact));
  const told = [{ fact, holds, ever }];
  const ticks = ever ? undefined : [fact.tick];
  if (message) {
    const what = `${labelOf(it, message)} from ${message.from}`;
    const verb = holds ? 'gets' : ever ? 'never gets' : 'does not get';
    return { words: `${message.to} ${verb} ${what}`, told, ticks };
  }
  const text = it.run.known.text(fact).replace(' = ', ' is ');
  return { words: holds ? text : text.replace(/ (is|has) /, ever ? ' $1 never ' : ' $1 not '), told, ticks };
}

function labelOf({ run: { known } }: Case<Walked>, { batch }: MessageFact): string {
  const text = known.labels(batch).join(', ');
  return text.length > MOST.message ? `${text.slice(0, MOST.message)}…` : text;
}

const isNever = (it: Case<Walked>, fact: FactKey): boolean =>
  Array.from({ length: it.of.eot }, (_, i) => i + 1).every((tick) => !it.holds({ ...fact, tick }));

/** Whether nothing of what a message says ever arrives from its sender, whenever it is sent. */
function isNeverSaid({ run: { known, walk } }: Case<Walked>, { from, to, batch }: MessageFact): boolean {
  const labels = new Set(known.labels(batch));
  return walk.mails.every(
    (mail) =>
      known.nodes[mail.from] !== from ||
      known.nodes[mail.to] !== to ||
      mail.at.length === 0 ||
      !known.labels(mail.batch).some((label) => labels.has(label)),
  );
}
