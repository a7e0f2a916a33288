/** Diagnostics of single facts and rules: variables, places, aggregates, ticks. */
import type { Entries } from './entry.js';

export const RULES: Entries = {
  'unbound-variable': {
    means: `A variable of a head, of a comparison or of a negated subgoal gets its value from the rest of the body: from
      a subgoal without \`notin\`, or from an equality with something that has a value. This one gets none, so the rule
      would have infinitely many answers. Often the name is misspelt.`,
    example: 'node("a", "b")@1;\nping(M, P)@async :- node(N, M);',
    mended: 'node("a", "b")@1;\nping(M, N)@async :- node(N, M);',
    remedy: 'Bind the variable in a subgoal, or by `X == …`. In a negated subgoal write `_` if any value will do.',
    read: 'dedalus.md',
  },
  wildcard: {
    means: `\`_\` stands for any value in a subgoal. In a head or a comparison a particular value is needed, and \`_\`
      has none.`,
    example: 'node("a", "b")@1;\nping(M, _)@async :- node(N, M);',
    mended: 'node("a", "b")@1;\nping(M, N)@async :- node(N, M);',
    remedy: 'Give it a name, and bind that name in the body.',
    read: 'dedalus.md',
  },
  'fact-not-constant': {
    means: `The arguments of a fact are strings in double quotes, or integers. A bare word is a variable, whatever its
      case, and a fact has no body that could give it a value.`,
    example: 'node(a, b)@1;',
    mended: 'node("a", "b")@1;',
    remedy: 'Put names into double quotes.',
    read: 'dedalus.md',
  },
  'arithmetic-in-subgoal': {
    means: `A subgoal matches rows against variables, constants and \`_\`. Arithmetic has its place in heads and in
      comparisons.`,
    example: 'term("a", 1)@1;\nfollowed(N, T) :- term(N, T), term(N, T + 1);',
    mended: 'term("a", 1)@1;\nfollowed(N, T) :- term(N, T), term(N, S), S == T + 1;',
    remedy: 'Put a new variable there, and compare: `S == T + 1`.',
    read: 'dedalus.md',
  },
  'undefined-arithmetic': {
    means: `This arithmetic has no result whatever the variables are: it computes with a string, or divides by zero. An
      instance of a rule whose arithmetic has no result does not fire, so this rule never does.`,
    example: 'clock("a", 1)@1;\nclock(N, T + "1")@next :- clock(N, T);',
    mended: 'clock("a", 1)@1;\nclock(N, T + 1)@next :- clock(N, T);',
    remedy: 'Write the number without quotes, or another divisor.',
    read: 'dedalus.md',
  },
  'aggregate-in-body': {
    means: 'Aggregates stand in heads: they sum up what the body of their rule gives. A body can only read the result.',
    example: 'vote("a", "b")@1;\nmajority(N) :- vote(N, count<V>);',
    mended: 'vote("a", "b")@1;\nvotes(N, count<V>) :- vote(N, V);\nmajority(N) :- votes(N, C), C > 1;',
    remedy: 'Derive a relation with the aggregate in its head, and read that.',
    read: 'dedalus.md',
  },
  'aggregate-without-variable': {
    means:
      '`count<_>` counts rows. The other aggregates need to be told of what they are the least, the most or the sum.',
    example: 'vote("a", 3)@1;\nbest(N, max<_>) :- vote(N, V);',
    mended: 'vote("a", 3)@1;\nbest(N, max<V>) :- vote(N, V);',
    remedy: 'Name a variable of the body.',
    read: 'dedalus.md',
  },
  'aggregate-location': {
    means: `The first argument of an \`@async\` head is the receiver of the message. It must be known for each row of
      the body, and an aggregate is known for the group as a whole only.`,
    example: 'node("a", "b")@1;\nping(min<M>)@async :- node(N, M);',
    mended: 'node("a", "b")@1;\nleast(N, min<M>) :- node(N, M);\nping(M)@async :- least(N, M);',
    remedy: 'Compute the receiver in a rule of its own, and send in another.',
    read: 'dedalus.md',
  },
  'no-location': {
    means: `The first argument of every relation is the node that holds the fact. A relation without arguments would be
      nowhere.`,
    example: 'start()@1;',
    mended: 'start("a")@1;',
    remedy: 'Put the node first.',
    read: 'dedalus.md',
  },
  'no-subgoal': {
    means: `A rule runs at the node that its first subgoal names. With comparisons alone it runs nowhere, so it never
      fires.`,
    example: 'ready("a") :- 1 < 2;',
    mended: 'start("a")@1;\nready(N) :- start(N);',
    remedy: 'Add a subgoal whose first argument is the node.',
    read: 'dedalus.md',
  },
  'unknown-sender': {
    means: `A message has a sender, which is the first argument of the first subgoal. Here that subgoal is negated and
      names no particular node, so nobody could say from where the message comes, and whose crash would lose it.`,
    example: 'node("a", "b")@1;\nquiet("b")@1;\nping(M)@async :- notin quiet(_), node(N, M);',
    mended: 'node("a", "b")@1;\nquiet("b")@1;\nping(M)@async :- node(N, M), notin quiet(N);',
    remedy: 'Put a subgoal without `notin` first. Its first argument is the sender.',
    read: 'dedalus.md',
  },
  'head-elsewhere': {
    means: `This rule of the protocol reads what one node has and writes into the tables of another one, in the same
      tick, without a message. Real nodes cannot do that, and no fault could prevent it. Assertions may look at all
      nodes; a rule counts as protocol if messages depend on what it derives.`,
    example: 'node("a", "b")@1;\nknown(M) :- node(N, M);\nping(M)@async :- known(N), node(N, M);',
    mended: 'node("a", "b")@1;\nknown(M)@async :- node(N, M);\nping(M)@async :- known(N), node(N, M);',
    remedy: 'Send it: write `@async` behind the head.',
    read: 'dedalus.md',
  },
  'mixed-locations': {
    means: `This rule of the protocol reads the tables of two nodes in one tick, without a message between them. Real
      nodes cannot do that, so what the spec proves would not be true of them.`,
    example: 'node("a", "b")@1;\nready("b")@1;\nping(M)@async :- node(N, M), ready(M);',
    mended: 'node("a", "b")@1;\nready("b")@1;\nping(M)@async :- node(N, M), ready(N);',
    remedy: 'Send what is needed in a message first, and read here what has arrived.',
    read: 'dedalus.md',
  },
  'tick-zero': {
    means: 'The first tick is 1. A fact at tick 0 never holds, and a subgoal at tick 0 finds nothing.',
    example: 'start("a")@0;',
    mended: 'start("a")@1;',
    remedy: 'Write `@1`.',
    read: 'dedalus.md',
  },
};
