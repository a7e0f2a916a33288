/**
 * Garbage collection: sites tell a collector which objects there are, and which object refers to which; what cannot be
 * reached from the root is garbage.
 *
 * Promise: an object that is referred to is not garbage in the end. What goes wrong: one loss. That nothing refers to an
 * object holds only until the next message; deadlock.ts asks for what is there, and needs no coordination.
 *
 * Source: the example of what needs coordination in Hellerstein and Alvaro, "Keeping CALM" (CACM 2020).
 */
import { bloom } from 'ldfi';

export default bloom('garbage', ['a', 'b', 'gc'], (b) => {
  const toHave = b.channel('to_have', ['@collector', 'object']);
  const toRefer = b.channel('to_refer', ['@collector', 'from', 'to']);
  const root = b.table('root', ['object']);
  const object = b.table('object', ['object']);
  const edge = b.table('edge', ['from', 'to']);
  const live = b.scratch('live', ['object']);
  const garbage = b.output('garbage', ['object']);

  // The collector.
  object.now(toHave.map((o) => [o.object]));
  edge.now(toRefer.map((e) => [e.from, e.to]));
  live.now(root);
  live.now(
    b
      .join(live, edge)
      .where((l, e) => b.eq(l.object, e.from))
      .map((_, e) => [e.to]),
  );
  garbage.now(object.notin(live));

  // The sites.
  const has = b.input('has', ['collector', 'object']);
  const refers = b.input('refers', ['collector', 'from', 'to']);
  toHave.async(has);
  toRefer.async(refers);

  b.pre(refers.everywhere(1).map((r) => [r.node, r.to]));
  b.post(
    b
      .join(refers.everywhere(1), object.everywhere())
      .where((r, o) => [b.eq(r.collector, o.node), b.eq(r.to, o.object)])
      .notin(garbage.everywhere(), (r, _, g) => [b.eq(g.node, r.collector), b.eq(g.object, r.to)])
      .map((r) => [r.node, r.to]),
  );

  root.fact('gc', 1, 'r');
  has.fact('a', 1, 'gc', 'x');
  refers.fact('b', 1, 'gc', 'r', 'x');
  b.check({ name: 'one-loss', eot: 5, eff: 2, crashes: 0, expect: 'violated' });
});
