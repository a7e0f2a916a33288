/**
 * The election of raft-election.ts, but a node forgets its vote soon after casting it, as an implementation does that
 * keeps `votedFor` in memory only and is restarted.
 *
 * Promise: no term has two leaders. What goes wrong: a's call for votes does not reach b, so b's timer goes off and b
 * stands in the same term. By then c has forgotten that it voted for a, votes again, and term 1 has two leaders.
 *
 * Source: Ongaro and Ousterhout (USENIX ATC 2014), figure 2: `currentTerm` and `votedFor` must be on stable storage
 * before a vote is answered. In Dedalus: ../consensus/raft-election-double-vote.ded.
 */
import { raftElection } from './raft-election.js';

export default raftElection(
  'raft-election-double-vote',
  [
    { name: 'one-loss', eot: 6, eff: 2, crashes: 0, expect: 'violated' },
    { name: 'small', eot: 6, eff: 2, crashes: 1, expect: 'violated' },
    { name: 'crash-only', eot: 8, eff: 0, crashes: 1, expect: 'holds' },
  ],
  2,
);
