/**
 * A store of sets: a replica keeps all that was ever written to a key, and shows it all.
 *
 * Promise: no update is lost: of two writes that knew nothing of each other, both stay. Why it holds: sets only grow, and
 * what one replica has it sends to the others, again and again.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018).
 */
import { type Builder, bloom } from 'ldfi';

/**
 * Replicas a, b and c. What a client writes, its replica sends to the others at once (fresh); what it has had for two
 * ticks, from wherever, it sends again and again (old).
 */
export function gossip(b: Builder) {
  const write = b.scratch('write', ['key', 'value']);
  const peer = b.table('peer', ['name']);
  const item = b.table('item', ['key', 'value']);
  const fresh = b.scratch('fresh', ['key', 'value']);
  const heard = b.scratch('heard', ['key', 'value']);
  const old = b.scratch('old', ['key', 'value']);
  const shows = b.output('shows', ['key', 'value']);
  const sent = b.channel('sent', ['@to', 'key', 'value']);
  item.now(write);
  fresh.now(write);
  heard.next(item);
  old.next(heard);
  sent.async(b.join(fresh, peer).map((it, p) => [p.name, it.key, it.value]));
  sent.async(b.join(old, peer).map((it, p) => [p.name, it.key, it.value]));
  item.now(sent.map((s) => [s.key, s.value]));
  shows.now(item);
  const replicas = ['a', 'b', 'c'];
  for (const one of replicas) for (const other of replicas) if (one !== other) peer.fact(one, 1, other);
  return { write, item, fresh, shows };
}

/** Every correct replica shows what one of them has taken, or else a write that was made in knowledge of it. */
export function nothingLost(b: Builder, { write, shows }: Pick<ReturnType<typeof gossip>, 'write' | 'shows'>) {
  const replica = b.table('replica', []);
  const accepted = b.table('accepted', ['value']);
  const replied = b.table('replied', ['to', 'value']);
  accepted.next(write.map((it) => [it.value]));
  replied.next(
    b
      .join(write, shows)
      .where((it, s) => b.ne(it.value, s.value))
      .map((it, s) => [s.value, it.value]),
  );
  b.pre(
    b
      .join(replica.everywhere(), accepted.everywhere())
      .notin(b.crash, (_, a, c) => [b.eq(c.seer, a.node), b.eq(c.crashed, a.node)])
      .notin(b.crash, (r, _, c) => [b.eq(c.seer, r.node), b.eq(c.crashed, r.node)])
      .map((r, a) => [r.node, a.value]),
  );
  b.post(shows.everywhere().map((s) => [s.node, s.value]));
  b.post(
    b
      .join(shows.everywhere(), replied.everywhere())
      .where((s, it) => b.eq(s.value, it.value))
      .map((s, it) => [s.node, it.to]),
  );
  for (const one of ['a', 'b', 'c']) replica.fact(one, 1);
  return { replied };
}

export default bloom('store-set', ['a', 'b', 'c'], (b) => {
  const store = gossip(b);
  nothingLost(b, store);
  store.write.fact('a', 1, 'x', 'red');
  store.write.fact('b', 3, 'x', 'blue');
  b.check({ name: 'usual', eot: 7, eff: 4, crashes: 1, expect: 'holds' });
});
