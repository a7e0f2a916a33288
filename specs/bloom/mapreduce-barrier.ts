/**
 * Word count as a batch: the reducer adds up when it has heard from every mapper, and not before.
 *
 * Promise: what is put out is right. Why it holds: behind the barrier there is nothing left to come. The price is time
 * and availability: the first number comes when the last mapper has finished, and with a crashed mapper there is none.
 *
 * Source: Dean and Ghemawat, "MapReduce" (OSDI 2004).
 */
import { type Builder, bloom } from 'ldfi';

/**
 * Three mappers read a part of a text each, a word at a tick. One that has finished sends what it has found, word by
 * word, again and again. What the reducer puts out is left open.
 */
export function wordCount(b: Builder) {
  const word = b.input('word', ['position', 'word']);
  const part = b.table('part', ['last']);
  const reducer = b.table('reducer', ['name']);
  const found = b.table('found', ['position', 'word']);
  const finished = b.scratch('finished', []);
  const pair = b.channel('pair', ['@reducer', 'mapper', 'position', 'word']);
  const heard = b.table('heard', ['mapper', 'position', 'word']);
  const total = b.scratch('total', ['word', 'times']);
  const output = b.output('output', ['word', 'times']);
  const truth = b.view('truth', ['reducer', 'word', 'times']);

  // The mappers.
  found.now(word);
  finished.now(
    b
      .join(part, found)
      .where((p, f) => b.eq(p.last, f.position))
      .map(() => []),
  );
  pair.async(b.join(finished, found, reducer).map((_, f, r) => [r.name, b.here, f.position, f.word]));

  // The reducer.
  heard.now(pair.map((p) => [p.mapper, p.position, p.word]));
  total.now(heard.group((h) => [h.word, b.count()]));

  const all = b.join(reducer.everywhere(), found.everywhere()).where((r, f) => b.eq(r.node, f.node));
  truth.now(all.group((r, f) => [r.name, f.word, b.count()]));

  const parts = { m1: ['rose'], m2: ['a', 'rose'], m3: ['is', 'a', 'rose', 'is'] };
  for (const [mapper, words] of Object.entries(parts)) {
    for (const [i, one] of words.entries()) word.fact(mapper, 1 + i, 1 + i, one);
    part.fact(mapper, 1, words.length);
    reducer.fact(mapper, 1, 'r');
  }
  return { all, total, heard, output, truth };
}

export default bloom('mapreduce-barrier', ['m1', 'm2', 'm3', 'r'], (b) => {
  const { total, heard, output, truth } = wordCount(b);
  const mapper = b.table('mapper', ['name']);
  const waits = b.scratch('waits', ['name']);
  waits.now(mapper.notin(heard, (m, h) => b.eq(m.name, h.mapper)));
  output.now(total.notin(waits, () => []));

  b.pre(output.everywhere());
  b.post(
    b
      .join(output.everywhere(), truth)
      .where((o, t) => [b.eq(o.node, t.reducer), b.eq(o.word, t.word), b.eq(o.times, t.times)])
      .map((o) => [o.node, o.word, o.times]),
  );

  for (const one of ['m1', 'm2', 'm3']) mapper.fact('r', 1, one);
  b.check({ name: 'usual', eot: 8, eff: 6, crashes: 1, expect: 'holds' });
});
