/**
 * `txn-rw-register`: transactions that read registers (`['r', key, null]`) and write them (`['w', key, value]`).
 */
import { groupBy } from '../../../core/memo.js';
import { isSame, plainKey, said } from '../../../history/text.js';
import { finalReads } from './final-reads.js';
import {
  changesInTurn,
  committedIn,
  inconsistent,
  KEYS,
  misshapen,
  readAll,
  requested,
  type Transaction,
} from './transactions.js';
import type { Evidence, Judgement, Workload } from './workload.js';

export const txnRwRegister: Workload = {
  name: 'txn-rw-register',
  promise: 'no update is lost, nothing is read that no transaction wrote, and a transaction sees its own writes',
  plan: changesInTurn('w'),
  final: readAll,
  judge,
};

function judge(evidence: Evidence): Judgement {
  const { history } = evidence;
  const committed = committedIn(history);
  const restsOn = history.filter(({ answer }) => answer !== undefined);
  const broken = [
    ...misshapen(history),
    ...committed.flatMap((it) => inconsistent(it, (_, value) => value)),
    ...lostUpdates(committed),
    ...unwritten(evidence, committed),
  ];
  if (broken.length > 0) return { broken, lasting: true, restsOn };
  return { broken: finalReads(evidence, 'txn').silent, lasting: false, restsOn };
}

/** Two transactions that read the same value of a key and both wrote another: one of the two writes was lost. */
function lostUpdates(committed: readonly Transaction[]): string[] {
  const updates = committed.flatMap(({ asked, steps }) =>
    KEYS.flatMap((key) => {
      const own = steps.filter(([, name]) => isSame(name, key));
      const [first] = own;
      if (first?.[0] !== 'r' || !own.some(([kind]) => kind === 'w')) return [];
      return [{ asked, key, read: first[2], wrote: own.findLast(([kind]) => kind === 'w')?.[2] }];
    }),
  );
  return [...groupBy(updates, ({ key, read }) => `${key} ${plainKey(read)}`).values()].flatMap(([first, second]) =>
    second
      ? [
          `${first.asked.node} and ${second.asked.node} both read ${said(first.read)} for ${said(first.key)} and wrote ${said(first.wrote)} and ${said(second.wrote)}: one of the updates is lost`,
        ]
      : [],
  );
}

/** Values that nobody has written, or only transactions that failed. */
function unwritten({ history }: Evidence, committed: readonly Transaction[]): string[] {
  const written = new Map<string, string>();
  for (const { asked, steps } of requested(history))
    for (const [kind, key, value] of steps) if (kind === 'w') written.set(plainKey([key, value]), asked.status);
  return committed.flatMap(({ asked, steps }) =>
    steps.flatMap(([kind, key, value]) => {
      if (kind !== 'r' || value === null) return [];
      const status = written.get(plainKey([key, value]));
      if (status !== undefined && status !== 'failed') return [];
      return [
        `${asked.node} reads ${said(value)} for ${said(key)}, which ${status ? 'a transaction that failed' : 'nobody'} wrote`,
      ];
    }),
  );
}
