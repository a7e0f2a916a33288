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

/**
 * The kind of one fault: a delay of two ticks alone is not 'of up to two ticks'.
 * @throws LdfiError 'bad-options'
 */
export function kindFrom(text: string): string {
  if (text.includes(',')) throw new LdfiError('bad-options', `"${text}" is more than one kind of fault`);
  kindsFrom(text);
  const usual = NUMBERS[text as Name]?.usual;
  return usual === undefined ? text : `${text}:${usual}`;
}

/** The name and the number of a kind. */
function kindParts(kind: string): { readonly name: Name; readonly ticks: number } {
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
    const { crashes, cutOff } = effectOf(kind);
    if (crashes) return isToNode;
    return cutOff > 0 ? isFromNode && isToNode : isBetween;
  });
}

/** What a fault of a kind does, for whoever makes it happen or tells of it. */
export interface Effect {
  /** The message is lost. */
  readonly loses: boolean;
  /** Its addressee is ended before it handles the message, and for good or not. */
  readonly crashes: boolean;
  readonly comesBack: boolean;
  /** Ticks for which its sender is cut off from the other nodes. */
  readonly cutOff: number;
  /** Ticks that it comes late. */
  readonly late: number;
  readonly twice: boolean;
  /** A clause about the message. */
  readonly words: (route: Route) => string;
  /** A note beside it. @param arrivals ticks */
  readonly note: (route: Route, arrivals: readonly number[]) => string;
}

const NONE = { loses: false, crashes: false, comesBack: false, cutOff: 0, late: 0, twice: false };
const crashNote = ({ to }: Route): string => `${to} CRASHES before it handles it`;

const EFFECTS: Readonly<Record<Name, (ticks: number) => Effect>> = {
  omission: () => ({ ...NONE, loses: true, words: () => 'is lost', note: () => 'LOST' }),
  crash: () => ({
    ...{ ...NONE, crashes: true, note: crashNote },
    words: ({ to }) => `: ${to} crashes before it handles it`,
  }),
  restart: () => ({
    ...{ ...NONE, crashes: true, comesBack: true, note: crashNote },
    words: ({ to }) => `: ${to} crashes before it handles it, and starts again`,
  }),
  delay: (late) => ({
    ...{ ...NONE, late },
    words: () => `is ${ticksInWords(late)} late`,
    note: (_, arrivals) => `LATE, at tick ${arrivals.join()}`,
  }),
  dup: () => ({
    ...{ ...NONE, twice: true },
    words: () => 'arrives twice',
    note: (_, arrivals) => `TWICE, at ticks ${arrivals.join(' and ')}`,
  }),
  partition: (cutOff) => ({
    ...{ ...NONE, loses: true, cutOff },
    words: ({ from }) => `is lost, and ${from} is cut off from the other nodes for ${ticksInWords(cutOff)}`,
    note: () => 'LOST, a partition begins',
  }),
};

const ticksInWords = (ticks: number): string => `${ticks} ${ticks === 1 ? 'tick' : 'ticks'}`;

export function effectOf(kind: string): Effect {
  const { name, ticks } = kindParts(kind);
  return EFFECTS[name](ticks);
}

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
