/** Kinds of faults: of specs and protocols, of services, of programs as nodes. */
import type { Entries } from './entry.js';

export const FAULTS: Entries = {
  omission: {
    also: ['lost message', 'loss'],
    means: `All that one node sends to another at one tick is lost: \`a→b@3\`. It happens before EFF. Omissions and
      crashes are the faults of a check that names none.`,
    example: '//! check eot=6 eff=3 faults=omission',
    remedy: 'Bound their number with `omissions=2`. What must not be lost is `reliable`.',
    read: 'faults.md#the-kinds',
  },
  crash: {
    means: `From tick 3 on nothing that n sends to others arrives: \`crash n@3\`. In TypeScript the node stops; in
      Dedalus its tables go on, so assertions excuse it with \`notin crash(N, N, _)\`. A node crashes once and for
      good.`,
    example: '//! check eot=6 eff=3 crashes=1',
    remedy: 'Allow some with `crashes=1`. Compare `halt` and `restart`.',
    read: 'faults.md#the-kinds',
  },
  halt: {
    means: 'From tick 3 on n does nothing at all: `halt n@3`. In Dedalus, too, it runs no rules any more.',
    example: '//! check eot=6 eff=3 crashes=0 faults=omission,halt',
    remedy: 'Ask for it with `faults=halt` where a crashed node must not go on deriving.',
    read: 'faults.md#the-kinds',
  },
  delay: {
    means: `What a sends to b at tick 3 arrives 2 ticks late: \`delay a→b@3+2\`. What is sent later may overtake it,
      which is how old messages come upon new states.`,
    example: '//! check eot=7 eff=4 crashes=0 faults=delay:2',
    remedy: '`delay` is the most ticks, `delays` the most slots.',
    read: 'faults.md#the-kinds',
  },
  dup: {
    also: ['duplication', 'duplicate'],
    means: 'What a sends to b at tick 3 arrives as usual and again 2 ticks later: `dup a→b@3+2`.',
    example: '//! check eot=7 eff=4 crashes=0 faults=dup:2',
    remedy: 'Make handlers idempotent: remember what was done by an id of the request.',
    read: 'faults.md#the-kinds',
  },
  partition: {
    means: `At ticks 3, 4 and 5 nothing gets from one side to the other: \`partition a|b,c@[3,6)\`, or one way only,
      \`a>b,c\`. However long it lasts, it is one fault. Of counterexamples the shortest windows are shown.`,
    example: '//! check eot=8 eff=6 crashes=0 faults=partition',
    remedy: 'With more than five nodes only one at a time is cut off, unless `groups` say where the network may split.',
    read: 'faults.md#groups',
  },
  restart: {
    means: `At ticks 3 and 4 n is down, and at 5 it is back with what is durable and nothing else: \`restart n@[3,5)\`.
      What arrives while it is down is lost.`,
    example: '//! durable log, vote\n//! check eot=7 eff=5 crashes=0 faults=restart',
    remedy: 'Say what is durable. Most bugs here are answers that were given before something was durable.',
    read: 'faults.md#what-survives-a-restart',
  },
  skew: {
    also: ['slow', 'clock skew'],
    means: `At ticks 3, 4 and 5 the timers of n come no nearer: \`slow n@[3,6)\`. The node goes on all the same, which
      is how a lease outlives itself.`,
    example: '//! timer lease\n//! check eot=8 eff=6 crashes=0 faults=skew',
    remedy: 'In Dedalus declare the relations that count time with `//! timer`.',
    read: 'faults.md#clocks',
  },
  order: {
    means: `At tick 3 n takes what b sent before all else, before its timers too: \`b first at n@3\`. Otherwise timers
      come first, and then messages by the name of their sender. It is for protocols: in Dedalus nothing has an order
      within a tick.`,
    example: "checks: [{ eot: 6, eff: 4, faults: 'order', expect: 'holds' }]",
    remedy: 'Ask for it where a node gets several messages at one tick.',
    read: 'faults.md#the-kinds',
  },
};

export const CALL_FAULTS: Entries = {
  status: {
    means:
      'The caller of a service gets an error, 503 if the configuration says nothing else. The service is not asked.',
    read: 'live.md',
  },
  reset: {
    means: 'The connection of the caller is broken off before anything was done. The service is not asked.',
    read: 'live.md',
  },
  hang: {
    means:
      'The caller gets no answer until it gives up. The service is not asked. It shows where time-outs are missing.',
    read: 'live.md',
  },
  delay: {
    means: 'The call is made later, and so the answer is late: a little later than the time-outs is worst.',
    read: 'live.md',
  },
  lost: {
    means: `The service has done its work, and the answer is lost: the caller sees a connection that is broken off. A
      retry does the work twice, unless the service knows the request again.`,
    read: 'live.md',
  },
  cut: {
    means: 'The service has done its work, and the caller gets half an answer.',
    read: 'live.md',
  },
};

export const NODE_FAULTS: Entries = {
  omission: { means: 'A message between two programs is lost.', read: 'nodes.md' },
  crash: {
    means: 'The addressee of a message is killed before it handles the message, and stays down.',
    read: 'nodes.md',
  },
  stale: {
    means: 'A read of a store that is not linearizable is answered from an old state; with `stale:20` for 20 ticks.',
    read: 'nodes.md',
  },
  restart: {
    means: 'As a crash; five ticks later a fresh process is sent `init` again, with nothing but what is on its disk.',
    read: 'nodes.md',
  },
  delay: { means: 'A message is late, with `delay:2` by one or two ticks.', read: 'nodes.md' },
  dup: { means: 'A message arrives twice, a tick apart.', read: 'nodes.md' },
  partition: {
    means: 'A message is lost, and with `partition:20` its sender is cut off from all other nodes for 20 ticks.',
    read: 'nodes.md',
  },
  split: {
    means:
      'A message is lost, and with `split:20` the nodes are two groups for 20 ticks: its sender and addressee apart.',
    read: 'nodes.md',
  },
};
