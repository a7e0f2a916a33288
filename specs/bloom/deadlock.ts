/**
 * Deadlock detection: sites tell a detector which transaction waits for which; a cycle is a deadlock.
 *
 * Promise: the cycle is found. Why it holds: sites repeat what they know, and more edges never make fewer paths.
 *
 * Source: the example of what needs no coordination in Hellerstein and Alvaro, "Keeping CALM" (CACM 2020).
 */
import { bloom } from 'ldfi';

export default bloom('deadlock', ['a', 'b', 'd'], (b) => {
  const told = b.channel('told', ['@detector', 'waiting', 'holding']);
  const edge = b.table('edge', ['waiting', 'holding']);
  const path = b.scratch('path', ['from', 'to']);
  const deadlock = b.output('deadlock', ['transaction']);

  // The detector.
  edge.now(told.map((t) => [t.waiting, t.holding]));
  path.now(edge);
  path.now(
    b
      .join(path, edge)
      .where((p, e) => b.eq(p.to, e.waiting))
      .map((p, e) => [p.from, e.holding]),
  );
  deadlock.now(path.where((p) => b.eq(p.from, p.to)).map((p) => [p.from]));

  // The sites.
  const waits = b.table('waits', ['waiting', 'holding']);
  const detector = b.table('detector', ['name']);
  told.async(b.join(waits, detector).map((w, d) => [d.name, w.waiting, w.holding]));

  b.pre(waits.everywhere().map((w) => [w.node, w.waiting]));
  b.post(
    b
      .join(waits.everywhere(), deadlock.everywhere())
      .where((w, found) => [b.eq(w.waiting, found.transaction), b.eq(found.node, 'd')])
      .map((w) => [w.node, w.waiting]),
  );

  waits.fact('a', 1, 't1', 't2');
  waits.fact('b', 1, 't2', 't1');
  detector.fact('a', 1, 'd');
  detector.fact('b', 1, 'd');
  b.check({ name: 'small', eot: 6, eff: 3, crashes: 0, expect: 'holds' });
});
