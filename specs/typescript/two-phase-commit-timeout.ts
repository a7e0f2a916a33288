/**
 * Two-phase commit with impatient participants: one that has voted and hears no outcome in time aborts on its own.
 * Meant to cure the blocking of two-phase-commit.ts.
 *
 * Promise: every correct node engaged in the transaction decides, and all alike. What goes wrong: silence does not mean
 * that nothing was decided. Lose one 'commit' on its way to p, and p aborts what the others have committed. As long as
 * no message is lost and the only fault is a crash, silence does mean that: agreement rests on an assumption about
 * time.
 *
 * Source: Skeen, "Nonblocking commit protocols" (SIGMOD 1981): a process in the uncertain state may not decide alone.
 * In Dedalus: ../commit/2pc-timeout.ded.
 */
import { twoPhaseCommit } from './two-phase-commit.js';

export default twoPhaseCommit({
  name: 'two-phase-commit-timeout',
  // Timers fire before the tick's messages: the outcome may still come two ticks after the vote.
  patience: 3,
  checks: [
    { name: 'crash-only', eot: 7, eff: 0, crashes: 1, expect: 'holds' },
    { name: 'early-loss', eot: 7, eff: 2, crashes: 1, expect: 'holds' },
    { name: 'one-loss', eot: 7, eff: 4, crashes: 0, expect: 'violated' },
  ],
});
