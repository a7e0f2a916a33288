/**
 * The ways in which a protocol keeps its promise: the known runs that keep it (without faults, with one fault less,
 * and the run itself), each as the messages that its outcome rests on.
 *
 * A message that is needed is denied by the fault that loses it. Where a fault that takes a node down denies no
 * message, it denies that its node stays up. So the run without a fault is a way that this fault alone cuts: nothing
 * else of the scenario kept it from coming about.
 */
import type { Work } from '../../../core/work.js';
import type { Fault } from '../../../faults/fault.js';
import { kindOf } from '../../../faults/kinds.js';
import { lossOf } from '../../../faults/scenario.js';
import type { WalkMail } from '../../../lineage/learned/walk.js';
import type { Case, SupportList } from '../case.js';
import { downAt, isOfSlot } from '../loss.js';
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
  const isLost = (condition: number): boolean => cutOf(condition).some((i) => scenario[i] && isOfSlot(scenario[i]));
  const needed = delivered.flatMap(({ condition, inSlice }) =>
    inSlice || (isSilent && isLost(condition)) ? [condition] : [],
  );
  const up = scenario.flatMap((fault, i) => {
    const down = kindOf(fault).downtime?.(fault);
    if (!down || run.scenario.includes(fault) || needed.some((condition) => cutOf(condition).includes(i))) return [];
    const { node, from: tick } = down;
    const condition = { text: `${node} is up at tick ${tick}`, tick: undefined, cut: [i] };
    return [
      numberOf(supports.one(`up ${node} ${tick}`, () => ({ ...condition, content: JSON.stringify([node, tick]) }))),
    ];
  });
  return [...needed, ...up].sort((a, b) => a - b);
}

function arrival({ scenario, run: { known } }: Case<Walked>, mail: WalkMail, supports: Supports) {
  const { from, to, sent, batch, at } = mail;
  const [sender = '', receiver = ''] = [known.nodes[from], known.nodes[to]];
  const isDenied = (fault: Fault): boolean =>
    (from !== to && lossOf([fault], { from: sender, to: receiver, sent }) !== undefined) ||
    // What reaches a node that is down is not handled.
    at.every((tick) => downAt([fault], receiver, tick) !== undefined);
  const [id = ''] = idsOf(known, mail);
  return supports.one(id, () => ({
    text: `${known.labels(batch).join(', ')} ${sender}→${receiver}`,
    tick: sent,
    cut: scenario.flatMap((fault, i) => (isDenied(fault) ? [i] : [])),
    content:
      JSON.stringify([sender, receiver]) +
      known.table
        .messagesOf(batch)
        .map(({ text }) => text)
        .join('\n'),
  }));
}
