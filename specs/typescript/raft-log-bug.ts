/**
 * The Raft of raft-log.ts with a published bug: a leader takes any entry that a majority has for committed, also one of
 * an older term.
 *
 * Promise (state machine safety): no two nodes have ever applied different commands at one index. What goes wrong, from
 * the situation of raft-figure8.ts: a is elected again, brings its entry x of term 1 to c, counts two replicas and
 * applies it. Its messages to b, and its new entry to c, are lost. b stands; c's last entry is of term 1 and b's of
 * term 2, so c votes for b, and b overwrites x with y and applies that.
 *
 * Source: Ongaro and Ousterhout (USENIX ATC 2014), figure 8 and §5.4.2: why a leader 'cannot determine commitment using
 * log entries from older terms'.
 */
import { FIGURE_8 } from './raft-figure8.js';
import { raft } from './raft-log.js';

export default raft({
  name: 'raft-log-bug',
  start: FIGURE_8,
  countsOldTerms: true,
  checks: [
    { name: 'loss', eot: 10, eff: 6, crashes: 0, expect: 'violated' },
    { name: 'crash-only', eot: 8, eff: 0, crashes: 1, expect: 'holds' },
  ],
});
