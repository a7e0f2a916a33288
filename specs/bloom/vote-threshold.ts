/**
 * A vote that is over when two have voted for it.
 *
 * Promise: the vote passes once two have cast theirs. Why it holds: votes only come in, so two or more stay two or more,
 * and members vote again and again.
 */
import { bloom } from 'ldfi';

export default bloom('vote-threshold', ['a', 'b', 'c'], (b) => {
  const ballot = b.channel('ballot', ['@chair', 'member']);
  const votes = b.table('votes', ['chair']);
  const vote = b.table('vote', ['member']);
  const cast = b.scratch('cast', ['number']);
  const passed = b.output('passed', []);

  ballot.async(votes.map((v) => [v.chair, b.here]));
  vote.now(ballot.map((v) => [v.member]));
  cast.now(vote.group((v) => [b.count(v.member)]));
  passed.now(cast.where((c) => b.ge(c.number, 2)).map(() => []));

  b.pre(votes.everywhere().map((v) => [v.node, v.chair]));
  b.post(
    b
      .join(votes.everywhere(), passed.everywhere())
      .where((v, p) => b.eq(p.node, v.chair))
      .map((v) => [v.node, v.chair]),
  );

  votes.fact('a', 1, 'c');
  votes.fact('b', 1, 'c');
  b.check({ name: 'small', eot: 5, eff: 2, crashes: 0, expect: 'holds' });
});
