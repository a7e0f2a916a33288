/**
 * Leader election through a storage service: whoever has the lock leads, and the storage says who has it.
 *
 * Promise: in the end everybody follows a leader that lives. What goes wrong: the storage crashes. All three nodes live
 * and can talk to each other, and none of them may lead; election-direct.ts has nobody whose crash does that.
 *
 * Source: Burrows, "The Chubby lock service for loosely-coupled distributed systems" (OSDI 2006).
 */
import { bloom } from 'ldfi';
import { candidates } from './election-direct.js';

export default bloom('election-storage', ['a', 'b', 'c', 'storage'], (b) => {
  const { node, follows } = candidates(b);
  const service = b.table('service', ['name']);
  const ask = b.channel('ask', ['@storage', 'candidate']);
  const leader = b.channel('leader', ['@to', 'leader']);
  const renewed = b.scratch('renewed', ['candidate']);
  const first = b.scratch('first', ['candidate']);
  const locks = b.scratch('locks', ['candidate']);
  const owner = b.scratch('owner', ['candidate']);

  // The storage gives the lock to the first who asks, and renews it as long as that one goes on asking.
  renewed.now(
    b
      .join(ask, owner)
      .where((a, o) => b.eq(a.candidate, o.candidate))
      .map((a) => [a.candidate]),
  );
  first.now(ask.group((a) => [b.min(a.candidate)]));
  locks.now(renewed);
  locks.now(first.notin(renewed, () => []));
  owner.next(locks);
  leader.async(b.join(ask, locks).map((a, l) => [a.candidate, l.candidate]));

  // The nodes.
  ask.async(b.join(node, service).map((_, s) => [s.name, b.here]));
  follows.now(leader.map((l) => [l.leader]));

  for (const one of ['a', 'b', 'c']) service.fact(one, 1, 'storage');
  b.check({ name: 'storage-crash', eot: 8, eff: 0, crashes: 1, expect: 'violated' });
  b.check({ name: 'node-crash', eot: 8, eff: 5, crashes: 1, crashable: ['a', 'b', 'c'], expect: 'holds' });
});
