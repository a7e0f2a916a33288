/**
 * The ways in which a protocol keeps its promise: the known runs that keep it (without faults, with one fault less,
 * and the run itself), each as the messages that its outcome rests on.
 *
 * A message that is needed is denied by the fault that loses it, or brings it later. Where a fault that takes a node
 * down denies no message, it denies that its node stays up; where no message that is denied can be named at all, the
 * way needs that the fault does not happen. So the run without a fault is a way that this fault alone cuts: nothing
 * else of the scenario kept it from coming about.
 */
import type { Work } from '../../../core/work.js';
import type { Fault } from '../../../faults/fault.js';
import { kindOf } from '../../../faults/kinds.js';
import { formatFault } from '../../../faults/scenario.js';
import type { WalkMail } from '../../../lineage/learned/walk.js';
import { absenceInWords, listOfTicks } from '../../words.js';
import type { Case, SupportList } from '../case.js';
import { copyId, downAt, keptFrom, named } from '../loss.js';
import { Supports } from '../supports.js';
import { idsOf, type Walked } from './history.js';
import { sliceOf } from './slice.js';

const PROMISE = 'the promise';

export function* supportsOf(it: Case<Walked>): Work<SupportList, void> {
  const supports = new Supports();
  const runs = [...new Set([it.run, ...it.references])].filter(
    ({ outcome: { kind } }) => kind !== 'unknown' && kind !== 'violated',
  );
  const found: number[][] = [];
  for (const run of runs) {
    found.push(conditionsOf(it, run, supports));
    yield;
  }
  const kept = supports.minimal(found, found.length).map((support) => ({ promise: PROMISE, support }));
  return { supports: kept, conditions: supports.conditions, capped: false };
}

/** What a known run needs. */
function conditionsOf(it: Case<Walked>, run: Walked, supports: Supports): number[] {
  const { scenario } = it;
  const slice = sliceOf(run).mails;
  const numberOf = ([[number = 0] = []]: readonly (readonly number[])[]): number => number;
  const delivered = run.walk.mails.flatMap((mail) =>
    mail.at.length > 0 ? [{ condition: numberOf(arrival(it, mail, supports)), inSlice: slice.has(mail) }] : [],
  );
  const cutOf = (condition: number): readonly number[] => supports.conditions[condition]?.cut ?? [];
  // A message may keep its receiver from doing what would break the promise; no step of the slice shows that.
  const isSilent = !delivered.some(({ condition, inSlice }) => inSlice && cutOf(condition).length > 0);
  const isLost = (condition: number): boolean =>
    cutOf(condition).some((i) => scenario[i] && !kindOf(scenario[i]).downtime);
  const needed = delivered.flatMap(({ condition, inSlice }) =>
    inSlice || (isSilent && isLost(condition)) ? [condition] : [],
  );
  const left = scenario.filter((fault) => !run.scenario.includes(fault));
  const uncut = left.filter((fault) => !needed.some((condition) => cutOf(condition).includes(scenario.indexOf(fault))));
  const spared = uncut
    .filter((fault) => kindOf(fault).downtime || uncut.length === left.length)
    .map((fault) => {
      const condition = { text: absenceInWords(fault), tick: undefined, cut: [scenario.indexOf(fault)] };
      const down = kindOf(fault).downtime?.(fault);
      const content = down ? JSON.stringify([down.node, down.from]) : condition.text;
      return numberOf(supports.one(`spared ${formatFault(fault)}`, () => ({ ...condition, content })));
    });
  return [...needed, ...spared].sort((a, b) => a - b);
}

function arrival({ scenario, run: { known } }: Case<Walked>, mail: WalkMail, supports: Supports) {
  const { from, to, sent, batch, at } = mail;
  const [sender = '', receiver = ''] = [known.nodes[from], known.nodes[to]];
  const slot = named(known.nodes, mail);
  // What reaches a node that is down is not handled.
  const isDenied = (fault: Fault): boolean =>
    at.every((tick) => keptFrom([fault], slot, tick) || downAt([fault], receiver, tick));
  const [id = ''] = idsOf(known, mail);
  const [tick = sent + 1] = at;
  const late = tick === sent + 1 ? '' : `, at ${listOfTicks(at)}`;
  return supports.one(copyId(id, sent, tick), () => ({
    text: `${known.labels(batch).join(', ')} ${sender}→${receiver}${late}`,
    tick: sent,
    cut: scenario.flatMap((fault, i) => (isDenied(fault) ? [i] : [])),
    content:
      JSON.stringify([sender, receiver, ...(late === '' ? [] : at)]) +
      known.table
        .messagesOf(batch)
        .map(({ text }) => text)
        .join('\n'),
  }));
}
