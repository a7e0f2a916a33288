/**
 * A store that is causal within each key: what a client writes is sent together with what its replica had under the same
 * key.
 *
 * Promise: no update is lost, and no effect is seen without its cause. Why it holds: the answer never travels without its
 * question, so a replica shows neither or both.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018).
 */
import { type Builder, bloom } from 'ldfi';
import { gossip, nothingLost } from './store-set.js';

/** Ann writes; Bob answers as soon as he is shown what she wrote. */
export function causality(b: Builder, store: ReturnType<typeof gossip>) {
  const { write, shows } = store;
  const { based } = nothingLost(b, store);
  const answers = b.table('answers', ['seen', 'key', 'value']);
  const ready = b.join(answers, shows).where((a, s) => b.eq(a.seen, s.value));
  answers.delete(ready.map((a) => [a.seen, a.key, a.value]));
  write.now(ready.map((a) => [a.key, a.value]));
  b.never(
    b
      .join(shows.everywhere(), based.everywhere())
      .where((s, it) => b.eq(s.value, it.value))
      .notin(shows.everywhere(), (s, it, cause) => [b.eq(cause.node, s.node), b.eq(cause.value, it.on)])
      .map((s, it) => [s.node, s.value, it.on]),
  );
  return { answers };
}

export default bloom('store-causal', ['a', 'b', 'c'], (b) => {
  const store = gossip(b);
  const { answers } = causality(b, store);
  store.fresh.now(
    b
      .join(store.write, store.item)
      .where((w, it) => b.eq(w.key, it.key))
      .map((_, it) => [it.key, it.value]),
  );
  store.write.fact('a', 1, 'talk', 'where?');
  answers.fact('b', 1, 'where?', 'talk', 'there!');
  b.check({ name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' });
});
