/**
 * Brute force over schedules: every message that is sent early enough arrives up to so many ticks late, in every
 * combination, or in as many random ones as there is patience for. Nothing else goes wrong.
 *
 * Runs that have come to rest are compared: a relation diverges if two of them end with different rows of it, or ever
 * had different ones. It shares nothing with the analysis that it is there to check.
 */
import type { Program } from '../../src/dedalus/program.js';
import { type NaiveRun, naiveRun } from './naive.js';
import { rowKey } from './values.js';

export interface ScheduleLimits {
  readonly nodes: readonly string[];
  /** The last tick of a run: late enough for most to come to rest. */
  readonly end: number;
  /** What is sent after this tick is not late. */
  readonly until: number;
  /** Most ticks that a message is late. */
  readonly delay: number;
  /** Most runs. */
  readonly runs: number;
}

export interface Divergence {
  /** Relations of which two schedules disagree. */
  readonly relations: ReadonlySet<string>;
  /** Runs that came to rest, and all. */
  readonly rested: number;
  readonly runs: number;
  /** Whether these were all schedules. */
  readonly complete: boolean;
}

/** @param random a uniform integer below its argument */
export function divergenceOf(program: Program, limits: ScheduleLimits, random: (bound: number) => number): Divergence {
  const first = new Map<string, string>();
  const relations = new Set<string>();
  let [rested, runs] = [0, 0];
  const judge = (run: NaiveRun): void => {
    runs++;
    const [last, before] = [run.ticks.at(-1), run.ticks.at(-2)];
    const names = [...program.relations.keys()];
    if (!names.every((name) => keysAt(last, name) === keysAt(before, name))) return;
    rested++;
    for (const name of names) {
      const ever = new Set(run.ticks.flatMap((tick) => (tick.get(name) ?? []).map(rowKey)));
      const content = `${keysAt(last, name)} / ${[...ever].sort().join(' ')}`;
      if ((first.get(name) ?? content) !== content) relations.add(name);
      else first.set(name, content);
    }
  };
  const choices: number[] = [];
  let complete = false;
  while (!complete && runs < limits.runs / 2) {
    const taken = runWith(program, limits, (i) => choices[i] ?? 0, judge);
    while (choices.length < taken) choices.push(0);
    choices.length = taken;
    while (choices.length > 0 && choices.at(-1) === limits.delay) choices.pop();
    complete = choices.length === 0;
    if (!complete) choices[choices.length - 1] = (choices.at(-1) ?? 0) + 1;
  }
  while (!complete && runs < limits.runs) {
    const rarely = random(3);
    runWith(program, limits, () => (random(3) < rarely ? 0 : random(limits.delay + 1)), judge);
  }
  return { relations, rested, runs, complete };
}

const keysAt = (tick: NaiveRun['ticks'][number] | undefined, name: string): string =>
  (tick?.get(name) ?? []).map(rowKey).join(' ');

/**
 * Runs a program; the i-th message that may be late is so by as many ticks as `late` says.
 * @returns how many messages were asked for
 */
function runWith(
  program: Program,
  { nodes, end, until, delay }: ScheduleLimits,
  late: (i: number) => number,
  judge: (run: NaiveRun) => void,
): number {
  const asked = new Map<string, number>();
  const bounds = { eot: end, eff: 0, crashes: 0, nodes, perMessage: 8 };
  const run = naiveRun(program, bounds, [], (_, from, to, sent, number) => {
    if (from === to || sent > until) return [sent + 1];
    const key = `${from} ${to} ${sent} ${number}`;
    const by = asked.get(key) ?? Math.min(delay, late(asked.size));
    asked.set(key, by);
    return [sent + 1 + by];
  });
  judge(run);
  return asked.size;
}
