/**
 * A replicated file system in the style of the Google File System: a master that knows the chunk servers by their
 * heartbeats, two replicas of each chunk, and an acknowledgement when both are on disk.
 *
 * Promise: a chunk that the client was told is written can be read. Why it holds: the primary tells the client when the
 * other replica has confirmed, so whichever of the two crashes, the other has the chunk. Two crashes are one too many.
 *
 * Source: Ghemawat, Gobioff and Leung, "The Google File System" (SOSP 2003), §3.1.
 */
import { type Builder, bloom } from 'ldfi';

/** Client c, master m, chunk servers s1 to s3. Left open: which servers a chunk goes to, and when it is `done`. */
export function fileSystem(b: Builder) {
  const write = b.table('write', ['chunk', 'data']);
  const master = b.table('master', ['name']);
  const server = b.table('server', []);

  // Heartbeats: each chunk server says, all the time, that it lives and what it has on disk.
  const alive = b.channel('alive', ['@master', 'server']);
  const chunk = b.channel('chunk', ['@master', 'server', 'chunk']);
  const location = b.output('location', ['server', 'chunk']);
  const disk = b.table('disk', ['chunk', 'data']);
  alive.async(b.join(server, master).map((_, m) => [m.name, b.here]));
  chunk.async(b.join(disk, master).map((d, m) => [m.name, b.here, d.chunk]));
  location.now(chunk.map((c) => [c.server, c.chunk]));

  // The client asks the master until its chunk is written. The master names servers from which it has just heard.
  const ask = b.channel('ask', ['@master', 'client', 'chunk']);
  const primary = b.channel('primary', ['@client', 'chunk', 'first', 'second']);
  const told = b.table('told', ['chunk']);
  const first = b.scratch('first', ['server']);
  const replicas = b.scratch('replicas', ['first', 'second']);
  ask.async(
    b
      .join(write, master)
      .notin(told, (w, _, t) => b.eq(w.chunk, t.chunk))
      .map((w, m) => [m.name, b.here, w.chunk]),
  );
  first.now(alive.group((a) => [b.min(a.server)]));
  primary.async(b.join(ask, replicas).map((a, r) => [a.client, a.chunk, r.first, r.second]));

  // The primary writes the chunk to its disk, which takes a tick, then hands it on until the other has it.
  const data = b.channel('data', ['@first', 'client', 'chunk', 'data', 'second']);
  const serves = b.table('serves', ['client', 'chunk', 'second']);
  const copy = b.channel('copy', ['@second', 'first', 'chunk', 'data']);
  const confirmed = b.channel('confirmed', ['@first', 'chunk', 'server']);
  const copied = b.table('copied', ['chunk', 'server']);
  data.async(
    b
      .join(primary, write)
      .where((p, w) => b.eq(p.chunk, w.chunk))
      .map((p, w) => [p.first, b.here, p.chunk, w.data, p.second]),
  );
  disk.next(data.map((d) => [d.chunk, d.data]));
  serves.next(data.map((d) => [d.client, d.chunk, d.second]));
  copy.async(
    b
      .join(serves, disk)
      .where((s, d) => b.eq(s.chunk, d.chunk))
      .notin(copied, (s, _, c) => [b.eq(s.chunk, c.chunk), b.eq(s.second, c.server)])
      .map((s, d) => [s.second, b.here, d.chunk, d.data]),
  );
  disk.next(copy.map((c) => [c.chunk, c.data]));
  confirmed.async(
    b
      .join(copy, disk)
      .where((c, d) => b.eq(c.chunk, d.chunk))
      .map((c) => [c.first, c.chunk, b.here]),
  );
  copied.now(confirmed.map((c) => [c.chunk, c.server]));
  copied.now(disk.map((d) => [d.chunk, b.here]));

  const acknowledged = b.channel('acknowledged', ['@client', 'chunk']);
  const done = b.scratch('done', ['client', 'chunk']);
  acknowledged.async(done);
  told.now(acknowledged.map((a) => [a.chunk]));

  b.pre(told.everywhere().notin(b.crash, (t, c) => [b.eq(c.seer, t.node), b.eq(c.crashed, 'm')]));
  b.post(
    b
      .join(told.everywhere(), chunk.everywhere())
      .where((t, c) => b.eq(t.chunk, c.chunk))
      .map((t) => [t.node, t.chunk]),
  );

  write.fact('c', 1, 'k', 'data');
  for (const one of ['c', 's1', 's2', 's3']) master.fact(one, 1, 'm');
  for (const one of ['s1', 's2', 's3']) server.fact(one, 1);
  return { alive, first, replicas, serves, copied, data, done };
}

/** Two replicas: the first two servers from which the master has heard. */
export function twoReplicas(b: Builder, { alive, first, replicas }: ReturnType<typeof fileSystem>): void {
  const second = b.scratch('second', ['server']);
  const others = b.join(alive, first).where((a, f) => b.ne(a.server, f.server));
  second.now(others.group((a) => [b.min(a.server)]));
  replicas.now(b.join(first, second).map((f, s) => [f.server, s.server]));
}

export default bloom('gfs', ['c', 'm', 's1', 's2', 's3'], (b) => {
  const parts = fileSystem(b);
  twoReplicas(b, parts);
  const { serves, copied, done } = parts;
  done.now(
    b
      .join(serves, copied, copied)
      .where((s, own, other) => [
        b.eq(s.chunk, own.chunk),
        b.eq(own.server, b.here),
        b.eq(s.chunk, other.chunk),
        b.eq(other.server, s.second),
      ])
      .map((s) => [s.client, s.chunk]),
  );
  b.check({ name: 'one-crash', eot: 10, eff: 0, crashes: 1, expect: 'holds' });
  b.check({ name: 'two-crashes', eot: 10, eff: 0, crashes: 2, expect: 'violated' });
});
