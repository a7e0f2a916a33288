/**
 * A store with read committed: what a transaction writes is kept aside, and written into a store that is causal across
 * keys when the transaction has committed.
 *
 * Promise: nobody sees what is never committed. Two transactions order something and ask the bank for the money; each
 * commits when the bank has answered. Why it holds: nothing is shown before.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018).
 */
import { type Builder, bloom } from 'ldfi';
import { multiKeyCausal } from './store-multi-key-causal.js';

export function readCommitted(b: Builder) {
  const { write, shows } = multiKeyCausal(b);
  const operation = b.input('operation', ['transaction', 'key', 'value']);
  const commits = b.scratch('commits', ['transaction']);
  const aside = b.table('aside', ['transaction', 'key', 'value']);
  const ended = b.table('ended', ['transaction']);
  aside.now(operation);
  ended.now(commits);
  write.now(
    b
      .join(aside, ended)
      .where((a, e) => b.eq(a.transaction, e.transaction))
      .map((a) => [a.key, a.value]),
  );
  return { operation, commits, shows };
}

export default bloom('store-read-committed', ['a', 'b', 'bank', 'c'], (b) => {
  const { operation, commits, shows } = readCommitted(b);
  const charge = b.channel('charge', ['@bank', 'replica', 'transaction']);
  const paid = b.channel('paid', ['@replica', 'transaction']);
  charge.async(operation.map((o) => ['bank', b.here, o.transaction]));
  paid.async(charge.map((c) => [c.replica, c.transaction]));
  commits.now(paid.map((p) => [p.transaction]));

  const wrote = b.table('wrote', ['transaction', 'value']);
  const committed = b.table('committed', ['transaction']);
  const displayed = b.table('displayed', ['value']);
  wrote.now(operation.map((o) => [o.transaction, o.value]));
  committed.now(commits);
  displayed.now(shows.map((s) => [s.value]));
  b.pre(displayed.everywhere().notin(b.crash, (d, c) => [b.eq(c.seer, d.node), b.eq(c.crashed, d.node)]));
  b.post(
    b
      .join(displayed.everywhere(), wrote.everywhere(), committed.everywhere())
      .where((d, w, c) => [b.eq(d.value, w.value), b.eq(w.node, c.node), b.eq(w.transaction, c.transaction)])
      .map((d) => [d.node, d.value]),
  );

  operation.fact('a', 1, 't1', 'order', 'mast');
  operation.fact('a', 2, 't2', 'cart', 'sail');
  b.check({ name: 'usual', eot: 7, eff: 4, crashes: 1, expect: 'holds' });
});
