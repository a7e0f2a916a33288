/**
 * The file system of gfs.ts, in a hurry: the primary tells the client as soon as it has the data, before they are on
 * disk and before anybody else has them.
 *
 * Promise: a chunk that the client was told is written can be read. What goes wrong: the primary crashes between its
 * answer and the copy.
 *
 * Source: Ghemawat, Gobioff and Leung, "The Google File System" (SOSP 2003), §3.1.
 */
import { bloom } from 'ldfi';
import { fileSystem, twoReplicas } from './gfs.js';

export default bloom('gfs-early-ack', ['c', 'm', 's1', 's2', 's3'], (b) => {
  const parts = fileSystem(b);
  twoReplicas(b, parts);
  parts.done.now(parts.data.map((d) => [d.client, d.chunk]));
  b.check({ name: 'one-crash', eot: 10, eff: 0, crashes: 1, expect: 'violated' });
});
