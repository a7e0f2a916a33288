/** Warnings beside a verdict: what is true of it and still not what was meant. */
import type { Entries } from './entry.js';

export const WARNINGS: Entries = {
  'dead-rule': {
    means: `This rule of the protocol fires in no scenario within the bounds. Something that it waits for never comes
      about: a name is misspelt, a join asks for equal values that never are equal, or \`eot\` comes too early. What the
      rule was written for was not tested.`,
    remedy: 'Look at its subgoals one by one: which of them has no row? Correct it, or raise `eot`.',
    read: 'dedalus.md',
  },
  'no-message': {
    means: `In no scenario is a message sent from one node to another, so no loss and no partition can break anything.
      The verdict is true and says next to nothing. The usual cause is a forgotten \`@async\`.`,
    example: 'log(M, P) :- say(N, P), node(N, M);',
    mended: 'log(M, P)@async :- say(N, P), node(N, M);',
    remedy: 'Write `@async` behind the heads of what goes to another node.',
    read: 'dedalus.md',
  },
  'nothing-sent': {
    means: `In no scenario does a node of this protocol send a message within the bounds, so no loss can break anything.
      The verdict is true and says next to nothing.`,
    remedy: 'Send in `init`, set a timer there, or raise `eot` so that the first message comes within it.',
    read: 'protocols.md',
  },
  'dead-handler': {
    means: `A handler never runs within the bounds, in whatever scenario: no timer of its is ever due, or no message
      ever arrives. What it was written for was not tested.`,
    remedy: 'Set the timer, send the message, or raise `eot`.',
    read: 'protocols.md',
  },
  'idle-fault': {
    means: `The bounds admit a kind of fault, and no fault of it changes anything in any scenario within them: nothing
      is ever sent where a message may be lost, nobody sends anything after a crash and no assertion asks for it, or no
      relation is declared as a timer for \`skew\`. So the verdict says nothing about faults of this kind.`,
    remedy:
      'Move the bounds to where something happens (a larger `eff`, other nodes), or leave the kind out of `faults`.',
    read: 'green.md#the-gates',
  },
  'excused-fault': {
    means: `In every scenario with a fault of this kind nothing is promised: \`pre\` is empty, or the check answers
      'vacuous'. Faults of the kind are excused and not survived, so that they can break nothing. Where no scenario with
      any fault promises anything, the verdict is that of the run without faults. If the warning speaks of the runs that
      were made, others are not known.`,
    remedy: 'Promise something to those whom the fault does not hit: exempt the node that crashed, not every node.',
    read: 'green.md#the-gates',
  },
  'late-counterexample': {
    means: `The promise holds within the bounds, and breaks if the same faults are given a few ticks more. The run is
      over before the promise is made, or before what was lost is missed: a horizon artefact, and no proof of much.
      Runs that held are made again with \`eot\` larger by 1, 2 and 4; where the search was small, so is the search.`,
    remedy: 'Raise `eot` to the tick that the warning names, and see whether the promise is to hold there as well.',
    read: 'green.md#the-gates',
  },
  'cut-short': {
    means: `The search was stopped, by \`--first\`, a budget or a time-out, after it had found a counterexample. The
      verdict is right, but there may be more of them. Only \`--strict\` says so as a warning.`,
    remedy: 'Search to the end: leave out `--first`, raise `--max-executions` or `--timeout`.',
    read: 'green.md#what---strict-does',
  },
  'idle-ticks': {
    means: `The bounds admit losses, delays or duplicates at ticks at which no node sends anything to another one any
      more, in whatever scenario: EFF lies beyond the last message. A smaller EFF means the same. Only \`--strict\` says
      so, since the default EFF is often larger than a small spec needs.`,
    remedy: 'Lower `eff` to one more than the tick that the warning names, or let nodes send for longer.',
    read: 'green.md#what---strict-does',
  },
  'needless-allow': {
    means: `A check says that a warning is meant to be given (\`allow=short-eot\`), and it is not: the code is misspelt,
      or what it was about has changed. Only \`--strict\` says so.`,
    remedy: 'Take the code out of `allow`, or correct it: the codes are those that reports print.',
    read: 'green.md#what---strict-does',
  },
  'no-expectation': {
    means: `The check does not say which verdict it expects. \`ldfi test\` takes that for \`holds\`; under \`--strict\`
      it has to be written down, so that nobody has to guess whether a verdict is as it was meant.`,
    remedy: 'Write `expect=holds` into the `//! check` line, or `expect` into the check of the protocol.',
    read: 'green.md#what---strict-does',
  },
  'shared-fate': {
    means: `Messages of a slot have fates of their own up to the number of \`perMessage\`, and more than that are sent.
      The last of them shares its fate with those after it: one fault loses them all.`,
    remedy: 'Raise `perMessage` (at most 8), if it matters which of them is lost.',
    read: 'faults.md#messages-with-fates-of-their-own',
  },
  'excessive-bound': {
    means: `A bound allows more than there can be: EFF beyond EOT, or more crashes than there are nodes. The search is
      as it would be with the largest bound that makes sense. A verdict that seems to cover more than it does would
      mislead.`,
    remedy: 'Lower the bound, or raise what limits it.',
    read: 'reference.md#commands',
  },
  'short-eot': {
    means: `Each of the counterexamples breaks nothing if the run may go on for longer: the protocol was still repairing
      itself when \`eot\` came. It is a bug only if the promise has to be kept by that tick. Of a vacuous verdict:
      something is promised if the run without faults may go on for longer.`,
    remedy: 'Raise `eot` to the tick that the warning names, or keep it if the deadline is part of the promise.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'vacuous-failure-free': {
    means: `Without faults nothing is promised. What breaks here is promised only because of faults, which is legal and
      often not meant: the work may never have begun, or \`pre\` asks for too much.`,
    remedy: 'Look at the run without faults (counterexample 0 of the report): should something be promised in it?',
    read: 'dedalus.md#what-a-verdict-compares',
  },
};
