/**
 * A store that is causal within each key: a replica at which a key is written sends all that it has under that key, from
 * then on.
 *
 * Promise: no update is lost, and no effect is seen without its cause. Why it holds: the answer never travels without its
 * question, so a replica shows neither or both.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018).
 */
import { type Builder, bloom } from 'ldfi';
import { gossip, nothingLost } from './store-set.js';

/** Ann writes; Bob answers when he is shown what she wrote, again and again. */
export function causality(b: Builder, store: ReturnType<typeof gossip>) {
  const { write, shows } = store;
  const { replied } = nothingLost(b, store);
  const answers = b.table('answers', ['seen', 'key', 'value']);
  write.now(
    b
      .join(answers, shows)
      .where((a, s) => b.eq(a.seen, s.value))
      .map((a) => [a.key, a.value]),
  );
  b.never(
    b
      .join(shows.everywhere(), replied.everywhere())
      .where((s, it) => b.eq(s.value, it.value))
      .notin(shows.everywhere(), (s, it, cause) => [b.eq(cause.node, s.node), b.eq(cause.value, it.to)])
      .map((s, it) => [s.node, s.value, it.to]),
  );
  return { answers };
}

export default bloom('store-causal', ['a', 'b', 'c'], (b) => {
  const store = gossip(b);
  const { answers } = causality(b, store);
  const written = b.table('written', ['key']);
  written.now(store.write.map((w) => [w.key]));
  store.fresh.now(
    b
      .join(written, store.item)
      .where((w, it) => b.eq(w.key, it.key))
      .map((_, it) => [it.key, it.value]),
  );
  store.write.fact('a', 1, 'talk', 'where?');
  answers.fact('b', 1, 'where?', 'talk', 'there!');
  b.check({ name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' });
});
