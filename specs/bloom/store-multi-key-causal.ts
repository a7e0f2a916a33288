/**
 * A store that is causal across keys: a replica at which something is written sends all that it has, of whatever
 * key, from then on.
 *
 * Promise: no update is lost, and no effect is seen without its cause, across keys. Why it holds: what is sent at one
 * tick goes together or is lost together, so nobody has an item without its causes.
 *
 * Source: Lloyd et al., "Don't settle for eventual: scalable causal consistency for wide-area storage with COPS" (SOSP
 * 2011).
 */
import { type Builder, bloom } from 'ldfi';
import { causality } from './store-causal.js';
import { gossip } from './store-set.js';

export function multiKeyCausal(b: Builder): ReturnType<typeof gossip> {
  const store = gossip(b);
  const written = b.table('written', []);
  written.now(store.write.map(() => []));
  store.fresh.now(b.join(written, store.item).map((_, it) => [it.key, it.value]));
  return store;
}

export default bloom('store-multi-key-causal', ['a', 'b', 'c'], (b) => {
  const store = multiKeyCausal(b);
  const { answers } = causality(b, store);
  store.write.fact('a', 1, 'list', 'without boss');
  answers.fact('b', 1, 'without boss', 'album', 'photo');
  b.check({ name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' });
});
