/**
 * A store in which the latest write to a key replaces what was there: an upsert.
 *
 * Promise: the store has a value of those written. One loss does no harm, two do. Which value it has is another matter:
 * the latest write is the one that came last, and another run may see it otherwise. store-grow-only.ts is a remedy,
 * store-lww.ts another.
 */
import { bloom } from 'ldfi';

export default bloom('store-overwrite', ['a', 'b', 's'], (b) => {
  const put = b.channel('put', ['@store', 'key', 'value']);
  const value = b.table('value', ['key'], ['value']);
  const writes = b.input('writes', ['store', 'key', 'value']);

  put.async(writes);
  value.upsert(put.map((p) => [p.key, p.value]));

  b.pre(writes.everywhere(1).map((w) => [w.node, w.key]));
  b.post(
    b
      .join(writes.everywhere(1), value.everywhere())
      .where((w, v) => [b.eq(w.store, v.node), b.eq(w.key, v.key)])
      .map((w) => [w.node, w.key]),
  );

  writes.fact('a', 1, 's', 'k', 'red');
  writes.fact('b', 2, 's', 'k', 'blue');
  b.check({ name: 'one-loss', eot: 5, eff: 2, crashes: 0, omissions: 1, expect: 'holds' });
  b.check({ name: 'two-losses', eot: 5, eff: 3, crashes: 0, expect: 'violated' });
});
