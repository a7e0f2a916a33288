/**
 * Word count: mappers send their words, each with its place in the text; the reducer counts them as they come.
 *
 * Promise: the word is counted twice. What goes wrong: one loss. Each count is right for what has come so far, and wrong
 * when more comes: a reducer must wait for a barrier (mapreduce-barrier.ts). distinct-words.ts needs none.
 */
import { bloom } from 'ldfi';

export default bloom('word-count', ['m1', 'm2', 'r'], (b) => {
  const word = b.channel('word', ['@reducer', 'position', 'word']);
  const text = b.input('text', ['reducer', 'position', 'word']);
  const heard = b.table('heard', ['position', 'word']);
  const total = b.output('total', ['word', 'times']);

  word.async(text);
  heard.now(word.map((w) => [w.position, w.word]));
  total.now(heard.group((h) => [h.word, b.count(h.position)]));

  b.pre(text.everywhere(1).map((t) => [t.node, t.word]));
  b.post(
    b
      .join(text.everywhere(1), total.everywhere())
      .where((t, n) => [b.eq(t.reducer, n.node), b.eq(t.word, n.word), b.eq(n.times, 2)])
      .map((t) => [t.node, t.word]),
  );

  text.fact('m1', 1, 'r', 1, 'rose');
  text.fact('m2', 1, 'r', 2, 'rose');
  b.check({ name: 'one-loss', eot: 5, eff: 2, crashes: 0, expect: 'violated' });
});
