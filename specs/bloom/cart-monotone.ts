/**
 * A shopping cart that is sealed: the checkout says which of the things put in are meant, and how many they are.
 *
 * Promise: what is paid for is bought, all of it. Why it holds: the client alone knows its order, the shop joins what
 * only grows, and an order is complete when it has as many items as the seal says; everything is sent again and again.
 *
 * Source: the monotone cart of Conway et al., "Logic and Lattices for Distributed Programming" (SoCC 2012).
 */
import { bloom } from 'ldfi';

export default bloom('cart-monotone', ['client', 'shop'], (b) => {
  const toPut = b.channel('to_put', ['@shop', 'number', 'item']);
  const toMean = b.channel('to_mean', ['@shop', 'number']);
  const toSeal = b.channel('to_seal', ['@shop', 'size']);
  const put = b.table('put', ['number', 'item']);
  const meant = b.table('meant', ['number']);
  const seal = b.table('seal', ['size']);

  // The shop.
  const bought = b.output('bought', ['number', 'item']);
  const items = b.scratch('items', ['size']);
  const complete = b.output('complete', []);
  put.now(toPut.map((p) => [p.number, p.item]));
  meant.now(toMean.map((m) => [m.number]));
  seal.now(toSeal.map((s) => [s.size]));
  bought.now(
    b
      .join(put, meant)
      .where((p, m) => b.eq(p.number, m.number))
      .map((p) => [p.number, p.item]),
  );
  items.now(bought.group((it) => [b.count(it.number)]));
  complete.now(
    b
      .join(items, seal)
      .where((i, s) => b.ge(i.size, s.size))
      .map(() => []),
  );

  // The client.
  const puts = b.table('puts', ['shop', 'number', 'item']);
  const pays = b.table('pays', ['shop', 'number']);
  const seals = b.table('seals', ['shop', 'size']);
  toPut.async(puts);
  toMean.async(pays);
  toSeal.async(seals);

  b.pre(pays.everywhere().map((p) => [p.node, p.number]));
  b.post(
    b
      .join(pays.everywhere(), bought.everywhere(), complete.everywhere())
      .where((p, it, all) => [b.eq(it.node, p.shop), b.eq(all.node, p.shop), b.eq(it.number, p.number)])
      .map((p) => [p.node, p.number]),
  );

  puts.fact('client', 1, 'shop', 1, 'milk');
  puts.fact('client', 1, 'shop', 2, 'eggs');
  pays.fact('client', 2, 'shop', 1);
  seals.fact('client', 2, 'shop', 1);
  b.check({ name: 'small', eot: 6, eff: 3, crashes: 0, expect: 'holds' });
});
