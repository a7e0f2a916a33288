/**
 * What good experiments teach: which calls each way of succeeding rests on, as clauses over faults.
 *
 * ```ts
 * clausesOf(knowledge); // [{ experiment, hits: [status at a, status at b], given: [] }]
 * ```
 * Each good experiment gives one clause: a call that it rests on is hit, or a call that it survived a fault at is hit in
 * another way (what survives an error may not survive a delay). Where less was promised because of the faults, the clause
 * holds for sets that include them: a promise that was not made is kept by whatever kept it from being made.
 */
import type { Experiment, LiveFault } from './experiment.js';
import type { FaultSet } from './fault-sets.js';
import type { Knowledge } from './knowledge.js';

/** A set that may do harm includes one of the `hits`, or not all that is `given`. */
export interface Clause<E extends Experiment = Experiment> {
  readonly experiment: E;
  readonly hits: FaultSet;
  readonly given: FaultSet;
}

/** One clause for each good experiment. */
export function clausesOf<E extends Experiment>(knowledge: Knowledge<E>): Clause<E>[] {
  const good = knowledge.experiments.filter(({ outcome }) => outcome.kind === 'good');
  return good.map((experiment) => ({
    experiment,
    hits: hitsOf(experiment, knowledge),
    given: experiment.weakened ? experiment.fired : [],
  }));
}

function hitsOf({ calls, fired, support }: Experiment, { kinds }: Pick<Knowledge, 'kinds'>): FaultSet {
  const occurred = new Set(calls.map(({ id }) => id));
  const hit = new Map(fired.map(({ call, kind }) => [call, kind]));
  const at = (call: string): LiveFault[] =>
    (kinds.get(call) ?? []).filter((kind) => kind !== hit.get(call)).map((kind) => ({ call, kind }));
  return [...new Set([...support.filter((call) => occurred.has(call)), ...hit.keys()])].flatMap(at);
}
