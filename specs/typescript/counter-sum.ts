/**
 * A counter with a copy on each of two nodes. A node counts up, tells the other by how much, and the other adds it.
 *
 * Promise: no copy shows more than was counted. What goes wrong: a message arrives twice, and is added twice. What is
 * lost makes a copy fall behind, and so does a crash; neither makes it run ahead. counter-max.ts is the cure.
 *
 * Source: Shapiro, Preguiça, Baquero and Zawirski, "Conflict-free replicated data types" (SSS 2011): operations need
 * exactly-once delivery, a merge must be idempotent.
 */
import { type CheckAnswer, defineProtocol, type World } from 'ldfi';

export interface Counter {
  /** By node, how much it has counted as far as this one knows. */
  counts: Record<string, number>;
}

const total = ({ counts }: Counter): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Each node counts up once at the start. */
export function neverAhead(world: World<Counter>): CheckAnswer {
  const counted = world.nodes.length;
  const ahead = world.nodes.find((node) => total(world.state(node)) > counted);
  if (ahead === undefined) return 'holds';
  return { violated: `${ahead} shows ${total(world.state(ahead))}, and only ${counted} were counted` };
}

export default defineProtocol<Counter, number>({
  name: 'counter-sum',
  nodes: ['a', 'b'],
  state: () => ({ counts: { a: 0, b: 0 } }),
  actor: (id) => ({
    init(ctx) {
      ctx.state.counts[id] = 1;
      ctx.broadcast(1);
    },
    onMessage(ctx, from, more) {
      ctx.state.counts[from] = (ctx.state.counts[from] ?? 0) + more;
    },
  }),
  check: neverAhead,
  checks: [
    { name: 'duplication', eot: 5, eff: 2, crashes: 0, faults: 'dup:1', expect: 'violated' },
    { name: 'loss-and-crash', eot: 5, eff: 2, crashes: 1, expect: 'holds' },
  ],
});
