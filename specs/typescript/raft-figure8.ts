/**
 * The Raft of raft-log.ts in the situation of figure 8 of the Raft paper: two former leaders, a of term 1 and b of term
 * 2, have an entry each that nobody else has, and a stands again.
 *
 * Promise (state machine safety): no two nodes have ever applied different commands at one index. Why it holds: a may
 * bring its old entry to a majority, but it does not count it as committed before an entry of its new term is there,
 * too; after that, b can win no vote. raft-log-bug.ts is the same without that rule.
 *
 * Source: Ongaro and Ousterhout (USENIX ATC 2014), §5.4.2 and figure 8, with three nodes.
 */
import { raft } from './raft-log.js';

/** As in figure 8 (c), before the next election. */
export const FIGURE_8 = { term: 2, logs: { a: [{ term: 1, command: 'x' }], b: [{ term: 2, command: 'y' }] } };

export default raft({
  name: 'raft-figure8',
  start: FIGURE_8,
  checks: [
    { name: 'loss', eot: 10, eff: 6, crashes: 0, expect: 'holds' },
    { name: 'crash-only', eot: 8, eff: 0, crashes: 1, expect: 'holds' },
  ],
});
