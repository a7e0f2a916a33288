/**
 * The support ledger of a protocol: the known runs that keep the promise (without faults, with one fault less, and the run itself), each as the messages that its outcome rests on.
 *
 * A message that is needed is denied by the fault that loses it. Where a crash denies no message, it denies that its node stays up. So the run
 * without a fault is a way that this fault alone cuts: nothing else of the scenario kept it from coming about.
 */
import type { Fault } from '../../faults/fault.js';
import type { WalkMail } from '../../lineage/learned/walk.js';
import type { Ledger, LedgerNeed, LedgerRow } from '../views.js';
import type { Case } from './case.js';
import { sliceOf } from './slice.js';
import { messageId } from './story.js';
import type { Told } from './told.js';

const PROMISE = 'the promise';

export function ledgerOf(it: Case): Ledger {
  const known = [it.told, ...it.references].filter(({ walk }) => walk.outcome && walk.outcome.kind !== 'violated');
  const ways = smallest([...new Set(known)].map((told) => needsOf(it, told)));
  const rows = ways
    .map(
      (needs): LedgerRow => ({
        promises: [PROMISE],
        cut: it.scenario.map((_, i) => needs.some(({ cut }) => cut.includes(i))),
        ways: [needs],
        otherTicks: needs.map(() => []),
        exchanged: [],
      }),
    )
    .sort((a, b) => compareMarks(a.cut, b.cut));
  return { faults: it.scenario, rows, ways: rows.length, capped: false };
}

function needsOf(it: Case, told: Told): LedgerNeed[] {
  const slice = sliceOf(it, told).mails;
  const delivered = told.walk.mails
    .filter(({ at }) => at.length > 0)
    .sort((a, b) => a.sent - b.sent || a.from - b.from || a.to - b.to)
    .map((mail) => ({ need: needOf(it, mail), inSlice: slice.has(mail) }));
  const isDenied = ({ cut }: LedgerNeed): boolean => cut.length > 0;
  // A message may keep its receiver from doing what would break the promise; no step of the slice shows that.
  const isSilent = !delivered.some(({ need, inSlice }) => inSlice && isDenied(need));
  const isLost = ({ cut }: LedgerNeed): boolean => cut.some((i) => it.scenario[i]?.kind === 'omission');
  const needs = delivered.flatMap(({ need, inSlice }) => (inSlice || (isSilent && isLost(need)) ? [need] : []));
  const up = it.scenario.flatMap((fault, i): LedgerNeed[] => {
    if (fault.kind !== 'crash' || told.walk.scenario.includes(fault) || needs.some(({ cut }) => cut.includes(i)))
      return [];
    const text = `${fault.node} is up at tick ${fault.tick}`;
    return [{ id: `up ${fault.node} ${fault.tick}`, text, tick: undefined, cut: [i] }];
  });
  return [...needs, ...up];
}

function needOf({ known, scenario }: Case, mail: WalkMail): LedgerNeed {
  const [from, to] = [known.nodes[mail.from] ?? '', known.nodes[mail.to] ?? ''];
  const denies = (fault: Fault): boolean => {
    if (fault.kind === 'omission') return fault.from === from && fault.to === to && fault.tick === mail.sent;
    // What reaches a node that has crashed is not handled.
    const unheard = fault.node === to && mail.at.every((tick) => fault.tick <= tick);
    return unheard || (fault.node === from && fault.tick <= mail.sent);
  };
  return {
    id: messageId(mail, 0),
    text: `${known.labels(mail.batch).join(', ')} ${from}→${to}`,
    tick: mail.sent,
    cut: scenario.flatMap((fault, i) => (denies(fault) ? [i] : [])),
  };
}

/** Without ways that need what another one needs and more. */
function smallest(ways: readonly LedgerNeed[][]): LedgerNeed[][] {
  const sets = ways.map((needs) => new Set(needs.map(({ id }) => id)));
  return ways.filter((needs, i) =>
    sets.every((other, j) => {
      const contained = j !== i && [...other].every((id) => sets[i]?.has(id));
      return !contained || (other.size === needs.length && j > i);
    }),
  );
}

/** Few marks first, then the marks of the first fault. */
function compareMarks(a: readonly boolean[], b: readonly boolean[]): number {
  const count = (marks: readonly boolean[]): number => marks.filter((mark) => mark).length;
  const i = a.findIndex((mark, at) => mark !== b[at]);
  return count(a) - count(b) || (i < 0 ? 0 : a[i] ? -1 : 1);
}
