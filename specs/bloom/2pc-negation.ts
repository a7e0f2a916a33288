/**
 * Two-phase commit in which silence is consent: the coordinator commits at its deadline unless somebody has said no.
 *
 * Promise: nobody who has said no sees a commit. What goes wrong: one loss, or a 'no' that comes after the deadline. That
 * none has come is not that none was sent.
 *
 * Source: the commit protocol as the case for a barrier in Hellerstein and Alvaro, "Keeping CALM" (CACM 2020).
 */
import { bloom } from 'ldfi';

export default bloom('2pc-negation', ['a', 'b', 'c'], (b) => {
  const refusal = b.channel('refusal', ['@coordinator', 'agent']);
  const decision = b.channel('decision', ['@agent', 'coordinator']);
  const agent = b.table('agent', ['agent']);
  const no = b.table('no', ['agent']);
  const decided = b.scratch('decided', []);
  const deadline = b.input('deadline', []);

  // The coordinator.
  no.now(refusal.map((r) => [r.agent]));
  decided.now(deadline.notin(no, () => []));
  decision.async(b.join(decided, agent).map((_, a) => [a.agent, b.here]));

  // The agents.
  const refuses = b.input('refuses', ['coordinator']);
  const commit = b.table('commit', ['coordinator']);
  refusal.async(refuses.map((r) => [r.coordinator, b.here]));
  commit.now(decision.map((d) => [d.coordinator]));

  b.pre(refuses.everywhere(1).map((r) => [r.node, r.coordinator]));
  b.post(
    refuses
      .everywhere(1)
      .notin(commit.everywhere(), (r, c) => b.eq(c.coordinator, r.coordinator))
      .map((r) => [r.node, r.coordinator]),
  );

  agent.fact('c', 1, 'a');
  agent.fact('c', 1, 'b');
  refuses.fact('a', 1, 'c');
  deadline.fact('c', 3);
  b.check({ name: 'one-loss', eot: 5, eff: 3, crashes: 0, expect: 'violated' });
});
