/**
 * A chat room whose server is two statements: remember whoever joins; forward each line to everyone remembered.
 *
 * Promise: what bob says is shown to ann. What goes wrong: a line is there for one step and meets whoever has joined by
 * then, so a loss, or a join that a line overtakes, costs ann that line. chat-log.ts is the remedy.
 *
 * Source: the chat server of Alvaro et al., "Consistency Analysis in Bloom" (CIDR 2011).
 */
import { bloom } from 'ldfi';

export default bloom('chat', ['ann', 'bob', 'srv'], (b) => {
  const join = b.channel('join', ['@server', 'client']);
  const line = b.channel('line', ['@server', 'text']);
  const shown = b.channel('shown', ['@client', 'text']);
  const member = b.table('member', ['client']);

  // The server.
  member.now(join.map((j) => [j.client]));
  shown.async(b.join(line, member).map((l, m) => [m.client, l.text]));

  // Its clients.
  const enters = b.input('enters', ['server']);
  const says = b.input('says', ['server', 'text']);
  const screen = b.table('screen', ['text']);
  join.async(enters.map((e) => [e.server, b.here]));
  line.async(says.map((s) => [s.server, s.text]));
  screen.now(shown.map((s) => [s.text]));

  b.pre(says.everywhere(1).map((s) => [s.node, s.text]));
  b.post(
    b
      .join(says.everywhere(1), screen.everywhere())
      .where((said, seen) => [b.eq(said.text, seen.text), b.eq(seen.node, 'ann')])
      .map((said) => [said.node, said.text]),
  );

  enters.fact('ann', 1, 'srv');
  says.fact('bob', 1, 'srv', 'hello');
  b.check({ name: 'one-loss', eot: 5, eff: 2, crashes: 0, expect: 'violated' });
  b.check({ name: 'late-join', eot: 6, eff: 3, faults: 'delay:2', expect: 'violated' });
});
