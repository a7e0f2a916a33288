/**
 * Best-effort broadcast: the sender sends to everyone, once.
 *
 * Promise: if one correct node has the message, all correct nodes have it. 'Correct' means: does not crash in the whole
 * run. What goes wrong: one lost message, and a correct node goes without while the sender has it. A crash alone does
 * no harm: what is sent at one tick leaves together or not at all, and a crashed sender no longer counts.
 *
 * Source: the first protocol of Alvaro et al., "Lineage-driven Fault Injection" (SIGMOD 2015). In Dedalus:
 * ../broadcast/simple.ded.
 */
import { type CheckAnswer, defineProtocol, type World } from 'ldfi';

export interface Holder {
  has: boolean;
}

/** Agreement (Hadzilacos and Toueg, 1993), which all broadcasts here promise. */
export function agreement(world: World<Holder>): CheckAnswer {
  const missing = world.alive.filter((node) => !world.state(node).has);
  if (missing.length === world.alive.length) return 'vacuous';
  if (missing.length === 0) return 'holds';
  return { violated: missing.map((node) => [node, 'lacks what others have']) };
}

export default defineProtocol({
  name: 'broadcast-simple',
  nodes: ['a', 'b', 'c'],
  types: {} as { message: 'hello' },
  state: (id): Holder => ({ has: id === 'a' }),
  actor: () => ({
    init(ctx) {
      if (ctx.state.has) ctx.broadcast('hello');
    },
    onMessage(ctx) {
      ctx.state.has = true;
    },
  }),
  check: agreement,
  checks: [
    { name: 'one-loss', eot: 4, eff: 2, crashes: 0, expect: 'violated' },
    { name: 'crash-only', eot: 4, eff: 0, crashes: 1, expect: 'holds' },
  ],
});
