/**
 * A store that acknowledges a write when it is on the disk: `write-behind`, repaired. Losses, delays and restarts do no
 * harm, because the client repeats its request until it has an answer, and writing twice is like writing once.
 */
import { store } from './write-behind.js';

export default store('write-through', true, [
  { name: 'loss', eot: 12, eff: 4, crashes: 0, expect: 'holds' },
  { name: 'restart', eot: 12, eff: 6, crashes: 0, faults: 'omission,restart', maxCost: 2, expect: 'holds' },
]);
