/**
 * A store of registers, last writer wins: a version is a value with its stamp, replicas send what they have to each
 * other, and keep the newest; of two that are equally new, the larger value wins.
 *
 * Promise: the replicas end up alike. Why it holds: the larger of two is the same in whatever order and however often it
 * is taken. store-lww-no-tie-break.ts forgets the tie.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018).
 */
import { type Builder, bloom } from 'ldfi';

/** Three replicas that take writes, and their stamps: one more than the newest that is known of the key. */
export function registers(b: Builder) {
  const write = b.input('write', ['key', 'value']);
  const peer = b.table('peer', ['name']);
  const version = b.scratch('version', ['key', 'value', 'stamp']);
  const newest = b.scratch('newest', ['key', 'stamp']);
  const shows = b.output('shows', ['key', 'value']);
  newest.now(version.group((v) => [v.key, b.max(v.stamp)]));
  version.next(write.notin(newest, (w, n) => b.eq(w.key, n.key)).map((w) => [w.key, w.value, 1]));
  version.next(
    b
      .join(write, newest)
      .where((w, n) => b.eq(w.key, n.key))
      .map((w, n) => [w.key, w.value, b.plus(n.stamp, 1)]),
  );
  const latest = b.join(newest, version).where((n, v) => [b.eq(n.key, v.key), b.eq(n.stamp, v.stamp)]);
  version.next(latest.map((_, v) => [v.key, v.value, v.stamp]));

  const lacks = b.view('lacks', ['node', 'value']);
  lacks.now(
    b
      .join(shows.everywhere(), peer.everywhere())
      .where((s, p) => b.eq(s.node, p.node))
      .notin(shows.everywhere(), (s, p, other) => [b.eq(other.node, p.name), b.eq(other.value, s.value)])
      .notin(b.crash, (_, p, c) => [b.eq(c.seer, p.name), b.eq(c.crashed, p.name)])
      .map((s, p) => [p.name, s.value]),
  );
  const shown = shows.everywhere();
  b.pre(shown.notin(b.crash, (s, c) => [b.eq(c.seer, s.node), b.eq(c.crashed, s.node)]).map((s) => [s.node, s.value]));
  b.post(shown.notin(lacks, (s, l) => b.eq(s.value, l.value)).map((s) => [s.node, s.value]));

  for (const one of b.nodes) for (const other of b.nodes) if (one !== other) peer.fact(one, 1, other);
  write.fact('c', 1, 'x', 'green');
  write.fact('a', 4, 'x', 'red');
  write.fact('b', 4, 'x', 'blue');
  return { peer, version, newest, shows, latest };
}

export default bloom('store-lww', ['a', 'b', 'c'], (b) => {
  const { peer, version, shows, latest } = registers(b);
  const offer = b.channel('offer', ['@to', 'key', 'value', 'stamp']);
  offer.async(b.join(latest, peer).map((_, v, p) => [p.name, v.key, v.value, v.stamp]));
  version.now(offer.map((o) => [o.key, o.value, o.stamp]));
  shows.now(latest.group((_, v) => [v.key, b.max(v.value)]));
  b.check({ name: 'usual', eot: 10, eff: 6, crashes: 1, expect: 'holds' });
});
