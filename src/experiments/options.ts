/**
 * Options of a search over experiments, with their defaults and limits.
 */
import { LdfiError } from '../core/invariant.js';
import type { Experiment } from './experiment.js';
import type { LiveCounterexample } from './verdict.js';

/** What an experiment was made for. */
export type Purpose = 'baseline' | 'hypothesis' | 'exact pass' | 'subset' | 'reproduction';

export type LiveEvent<E extends Experiment> =
  /** One more experiment. `number` counts from 1. */
  | { readonly kind: 'experiment'; readonly number: number; readonly purpose: Purpose; readonly experiment: E }
  | { readonly kind: 'counterexample'; readonly counterexample: LiveCounterexample<E> };

export interface LiveSearchOptions<E extends Experiment = Experiment> {
  /** Most faults at once. Default 3, at most 8. */
  readonly maxFaults?: number;
  /** The exact pass goes up to so many faults; 0 leaves it out. Default 2. */
  readonly exact?: number;
  /** The exact pass is made even if it seems to take more experiments than are left. Default false. */
  readonly insist?: boolean;
  /**
   * Whether the search by lineage is made. Off for promises that a failing call keeps for nothing ('never charged
   * twice'): then the exact pass is the search. Default true.
   */
  readonly lineage?: boolean;
  /**
   * Whether the promise is also kept where calls fail early. Then lineage may find what breaks it and proves nothing, and
   * only the exact pass does. Default false.
   */
  readonly safety?: boolean;
  /** Most experiments of all kinds. Default 1,000. */
  readonly maxRuns?: number;
  /** Experiments without faults, to begin with. Default 5. */
  readonly baselines?: number;
  /** How often each counterexample is tried again. Default 3. */
  readonly reproductions?: number;
  /** Ends the search soon after it is aborted; what was found is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Called as things happen. */
  readonly on?: ((event: LiveEvent<E>) => void) | undefined;
}

export type Settings<E extends Experiment> = Required<LiveSearchOptions<E>>;

const LIMITS = {
  maxFaults: { least: 1, most: 8, usual: 3 },
  exact: { least: 0, most: 8, usual: 2 },
  maxRuns: { least: 1, most: 1_000_000, usual: 1_000 },
  baselines: { least: 1, most: 100, usual: 5 },
  reproductions: { least: 0, most: 100, usual: 3 },
} as const;

/** @throws LdfiError 'bad-options' that lists every problem */
export function settingsOf<E extends Experiment>(options: LiveSearchOptions<E>): Settings<E> {
  const problems: string[] = [];
  const count = (name: keyof typeof LIMITS): number => {
    const { least, most, usual } = LIMITS[name];
    const value = options[name] ?? usual;
    if (!Number.isSafeInteger(value) || value < least || value > most)
      problems.push(`${name} must be an integer from ${least} to ${most}`);
    return value;
  };
  const maxFaults = count('maxFaults');
  const settings: Settings<E> = {
    maxFaults,
    exact: Math.min(count('exact'), maxFaults),
    insist: options.insist ?? false,
    lineage: options.lineage ?? true,
    safety: options.safety ?? false,
    maxRuns: count('maxRuns'),
    baselines: count('baselines'),
    reproductions: count('reproductions'),
    signal: options.signal,
    on: options.on,
  };
  if (problems.length > 0) throw new LdfiError('bad-options', `search: ${problems.join('; ')}`);
  return settings;
}
