/**
 * Leader election by direct messages: everybody tells everybody that it lives, and follows the first of those it hears.
 *
 * Promise: in the end everybody follows a leader that lives. Why it holds: whoever crashes is not heard of any more, and
 * the next one takes over at once; there is nobody whose crash stops the election.
 *
 * Source: Garcia-Molina, "Elections in a distributed computing system" (1982), for the idea.
 */
import { type Builder, bloom } from 'ldfi';

/** What makes an election available, whom a node follows being left open. */
export function candidates(b: Builder) {
  const node = b.table('node', []);
  const follows = b.output('follows', ['leader']);
  const dead = b.view('dead', ['node', 'leader']);
  // Of a crash after tick 5 nobody can know yet.
  dead.now(
    b
      .join(follows.everywhere(), b.crash)
      .where((f, c) => [b.eq(c.seer, f.node), b.eq(c.crashed, f.leader), b.lt(c.tick, 6)])
      .map((f) => [f.node, f.leader]),
  );
  b.pre(node.everywhere().notin(b.crash, (n, c) => [b.eq(c.seer, n.node), b.eq(c.crashed, n.node)]));
  b.post(
    follows
      .everywhere()
      .notin(dead, (f, d) => [b.eq(f.node, d.node), b.eq(f.leader, d.leader)])
      .map((f) => [f.node]),
  );
  for (const one of ['a', 'b', 'c']) node.fact(one, 1);
  return { node, follows };
}

export default bloom('election-direct', ['a', 'b', 'c'], (b) => {
  const { node, follows } = candidates(b);
  const peer = b.table('peer', ['name']);
  const alive = b.channel('alive', ['@to', 'from']);
  alive.async(b.join(node, peer).map((_, p) => [p.name, b.here]));
  follows.now(alive.group((a) => [b.min(a.from)]));

  for (const one of b.nodes) for (const other of b.nodes) peer.fact(one, 1, other);
  b.check({ name: 'one-crash', eot: 8, eff: 0, crashes: 1, expect: 'holds' });
  b.check({ name: 'loss', eot: 8, eff: 6, crashes: 1, expect: 'holds' });
});
