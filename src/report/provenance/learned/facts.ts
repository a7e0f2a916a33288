/**
 * Facts of a protocol's run, as the page names them: a relation, a row that starts with the node, and a tick.
 *
 * `state`, `log`, `history`, `threw`: [node, path, value]; `timer`: [node, name, when]; `message`: [to, from, tick of
 * sending, batch], what one node sent to another in one tick; `up`: [node], that it has not crashed.
 */
import { isWord } from '../../../core/names.js';
import { formatValue } from '../../../core/value.js';
import type { FactKey } from '../views.js';
import { type Entry, keyOfEntry } from './entries.js';

export interface MessageFact {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly batch: number;
}

/** What the row of a message says; undefined if it is none. */
export function messageOf({ relation, row }: Pick<FactKey, 'relation' | 'row'>): MessageFact | undefined {
  const [to, from, sent, batch] = row;
  if (relation !== 'message' || typeof sent !== 'number' || typeof batch !== 'number') return undefined;
  return { to: String(to), from: String(from), sent, batch };
}

export const messageKey = ({ from, to, sent, batch }: MessageFact, tick: number): FactKey => ({
  relation: 'message',
  row: [to, from, sent, batch],
  tick,
});

export const entryFact = (node: string, { relation, path, value }: Entry, tick: number): FactKey => ({
  relation,
  row: [node, path, value],
  tick,
});

/** The name of an entry that a fact speaks of. */
export const entryKey = ({ relation, row }: Pick<FactKey, 'relation' | 'row'>): string =>
  keyOfEntry({ relation: relation as Entry['relation'], path: String(row[1] ?? ''), value: String(row[2] ?? '') });

/**
 * An entry at its node: `has = true`; what it logged is called `logged[0]`, for states often have a `log` of their own.
 */
export function entryText({ relation, path, value }: Pick<Entry, 'relation' | 'path' | 'value'>): string {
  if (relation === 'threw' || relation === 'history') return value;
  const name = relation === 'log' ? `logged${path}` : path.replace(/^\./, '') || 'state';
  return value.startsWith('has ') ? `${name} ${value}` : `${name} = ${value}`;
}

/** Any fact but a message, with its node: `b.has = true`. */
export function factText({ relation, row }: Pick<FactKey, 'relation' | 'row'>): string {
  const [node = '', first = '', second = ''] = row.map(String);
  const name = isWord(node) ? node : JSON.stringify(node);
  if (relation === 'up') return `${name} is up`;
  if (relation === 'timer') return `timer ${formatValue(first)} of ${name}, ${second}`;
  if (relation === 'threw') return `${name}: ${second}`;
  if (relation === 'history') return `${name} ${second}`;
  if (relation === 'state' || relation === 'log') {
    const text = entryText({ relation, path: first, value: second });
    return text.startsWith('[') ? `${name}${text}` : `${name}.${text}`;
  }
  return `${relation}(${row.map(formatValue).join(', ')})`;
}
