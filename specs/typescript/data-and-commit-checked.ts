/**
 * The batch of data-and-commit.ts in which the word to commit says how much data there is before it.
 *
 * Promise: a backup that has committed has the data. Why it holds: the backup counts for itself.
 *
 * Source: Saltzer, Reed and Clark (ACM TOCS 1984).
 */
import { batch } from './data-and-commit.js';

export default batch('data-and-commit-checked', true, [
  { name: 'by-message', eot: 3, eff: 2, crashes: 0, perMessage: 2, expect: 'holds' },
]);
