/**
 * A shopping cart that is changed in place: an item is put in, and deleted again.
 *
 * Promise: the milk is bought. What goes wrong: one loss. And if 'take out' overtakes 'put in' there is nothing to
 * delete yet, and the item stays: cart-disorderly.ts moves the question to the end, cart-monotone.ts answers it.
 *
 * Source: the destructive cart of Alvaro et al., "Consistency Analysis in Bloom" (CIDR 2011).
 */
import { bloom } from 'ldfi';

export default bloom('cart-destructive', ['client', 'shop'], (b) => {
  const put = b.channel('put', ['@shop', 'item']);
  const take = b.channel('take', ['@shop', 'item']);
  const checkout = b.channel('checkout', ['@shop']);
  const cart = b.table('cart', ['item']);
  const bought = b.table('bought', ['item']);

  // The shop.
  cart.now(put.map((p) => [p.item]));
  cart.delete(take.map((t) => [t.item]));
  bought.now(b.join(checkout, cart).map((_, c) => [c.item]));

  // The client.
  const puts = b.input('puts', ['shop', 'item']);
  const takes = b.input('takes', ['shop', 'item']);
  const pays = b.input('pays', ['shop']);
  put.async(puts.map((p) => [p.shop, p.item]));
  take.async(takes.map((t) => [t.shop, t.item]));
  checkout.async(pays.map((p) => [p.shop]));

  b.pre(pays.everywhere(3).map((p) => [p.node, 'milk']));
  b.post(
    b
      .join(bought.everywhere(), pays.everywhere(3))
      .where((it, p) => b.eq(it.node, p.shop))
      .map((it, p) => [p.node, it.item]),
  );

  puts.fact('client', 1, 'shop', 'milk');
  puts.fact('client', 1, 'shop', 'eggs');
  takes.fact('client', 2, 'shop', 'eggs');
  pays.fact('client', 3, 'shop');
  b.check({ name: 'one-loss', eot: 6, eff: 2, crashes: 0, expect: 'violated' });
});
