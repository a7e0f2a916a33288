/**
 * Recorded experiments as knowledge again: the same rules that led the search answer questions about it afterwards.
 *
 * ```ts
 * const recalled = recall(recorded, counterexamples);
 * whatIf(recalled, [{ call: 'payments POST /charges #1', kind: 'lost' }]); // { kind: 'tried', experiment }
 * ```
 */
import type { Experiment, LiveFault } from '../../experiments/experiment.js';
import { canonicalSet, type FaultSet, isWithin, keyOf } from '../../experiments/fault-sets.js';
import { Knowledge } from '../../experiments/knowledge.js';
import { rangesOf } from './places.js';
import type { Recorded } from './schema.js';

/** A recorded experiment with its number, from 1. */
export interface Remembered extends Experiment {
  readonly number: number;
  readonly times: number;
}

export interface Recalled {
  readonly knowledge: Knowledge<Remembered>;
  /** Those of the result, in its order. */
  readonly counterexamples: readonly FaultSet[];
  readonly unresolved: readonly FaultSet[];
}

export function recall({ calls, experiments, unresolved }: Recorded, counterexamples: readonly FaultSet[]): Recalled {
  const knowledge = new Knowledge<Remembered>();
  const faultOf = (text: string): LiveFault => {
    const [kind = '', place] = text.split(' ');
    return { kind, call: calls[Number(place)]?.id ?? '' };
  };
  const within = (text: string): number[] =>
    rangesOf(text).flatMap(([first, last]) =>
      Array.from({ length: Math.max(0, Math.min(last, calls.length - 1) - first + 1) }, (_, i) => first + i),
    );
  for (const [i, one] of experiments.entries())
    knowledge.learn({
      number: i + 1,
      times: one.times,
      faults: canonicalSet(one.faults.map(faultOf)),
      fired: canonicalSet(one.fired.map(faultOf)),
      calls: within(one.calls).flatMap((place) => {
        const call = calls[place];
        return call ? [{ ...call, parent: undefined }] : [];
      }),
      support: within(one.restsOn).flatMap((place) => calls[place]?.id ?? []),
      weakened: one.weakened === true,
      outcome: one.good ? { kind: 'good' } : { kind: 'bad', why: one.why },
      problems: [],
    });
  for (const faults of counterexamples) knowledge.fail(faults);
  return { knowledge, counterexamples, unresolved };
}

export type WhatIf =
  /** There was an experiment in which exactly these fired. */
  | { readonly kind: 'tried'; readonly experiment: Remembered }
  /** There was one in which those of them fired whose calls occurred: the others change nothing. */
  | { readonly kind: 'explained'; readonly experiment: Remembered; readonly idle: FaultSet }
  /** No experiment tells. `within`: the place of a counterexample that is a part of it, because of which it was left out. */
  | { readonly kind: 'open'; readonly within: number | undefined; readonly isUnresolved: boolean };

/** What recorded experiments say of some faults, at most one for each call. Nothing is guessed. */
export function whatIf({ knowledge, counterexamples, unresolved }: Recalled, faults: FaultSet): WhatIf {
  const experiment = knowledge.explanation(faults);
  if (experiment) {
    const idle = faults.filter((fault) => !isWithin([fault], experiment.fired));
    return idle.length === 0 ? { kind: 'tried', experiment } : { kind: 'explained', experiment, idle };
  }
  const within = counterexamples.findIndex((found) => isWithin(found, faults));
  return {
    kind: 'open',
    within: within < 0 ? undefined : within,
    isUnresolved: unresolved.some((set) => keyOf(set) === keyOf(faults)),
  };
}
