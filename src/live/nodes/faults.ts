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
import { isService } from './services/index.js';

/** How many ticks a node is cut off by a partition, if nothing else is said. */
const PARTITION_TICKS = 10;

const NAMES = ['omission', 'crash', 'restart', 'delay', 'dup', 'partition'] as const;
type Name = (typeof NAMES)[number];

/** Kinds with a number: what it may be at most, and what it is if it is not said. */
const NUMBERS: Partial<Record<Name, { readonly most: number; readonly usual: number }>> = {
  delay: { most: 20, usual: 1 },
  partition: { most: 1_000, usual: PARTITION_TICKS },
};

/**
 * The kinds that a list asks for: a delay of up to two ticks is `delay:1` and `delay:2`.
 * @throws LdfiError 'bad-options' that says what may be in the list
 */
export function kindsFrom(list: string): string[] {
  const items = list.split(',').map((item) => item.trim());
  const kinds = items.flatMap((item): string[] => {
    const [name = '', number, more] = item.split(':');
    const limits = NUMBERS[name as Name];
    const value = number === undefined ? limits?.usual : Number(number);
    const isRight =
      NAMES.includes(name as Name) &&
      more === undefined &&
      (number === undefined ||
        (limits !== undefined && /^[1-9]\d{0,3}$/.test(number) && Number(number) <= limits.most));
    if (!isRight)
      throw new LdfiError(
        'bad-options',
        `"${item}" is no kind of fault between nodes; there are ${NAMES.join(', ')}, and numbers of ticks as in delay:2 or partition:20`,
      );
    if (name === 'delay') return Array.from({ length: value ?? 1 }, (_, i) => `delay:${i + 1}`);
    return [value === undefined ? name : `${name}:${value}`];
  });
  const twice = items.find((item, i) => items.findIndex((one) => one.split(':')[0] === item.split(':')[0]) < i);
  if (twice !== undefined) throw new LdfiError('bad-options', `a kind of fault is named twice in "${list}"`);
  return kinds;
}

/** The name and the number of a kind. */
export function kindParts(kind: string): { readonly name: Name; readonly ticks: number } {
  const [name, ticks] = kind.split(':');
  return { name: name as Name, ticks: Number(ticks ?? 0) };
}

interface Route {
  readonly from: string;
  readonly to: string;
}

/** Those kinds that there may be at a message; the rest of the world is clients. */
export function kindsAt(kinds: readonly string[], { from, to }: Route, nodes: readonly string[]): string[] {
  const [isFromNode, isToNode] = [nodes.includes(from), nodes.includes(to)];
  if (from === to) return [];
  const isBetween = (isFromNode || isService(from)) && (isToNode || isService(to));
  return kinds.filter((kind) => {
    const { name } = kindParts(kind);
    if (name === 'crash' || name === 'restart') return isToNode;
    return name === 'partition' ? isFromNode && isToNode : isBetween;
  });
}

/** What a fault does, as a clause about a message that is named beside it. */
export function kindInWords({ kind }: Pick<LiveFault, 'kind'>, { from, to }: Route): string {
  const { name, ticks } = kindParts(kind);
  const later = `${ticks} ${ticks === 1 ? 'tick' : 'ticks'}`;
  const words: Record<Name, string> = {
    omission: 'is lost',
    crash: `: ${to} crashes before it handles it`,
    restart: `: ${to} crashes before it handles it, and starts again`,
    delay: `is ${later} late`,
    dup: 'arrives twice',
    partition: `is lost, and ${from} is cut off from the other nodes for ${later}`,
  };
  return words[name];
}

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
    // A delay of two ticks alone is not 'of up to two ticks'.
    kindsFrom(kind);
    return {
      kind: kindParts(kind).ticks === 0 && NUMBERS[kind as Name] ? `${kind}:${NUMBERS[kind as Name]?.usual}` : kind,
      call,
    };
  });
  const calls = faults.map(({ call }) => call);
  if (new Set(calls).size < calls.length)
    throw new LdfiError('bad-options', 'one message can meet one fault only; a message is named twice');
  return faults;
}
