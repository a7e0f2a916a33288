/**
 * Steps: what a handler did, in words: its name and what called it, what changed, what it sent.
 */
import type { WalkStep } from '../../../lineage/learned/walk.js';
import { listOfTicks } from '../../words.js';
import type { Case } from '../case.js';
import type { HandlerView } from '../views.js';
import { type Entry, keyOfEntry } from './entries.js';
import { entryText } from './facts.js';
import type { Walked } from './history.js';
import type { Entries } from './known.js';
import { readableMessage } from './readable.js';

/** What each handler of a node did in a tick. */
export function handlersAt({ run, run: { known } }: Case<Walked>, node: string, tick: number): HandlerView[] {
  const number = known.nodes.indexOf(node);
  const steps = run.steps(number).filter((step) => step.tick === tick);
  return steps.map((step) => {
    const { cause } = step;
    const handler = known.handlerOf(step);
    const called =
      cause.kind === 'inbox'
        ? `from ${known.nodes[cause.mail.from]}: ${known.labels(cause.mail.batch).join(', ')}`
        : cause.kind === 'return'
          ? 'after the restart'
          : dueTimers(run, step).join(', ');
    const sends = run.sends(step).map(({ to, message }) => {
      const mail = run.walk.mails.find((one) => one.from === number && one.to === to && one.sent === tick);
      const isLate = mail?.at.some((at) => at !== tick + 1);
      const fate = mail?.lost ? ' (lost)' : isLate ? ` (arrives at ${listOfTicks(mail?.at ?? [])})` : '';
      return `sends ${readableMessage(message.copy)} to ${known.nodes[to]}${fate}`;
    });
    return {
      title: `${handler}${called === '' ? '' : ` ${called}`}`,
      source: known.source(handler),
      effects: [...changesOf(step, (sigma) => known.entries(sigma)), ...sends],
    };
  });
}

/** Names of the timers that fire in a step. */
export const dueTimers = (run: Walked, { before, cause: { kind } }: WalkStep): string[] =>
  kind !== 'timers' || before === undefined
    ? []
    : [...run.table.memory(before).timers].flatMap(([name, { left }]) => (left === 0 ? [JSON.stringify(name)] : []));

/** `has: false → true`. */
function changesOf({ before, after }: WalkStep, entries: (sigma: number) => Entries): string[] {
  if (before === undefined) return [];
  const [old, now] = [entries(before), entries(after)];
  const gone = [...old.values()].filter((entry) => !now.has(keyOfEntry(entry)));
  const come = [...now.values()].filter((entry) => !old.has(keyOfEntry(entry)));
  const isSet = ({ value }: Entry): boolean => value.startsWith('has ');
  const previousOf = (entry: Entry): Entry | undefined =>
    isSet(entry)
      ? undefined
      : gone.find((one) => one.relation === entry.relation && one.path === entry.path && !isSet(one));
  const changed = come.map((entry) => {
    const previous = previousOf(entry);
    if (entry.relation === 'log') return `logs ${entry.value}`;
    if (entry.relation === 'threw' || entry.relation === 'history') return entry.value;
    return previous
      ? `${entry.path.replace(/^\./, '') || 'state'}: ${previous.value} → ${entry.value}`
      : entryText(entry);
  });
  const replaced = new Set(come.map(previousOf));
  return [...gone.filter((entry) => !replaced.has(entry)).map((entry) => `no more ${entryText(entry)}`), ...changed];
}
