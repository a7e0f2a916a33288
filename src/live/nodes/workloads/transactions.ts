/**
 * What the two workloads of transactions share: operations `[kind, key, value]`, their answers, and consistency within
 * one transaction.
 *
 * ```
 * {type: 'txn', txn: [['r', 'x', null], ['w', 'x', 1]]} → {type: 'txn_ok', txn: [['r', 'x', 4], ['w', 'x', 1]]}
 * ```
 */
import * as z from 'zod';
import { isSame, plainKey, said } from '../../../history/text.js';
import type { Body } from '../message.js';
import type { Asked } from '../record.js';
import { malformed } from './malformed.js';
import { answered, inTurn, type Workload } from './workload.js';

export type Step = readonly [kind: string, key: unknown, value: unknown];

const stepSchema = z.tuple([z.string(), z.unknown(), z.unknown()]);
const txnSchema = z.looseObject({ txn: z.array(stepSchema).max(1_000) });

export interface Transaction {
  readonly asked: Asked;
  readonly steps: readonly Step[];
}

const stepsOf = (body: unknown): readonly Step[] => {
  const parsed = txnSchema.safeParse(body);
  return parsed.success ? parsed.data.txn : [];
};

/** Transactions that took effect, with what they were told. */
export const committedIn = (history: readonly Asked[]): Transaction[] =>
  answered(history, 'txn').map((asked) => ({ asked, steps: stepsOf(asked.reply) }));

/** What was asked for, whatever became of it. */
export const requested = (history: readonly Asked[]): Transaction[] =>
  history.filter(({ body }) => body.type === 'txn').map((asked) => ({ asked, steps: stepsOf(asked.body) }));

/** Answers that are not of the form, or not about what was asked. */
export function misshapen(history: readonly Asked[]): string[] {
  const wrong = malformed(history, { txn: txnSchema });
  if (wrong.length > 0) return wrong;
  return committedIn(history)
    .filter(({ asked, steps }) => {
      const wanted = stepsOf(asked.body);
      const isOther = ([kind, key, value]: Step, i: number): boolean => {
        const step = steps[i];
        return !step || step[0] !== kind || !isSame(step[1], key) || (kind !== 'r' && !isSame(step[2], value));
      };
      return wanted.length !== steps.length || wanted.some(isOther);
    })
    .map(({ asked, steps }) => `${asked.node} answers ${said(asked.body.txn)} with ${said(steps)}`);
}

/**
 * Reads that contradict what the same transaction did or read before.
 * @param write what a key holds after a step that is no read
 */
export function inconsistent(
  { asked, steps }: Transaction,
  write: (held: unknown, value: unknown) => unknown,
): string[] {
  const held = new Map<string, unknown>();
  return steps.flatMap(([kind, key, value]) => {
    const name = plainKey(key);
    if (kind !== 'r') {
      const next = write(held.get(name), value);
      if (next !== undefined) held.set(name, next);
      return [];
    }
    const isWrong = held.has(name) && !isSame(held.get(name), value);
    const before = held.get(name);
    held.set(name, value);
    return isWrong
      ? [`within one transaction ${asked.node} reads ${said(value)} for ${said(key)}, and should read ${said(before)}`]
      : [];
  });
}

/** All keys that transactions are about. */
export const KEYS = ['x', 'y'] as const;

/**
 * Two transactions at each node, over the keys in turn: each reads a key and changes it; every third reads it again.
 * @param kind of the steps that change a key
 */
export const changesInTurn =
  (kind: string): Workload['plan'] =>
  (nodes) =>
    inTurn(nodes, 2 * nodes.length, (i) => {
      const key = KEYS[i % KEYS.length] as string;
      const txn = [['r', key, null], [kind, key, i + 1], ...(i % 3 === 2 ? [['r', key, null]] : [])];
      return { type: 'txn', txn };
    });

/** At the end: one transaction that reads all keys. */
export const readAll = (): Body[] => [{ type: 'txn', txn: KEYS.map((key) => ['r', key, null]) }];
