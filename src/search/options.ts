/**
 * Options of a search, as they come from code that may not be typed: one that is misspelt would search otherwise than
 * it seems to.
 */
import { LdfiError } from '../core/invariant.js';
import { MOST_CUBES } from './cube.js';
import type { SearchOptions } from './events.js';

const KEYS = ['strategy', 'first', 'maxExecutions', 'maxFaults', 'seed', 'signal', 'cube'];
const STRATEGIES = ['lineage', 'random', 'exhaustive'];

/** @throws LdfiError 'bad-options' that lists every problem */
export function requireKnownOptions(options: SearchOptions): void {
  const { strategy, maxExecutions, maxFaults, seed, cube } = options;
  const count = (name: string, value: number | undefined, least: number): string[] =>
    value === undefined || (Number.isSafeInteger(value) && value >= least)
      ? []
      : [`${name} must be an integer, at least ${least}`];
  const problems = [
    ...Object.keys(options)
      .filter((key) => !KEYS.includes(key))
      .map((key) => `there is no option "${key}"; there are ${KEYS.join(', ')}`),
    ...(strategy === undefined || STRATEGIES.includes(strategy)
      ? []
      : [`strategy must be one of ${STRATEGIES.join(', ')}`]),
    ...count('maxExecutions', maxExecutions, 1),
    ...count('maxFaults', maxFaults, 0),
    ...count('seed', seed, Number.MIN_SAFE_INTEGER),
    ...count('cube.of', cube?.of, 1),
    ...count('cube.number', cube?.number, 1),
    ...(cube && (cube.number > cube.of || cube.of > MOST_CUBES)
      ? [`cube.number must be at most cube.of, and that at most ${MOST_CUBES}`]
      : []),
    ...(cube && strategy !== undefined && strategy !== 'lineage'
      ? [`a search by the strategy ${strategy} cannot be split: only lineage says what the parts are`]
      : []),
  ];
  if (problems.length > 0) throw new LdfiError('bad-options', `search: ${problems.join('; ')}`);
}
