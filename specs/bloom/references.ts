/**
 * Referential integrity across two replicated sets: each of them converges, and still what one refers to is missing from
 * the other.
 *
 * Promise: the department of every employee is there. What goes wrong: a closes the department while b hires Ann for it.
 * Each has looked, and each was right; no fault is needed. references-kept.ts is the remedy.
 *
 * Source: Bailis et al., "Coordination avoidance in database systems" (VLDB 2015).
 */
import { type Builder, bloom } from 'ldfi';

/**
 * Replicas keep departments and employees. A department is there as long as one of its tags is; to close it takes away
 * the tags that are known where it is closed. Replicas send all they have to each other, all the time.
 */
export function staff(b: Builder) {
  const closing = b.input('closing', ['department']);
  const hiring = b.input('hiring', ['employee', 'department']);
  const peer = b.table('peer', ['name']);
  const tag = b.table('tag', ['department', 'tag']);
  const gone = b.table('gone', ['department', 'tag']);
  const employee = b.output('employee', ['employee', 'department']);
  const department = b.output('department', ['department']);

  department.now(tag.notin(gone).map((t) => [t.department]));
  gone.next(
    b
      .join(closing, tag)
      .where((c, t) => b.eq(c.department, t.department))
      .notin(employee, (c, _, e) => b.eq(e.department, c.department))
      .map((_, t) => [t.department, t.tag]),
  );
  employee.next(
    b
      .join(hiring, department)
      .where((h, d) => b.eq(h.department, d.department))
      .map((h) => [h.employee, h.department]),
  );

  employee.next(employee);

  // Sets travel as they are, and are merged.
  for (const [set, name] of [
    [tag, 'tag'],
    [gone, 'gone'],
  ] as const) {
    const sent = b.channel(`sent_${name}`, ['@to', 'department', 'tag']);
    sent.async(b.join(set, peer).map((s, p) => [p.name, s.department, s.tag]));
    set.now(sent.map((s) => [s.department, s.tag]));
  }
  const sent = b.channel('sent_employee', ['@to', 'employee', 'department']);
  sent.async(b.join(employee, peer).map((e, p) => [p.name, e.employee, e.department]));
  employee.now(sent.map((s) => [s.employee, s.department]));

  b.never(
    employee
      .everywhere()
      .notin(department.everywhere(), (e, d) => [b.eq(e.node, d.node), b.eq(e.department, d.department)]),
  );
  const has = b.view('has', ['node', 'what']);
  const lacks = b.view('lacks', ['node', 'what']);
  has.now(department.everywhere());
  has.now(employee.everywhere().map((e) => [e.node, e.employee]));
  lacks.now(
    b
      .join(has, peer.everywhere())
      .where((h, p) => b.eq(h.node, p.node))
      .notin(has, (h, p, other) => [b.eq(other.node, p.name), b.eq(other.what, h.what)])
      .notin(b.crash, (_, p, c) => [b.eq(c.seer, p.name), b.eq(c.crashed, p.name)])
      .map((h, p) => [p.name, h.what]),
  );
  b.pre(has.notin(b.crash, (h, c) => [b.eq(c.seer, h.node), b.eq(c.crashed, h.node)]));
  b.post(has.notin(lacks, (h, l) => b.eq(h.what, l.what)));

  for (const one of b.nodes) for (const other of b.nodes) if (one !== other) peer.fact(one, 1, other);
  tag.fact('c', 1, 'sales', 'founded');
  closing.fact('a', 4, 'sales');
  hiring.fact('b', 4, 'ann', 'sales');
  return { tag, employee };
}

export default bloom('references', ['a', 'b', 'c'], (b) => {
  staff(b);
  b.check({ name: 'no-faults', eot: 7, eff: 0, crashes: 0, expect: 'violated-failure-free' });
});
