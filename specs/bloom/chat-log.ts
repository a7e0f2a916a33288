/**
 * The remedy for chat.ts: the server keeps what was said, and clients ask for entrance until they are shown it.
 *
 * Promise: what bob says is shown to ann. Why it holds: everything is kept, and sent again and again; both sides of the
 * join only grow, so no order of messages keeps a line from a client.
 */
import { bloom } from 'ldfi';

export default bloom('chat-log', ['ann', 'bob', 'srv'], (b) => {
  const join = b.channel('join', ['@server', 'client']);
  const line = b.channel('line', ['@server', 'text']);
  const shown = b.channel('shown', ['@client', 'text']);
  const member = b.table('member', ['client']);
  const said = b.table('said', ['text']);

  // The server.
  member.now(join.map((j) => [j.client]));
  said.now(line.map((l) => [l.text]));
  shown.async(b.join(said, member).map((s, m) => [m.client, s.text]));

  // Its clients.
  const enters = b.table('enters', ['server']);
  const says = b.table('says', ['server', 'text']);
  const screen = b.table('screen', ['text']);
  join.async(enters.map((e) => [e.server, b.here]));
  line.async(says.map((s) => [s.server, s.text]));
  screen.now(shown.map((s) => [s.text]));

  b.pre(says.everywhere().map((s) => [s.node, s.text]));
  b.post(
    b
      .join(says.everywhere(), screen.everywhere())
      .where((mine, seen) => [b.eq(mine.text, seen.text), b.eq(seen.node, 'ann')])
      .map((mine) => [mine.node, mine.text]),
  );

  enters.fact('ann', 1, 'srv');
  says.fact('bob', 1, 'srv', 'hello');
  b.check({ name: 'small', eot: 6, eff: 2, crashes: 0, expect: 'holds' });
});
