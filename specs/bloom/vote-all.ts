/**
 * A vote that is over when everyone has voted for it: as many votes as there are members.
 *
 * Promise: the vote is heard, of everyone enrolled. What goes wrong: one loss. The number of members and the number of
 * votes go on changing, so that they are equal holds only for now; vote-threshold.ts asks for a number that is fixed.
 */
import { bloom } from 'ldfi';

export default bloom('vote-all', ['a', 'b', 'c'], (b) => {
  const enrol = b.channel('enrol', ['@chair', 'member']);
  const ballot = b.channel('ballot', ['@chair', 'member']);
  const member = b.table('member', ['member']);
  const vote = b.table('vote', ['member']);
  const members = b.scratch('members', ['number']);
  const cast = b.scratch('cast', ['number']);
  const passed = b.output('passed', []);

  // The chair.
  member.now(enrol.map((e) => [e.member]));
  vote.now(ballot.map((v) => [v.member]));
  members.now(member.group((m) => [b.count(m.member)]));
  cast.now(vote.group((v) => [b.count(v.member)]));
  passed.now(
    b
      .join(members, cast)
      .where((m, c) => b.eq(m.number, c.number))
      .map(() => []),
  );
  passed.next(passed);

  // The members.
  const enrols = b.input('enrols', ['chair']);
  const votes = b.input('votes', ['chair']);
  enrol.async(enrols.map((e) => [e.chair, b.here]));
  ballot.async(votes.map((v) => [v.chair, b.here]));

  b.pre(votes.everywhere(2).map((v) => [v.node, v.chair]));
  b.post(
    b
      .join(votes.everywhere(2), vote.everywhere(), member.everywhere())
      .where((v, heard, m) => [
        b.eq(heard.node, v.chair),
        b.eq(heard.member, v.node),
        b.eq(m.node, v.chair),
        b.eq(m.member, 'c'),
      ])
      .map((v) => [v.node, v.chair]),
  );

  member.fact('a', 1, 'a');
  vote.fact('a', 2, 'a');
  enrols.fact('b', 1, 'a');
  enrols.fact('c', 1, 'a');
  votes.fact('b', 2, 'a');
  b.check({ name: 'one-loss', eot: 5, eff: 2, crashes: 0, expect: 'violated' });
});
