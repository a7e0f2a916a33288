/**
 * Word count as a pipeline: the reducer puts out what it has, and corrects itself as more comes in.
 *
 * Promise: the words of mappers that do not crash are put out, and never a number that is too large. Why it holds: counts
 * only grow, from below, towards what is in the text; with a crashed mapper what comes is right for the others' parts.
 *
 * Source: Condie et al., "MapReduce Online" (NSDI 2010).
 */
import { bloom } from 'ldfi';
import { wordCount } from './mapreduce-barrier.js';

export default bloom('mapreduce-pipelined', ['m1', 'm2', 'm3', 'r'], (b) => {
  const { all, total, output, truth } = wordCount(b);
  output.now(total);

  b.pre(
    all.notin(b.crash, (r, _, c) => [b.eq(c.seer, r.node), b.eq(c.crashed, r.node)]).map((r, f) => [r.name, f.word]),
  );
  b.post(output.everywhere().map((o) => [o.node, o.word]));
  b.never(
    b
      .join(output.everywhere(), truth)
      .where((o, t) => [b.eq(o.node, t.reducer), b.eq(o.word, t.word), b.gt(o.times, t.times)])
      .map((o) => [o.node, o.word, o.times]),
  );
  b.check({ name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' });
});
