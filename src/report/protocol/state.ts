/**
 * The state of a node at a tick as tables, and what each of its handlers did in that tick.
 */
import type { WalkStep } from '../../lineage/learned/walk.js';
import type { SlotView, TableView } from '../views.js';
import type { Case } from './case.js';
import { type Entry, keyOfEntry } from './entries.js';
import { entryText } from './facts.js';
import { readableMessage } from './readable.js';
import { handlerOf } from './story.js';
import type { Entries } from './told.js';
import { dueTimers } from './why.js';

type Row = TableView['rows'][number];

/** State, log and timers, in the order of the state; what the tick changed is marked, what is gone stands before what came in its place. */
export function stateAt({ known, told }: Case, node: string, tick: number): TableView[] {
  const number = known.nodes.indexOf(node);
  if (number < 0) return [];
  const [now, before] = [told.entries(number, tick), told.entries(number, tick - 1)];
  const tables = (['state', 'log', 'threw'] as const).map((relation): TableView => {
    const of = (entries: Entries): Entry[] => [...entries.values()].filter((entry) => entry.relation === relation);
    const row = ({ path, value }: Entry, change: Row['change']): Row => ({
      row: [node, path, value],
      cells: relation === 'threw' ? [value] : [relation === 'log' ? path : path.replace(/^\./, ''), value],
      change,
    });
    const rows = [
      ...of(before).flatMap((entry) => (now.has(keyOfEntry(entry)) ? [] : [row(entry, 'gone')])),
      ...of(now).map((entry) => row(entry, before.has(keyOfEntry(entry)) ? 'same' : 'new')),
    ];
    const places = new Map(
      [...new Set([...of(now), ...of(before)].map(({ path }) => path))].map((path, i) => [path, i]),
    );
    const place = ({ row: [, path] }: Row): number => places.get(String(path)) ?? 0;
    return { relation, rows: rows.sort((a, b) => place(a) - place(b)) };
  });
  const old = new Set(told.timers(number, tick - 1).map(({ name, when }) => `${name} ${when}`));
  const timers = told.timers(number, tick).map(
    ({ name, when }): Row => ({
      row: [node, name, when],
      cells: [name, when],
      change: old.has(`${name} ${when}`) || tick === 1 ? 'same' : 'new',
    }),
  );
  return [...tables, { relation: 'timer', rows: timers }].filter(({ rows }) => rows.length > 0);
}

/** What each handler of a node did in a tick. */
export function slotsAt({ known, told }: Case, node: string, tick: number): SlotView[] {
  const number = known.nodes.indexOf(node);
  return told
    .steps(number)
    .filter((step) => step.tick === tick)
    .map((step) => {
      const { cause } = step;
      const called =
        cause.kind === 'inbox'
          ? `from ${known.nodes[cause.mail.from]}: ${known.labels(cause.mail.batch).join(', ')}`
          : dueTimers(told, step).join(', ');
      const sends = told.sends(step).map(({ to, message }) => {
        const mail = told.walk.mails.find((one) => one.from === number && one.to === to && one.sent === tick);
        return `sends ${readableMessage(message.copy)} to ${known.nodes[to]}${mail?.lost ? ' (lost)' : ''}`;
      });
      return {
        title: `${handlerOf(step)}${called === '' ? '' : ` ${called}`}`,
        source: known.source(handlerOf(step)),
        effects: [...changesOf(step, (sigma) => told.entriesAt(sigma)), ...sends],
      };
    });
}

/** `has: false → true`. */
export function changesOf({ before, after }: WalkStep, entries: (sigma: number) => Entries): string[] {
  if (before === undefined) return [];
  const [old, now] = [entries(before), entries(after)];
  const gone = [...old.values()].filter((entry) => !now.has(keyOfEntry(entry)));
  const come = [...now.values()].filter((entry) => !old.has(keyOfEntry(entry)));
  const isSet = ({ value }: Entry): boolean => value.startsWith('has ');
  const twin = (entry: Entry): Entry | undefined =>
    isSet(entry)
      ? undefined
      : gone.find((one) => one.relation === entry.relation && one.path === entry.path && !isSet(one));
  const changed = come.map((entry) => {
    const previous = twin(entry);
    if (entry.relation === 'log') return `logs ${entry.value}`;
    if (entry.relation === 'threw') return entry.value;
    return previous
      ? `${entry.path.replace(/^\./, '') || 'state'}: ${previous.value} → ${entry.value}`
      : entryText(entry);
  });
  const twins = new Set(come.map(twin));
  return [...gone.filter((entry) => !twins.has(entry)).map((entry) => `no more ${entryText(entry)}`), ...changed];
}
