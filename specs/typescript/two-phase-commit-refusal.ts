/**
 * Two-phase commit (two-phase-commit.ts) in which one participant votes no.
 *
 * Promise: every correct node engaged in the transaction decides, and all alike. Why it holds without crashes: one no,
 * heard or not, aborts. What goes wrong with them: the willing participant has given its word and waits for a
 * coordinator that has crashed, although the other one knew all along that there will be no commit.
 *
 * Source: as two-phase-commit.ts.
 */
import { twoPhaseCommit } from './two-phase-commit.js';

export default twoPhaseCommit({
  name: 'two-phase-commit-refusal',
  refuse: ['q'],
  checks: [
    { name: 'loss-only', eot: 7, eff: 5, crashes: 0, expect: 'holds' },
    { name: 'coordinator-crash', eot: 7, eff: 0, crashes: 1, expect: 'violated' },
  ],
});
