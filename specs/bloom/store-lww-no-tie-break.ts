/**
 * A store of registers, last writer wins, that forgot the tie: a replica keeps what it has unless something newer comes.
 *
 * Promise: the replicas end up alike. What goes wrong: two clients write at the same time, so both values have the same
 * stamp, and each replica keeps its own for ever. No fault is needed. store-lww.ts breaks the tie.
 *
 * Source: Wu, Faleiro, Lin and Hellerstein, "Anna: A KVS for any scale" (ICDE 2018); Shapiro et al., "Conflict-free
 * replicated data types" (SSS 2011).
 */
import { bloom } from 'ldfi';
import { registers } from './store-lww.js';

export default bloom('store-lww-no-tie-break', ['a', 'b', 'c'], (b) => {
  const { peer, version, newest, shows, latest } = registers(b);
  const offer = b.channel('offer', ['@to', 'key', 'value', 'stamp']);
  const stale = b.scratch('stale', ['key', 'stamp']);
  offer.async(b.join(latest, peer).map((_, v, p) => [p.name, v.key, v.value, v.stamp]));
  stale.now(
    b
      .join(offer, newest)
      .where((o, n) => [b.eq(o.key, n.key), b.ge(n.stamp, o.stamp)])
      .map((o) => [o.key, o.stamp]),
  );
  version.next(
    offer.notin(stale, (o, s) => [b.eq(o.key, s.key), b.eq(o.stamp, s.stamp)]).map((o) => [o.key, o.value, o.stamp]),
  );
  shows.now(latest.map((_, v) => [v.key, v.value]));
  b.check({ name: 'no-faults', eot: 7, eff: 0, crashes: 0, expect: 'violated-failure-free' });
});
