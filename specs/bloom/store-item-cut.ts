/**
 * A store with item cut isolation: read committed, and the client keeps what a transaction has read of a key, and takes
 * it from there the next time.
 *
 * Promise: a transaction that reads a key twice sees the same. Why it holds: the second read is answered from what the
 * first one brought, whatever has come about since.
 *
 * Source: Bailis et al., "Highly available transactions: virtues and limitations" (VLDB 2014).
 */
import { type Builder, bloom } from 'ldfi';
import { readCommitted } from './store-read-committed.js';

/** A client r that reads the cart, while somebody puts milk into it and then eggs, at a. */
export function session(b: Builder) {
  const { operation, commits, shows } = readCommitted(b);
  const reads = b.input('reads', ['transaction', 'number', 'replica', 'key']);
  const ask = b.channel('ask', ['@replica', 'client', 'transaction', 'number', 'key']);
  const answer = b.channel('answer', ['@client', 'transaction', 'number', 'key', 'value']);
  const answered = b.channel('answered', ['@client', 'transaction', 'number', 'key']);
  const kept = b.table('kept', ['transaction', 'key']);
  const copy = b.table('copy', ['transaction', 'key', 'value']);
  const read = b.table('read', ['transaction', 'number']);
  const sees = b.scratch('sees', ['transaction', 'number', 'value']);
  const seen = b.output('seen', ['transaction', 'number', 'value']);

  // The replicas.
  answer.async(
    b
      .join(ask, shows)
      .where((a, s) => b.eq(a.key, s.key))
      .map((a, s) => [a.client, a.transaction, a.number, a.key, s.value]),
  );
  answered.async(ask.map((a) => [a.client, a.transaction, a.number, a.key]));

  // The client.
  ask.async(
    reads
      .notin(kept, (r, k) => [b.eq(r.transaction, k.transaction), b.eq(r.key, k.key)])
      .map((r) => [r.replica, b.here, r.transaction, r.number, r.key]),
  );
  kept.now(answered.map((a) => [a.transaction, a.key]));
  copy.now(answer.map((a) => [a.transaction, a.key, a.value]));
  read.now(answered.map((a) => [a.transaction, a.number]));
  read.now(
    b
      .join(reads, kept)
      .where((r, k) => [b.eq(r.transaction, k.transaction), b.eq(r.key, k.key)])
      .map((r) => [r.transaction, r.number]),
  );
  sees.now(answer.map((a) => [a.transaction, a.number, a.value]));
  sees.now(
    b
      .join(reads, copy)
      .where((r, c) => [b.eq(r.transaction, c.transaction), b.eq(r.key, c.key)])
      .map((r, c) => [r.transaction, r.number, c.value]),
  );
  seen.now(sees);
  seen.next(seen);

  operation.fact('a', 1, 'w1', 'cart', 'milk');
  commits.fact('a', 2, 'w1');
  operation.fact('a', 3, 'w2', 'cart', 'eggs');
  commits.fact('a', 4, 'w2');
  return { reads, answered, copy, sees, seen, read };
}

export default bloom('store-item-cut', ['a', 'b', 'c', 'r'], (b) => {
  const { reads, seen, read } = session(b);
  b.pre(
    b
      .join(read.everywhere(), read.everywhere(), seen.everywhere())
      .where((one, two, s) => [
        ...[b.eq(one.number, 1), b.eq(two.number, 2), b.eq(one.node, two.node), b.eq(one.node, s.node)],
        ...[b.eq(one.transaction, two.transaction), b.eq(one.transaction, s.transaction)],
      ])
      .map((one, _, s) => [one.node, one.transaction, s.value]),
  );
  b.post(
    b
      .join(seen.everywhere(), seen.everywhere())
      .where((one, two) => [
        ...[b.eq(one.number, 1), b.eq(two.number, 2), b.eq(one.node, two.node)],
        ...[b.eq(one.transaction, two.transaction), b.eq(one.value, two.value)],
      ])
      .map((one) => [one.node, one.transaction, one.value]),
  );
  reads.fact('r', 4, 't1', 1, 'b', 'cart');
  reads.fact('r', 6, 't1', 2, 'b', 'cart');
  b.check({ name: 'usual', eot: 9, eff: 6, crashes: 1, maxCost: 2, expect: 'holds' });
});
