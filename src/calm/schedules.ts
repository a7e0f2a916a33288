/**
 * Schedules of one program: runs in which some messages arrive later than others, and nothing else goes wrong.
 *
 * A run is good for a comparison when it has come to rest: no message is on its way that a delay still holds, and at
 * the last tick everything is as it was the tick before, but for what no message reaches. From then on nothing new can
 * come, whatever the end of time.
 */
import { getOrMake } from '../core/memo.js';
import type { Row } from '../core/value.js';
import type { Program } from '../dedalus/program.js';
import { subgoalsOf } from '../dedalus/terms.js';
import { firstGiven, makeBounds } from '../faults/bounds.js';
import type { Bounds, Fault, Scenario } from '../faults/fault.js';
import type { Late } from '../faults/late.js';
import { hitsSlot } from '../faults/scenario.js';
import { FaultSpace } from '../faults/space.js';
import type { Message, Run } from '../simulator/run.js';
import { Schema } from '../simulator/schema.js';
import { Simulator } from '../simulator/simulator.js';
import type { Timing } from './timing.js';

export interface ScheduleBounds {
  readonly nodes: readonly string[];
  /** In so many ticks the run without delays is expected to come to rest. */
  readonly eot: number;
  /** Longest delay, in ticks. */
  readonly delay: number;
  /** Messages sent at later ticks than this one are not delayed. */
  readonly until: number;
}

/** So many messages of a slot have fates of their own; those after them share that of the last. */
const PER_MESSAGE = 4;

/** Ticks that a run is given to come to rest in, beside twice what it is expected to take. */
const MARGIN = 2;

/** What a relation came to in a run: its rows at rest, and all that it ever had. */
export interface Content {
  readonly final: readonly Row[];
  readonly ever: readonly Row[];
}

/** The bounds of runs with delays: long enough for all of them to come to rest. */
function boundsOf(program: Program, { nodes, eot, delay, until }: ScheduleBounds): Bounds {
  const late = [
    ...program.facts.map(({ tick }) => tick),
    ...program.rules.flatMap((rule) => subgoalsOf(rule).map(({ tick = 0 }) => tick)),
  ];
  const rest = Math.max(eot, ...late) + eot + delay + MARGIN;
  const chosen = firstGiven({
    faults: `delay:${delay}`,
    eff: until + 1,
    eot: Math.min(1000, rest),
    perMessage: PER_MESSAGE,
  });
  return makeBounds({ ...chosen, nodes });
}

export class Schedules {
  readonly space: FaultSpace;
  private readonly simulator: Simulator;
  private readonly schema: Schema;
  /** The relations that must come to rest. */
  private readonly restless: readonly number[];
  private readonly delays = new Map<string, readonly Fault[]>();

  /** @throws LdfiError 'bad-bounds' */
  constructor(program: Program, bounds: ScheduleBounds, timing: Timing) {
    this.space = new FaultSpace(boundsOf(program, bounds));
    this.schema = new Schema(program, this.space.bounds.nodes);
    this.simulator = new Simulator(this.schema, this.space);
    this.restless = this.schema.relations.filter(({ name }) => timing.isReached(name)).map(({ id }) => id);
  }

  /** @throws LdfiError when a guard of the simulator is hit */
  run(schedule: Scenario): Run {
    return this.simulator.run(schedule);
  }

  /** Whether a run has come to rest before its last tick. */
  rests({ raw: { ticks } }: Run): boolean {
    const [last, before] = [ticks.at(-1), ticks.at(-2)];
    return this.restless.every((id) => sorted(last?.[id]).join() === sorted(before?.[id]).join());
  }

  /** A text that is equal for runs of these schedules in which a relation comes to the same. */
  digest({ raw: { ticks } }: Run, relation: string): string {
    const { id } = this.schema.relation(relation);
    const ever = new Set(ticks.flatMap((tick) => [...(tick[id] ?? [])]));
    return `${sorted(ticks.at(-1)?.[id]).join()};${sorted([...ever]).join()}`;
  }

  /** The delays of one message, shortest first. */
  delaysOf({ from, to, sent, nth }: Message): readonly Fault[] {
    return getOrMake(this.delays, JSON.stringify([from, to, sent, nth]), () =>
      this.space.faults.filter((fault) => hitsSlot(fault, { from, to, sent, nth })),
    );
  }

  /** The same delay, but shorter; the shortest first. */
  shorter(delay: Fault): readonly Fault[] {
    const { by, ...slot } = delay as Late;
    return this.space.faults.filter((fault) => {
      const { by: ticks, ...other } = fault as Late;
      return ticks < by && JSON.stringify(other) === JSON.stringify(slot);
    });
  }
}

/** What a relation came to in a run. */
export function contentOf(run: Run, relation: string): Content {
  const ever = new Map<string, Row>();
  for (let tick = 1; tick <= run.eot; tick++)
    for (const row of run.rows(relation, tick)) ever.set(JSON.stringify(row), row);
  return { final: run.rows(relation, run.eot), ever: [...ever.values()] };
}

const sorted = (tuples: ArrayLike<number> = []): number[] => Array.from(tuples).sort((a, b) => a - b);
