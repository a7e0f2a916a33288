/**
 * What experiments have taught: which sets of faults need no experiment any more, and which calls good outcomes rest
 * on.
 *
 * ```ts
 * knowledge.learn(experiment);
 * knowledge.explanation([{ call: 'a', kind: 'status' }]); // the experiment that shows what these faults would do
 * ```
 * Real services are not monotone: a fault can hide the call that another fault would have hit. So an experiment R
 * explains a set of faults H only if H ∩ occurred(R) = fired(R): then every call that occurred in R would meet the same
 * fate under H, and H would give R again. Faults of other kinds at the same call are other faults. The rule rests on
 * one thing, that the same faults lead to the same calls; where they do not, `contradiction` says so.
 */
import { subsetsOfSize } from '../core/subsets.js';
import type { Experiment, LiveFault } from './experiment.js';
import { canonicalSet, type FaultSet, isWithin, keyOf } from './fault-sets.js';

/** An experiment with what is often asked of it. */
interface Known<E extends Experiment> {
  readonly experiment: E;
  readonly occurred: ReadonlySet<string>;
}

export class Knowledge<E extends Experiment = Experiment> {
  /** All that was learned, in the order in which it was. */
  readonly experiments: E[] = [];
  /** The kinds of faults at each call, in the order in which calls were first seen. */
  readonly kinds = new Map<string, readonly string[]>();
  private readonly byFired = new Map<string, Known<E>[]>();
  private readonly failing: FaultSet[] = [];

  /** @param experiment one without problems */
  learn(experiment: E): void {
    this.experiments.push(experiment);
    const key = keyOf(experiment.fired);
    const known = this.byFired.get(key) ?? [];
    known.push({ experiment, occurred: new Set(experiment.calls.map(({ id }) => id)) });
    this.byFired.set(key, known);
    for (const { id, kinds } of experiment.calls)
      this.kinds.set(id, [...new Set([...(this.kinds.get(id) ?? []), ...kinds])]);
  }

  /** From now on supersets of these faults are of no interest. */
  fail(faults: FaultSet): void {
    this.failing.push(canonicalSet(faults));
  }

  /** Whether these faults include some that are known to fail. */
  includesFailing(faults: FaultSet): boolean {
    return this.failing.some((failing) => isWithin(failing, faults));
  }

  /** The sets that are known to fail. */
  get failures(): readonly FaultSet[] {
    return this.failing;
  }

  /** The experiment that shows what these faults would do; undefined if there is none. */
  explanation(faults: FaultSet): E | undefined {
    for (let size = faults.length; size >= 0; size--)
      for (const fired of subsetsOfSize(faults, size)) {
        const rest = faults.filter((fault) => !fired.includes(fault));
        const known = this.byFired.get(keyOf(fired)) ?? [];
        // Where experiments with the same faults differ, all must agree.
        if (known.every(({ occurred }) => !rest.some(({ call }) => occurred.has(call)))) {
          const [first] = known;
          if (first) return first.experiment;
        }
      }
    return undefined;
  }

  /**
   * Why an experiment and an earlier one cannot both be what their faults do: the same faults fired, and a call in
   * which a fault was to fire occurred then and not now, or the outcome is another.
   */
  contradiction(experiment: Experiment): string | undefined {
    const occurred = new Set(experiment.calls.map(({ id }) => id));
    const { fired, faults, outcome } = experiment;
    const missing = faults.filter((fault) => !fired.some(({ call }) => call === fault.call));
    const here = missing.find(({ call }) => occurred.has(call));
    if (here) return `the fault ${inWords(here)} did not fire, though the call occurred`;
    for (const known of this.byFired.get(keyOf(fired)) ?? []) {
      const gone = missing.find(({ call }) => known.occurred.has(call));
      if (gone) return `the fault ${inWords(gone)} did not fire: the call occurs in some experiments and not in others`;
      if (known.experiment.outcome.kind !== outcome.kind)
        return `the same faults (${listInWords(fired)}) gave a good outcome in one experiment and a bad one in another`;
    }
    return undefined;
  }
}

/** A fault as text: `status at shop > stock GET /items`. */
const inWords = ({ kind, call }: LiveFault): string => `${kind} at ${call}`;

export const listInWords = (faults: FaultSet): string =>
  faults.length === 0 ? 'none' : faults.map(inWords).join(' and ');
