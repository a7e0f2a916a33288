/**
 * Schedules in which not single messages are late, but links: all that one node sends to another, or all from it, or
 * all to it. A store that says everything again at each tick notices nothing less.
 *
 * Such a schedule has more delays than it needs: `shrunk` leaves out what makes no difference, as delta debugging does
 * (Zeller and Hildebrandt, TSE 2002).
 */
import type { Work } from '../core/work.js';
import type { Fault, Scenario } from '../faults/fault.js';
import type { FaultSpace } from '../faults/space.js';
import type { Run } from '../simulator/run.js';
import type { Schedules } from './schedules.js';

/** Delays of all that some node sends, or gets, or sends to another one. */
interface Slow {
  readonly from?: string;
  readonly to?: string;
}

/**
 * All of a link is late by the longest delay; then, all of it that is sent before some tick is held back until then, as
 * far as the longest delay goes.
 */
export function* slowLinks(space: FaultSpace): Generator<Scenario> {
  const { nodes } = space.bounds;
  const delays = space.faults.flatMap((fault) => ('by' in fault && 'from' in fault ? [fault] : []));
  const links = nodes.flatMap((from) => nodes.flatMap((to) => (from === to ? [] : [{ from, to }])));
  const slow: Slow[] = [...nodes.map((to) => ({ to })), ...nodes.map((from) => ({ from })), ...links];
  const longest = Math.max(0, ...delays.map(({ by }) => by));
  const last = Math.max(0, ...delays.map(({ tick }) => tick));
  type Delay = (typeof delays)[number];
  const late = (one: Slow, isMeant: (delay: Delay) => boolean): Scenario =>
    space.lawful(
      delays.filter((it) => isMeant(it) && (one.from ?? it.from) === it.from && (one.to ?? it.to) === it.to),
    );
  for (const one of slow) yield late(one, ({ by }) => by === longest);
  for (const one of slow)
    for (let until = 2; until <= last + 1; until++) yield late(one, ({ tick, by }) => tick + by === until);
}

/**
 * A run with as few and as short delays as still make a difference: none of them can be left out. Yields after each run.
 * @param run makes a difference
 * @param isOver whether it is to end with what it has
 */
export function* shrunk(
  schedules: Schedules,
  run: Run,
  differs: (run: Run) => boolean,
  isOver: () => boolean,
): Work<Run, void> {
  let best = run;
  let isBetter = true;
  function* better(schedule: readonly Fault[]): Work<boolean, void> {
    const run = schedules.run(schedules.space.lawful(schedule));
    yield;
    if (!schedules.rests(run) || !differs(run)) return false;
    best = run;
    isBetter = true;
    return true;
  }
  // Without one of them, or with a shorter one, others may be needed no longer.
  while (isBetter) {
    isBetter = false;
    for (let size = best.scenario.length; size >= 1; size = Math.floor(size / 2))
      for (let from = 0; from < best.scenario.length && !isOver(); ) {
        const rest = best.scenario.filter((_, i) => i < from || i >= from + size);
        if (!(yield* better(rest))) from += size;
      }
    for (const delay of best.scenario)
      for (const shorter of schedules.shorter(delay)) {
        if (isOver()) return best;
        if (yield* better(best.scenario.map((one) => (one === delay ? shorter : one)))) break;
      }
  }
  return best;
}
