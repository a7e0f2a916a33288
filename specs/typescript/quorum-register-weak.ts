/**
 * The register of quorum-register.ts with R = W = 1 of N = 3.
 *
 * Promise: a read that follows a write returns what was written. What goes wrong: the write is done when one replica
 * has it, and the read is done when any one has answered, which may be one that the write has not reached. One lost
 * message is enough. Crashes alone are not: without losses every replica that answers has the write.
 *
 * Source: DeCandia et al., "Dynamo" (SOSP 2007), §4.5: R + W > N gives a quorum-like system, less than that trades
 * consistency for latency.
 */
import { quorumRegister } from './quorum-register.js';

export default quorumRegister({ n: 3, r: 1, w: 1 }, 'quorum-register-weak', [
  { name: 'one-loss', eot: 6, eff: 2, crashes: 0, expect: 'violated' },
  { name: 'loss-and-crash', eot: 7, eff: 4, crashes: 1, expect: 'violated' },
  { name: 'crash-only', eot: 7, eff: 0, crashes: 2, expect: 'holds', allow: ['dead-handler'] },
]);
