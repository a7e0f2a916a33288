/**
 * The file system of gfs.ts with one replica of each chunk.
 *
 * Promise: a chunk that the client was told is written can be read. What goes wrong: the only server that has the chunk
 * crashes, and the master has nowhere to copy it from.
 *
 * Source: Ghemawat, Gobioff and Leung, "The Google File System" (SOSP 2003), §4.3.
 */
import { bloom } from 'ldfi';
import { fileSystem } from './gfs.js';

export default bloom('gfs-one-replica', ['c', 'm', 's1', 's2', 's3'], (b) => {
  const { first, replicas, serves, copied, done } = fileSystem(b);
  replicas.now(first.map((f) => [f.server, f.server]));
  done.now(
    b
      .join(serves, copied)
      .where((s, c) => [b.eq(s.chunk, c.chunk), b.eq(s.second, c.server)])
      .map((s) => [s.client, s.chunk]),
  );
  b.check({ name: 'one-crash', eot: 10, eff: 0, crashes: 1, expect: 'violated' });
});
