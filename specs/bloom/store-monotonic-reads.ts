/**
 * A store with monotonic reads: item cut isolation, and the client adds to each answer what its session has seen before.
 *
 * Promise: a session never goes back: what one of its transactions saw, the next one sees, too. Why it holds: sets only
 * grow, so the union of the two is a state that some replica could have.
 *
 * Source: Terry et al., "Session guarantees for weakly consistent replicated data" (PDIS 1994).
 */
import { bloom } from 'ldfi';
import { session } from './store-item-cut.js';

export default bloom('store-monotonic-reads', ['a', 'b', 'c', 'r'], (b) => {
  const { reads, answered, copy, sees, seen, read } = session(b);
  const remembers = b.table('remembers', ['key', 'value']);
  const known = b.join(answered, remembers).where((a, r) => b.eq(a.key, r.key));
  remembers.next(copy.map((c) => [c.key, c.value]));
  copy.now(known.map((a, r) => [a.transaction, a.key, r.value]));
  sees.now(known.map((a, r) => [a.transaction, a.number, r.value]));

  b.pre(
    b
      .join(seen.everywhere(), read.everywhere())
      .where((s, r) => [b.eq(s.transaction, 't1'), b.eq(r.transaction, 't2'), b.eq(r.number, 1), b.eq(s.node, r.node)])
      .map((s) => [s.node, s.value]),
  );
  b.post(
    b
      .join(seen.everywhere(), seen.everywhere())
      .where((one, two) => [
        ...[b.eq(one.transaction, 't1'), b.eq(two.transaction, 't2'), b.eq(two.number, 1)],
        ...[b.eq(one.node, two.node), b.eq(one.value, two.value)],
      ])
      .map((one) => [one.node, one.value]),
  );
  reads.fact('r', 4, 't1', 1, 'b', 'cart');
  reads.fact('r', 6, 't2', 1, 'c', 'cart');
  reads.fact('r', 8, 't2', 2, 'c', 'cart');
  b.check({ name: 'usual', eot: 10, eff: 6, crashes: 1, maxCost: 2, expect: 'holds' });
});
