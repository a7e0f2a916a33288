/**
 * The election of vote-forgotten.ts in which a vote is on disk before it is answered.
 *
 * Promise: the term has one leader. Why it holds: two majorities share a node, and that node remembers.
 *
 * Source: Ongaro and Ousterhout (USENIX ATC 2014), figure 2. In Dedalus: ../faults/vote-durable.ded.
 */
import { election } from './vote-forgotten.js';

export default election(
  'vote-durable',
  ['led', 'vote'],
  [{ name: 'restarts', eot: 8, eff: 6, crashes: 0, faults: 'restart:2', expect: 'holds' }],
);
