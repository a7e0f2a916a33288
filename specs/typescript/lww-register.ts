/**
 * A last-writer-wins register, replicated by gossip: every node tells the others at every tick what it has, and keeps
 * the newer of what it has and hears. Newer is by logical time, then by the writer's name. a and b write at once, not
 * knowing of each other.
 *
 * Promise: in the end all correct nodes have the same value. Why it holds: the merge is commutative, associative and
 * idempotent, so neither order nor repetition nor loss matter, only that news gets around; and whoever has it passes it
 * on. Why the last check breaks: it leaves news one tick too few to get around.
 *
 * Source: Johnson and Thomas, RFC 677 (1975); Shapiro et al., "Conflict-free replicated data types" (2011), §3.2.
 */
import { defineProtocol } from 'ldfi';

interface Register {
  readonly value: string;
  readonly time: number;
  readonly writer: string;
}

const isNewer = (one: Register, other: Register): boolean =>
  one.time > other.time || (one.time === other.time && one.writer > other.writer);

export default defineProtocol<Register, Register>({
  name: 'lww-register',
  nodes: ['a', 'b', 'c'],
  state: () => ({ value: 'nothing', time: 0, writer: '' }),
  actor: (id) => ({
    init(ctx) {
      if (id !== 'c') ctx.state = { value: `${id}'s`, time: ctx.state.time + 1, writer: id };
      ctx.broadcast(ctx.state);
      ctx.setPeriodic('gossip', 1);
    },
    onMessage(ctx, _from, heard) {
      if (isNewer(heard, ctx.state)) ctx.state = heard;
    },
    onTimer(ctx) {
      ctx.broadcast(ctx.state);
    },
  }),
  check: (world) => {
    const values = new Set(world.alive.map((node) => world.state(node).value));
    return values.size < 2 ? 'holds' : { violated: world.alive.map((node) => [node, 'has', world.state(node).value]) };
  },
  checks: [
    { name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' },
    { name: 'loss-only', eot: 6, eff: 5, crashes: 0, expect: 'holds' },
    { name: 'too-short', eot: 5, eff: 4, crashes: 1, expect: 'violated', allow: ['short-eot'] },
  ],
});
