/**
 * What clients saw: operations as handlers record them with `ctx.invoke` and `ctx.complete`, and the history that the
 * world makes of them.
 *
 * A node remembers only which operations are open, without ticks, because its handlers can tell nothing else. The tick
 * is put on by whoever drives the node, so that a learned step holds at every tick.
 */
import { type Operation, opInWords } from '../../history/history.js';
import { said } from '../../history/text.js';
import type { Snapshot } from '../data/plain.js';

/** An operation asked for (the value is the operation), or answered (the value is the result). */
export interface Recorded {
  readonly kind: 'invoke' | 'complete';
  /** Number of the operation among those of its node, from 1 on. */
  readonly number: number;
  readonly value: Snapshot<unknown>;
}

export interface Stamped extends Recorded {
  readonly tick: number;
}

/** What a node knows of its operations. It survives restarts, because clients have seen what they have seen. */
export interface Asked {
  /** How many it has invoked. */
  readonly count: number;
  /** Numbers of those that are not completed, in order. */
  readonly open: readonly number[];
}

export const NOTHING_ASKED: Asked = { count: 0, open: [] };

/** What handlers know an operation by: no two nodes have the same. */
export const idOf = (node: string, number: number): string => `${node}#${number}`;

/** An operation at a node, which is its client. */
export type OwnOperation = Omit<Operation, 'client'>;

/** The operations of a node, in the order in which it invoked them. @param events in order */
export function operationsOf(events: readonly Stamped[]): OwnOperation[] {
  const operations = new Map<number, OwnOperation>();
  for (const [i, { kind, number, value, tick }] of events.entries()) {
    const asked = operations.get(number);
    if (kind === 'invoke') operations.set(number, { op: value.copy, invoked: tick, turns: [i] });
    else if (asked)
      operations.set(number, { ...asked, result: value.copy, completed: tick, turns: [...(asked.turns ?? []), i] });
  }
  return [...operations.values()];
}

/** What became of an operation: that it was invoked, and completed: `invokes read()`, `completes read() → 1`. */
export function eventsInWords({ op, result, invoked, completed }: OwnOperation): { tick: number; words: string }[] {
  const told = result === undefined ? '' : ` → ${said(result)}`;
  const asked = { tick: invoked, words: `invokes ${opInWords(op)}` };
  if (completed === undefined) return [asked];
  return [asked, { tick: completed, words: `completes ${opInWords(op)}${told}` }];
}

/** The operations of all nodes by tick of invocation, then by node. @param own gives those of a node, by its number */
export const historyOf = (nodes: readonly string[], own: (node: number) => readonly OwnOperation[]): Operation[] =>
  nodes
    .flatMap((client, node) => own(node).map((operation) => ({ client, ...operation })))
    .sort((a, b) => a.invoked - b.invoked);
