/** Diagnostics of a program as a whole: names, arities, the promise, cycles, `crash`. */
import type { Entries } from './entry.js';

export const PROGRAM: Entries = {
  'arity-mismatch': {
    means: `A relation has the same number of arguments wherever it stands. The number that is written most often is
      taken as meant, and every other use is reported. The built-in \`crash\` has three arguments.`,
    example: 'node("a", "b")@1;\nping(M, N)@async :- node(N, M);\npong(N) :- ping(N);',
    mended: 'node("a", "b")@1;\nping(M, N)@async :- node(N, M);\npong(N) :- ping(N, _);',
    remedy: 'Add the missing arguments (`_` if they do not matter), or give one of the two relations another name.',
    read: 'dedalus.md',
  },
  'pre-post-arity': {
    means: `The promise is that every row of \`pre\` is, in the end, a row of \`post\`. Rows of different length can
      never be the same, so the promise would be broken as soon as anything is promised.`,
    example: 'log("a", "x")@1;\npre(N) :- log(N, P);\npost(N, P) :- log(N, P);',
    mended: 'log("a", "x")@1;\npre(N, P) :- log(N, P);\npost(N, P) :- log(N, P);',
    remedy: 'Give both the same arguments.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'not-stratified': {
    means: `Within one tick a relation depends on its own absence, or on an aggregate over itself: whether it holds
      would depend on whether it does not. The notes show the rules of the cycle. Rules with \`@next\` and \`@async\`
      are never at fault, since they speak of a later tick.`,
    example: 'node("a", "b")@1;\nidle(N) :- node(N, _), notin busy(N);\nbusy(N) :- node(N, _), notin idle(N);',
    mended: 'node("a", "b")@1;\nidle(N) :- node(N, _), notin busy(N);\nbusy(N)@next :- node(N, _), notin idle(N);',
    remedy: 'Break the cycle with `@next`, so that one of the rules looks at the tick before.',
    read: 'dedalus.md',
  },
  'never-derived': {
    means: `A rule reads a relation that no fact and no rule gives, so it is always empty: the subgoal never matches,
      or, if it is negated, always holds. Nearly always the name is misspelt.`,
    example: 'node("a", "b")@1;\nping(M, N)@async :- nodes(N, M);',
    mended: 'node("a", "b")@1;\nping(M, N)@async :- node(N, M);',
    remedy: 'Correct the name, or include the file that gives the relation.',
    read: 'dedalus.md',
  },
  'near-name': {
    means: `A relation is derived and never read, and another one, whose name differs by a slip of the pen, is read.
      What this rule derives is then lost without a word.`,
    example: 'received("a", "x")@1;\nrecieved(N, X)@next :- received(N, X);',
    mended: 'received("a", "x")@1;\nreceived(N, X)@next :- received(N, X);',
    remedy: 'Correct the name, or choose one that differs more.',
    read: 'dedalus.md',
  },
  'never-read': {
    means: `A rule derives a relation that nothing reads. In a program that has its promise, such a rule changes no
      verdict. In an assertion this is how a check gets lost.`,
    example: 'log("a", "x")@1;\nlate(N) :- log(N, _);\npre(N, P) :- log(N, P);\npost(N, P) :- log(N, P);',
    mended: 'log("a", "x")@1;\nlate(N) :- log(N, _);\npre(N, P) :- log(N, P);\npost(N, P) :- log(N, P), late(N);',
    remedy: 'Read it where it was meant to be read, or leave it out.',
    read: 'dedalus.md',
  },
  'half-a-promise': {
    means: `There is a \`pre\` but no \`post\`, or the other way round. The promise needs both: every row of \`pre\` is,
      in the end, a row of \`post\`. With one of them nothing is promised.`,
    example: 'log("a", "x")@1;\npre(N, P) :- log(N, P);',
    mended: 'log("a", "x")@1;\npre(N, P) :- log(N, P);\npost(N, P) :- log(N, P);',
    remedy: 'Write the other one, or use `never` for what must not come about.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'never-is-read': {
    means: `\`never\` promises that it has no row at any tick. In a program whose rules read it, it is a relation like
      any other instead, and promises nothing.`,
    example: 'lost("a")@1;\nnever(N) :- lost(N);\nalarm(N) :- never(N);',
    mended: 'lost("a")@1;\nalarm(N) :- lost(N);\nnever(N) :- alarm(N);',
    remedy: 'Let rules read another relation, and derive `never` from that.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'crash-in-protocol': {
    means: `\`crash\` says who crashes in the scenario at hand. Assertions may use it to excuse a node. A protocol that
      reads it knows at once what real nodes can only suspect after a time-out, so the verdict would be about an easier
      world.`,
    example: 'node("a", "b")@1;\nping(M)@async :- node(N, M), notin crash(N, M, _);',
    mended: 'node("a", "b")@1;\nping(M)@async :- node(N, M);',
    remedy:
      'Let nodes detect failures by time-out. Read `crash` in rules that lead to `pre`, `post` and `never` alone.',
    read: 'dedalus.md',
  },
  'crash-derived': {
    means: `\`crash\` is built in: its rows come from the scenario, as the bounds allow. Facts and rules cannot add to
      it.`,
    example: 'crash("a", "b", 2)@1;',
    mended: 'down("a", "b")@1;',
    remedy:
      'Allow crashes with `crashes=1` in the check or with `--crashes 1`. For a relation of your own use another name.',
    read: 'faults.md#the-kinds',
  },
};
