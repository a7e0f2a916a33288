/**
 * A store that keeps every write, and answers every question for ever: to who has asked for a key each of its values is
 * sent, those that come later too.
 *
 * Promise: who asks gets what was written. Why it holds: writes and questions only grow, and each pair of them is
 * answered in the end, whichever came first; everything is sent again and again.
 */
import { bloom } from 'ldfi';

export default bloom('store-grow-only', ['r', 's', 'w'], (b) => {
  const toPut = b.channel('to_put', ['@store', 'key', 'value']);
  const toGet = b.channel('to_get', ['@store', 'reader', 'key']);
  const reply = b.channel('reply', ['@reader', 'key', 'value']);
  const put = b.table('put', ['key', 'value']);
  const get = b.table('get', ['reader', 'key']);

  // The store.
  put.now(toPut.map((p) => [p.key, p.value]));
  get.now(toGet.map((g) => [g.reader, g.key]));
  reply.async(
    b
      .join(get, put)
      .where((g, p) => b.eq(g.key, p.key))
      .map((g, p) => [g.reader, p.key, p.value]),
  );

  // Its clients.
  const writes = b.table('writes', ['store', 'key', 'value']);
  const asks = b.table('asks', ['store', 'key']);
  const answer = b.table('answer', ['key', 'value']);
  toPut.async(writes);
  toGet.async(asks.map((a) => [a.store, b.here, a.key]));
  answer.now(reply.map((r) => [r.key, r.value]));

  b.pre(asks.everywhere().map((a) => [a.node, a.key]));
  b.post(answer.everywhere().map((a) => [a.node, a.key]));

  writes.fact('w', 1, 's', 'k', 'red');
  asks.fact('r', 1, 's', 'k');
  b.check({ name: 'small', eot: 6, eff: 2, crashes: 0, expect: 'holds' });
});
