/** Words of the field, as the tool uses them. */
import type { Entries } from './entry.js';

export const WORDS: Entries = {
  eot: {
    also: ['end of time', 'end of time (eot)'],
    means: `The end of time: the last tick of a run. There the promise is looked at. It must be late enough for the
      protocol to repair itself after the last fault, or good protocols look broken.`,
    example: '//! check eot=6 eff=3 crashes=1',
    read: 'reference.md#commands',
  },
  eff: {
    also: ['end of finite failures'],
    means: `The end of finite failures: faults of the network happen at ticks before it. Between EFF and EOT everything
      arrives, so that a protocol which retries can be asked to have succeeded at the end. Crashes may come later.`,
    example: '//! check eot=6 eff=3 crashes=1',
    read: 'faults.md#the-kinds',
  },
  tick: {
    means: `A step of time: 1, 2, 3 … A message that is sent at tick t arrives at t + 1, is lost, or is late by whole
      ticks. All nodes take their steps together.`,
    read: 'dedalus.md',
  },
  node: {
    also: ['location'],
    means: 'One of the parties. In Dedalus it is the first argument of every relation, the node that holds the fact.',
    read: 'dedalus.md',
  },
  slot: {
    means: `All that one node sends to another at one tick: (from, to, tick). Its messages share a fate, as in one
      packet, unless \`perMessage\` gives them fates of their own.`,
    read: 'faults.md#messages-with-fates-of-their-own',
  },
  spec: {
    also: ['program'],
    means: 'What is searched: a Dedalus program with its promise, or a protocol in TypeScript with its check.',
    read: 'tutorial.md',
  },
  check: {
    means: `One question about a spec: bounds, and the verdict that is expected. A spec may have several. \`ldfi test\`
      asks them all.`,
    example: '//! check name=small eot=6 eff=3 crashes=1 expect=holds',
    read: 'reference.md#commands',
  },
  promise: {
    also: ['pre', 'post', 'never', 'invariant'],
    means: `What must be so at the end: every row of \`pre\` is a row of \`post\`, and at no tick is there a row of
      \`never\`. In TypeScript it is \`check\`, and \`always\` for every tick.`,
    example: 'pre(N, P)  :- log(N, P), notin crash(N, N, _);\npost(N, P) :- log(N, P), notin missing(_, P);',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  bounds: {
    means: `How far a check looks: nodes, EOT, EFF, kinds of faults and how many of each. Every verdict is about its
      bounds and nothing beyond them.`,
    read: 'reference.md#commands',
  },
  fault: {
    means: 'One thing that goes wrong: a lost slot, a crash, a partition. Each is one boolean variable of the formula.',
    read: 'faults.md',
  },
  scenario: {
    means: 'A set of faults that are injected together. One scenario gives one run. The empty set is one, too.',
    example: "ldfi replay hello.ded --faults 'a→b@1, crash a@2'",
    read: 'proof.md',
  },
  hypothesis: {
    means: `A scenario that the solver proposes: the cheapest one that breaks every way of succeeding known so far. It
      is run, and either breaks the promise or teaches another way of succeeding.`,
    read: 'proof.md',
  },
  run: {
    also: ['execution'],
    means: 'What a spec does in one scenario, tick by tick. The same scenario always gives the same run.',
    read: 'proof.md',
  },
  outcome: {
    means:
      'What one run comes to: it holds, is violated, or is vacuous. A verdict is about all scenarios within bounds.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  witness: {
    means: `What shows that a promise broke: a row of \`pre\` that is no row of \`post\`, a row of \`never\` and its
      tick, or what the check of a protocol says.`,
    read: 'dedalus.md#what-a-verdict-compares',
  },
  lineage: {
    means: `What a run teaches about why its outcome held: a formula over faults, 'known to hold', in which every way of
      succeeding is a term. Total lineage is that of all scenarios at once, before any fault is injected; else it grows
      run by run, or transition by transition.`,
    read: 'proof.md',
  },
  support: {
    means: `One way in which a good outcome came about: the messages and nodes that it rested on. To break the promise,
      a scenario has to hit every support. The ledger of the report lists them.`,
    read: 'proof.md',
  },
  counterexample: {
    means: 'A scenario that breaks the promise, minimal, and confirmed by a run.',
    example: 'ldfi replay reports/hello.json --emit vitest --out hello.test.ts',
    read: 'reference.md#counterexamples',
  },
  minimal: {
    means: `Without any one of its faults, or several of them, the promise is kept. A larger set need not break it: a
      second crash may stop the node that would have done harm.`,
    read: 'faults.md#which-counterexamples-are-shown',
  },
  'behaviour-class': {
    also: ['behavior class', 'class'],
    means:
      'Counterexamples that differ only in the tick of a crash, with every message meeting the same fate. One is shown.',
    read: 'reference.md#counterexamples',
  },
  verdict: {
    means: 'What a search answers for a check: holds, violated, vacuous, no-post, violated-failure-free, inconclusive.',
    read: 'reference.md#exit-codes',
  },
  'false-green': {
    means: `An answer that looks like success although nothing was tested: nothing is promised, nothing is sent, the run
      without faults is broken already. It has an exit code of its own, 4.`,
    read: 'reference.md#exit-codes',
  },
  durable: {
    means:
      'What a node still has when it is back from a restart. Without a declaration: facts that only one rule keeps.',
    example: '//! durable log, vote',
    read: 'faults.md#what-survives-a-restart',
  },
  timer: {
    means: 'A relation that counts time, or a timer of a handler: it stands still while the clock of its node does.',
    example: '//! timer lease',
    read: 'faults.md#clocks',
  },
  output: {
    means:
      'A relation that a program is there for. Without a declaration: what no other rule of the protocol reads, and what the promise is about.',
    example: '//! output receipt',
    read: 'calm.md#outputs',
  },
  reliable: {
    means: 'Nodes and links that never fail. The verdict names them, since it is only as good as that assumption.',
    example: '//! reliable client, a>b',
    read: 'faults.md#who-may-fail',
  },
  groups: {
    means: 'Nodes that stay together when the network splits: partitions are between groups.',
    example: '//! groups west = a b, east = c d',
    read: 'faults.md#groups',
  },
  symmetric: {
    means:
      'Nodes that can be exchanged without a difference. Counterexamples that differ in their names are shown as one.',
    example: '//! symmetric b, c',
    read: 'faults.md#nodes-that-are-alike',
  },
  cost: {
    also: ['maxcost'],
    means:
      'What a fault costs, 1 if nothing else is said. `maxCost` bounds what the faults of a scenario cost together.',
    example: '//! check eot=8 eff=6 faults=partition,restart maxCost=2',
    read: 'faults.md#choosing-kinds',
  },
  rate: {
    also: ['rates', 'probability'],
    means: 'How probable one fault of a kind is. Rates rank counterexamples, and `ldfi risk` computes with them.',
    example: 'ldfi run hello.ded --rank --rates omission=1e-3,crash=1e-5',
    read: 'reference.md#probabilities',
  },
  frontier: {
    also: ['cell', 'cells', 'how much is tolerated'],
    means: `The boundary between the bounds within which the promise holds and those within which it breaks. \`ldfi
      frontier\` looks for it: each combination of bounds is a cell, and its verdict is that of \`ldfi run\` within them.`,
    example: 'ldfi frontier hello.ded --eot 6..8 --eff 0..6 --crashes 0..2',
    read: 'reference.md#how-much-is-tolerated',
  },
  regression: {
    also: ['diff'],
    means: `What \`ldfi diff\` fails on: a promise that held, a verdict that was as expected or a cell that was tolerated,
      and is not any more; a counterexample that is new; a check that is gone.`,
    example: 'ldfi diff old.json new.json',
    read: 'ci.md#what-a-pull-request-changes',
  },
  strategy: {
    means: `How to search: by lineage, which finds all and proves that there are no more; at random; or all scenarios up
      to a size. The last two are there for comparison.`,
    read: 'proof.md',
  },
  baseline: {
    means: 'An experiment without faults. Several must agree before experiments with faults can be trusted.',
    read: 'live.md#how-a-verdict-comes-about-and-what-it-rests-on',
  },
  workload: {
    means: 'What clients ask of programs as nodes, and what is promised them: `echo`, `broadcast`, `lin-kv` and so on.',
    read: 'nodes.md',
  },
};
