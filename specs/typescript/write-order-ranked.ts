/**
 * The replicas of write-order.ts that agree on which of two writes is the later one: that of the client whose name comes
 * last.
 *
 * Promise: replicas that took the same writes have the same value. Why it holds: the largest of some names is the same
 * in whatever order they come.
 *
 * Source: Lamport, "Time, clocks, and the ordering of events in a distributed system" (CACM 1978), on breaking ties by
 * name.
 */
import { replicas } from './write-order.js';

export default replicas('write-order-ranked', true, [
  { name: 'order', eot: 4, eff: 2, crashes: 0, faults: 'order', expect: 'holds' },
]);
