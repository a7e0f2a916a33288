/**
 * `kafka`: logs of records, by key.
 *
 * ```
 * {type: 'send', key, msg}                   → {type: 'send_ok', offset}
 * {type: 'poll', offsets: {k: 3}}            → {type: 'poll_ok', msgs: {k: [[3, msg], [4, msg], …]}}   any number of them
 * {type: 'commit_offsets', offsets: {k: 4}}  → {type: 'commit_offsets_ok'}
 * {type: 'list_committed_offsets', keys}     → {type: 'list_committed_offsets_ok', offsets: {k: 4}}    those that there are
 * ```
 */
import * as z from 'zod';
import { isSame, said } from '../../../history/text.js';
import type { Body } from '../message.js';
import type { Asked } from '../record.js';
import { malformed } from './malformed.js';
import { answered, type Evidence, inTurn, type Judgement, type Workload } from './workload.js';

const KEY = 'k';

const offset = z.int().min(0);
const offsets = z.record(z.string(), offset);
const schemas = {
  send: z.looseObject({ offset }),
  poll: z.looseObject({ msgs: z.record(z.string(), z.array(z.tuple([offset, z.unknown()])).max(100_000)) }),
  commit_offsets: z.looseObject({}),
  list_committed_offsets: z.looseObject({ offsets }),
};

interface Written {
  readonly node: string;
  readonly offset: number;
  readonly msg: unknown;
  readonly by: Asked;
}

export const kafka: Workload = {
  name: 'kafka',
  promise: 'every acknowledged record is read at its offset by all, and committed offsets never fall',
  plan(nodes) {
    return [
      ...inTurn(nodes, nodes.length, (i) => ({ type: 'send', key: KEY, msg: i + 1 })),
      ...inTurn(nodes, 1, () => ({ type: 'poll', offsets: { [KEY]: 0 } })),
      ...inTurn(nodes, 1, (_, before) => commitOfLast(before)),
      ...inTurn(nodes, nodes.length, () => ({ type: 'list_committed_offsets', keys: [KEY] })),
    ];
  },
  final(node, evidence) {
    const seen = seenBy(node, evidence);
    const open = acknowledged(evidence.history).filter((record) => !seen.has(record.offset));
    const from = Math.min(...open.map((record) => record.offset));
    return [
      ...(open.length > 0 ? [{ type: 'poll', offsets: { [KEY]: from } }] : []),
      { type: 'list_committed_offsets', keys: [KEY] },
    ];
  },
  judge,
};

/** Commits the last offset that the client has seen. */
function commitOfLast(before: readonly Asked[]): Body | undefined {
  const seen = answered(before, 'poll').flatMap(({ reply }) => recordsOf(reply).map(([at]) => at));
  return seen.length === 0 ? undefined : { type: 'commit_offsets', offsets: { [KEY]: Math.max(...seen) } };
}

/** The records of an answer, if they are what they must be: this is asked before the answer is judged, too. */
function recordsOf(reply: Body): readonly (readonly [number, unknown])[] {
  const parsed = schemas.poll.safeParse(reply);
  return parsed.success ? (parsed.data.msgs[KEY] ?? []) : [];
}

function acknowledged(history: readonly Asked[]): Written[] {
  return answered(history, 'send').flatMap((by) => {
    const parsed = schemas.send.safeParse(by.reply);
    return parsed.success ? [{ node: by.node, offset: parsed.data.offset, msg: by.body.msg, by }] : [];
  });
}

/** Offsets that a node has shown at the end. */
const seenBy = (node: string, { history }: Evidence): Set<number> =>
  new Set(
    answered(history, 'poll')
      .filter((asked) => asked.round > 0 && asked.node === node)
      .flatMap(({ reply }) => recordsOf(reply).map(([at]) => at)),
  );

function judge(evidence: Evidence): Judgement {
  const { history, live, round } = evidence;
  const written = acknowledged(history);
  const polls = answered(history, 'poll');
  const contradictions = [
    ...malformed(history, schemas),
    ...twice(written),
    ...polls.flatMap((poll) => disorder(poll, recordsOf(poll.reply), written)),
    ...fallen(history),
  ];
  const restsOn = history.filter(({ answer, round: at }) => answer !== undefined && at > 0);
  if (contradictions.length > 0) return { broken: contradictions, lasting: true, restsOn };
  const lost = live.flatMap((node) => {
    const seen = seenBy(node, evidence);
    return written
      .filter((record) => !seen.has(record.offset))
      .map(
        ({ node: by, msg, offset: at, by: { completed } }) =>
          `record ${said(msg)}, acknowledged by ${by} at tick ${completed} with offset ${at}, is not in what ${node} reads at the end`,
      );
  });
  return { broken: [...lost, ...forgottenCommits(history, live, round)], lasting: false, restsOn };
}

function twice(written: readonly Written[]): string[] {
  return written.flatMap(({ node, msg, offset: at }, i) => {
    const first = written.slice(0, i).find((record) => record.offset === at);
    return first
      ? [`offset ${at} was given to two records: ${said(first.msg)} by ${first.node}, ${said(msg)} by ${node}`]
      : [];
  });
}

function disorder(
  { node }: Asked,
  records: readonly (readonly [number, unknown])[],
  written: readonly Written[],
): string[] {
  const falls = records.flatMap(([at], i) => {
    const before = records[i - 1]?.[0];
    return before !== undefined && before >= at ? [`${node} reads offset ${at} after offset ${before}`] : [];
  });
  const others = records.flatMap(([at, msg]) => {
    const record = written.find((it) => it.offset === at);
    return record && !isSame(record.msg, msg)
      ? [`${node} reads ${said(msg)} at offset ${at}, where ${record.node} has acknowledged ${said(record.msg)}`]
      : [];
  });
  return [...falls, ...others];
}

interface Committed {
  readonly asked: Asked;
  readonly at: number;
}

function committed(history: readonly Asked[], type: string): Committed[] {
  return answered(history, type).flatMap((asked) => {
    const source = type === 'commit_offsets' ? asked.body : asked.reply;
    const parsed = offsets.safeParse(source.offsets);
    return parsed.success ? [{ asked, at: parsed.data[KEY] ?? -1 }] : [];
  });
}

/** What a client was told at the same node before. */
function fallen(history: readonly Asked[]): string[] {
  const lists = committed(history, 'list_committed_offsets');
  return lists.flatMap(({ asked, at }) => {
    const earlier = lists.filter((it) => it.asked.node === asked.node && (it.asked.completed ?? 0) < asked.invoked);
    const most = Math.max(-1, ...earlier.map((it) => it.at));
    return at < most ? [`${asked.node} lists the committed offset ${at} after ${most}`] : [];
  });
}

function forgottenCommits(history: readonly Asked[], live: readonly string[], round: number): string[] {
  const most = Math.max(-1, ...committed(history, 'commit_offsets').map(({ at }) => at));
  const lists = committed(history, 'list_committed_offsets').filter(({ asked }) => asked.round === round && round > 0);
  return live.flatMap((node) => {
    const list = lists.find(({ asked }) => asked.node === node);
    if (!list) return [`${node} is up and does not list committed offsets at the end`];
    return list.at < most ? [`${node} lists the committed offset ${list.at} at the end; ${most} was acknowledged`] : [];
  });
}
