/**
 * The leased lock of lock-no-fencing.ts with fencing tokens: the lock numbers its grants, every write carries its
 * number, and the store refuses a write with a lower number than it has seen.
 *
 * Promise: the store never takes a write from an earlier holder of the lock after one from a later holder.
 * Why it holds: what the lock cannot know, whether a former holder still has a write on its way, the store can.
 *
 * Source: Burrows, "The Chubby lock service" (OSDI 2006), §2.4, 'sequencers'; Kleppmann, "How to do distributed
 * locking" (2016).
 */
import { leasedLock } from './lock-no-fencing.js';

export default leasedLock('lock-lease', true, [
  { name: 'loss', eot: 9, eff: 6, crashes: 0, expect: 'holds' },
  { name: 'loss-and-crash', eot: 9, eff: 5, crashes: 1, expect: 'holds' },
]);
