/**
 * A chat server in two statements: remember whoever connects; forward each message to everyone remembered.
 *
 * Promise: whoever entered the chat sees, in the end, whatever was said. What goes wrong: nothing is kept for those
 * who come late, so a `connect` that is overtaken by a message costs its client that message, and so does any loss.
 *
 * Source: the chat server of Alvaro, Conway, Hellerstein, Marczak, "Consistency Analysis in Bloom" (CIDR 2011).
 */
import { bloom } from 'ldfi';

export default bloom('chat', ['server', 'ann', 'bob'], (b) => {
  const connect = b.channel('connect', ['@to', 'client']);
  const mcast = b.channel('mcast', ['@to', 'text']);
  const members = b.table('members', ['client']);

  // The server.
  members.now(connect.map((c) => [c.client]));
  mcast.async(b.join(mcast, members).map((m, member) => [member.client, m.text]));

  // Its clients.
  const enter = b.input('enter', ['server']);
  const say = b.input('say', ['server', 'text']);
  connect.async(enter.map((e) => [e.server, b.here]));
  mcast.async(say.map((s) => [s.server, s.text]));

  // What is promised.
  const entered = b.table('entered', ['server']);
  const said = b.table('said', ['server', 'text']);
  const seen = b.table('seen', ['text']);
  entered.now(enter);
  said.now(say);
  seen.now(mcast.map((m) => [m.text]));
  b.pre(b.join(entered.everywhere(), said.everywhere()).map((e, s) => [e.node, s.text]));
  b.post(seen.everywhere().map((s) => [s.node, s.text]));

  enter.fact('ann', 1, 'server');
  enter.fact('bob', 1, 'server');
  say.fact('ann', 2, 'server', 'hello');

  b.check({ name: 'no-faults', eot: 6, eff: 0, crashes: 0, expect: 'holds' });
  b.check({ name: 'late-join', eot: 6, eff: 3, crashes: 0, faults: 'delay:2', expect: 'violated' });
  b.check({ name: 'one-loss', eot: 6, eff: 4, crashes: 0, expect: 'violated' });
});
