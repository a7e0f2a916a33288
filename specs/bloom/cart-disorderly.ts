/**
 * A shopping cart that remembers what was done: what was put in and what was taken out, in any order.
 *
 * Promise: the milk is bought. What goes wrong: one loss. Order matters once, at the checkout, which asks what has not
 * been taken out so far: cart-monotone.ts is the remedy.
 *
 * Source: the disorderly cart of Alvaro et al., "Consistency Analysis in Bloom" (CIDR 2011).
 */
import { bloom } from 'ldfi';

export default bloom('cart-disorderly', ['client', 'shop'], (b) => {
  const put = b.channel('put', ['@shop', 'item']);
  const take = b.channel('take', ['@shop', 'item']);
  const checkout = b.channel('checkout', ['@shop']);
  const inside = b.table('inside', ['item']);
  const taken = b.table('taken', ['item']);
  const bought = b.table('bought', ['item']);

  // The shop.
  inside.now(put.map((p) => [p.item]));
  taken.now(take.map((t) => [t.item]));
  bought.now(
    b
      .join(checkout, inside)
      .notin(taken, (_, it, t) => b.eq(it.item, t.item))
      .map((_, it) => [it.item]),
  );

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
