/**
 * The kinds of faults between nodes: which there may be at a message, and what they are called.
 *
 * ```ts
 * const kinds = kindsFrom('omission,delay:2,partition'); // ['omission', 'delay:1', 'delay:2', 'partition:10']
 * kindsAt(kinds, { from: 'n0', to: 'seq-kv' }, places); // ['omission', 'delay:1', 'delay:2']
 * ```
 * They are those of the models (docs/faults.md), each at a message. Clients reach their node and are answered by it,
 * whatever happens: who asks over a lossy link learns nothing of the nodes.
 */
import { LdfiError } from '../../core/invariant.js';
import type { LiveFault } from '../../experiments/experiment.js';
import { EFFECTS, type Effect, KIND_NAMES, type Kind, type KindName, type Route } from './effects.js';
import { isService, mayBeStale } from './services/index.js';
import { sidesAt } from './splits.js';

/** How many ticks nodes are cut off from one another, if nothing else is said. */
const CUT_TICKS = 10;

/** Kinds with a number of ticks: what it may be at most, and what it is if it is not said; undefined: none. */
const NUMBERS: Partial<Record<KindName, { readonly most: number; readonly usual: number | undefined }>> = {
  delay: { most: 20, usual: 1 },
  partition: { most: 1_000, usual: CUT_TICKS },
  split: { most: 1_000, usual: CUT_TICKS },
  stale: { most: 100_000, usual: undefined },
};

/**
 * The kinds that a list asks for: a delay of up to two ticks is `delay:1` and `delay:2`.
 * @throws LdfiError 'bad-options' that says what may be in the list
 */
export function kindsFrom(list: string): string[] {
  const items = list.split(',').map((item) => item.trim());
  const kinds = items.flatMap((item): string[] => {
    const kind = completed(item);
    const { name, ticks } = kindParts(kind);
    return name === 'delay' ? Array.from({ length: ticks }, (_, i) => `delay:${i + 1}`) : [kind];
  });
  const twice = items.find((item, i) => items.findIndex((one) => one.split(':')[0] === item.split(':')[0]) < i);
  if (twice !== undefined) throw new LdfiError('bad-options', `a kind of fault is named twice in "${list}"`);
  return kinds;
}

/** A kind with its number, if it has one. @throws LdfiError 'bad-options' */
function completed(item: string): string {
  const [name = '', number, ...more] = item.split(':');
  const limits = NUMBERS[name as KindName];
  const isNumber = number === undefined || (/^[1-9]\d{0,5}$/.test(number) && Number(number) <= (limits?.most ?? 0));
  if (!KIND_NAMES.includes(name as KindName) || !isNumber || more.length > 0)
    throw new LdfiError(
      'bad-options',
      `"${item}" is no kind of fault between nodes; there are ${KIND_NAMES.join(', ')}, and numbers of ticks as in delay:2 or partition:20`,
    );
  const ticks = number ?? limits?.usual;
  return ticks === undefined ? name : `${name}:${ticks}`;
}

/** The kind of one fault, as it is printed: a split may say who is on a side. @throws LdfiError 'bad-options' */
export function kindFrom(text: string): string {
  const side = /^(split:\d+)(:[^:+]+(?:\+[^:+]+)*)$/.exec(text);
  return side ? completed(side[1] as string) + side[2] : completed(text);
}

function kindParts(kind: string): Kind {
  const [name, ticks, group] = kind.split(':');
  return { name: name as KindName, ticks: Number(ticks ?? 0), group: group?.split('+') ?? [] };
}

interface Letter extends Route {
  /** The type of the message. */
  readonly type: string;
}

/** Those kinds that there may be at a message; the rest of the world is clients. */
export function kindsAt(kinds: readonly string[], { from, to, type }: Letter, nodes: readonly string[]): string[] {
  const [isFromNode, isToNode] = [nodes.includes(from), nodes.includes(to)];
  if (from === to) return [];
  const isBetween = (isFromNode || isService(from)) && (isToNode || isService(to));
  const possible = kinds.filter((kind) => {
    const { crashes, cutOff, stale } = effectOf(kind);
    if (crashes) return isToNode;
    if (stale) return isFromNode && mayBeStale(to, type);
    return cutOff > 0 ? isFromNode && isToNode : isBetween;
  });
  return [...new Set(possible.flatMap((kind) => withSides(kind, { from, to }, nodes)))];
}

/** A split of any two sides is one of several; one that names its side has to be among them. */
function withSides(kind: string, route: Route, nodes: readonly string[]): string[] {
  const { name, ticks, group } = kindParts(kind);
  if (name !== 'split') return [kind];
  const splits = sidesAt(route, nodes).map((side) => `split:${ticks}:${side.join('+')}`);
  return group.length === 0 ? splits : splits.filter((split) => split === kind);
}

export const effectOf = (kind: string): Effect => {
  const parts = kindParts(kind);
  return EFFECTS[parts.name](parts);
};

/** What a fault does, as a clause about a message that is named beside it. */
export const kindInWords = ({ kind }: Pick<LiveFault, 'kind'>, route: Route): string => effectOf(kind).words(route);

/** A fault as the command line takes it: `omission @ n0 > n1 add 5c1e22b0 #1`. */
export const faultText = ({ kind, call }: LiveFault): string => `${kind} @ ${call}`;

/**
 * Reads a list of faults as they are printed, separated by semicolons.
 * @throws LdfiError 'bad-options'
 */
export function faultsFrom(text: string): LiveFault[] {
  const faults = text.split(';').map((item): LiveFault => {
    const at = item.indexOf('@');
    const [kind, call] = [item.slice(0, at).trim(), item.slice(at + 1).trim()];
    if (at < 0 || call === '')
      throw new LdfiError(
        'bad-options',
        `"${item.trim()}" is no fault; write it as printed: omission @ n0 > n1 add #1`,
      );
    return { kind: kindFrom(kind), call };
  });
  const calls = faults.map(({ call }) => call);
  if (new Set(calls).size < calls.length)
    throw new LdfiError('bad-options', 'one message can meet one fault only; a message is named twice');
  return faults;
}
