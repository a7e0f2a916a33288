/**
 * Distinct words: mappers send their words; the reducer keeps which there are, and needs no barrier.
 *
 * Promise: every word is there in the end. Why it holds: a word that has come is there, whatever comes later, and the
 * mappers send again and again.
 */
import { bloom } from 'ldfi';

export default bloom('distinct-words', ['m1', 'm2', 'r'], (b) => {
  const word = b.channel('word', ['@reducer', 'position', 'word']);
  const text = b.table('text', ['reducer', 'position', 'word']);
  const distinct = b.table('distinct', ['word']);

  word.async(text);
  distinct.now(word.map((w) => [w.word]));

  b.pre(text.everywhere().map((t) => [t.node, t.word]));
  b.post(
    b
      .join(text.everywhere(), distinct.everywhere())
      .where((t, d) => [b.eq(t.reducer, d.node), b.eq(t.word, d.word)])
      .map((t) => [t.node, t.word]),
  );

  text.fact('m1', 1, 'r', 1, 'rose');
  text.fact('m2', 1, 'r', 2, 'rose');
  text.fact('m2', 1, 'r', 3, 'tree');
  b.check({ name: 'small', eot: 5, eff: 2, crashes: 0, expect: 'holds' });
});
