/**
 * The list of fault kinds. A further kind is one file and one line here.
 */
import { bug, invariant } from '../core/invariant.js';
import { crash } from './crash.js';
import { delay } from './delay.js';
import { duplication } from './dup.js';
import { halt } from './halt.js';
import { type AnyFault, type FaultKind, NO_LIMIT, type NodeList, type World } from './kind.js';
import { omission } from './omission.js';
import { order } from './order.js';
import { partition } from './partition.js';
import { restart } from './restart.js';
import { skew } from './skew.js';

/**
 * In the order in which they edit the clock, and in which their faults have variables: what adds copies of a message
 * comes before what loses them all.
 */
export const KINDS = [delay, duplication, omission, partition, crash, halt, restart, skew, order] as const;

let registered: readonly FaultKind[] = KINDS;

/** The kinds in force: the same list as long as they are the same. */
export const kinds = (): readonly FaultKind[] => registered;

/** Puts a further kind in force, for all that is made afterwards. @returns takes it out again */
export function register(kind: FaultKind): () => void {
  invariant(!registered.some((other) => other.kind === kind.kind), `there is one fault kind ${kind.kind}`);
  registered = [...registered, kind];
  return () => {
    registered = registered.filter((other) => other !== kind);
  };
}

/** One text for some words and numbers, whatever is in them: each says where it ends. */
export function keyOf(parts: readonly (string | number)[]): string {
  let key = '';
  for (const part of parts) key += typeof part === 'string' ? `${part.length}:${part}` : `${part};`;
  return key;
}

/** Text of its own for every fault. */
export const faultKey = (fault: AnyFault): string => `${fault.kind} ${keyOf(kindOf(fault).order(fault))}`;

/** The faults of a kind. */
export const ofKind = <F extends AnyFault>(faults: readonly F[], { kind }: FaultKind): F[] =>
  faults.filter((fault) => fault.kind === kind);

/** What a fault costs. */
export const costOf = ({ kind }: { readonly kind: string }, { costs }: World): number => costs?.[kind] ?? 1;

/** What faults cost together. */
export const totalCost = (faults: readonly AnyFault[], world: World): number =>
  faults.reduce((sum, fault) => sum + costOf(fault, world), 0);

/** The nodes that a kind may strike, where the bounds say so. */
const strikable = ({ strikes }: FaultKind, world: World): readonly string[] | undefined =>
  strikes && (world as World & Partial<Record<NodeList, readonly string[]>>)[strikes];

/** Why the bounds spare what a fault hits; undefined if they do not. */
export function sparing(fault: AnyFault, world: World): string | undefined {
  const kind = kindOf(fault);
  const may = strikable(kind, world);
  if (!may && !world.reliable) return undefined;
  const slot = kind.slot?.(fault);
  const node = (kind.downtime?.(fault) ?? kind.standstill?.(fault))?.node ?? '';
  if (world.reliable?.includes(slot ? `${slot.from}>${slot.to}` : node))
    return slot ? `what ${slot.from} sends to ${slot.to} is reliable` : `the node ${node} is reliable`;
  // Another order is no failure: what is reliable takes messages in any.
  const struck = kind.precedence?.(fault).node ?? node;
  return !may || may.includes(struck) ? undefined : `the node ${struck} is not ${kind.strikes}`;
}

/** Every fault of a kind that the bounds admit. */
export function possibleOf<F extends AnyFault, B extends object>(kind: FaultKind<F, B>, bounds: World & B): F[] {
  if (costOf(kind, bounds) > (bounds.maxCost ?? NO_LIMIT)) return [];
  const all = kind.possible(bounds);
  return bounds.reliable || strikable(kind as unknown as FaultKind, bounds)
    ? all.filter((fault) => sparing(fault, bounds) === undefined)
    : all;
}

/** The kind of a fault. */
export function kindOf(fault: AnyFault): FaultKind {
  // Asked for every fault again and again.
  for (const kind of registered) if (kind.kind === fault.kind) return kind;
  throw bug(`${fault.kind} is a fault kind`);
}
