/**
 * The store of ack-before-sync.ts that answers once the write is on disk.
 *
 * Promise: what the client was told is stored is there. Why it holds: a restart before the sync loses the write and the
 * answer alike, and the client asks again.
 *
 * Source: Gray and Reuter, "Transaction Processing" (1993). In Dedalus: ../faults/ack-before-sync-fixed.ded.
 */
import { store } from './ack-before-sync.js';

const reliable = ['client'];

export default store('ack-after-sync', true, [
  { name: 'restart', eot: 9, eff: 7, crashes: 0, faults: 'restart', reliable, expect: 'holds' },
]);
