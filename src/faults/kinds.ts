/**
 * The list of fault kinds. A further kind is one file and one line here.
 */
import { invariant } from '../core/invariant.js';
import { crash } from './crash.js';
import { delay } from './delay.js';
import { duplication } from './duplication.js';
import { halt } from './halt.js';
import type { AnyFault, FaultKind } from './kind.js';
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

const registered: FaultKind[] = [...KINDS];

/** The kinds in force. */
export const kinds = (): readonly FaultKind[] => registered;

/** Puts a further kind in force, for all that is made afterwards. @returns takes it out again */
export function register(kind: FaultKind): () => void {
  invariant(!registered.some((other) => other.kind === kind.kind), `there is one fault kind ${kind.kind}`);
  registered.push(kind);
  return () => void registered.splice(registered.indexOf(kind), 1);
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

/** The kind of a fault. */
export function kindOf(fault: AnyFault): FaultKind {
  const found = registered.find(({ kind }) => kind === fault.kind);
  invariant(found, `${fault.kind} is a fault kind`);
  return found;
}
