/**
 * `txn-list-append`: transactions that read lists (`['r', key, null]`) and append to them (`['append', key, value]`).
 */
import { isSame, plainKey, said } from '../../../history/text.js';
import { finalReads } from './final-reads.js';
import {
  changesInTurn,
  committedIn,
  inconsistent,
  KEYS,
  misshapen,
  readAll,
  type Transaction,
} from './transactions.js';
import type { Evidence, Judgement, Workload } from './workload.js';

export const txnListAppend: Workload = {
  name: 'txn-list-append',
  promise:
    'no acknowledged append is lost, all reads see beginnings of one list, and a transaction sees its own writes',
  plan: changesInTurn('append'),
  final: readAll,
  judge,
};

const listOf = (value: unknown): readonly unknown[] | undefined =>
  value === null ? [] : Array.isArray(value) ? value : undefined;

function judge(evidence: Evidence): Judgement {
  const { history } = evidence;
  const committed = committedIn(history);
  const restsOn = history.filter(({ answer }) => answer !== undefined);
  const wrong = [
    ...misshapen(history),
    ...committed.flatMap(noLists),
    ...committed.flatMap((it) =>
      inconsistent(it, (held, value) => (held === undefined ? undefined : [...(listOf(held) ?? []), value])),
    ),
  ];
  if (wrong.length > 0) return { broken: wrong, lasting: true, restsOn };
  const forks = KEYS.flatMap((key) => forked(key, committed));
  if (forks.length > 0) return { broken: forks, lasting: true, restsOn };
  const { reads, silent } = finalReads(evidence, 'txn');
  const last = committedIn(reads);
  const appends = committed.flatMap(({ asked, steps }) =>
    steps.flatMap(([kind, key, value]) => (kind === 'append' ? [{ asked, key, value }] : [])),
  );
  const lost = last.flatMap(({ asked: { node }, steps }) =>
    appends.flatMap(({ asked, key, value }) => {
      const list = steps.find(([kind, name]) => kind === 'r' && isSame(name, key))?.[2];
      const count = (listOf(list) ?? []).filter((item) => isSame(item, value)).length;
      if (count === 1) return [];
      const how = count === 0 ? 'is not in' : `is ${count} times in`;
      return [
        `${said(value)}, appended to ${said(key)} and acknowledged by ${asked.node} at tick ${asked.completed}, ${how} what ${node} reads at the end`,
      ];
    }),
  );
  return { broken: [...silent, ...lost], lasting: false, restsOn };
}

const noLists = ({ asked, steps }: Transaction): string[] =>
  steps
    .filter(([kind, , value]) => kind === 'r' && listOf(value) === undefined)
    .map(([, key, value]) => `${asked.node} reads ${said(value)} for ${said(key)}, which is no list`);

/** Reads of a key of which neither is a beginning of the other. */
function forked(key: string, committed: readonly Transaction[]): string[] {
  const lists = committed.flatMap(({ asked, steps }) =>
    steps.flatMap(([kind, name, value]) =>
      kind === 'r' && isSame(name, key) ? [{ asked, list: listOf(value) ?? [] }] : [],
    ),
  );
  const [longest] = [...lists].sort((a, b) => b.list.length - a.list.length);
  if (!longest) return [];
  const odd = lists.find(({ list }) => list.some((item, i) => plainKey(item) !== plainKey(longest.list[i])));
  return odd
    ? [
        `${odd.asked.node} reads ${said(odd.list)} for ${said(key)}, ${longest.asked.node} reads ${said(longest.list)}: neither came before the other`,
      ]
    : [];
}
