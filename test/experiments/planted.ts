/**
 * Synthetic services with planted failure sets: a request is answered if for each planted set one of its calls succeeds.
 * The calls of a set are fallbacks of one another, so most of them are not even made without faults.
 */
import { prng } from '../../src/core/prng.js';
import type { LiveFault, LiveSystem } from '../../src/experiments/experiment.js';

export interface Planted {
  /** The minimal sets of calls whose failure breaks the promise, sorted. */
  readonly sets: readonly (readonly string[])[];
  readonly system: LiveSystem;
}

export function plant(seed: number): Planted {
  const below = prng(seed);
  const names = Array.from({ length: 12 + below(18) }, (_, i) => `call ${i}`);
  const sets: string[][] = [];
  for (let wanted = 1 + below(4), tries = 0; sets.length < wanted && tries < 50; tries++) {
    const size = 1 + below(3);
    const set = [...new Set(Array.from({ length: size }, () => names[below(names.length)] as string))];
    const isPart = (a: readonly string[], b: readonly string[]): boolean => a.every((name) => b.includes(name));
    if (!sets.some((other) => isPart(other, set) || isPart(set, other))) sets.push(set);
  }
  const extras = names.filter((name) => !sets.flat().includes(name)).slice(0, below(6));
  return { sets: sets.map((set) => [...set].sort()), system: systemOf(sets, extras) };
}

const systemOf = (sets: readonly (readonly string[])[], extras: readonly string[]): LiveSystem => ({
  parallel: 1,
  async run(faults) {
    const calls: string[] = [];
    const fired: LiveFault[] = [];
    const works = (name: string): boolean => {
      const fault = faults.find(({ call }) => call === name);
      if (!calls.includes(name)) {
        calls.push(name);
        if (fault) fired.push(fault);
      }
      return !fault;
    };
    for (const name of extras) works(name);
    const good = sets.every((set) => set.some(works));
    return {
      faults,
      fired,
      calls: calls.map((id) => ({ id, parent: undefined, kinds: ['status'] })),
      support: calls.filter((id) => !fired.some(({ call }) => call === id)),
      outcome: good ? { kind: 'good' } : { kind: 'bad', why: ['no answer'] },
      problems: [],
    };
  },
});
