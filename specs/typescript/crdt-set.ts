/**
 * An observed-remove set, replicated by gossip. Every addition has a tag of its own; a removal buries the tags that the
 * remover has seen. a and b add the same element, c removes it in between, having seen a's addition or not.
 *
 * Promise: in the end all correct nodes show the same set, and the addition that c had not seen when it removed
 * survives (add wins). Why it holds: both parts of the state only grow, and are merged by union. Why the last check
 * breaks: it leaves news too little time to get around.
 *
 * Source: Shapiro, Preguiça, Baquero and Zawirski, "A comprehensive study of convergent and commutative replicated data
 * types" (2011), §3.3.5.
 */
import { defineProtocol } from 'ldfi';

/** Sorted, so that equal sets are equal data. */
interface Tagged {
  added: string[];
  buried: string[];
}

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort();

/** The tag is the element and who added it. */
const elementOf = (tag: string): string => tag.split('#')[0] ?? '';

const shown = ({ added, buried }: Tagged): string =>
  [...new Set(added.filter((tag) => !buried.includes(tag)).map(elementOf))].sort().join(' ');

export default defineProtocol<Tagged, Tagged>({
  name: 'crdt-set',
  nodes: ['a', 'b', 'c'],
  state: (id) => ({ added: id === 'a' ? ['pear#a'] : [], buried: [] }),
  actor: (id) => ({
    init(ctx) {
      ctx.broadcast(ctx.state);
      ctx.setPeriodic('gossip', 1);
      if (id === 'b') ctx.setTimer('add', 2);
      if (id === 'c') ctx.setTimer('remove', 2);
    },
    onMessage(ctx, _from, { added, buried }) {
      const { state } = ctx;
      ctx.state = { added: union(state.added, added), buried: union(state.buried, buried) };
    },
    onTimer(ctx, timer) {
      const { state } = ctx;
      if (timer === 'add') state.added = union(state.added, ['pear#b']);
      else if (timer === 'remove') state.buried = union(state.buried, state.added);
      else ctx.broadcast(state);
    },
  }),
  check: (world) => {
    const sets = world.alive.map((node) => shown(world.state(node)));
    if (new Set(sets).size > 1) return { violated: world.alive.map((node, i) => [node, 'shows', sets[i] ?? '']) };
    // b's addition comes when c's removal does.
    return world.isAlive('b') && sets[0] !== 'pear' ? { violated: "b's addition is lost" } : 'holds';
  },
  checks: [
    { name: 'usual', eot: 6, eff: 4, crashes: 1, expect: 'holds' },
    { name: 'loss-only', eot: 7, eff: 5, crashes: 0, expect: 'holds' },
    { name: 'too-short', eot: 5, eff: 4, crashes: 1, expect: 'violated', allow: ['short-eot'] },
  ],
});
