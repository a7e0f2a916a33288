/**
 * The remedy for references.ts: whoever refers to a department gives it a tag of its own.
 *
 * Promise: the department of every employee is there, and the replicas end up alike. Why it holds: to close a department
 * takes away the tags that are known, and Ann's was not known when it was closed, so hiring wins over closing everywhere.
 *
 * Source: Balegas et al., "IPA: invariant-preserving applications for weakly consistent replicated databases" (VLDB 2018).
 */
import { bloom } from 'ldfi';
import { staff } from './references.js';

export default bloom('references-kept', ['a', 'b', 'c'], (b) => {
  const { tag, employee } = staff(b);
  tag.now(employee.map((e) => [e.department, e.employee]));
  b.check({ name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' });
});
