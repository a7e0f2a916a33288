/**
 * The leased lock of lease-stalled.ts with fencing tokens: the store refuses a write with a lower token than it has
 * seen.
 *
 * Promise: the store never takes a write of an earlier holder after one of a later holder. Why it holds: the order of
 * the holders is in the writes themselves, and no clock is asked.
 *
 * Source: Burrows, "The Chubby lock service" (OSDI 2006), §2.4, 'sequencers'.
 */
import { stalledLease } from './lease-stalled.js';

export default stalledLease('lease-fenced', true, [
  { name: 'slow-clock', eot: 10, eff: 8, crashes: 0, faults: 'skew', expect: 'holds' },
  { name: 'late-write', eot: 10, eff: 6, crashes: 0, faults: 'delay:3', maxCost: 1, expect: 'holds' },
]);
