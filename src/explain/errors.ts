/** Codes of `LdfiError`: misuse, and limits that were hit. */
import type { LdfiErrorCode } from '../core/invariant.js';
import type { Entry } from './entry.js';

export const ERRORS: Readonly<Record<LdfiErrorCode, Entry>> = {
  'bad-bounds': {
    means: `The bounds of a check make no sense: a number beyond its range, a node that there is not, a kind of fault
      that is not known or is named twice. All problems are listed.`,
    example: '//! check eot=6 eff=3 crashes=1 nodes=a,b,c faults=omission,crash,delay:2',
    remedy: 'Correct what is listed. `ldfi run --help` has the ranges.',
    read: 'faults.md#choosing-kinds',
  },
  'bad-scenario': {
    means: `A scenario to be run has a fault that the bounds do not allow: a tick after EFF, a node that there is not,
      one crash too many.`,
    example: "ldfi replay hello.ded --faults 'a→b@1, crash a@2'",
    remedy: 'Correct the fault, or widen the bounds of the check.',
    read: 'faults.md#the-kinds',
  },
  'bad-options': {
    means: `What was handed to a function of the library is not what it takes: a protocol in place of a system, options
      that exclude each other, a number beyond its range.`,
    example: 'for await (const event of search(systemOf(protocol, bounds))) { … }',
    remedy: 'Do what the message says. The types of the package catch most of it.',
    read: 'reference.md#as-a-library',
  },
  'bad-rates': {
    means: 'A rate is the probability of one fault of a kind: a number from 0 to below 1, for a kind that there is.',
    example: 'ldfi risk hello.ded --rates omission=1e-3,crash=1e-5',
    remedy: 'Write `kind=number`, separated by commas.',
    read: 'reference.md#probabilities',
  },
  'bad-result': {
    means: 'What was read as a result is none: it is no JSON, of another tool, or was changed by hand.',
    remedy: 'Name a file that `ldfi` wrote. If the text is from an older version, run the search again.',
    read: 'reference.md#commands',
  },
  'bad-history': {
    means: `What was handed over as a history is none, or it has an operation that its model does not know. A history
      lists operations with their client, their beginning and their end.`,
    remedy: 'Use the kinds of operations that the message lists, or say with `access` what yours do.',
    read: 'protocols.md',
  },
  'bad-protocol': {
    means: `The definition of a protocol, or what a handler or the check gives back, is not what it must be: a missing
      \`actor\`, a message to a node that there is not, an outcome that is neither \`'holds'\`, \`'vacuous'\` nor \`{
      violated: … }\`.`,
    remedy: 'Correct what is listed; the message names the part of the definition.',
    read: 'protocols.md',
  },
  'impure-handler': {
    means: `A handler used something that differs from run to run: a clock, random numbers, a promise, the network. The
      search relies on it that the same state and the same message always do the same.`,
    example: 'onMessage: async (ctx) => { await save(ctx.state); }',
    mended: 'onMessage: (ctx) => { ctx.state.saved = true; }',
    remedy: `Take time from \`ctx\` and chance from the state. For code with promises there is \`defineSystem\`.`,
    read: 'async.md',
  },
  'not-plain': {
    means: `States, messages and facts are plain data: objects, arrays, maps, sets, strings, numbers, booleans. A
      function, an instance of a class or a cycle is none, since it can be neither compared nor stored.`,
    remedy: 'Keep data in the state, and functions outside of it.',
    read: 'protocols.md',
  },
  'hidden-state': {
    means: `A handler depends on something that is not in \`ctx.state\`: a variable outside, a field added to \`ctx\`.
      Two runs in the same state would then differ.`,
    example: 'let seen = 0;\nonMessage: (ctx) => { seen++; if (seen > 1) ctx.send(…); }',
    mended: 'onMessage: (ctx) => { ctx.state.seen++; if (ctx.state.seen > 1) ctx.send(…); }',
    remedy: 'Move it into the state.',
    read: 'protocols.md',
  },
  'runaway-handler': {
    means: 'A handler does not come to an end: it computes for too long, or sends without end.',
    remedy: 'Look for a loop whose condition never becomes false.',
    read: 'protocols.md',
  },
  'bad-program': {
    means: `A program that was started as a node does not start, ends by itself without any fault, or writes what is no
      message. The message has the command, the node, the exit code and the end of its standard error.`,
    remedy: 'Start the program by hand and send it an `init` message.',
    read: 'nodes.md',
  },
  'bad-system': {
    means:
      'No experiment can be made on the services: a proxy cannot listen, a service does not answer, a reset fails.',
    remedy: '`ldfi live doctor` says what is wrong, one thing at a time.',
    read: 'live.md',
  },
  'limit-facts': {
    means: `A relation has more facts at one tick than there is room for. Nearly always a rule counts without end: each
      tick adds rows that make further rows.`,
    example: 'clock(N, T + 1)@next :- clock(N, T);\nclock(N, T)@next :- clock(N, T);',
    mended: 'clock(N, T + 1)@next :- clock(N, T);',
    remedy: 'Keep the latest row only, or bound the number with a comparison.',
    read: 'dedalus.md',
  },
  'limit-iterations': {
    means: `Rules that need each other go on deriving within one tick and do not come to rest. Arithmetic in a recursion
      does that: each round gives a new number.`,
    example: 'n(X, I + 1) :- n(X, I);',
    mended: 'n(X, I + 1) :- n(X, I), I < 10;',
    remedy: 'Bound the recursion with a comparison, or let it take a tick with `@next`.',
    read: 'dedalus.md',
  },
  'limit-ground': {
    means: `The program has too many instances of rules within the bounds to be looked at as one formula. The search
      goes on run by run where it can.`,
    remedy: 'Choose fewer nodes or a smaller `eot`. Rules that join on more variables have fewer instances.',
    read: 'proof.md',
  },
  'limit-solver': {
    means: 'The SAT solver has used up its memory: the question is too large.',
    remedy: 'Choose smaller bounds: fewer nodes, a smaller `eot` or `eff`, fewer kinds of faults, or `maxCost=2`.',
    read: 'proof.md',
  },
  'limit-history': {
    means: 'A history is too long, or has too many possible orders, for the question to be answered in its limits.',
    remedy: 'Record fewer operations that overlap, give the model a key, or raise the limit `steps`.',
    read: 'protocols.md',
  },
  'limit-certificate': {
    means: `A certificate is a tree of cases. This one would have more than 20,000 of them, which nobody could check in
      useful time. The verdict stands; there is no proof of it to hand on.`,
    example: 'ldfi run paxos.ded --certificate paxos.json',
    remedy: 'Lower EOT, EFF or the number of crashes, or split the check into several with one kind of faults each.',
    read: 'green.md#certificates',
  },
  'limit-diagram': {
    means: 'The decision diagram from which a probability is computed exactly has too many nodes.',
    remedy: 'Let `ldfi risk` sample (`--method sampling`), or choose smaller bounds.',
    read: 'reference.md#probabilities',
  },
};
