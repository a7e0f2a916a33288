/**
 * A program written with `bloom`, as `loadProgram` gives one written in Dedalus: for who has it at hand and wants to
 * search it without a file.
 */
import type { LoadResult } from '../dedalus/load.js';
import { dataOf } from './data.js';
import type { Bloom } from './define.js';
import { translate } from './translate/program.js';

/**
 * The program behind a `bloom(…)`, or what is wrong with it. Never throws.
 *
 * Diagnostics have no places: `ldfi check FILE.ts` shows them in the file.
 */
export const loadBloom = (bloom: Bloom): Pick<LoadResult, 'program' | 'diagnostics' | 'files'> => {
  const files = [{ path: `${bloom.name}.ts`, text: '' }];
  return { ...translate(dataOf(bloom), files), files };
};
