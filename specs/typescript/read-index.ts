/**
 * The leader of stale-read.ts with a read index: it answers a read when another node has followed it since the read
 * came, so that it knows that it led then.
 *
 * Promise: what the clients see is linearizable. Why it holds: whoever is deposed without knowing it hears from no
 * majority any more, and its reads wait.
 *
 * Source: Ongaro, "Consensus: bridging theory and practice" (2014), §6.4. In Dedalus: ../faults/read-index.ded.
 */
import { leaderReads } from './stale-read.js';

export default leaderReads('read-index', true, [
  { name: 'partition', eot: 9, eff: 9, faults: 'partition', partitions: 1, expect: 'holds' },
  {
    name: 'partition-and-loss',
    eot: 9,
    eff: 5,
    faults: 'omission,partition',
    partitions: 1,
    maxCost: 2,
    expect: 'holds',
  },
  { name: 'crash', eot: 9, eff: 4, crashes: 1, expect: 'holds' },
]);
