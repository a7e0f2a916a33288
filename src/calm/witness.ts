/**
 * Two schedules in which an output comes to different rows: the one without delays, and another one with few delays.
 *
 * Single delays are tried, the shortest first, then slow links, then two delays, and so on.
 *
 * If any two schedules differ, one of them differs from that without delays, so each is compared with that one alone.
 */
import type { Work } from '../core/work.js';
import type { Fault, Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import type { Run } from '../simulator/run.js';
import type { Schedules } from './schedules.js';
import { shrunk, slowLinks } from './slow.js';

export interface Witness {
  readonly output: string;
  /** The run without delays, and the other one. */
  readonly runs: readonly [Run, Run];
}

export interface Found {
  /** By name of the output; those without were not found to differ. */
  readonly witnesses: ReadonlyMap<string, Witness>;
  /** Schedules that were run, and how many of them did not come to rest. */
  readonly schedules: number;
  readonly restless: number;
  /** Whether these were all schedules within the bounds. */
  readonly complete: boolean;
}

/**
 * Looks for a witness for each output, and stops as soon as there is one for all of them. Yields after each run.
 * @param most schedules that are run
 * @param isOver whether it is to end with what it has
 * @throws LdfiError when a guard of the simulator is hit
 */
export function* findWitnesses(
  schedules: Schedules,
  outputs: readonly string[],
  most: number,
  isOver: () => boolean = () => false,
): Work<Found, void> {
  const usual = schedules.run([]);
  const open = new Map(outputs.map((output) => [output, schedules.digest(usual, output)]));
  const witnesses = new Map<string, Witness>();
  let [count, restless] = [1, 0];
  const found = (complete: boolean): Found => ({ witnesses, schedules: count, restless, complete });
  if (!schedules.rests(usual)) return { ...found(false), restless: 1 };
  const differing = (run: Run): [output: string, digest: string][] =>
    [...open].filter(([output, digest]) => schedules.digest(run, output) !== digest);
  const isEnough = (): boolean => count >= most || open.size === 0 || isOver();
  const seen = new Set<string>();
  let level = [tried(schedules, usual)];
  for (let depth = 1; level.length > 0; depth++) {
    const next: Tried[] = [];
    for (const { schedule, isSlow } of depth === 1 ? first(schedules, level, most) : simple(longer(schedules, level))) {
      const key = formatScenario(schedule);
      if (seen.has(key)) continue;
      if (isEnough()) return found(false);
      count++;
      const run = schedules.run(schedule);
      yield;
      if (!isSlow) {
        seen.add(key);
        next.push(tried(schedules, run));
      }
      if (!schedules.rests(run)) {
        restless++;
        continue;
      }
      for (const [output, digest] of differing(run)) {
        const differs = (run: Run): boolean => schedules.digest(run, output) !== digest;
        witnesses.set(output, { output, runs: [usual, isSlow ? yield* shrunk(schedules, run, differs, isOver) : run] });
        open.delete(output);
      }
    }
    level = next;
  }
  return found(true);
}

interface Candidate {
  readonly schedule: Scenario;
  readonly isSlow: boolean;
}

/** Single delays, but those beyond half of all schedules come after the slow links. */
function* first(schedules: Schedules, level: readonly Tried[], most: number): Generator<Candidate> {
  const single = [...longer(schedules, level)];
  const half = Math.ceil(most / 2);
  yield* simple(single.slice(0, half));
  const used = new Set(level.flatMap(({ more }) => more));
  const seen = new Set([[], ...single].map(formatScenario));
  for (const schedule of slowLinks(schedules.space)) {
    // What else it delays is not sent when all comes in time.
    const key = formatScenario(schedule.filter((delay) => used.has(delay)));
    if (seen.has(key)) continue;
    seen.add(key);
    yield { schedule, isSlow: true };
  }
  yield* simple(single.slice(half));
}

function* simple(schedules: Iterable<Scenario>): Generator<Candidate> {
  for (const schedule of schedules) yield { schedule, isSlow: false };
}

/** A schedule that was run, and the delays that its messages might have had as well. */
interface Tried {
  readonly schedule: Scenario;
  readonly more: readonly Fault[];
}

/** The delays of messages of a run which have none. */
function tried(schedules: Schedules, run: Run): Tried {
  const delayed = new Set<Fault>(run.scenario);
  const more = run.messages().flatMap((message) => {
    const delays = message.from === message.to ? [] : schedules.delaysOf(message);
    return delays.some((delay) => delayed.has(delay)) ? [] : delays;
  });
  return { schedule: run.scenario, more: [...new Set(more)] };
}

/** Each schedule with one more delay; short delays first. */
function* longer({ space }: Schedules, level: readonly Tried[]): Generator<Scenario> {
  const found = level.flatMap(({ schedule, more }) => more.map((fault) => ({ schedule, fault })));
  for (const { schedule, fault } of found.sort((a, b) => ticksOf(a.fault) - ticksOf(b.fault)))
    yield space.lawful([...schedule, fault]);
}

const ticksOf = (fault: Fault): number => ('by' in fault ? fault.by : 0);
