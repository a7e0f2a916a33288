/**
 * Entries: what a node keeps, as small facts that a table can show and a handler can change one by one.
 *
 * Containers are taken apart whatever their size, so that two runs in which they grow alike have the same entries:
 * `log[0]` is `log[0]` however long the log is. Only an empty container, and a flat record that is an item of another
 * container, stay in one piece. Invariant: equal states have equal entries in equal order.
 */
import { isBytes } from '../../../core/bytes.js';
import type { Probe } from '../../../protocol/runtime/probe.js';
import { eventsInWords, type OwnOperation } from '../../../protocol/runtime/recorded.js';
import type { Final } from '../../../protocol/runtime/run.js';
import { readable, stepInCode } from './readable.js';

export interface Entry {
  /** `threw`: what a handler threw, after which its node does nothing. */
  readonly relation: 'state' | 'log' | 'history' | 'threw';
  /** As in code: `.votes[0]`. */
  readonly path: string;
  readonly value: string;
  /** The steps of the path, to compare it with what a check reads. */
  readonly steps: readonly string[];
}

/** An item up to this length is one entry: beyond it, its text would be cut, and two items could seem equal. */
const SHORT = 120;

/** Most entries of a node. */
const MOST = 600;

/** A name that is equal for equal entries. */
export const keyOfEntry = ({ relation, path, value }: Pick<Entry, 'relation' | 'path' | 'value'>): string =>
  `${relation}\0${path}\0${value}`;

/** What a node holds, in the order of its state. */
export function entriesOf({ state, log, history, failure }: Final): Entry[] {
  const found: Entry[] = [];
  if (failure !== undefined) found.push({ relation: 'threw', path: '', value: failure, steps: [] });
  else take(found, state, '', []);
  for (const [i, fact] of log.entries())
    found.push({ relation: 'log', path: `[${i}]`, value: readable(fact), steps: [String(i)] });
  for (const operation of history) found.push(...eventsOf(operation));
  return found;
}

/** That an operation was invoked, and completed, each in the place that it has in what the node recorded. */
const eventsOf = (operation: OwnOperation): Entry[] =>
  eventsInWords(operation).map(({ tick, words }, i) => {
    const turn = String(operation.turns?.[i]);
    return { relation: 'history', path: `[${turn}]`, value: `${words} at tick ${tick}`, steps: [turn] };
  });

function take(found: Entry[], value: unknown, path: string, steps: readonly string[], isItem = false): void {
  if (found.length >= MOST) return;
  const parts = partsOf(value, isItem);
  const ofItems = Array.isArray(value) || value instanceof Map;
  if (parts) for (const [step, code, item] of parts) take(found, item, `${path}${code}`, [...steps, step], ofItems);
  else if (value instanceof Set && value.size > 0)
    for (const item of value)
      found.push({ relation: 'state', path, value: `has ${readable(item)}`, steps: [...steps, readable(item)] });
  else found.push({ relation: 'state', path, value: readable(value), steps });
}

/** A container's parts: step, step as in code, value; undefined for what stays in one piece. */
function partsOf(value: unknown, isItem: boolean): (readonly [string, string, unknown])[] | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Set || isBytes(value)) return undefined;
  if (isItem && isFlatRecord(value) && readable(value).length <= SHORT) return undefined;
  const parts: (readonly [string, string, unknown])[] = Array.isArray(value)
    ? value.map((item, i) => [String(i), `[${i}]`, item])
    : value instanceof Map
      ? [...value].map(([key, item]) => [readable(key), `[${readable(key)}]`, item])
      : Object.entries(value).map(([key, item]) => [key, stepInCode(key), item]);
  return parts.length === 0 ? undefined : parts;
}

const isFlatRecord = (value: object): boolean =>
  !Array.isArray(value) &&
  !(value instanceof Map) &&
  Object.values(value).every((item) => typeof item !== 'object' || item === null);

/** Whether a check that asks `probe` of a node looks at this entry of it, or at a part of it. */
export function looksAt({ part, path }: Probe, { relation, steps }: Entry): boolean {
  const isPart = (name: 'log' | 'history'): boolean => (relation === name) === (part === name);
  if (part === 'alive' || !isPart('log') || !isPart('history')) return false;
  return path.every(([kind, step], i) => {
    const here = steps[i];
    if (here === undefined || kind === 'entry') return true;
    return here === (kind === 'key' ? step : readable(step));
  });
}
