/** Verdicts of a search, and of experiments on real systems. */
import type { VerdictKind } from '../dedalus/program.js';
import type { LiveVerdictKind } from '../experiments/verdict.js';
import type { Entry } from './entry.js';

export const VERDICT_ENTRIES: Readonly<Record<VerdictKind, Entry>> = {
  holds: {
    means: `No scenario within the bounds breaks the promise. It is a proof about this spec: these nodes, this many
      ticks, losses before EFF, the kinds of faults that the verdict names. It says nothing about what lies beyond them.
      Exit code 0.`,
    remedy: 'Widen the bounds step by step: a crash more, a larger `eff`, another kind of fault.',
    read: 'proof.md',
  },
  violated: {
    means: `The faults that are listed break the promise, and each of them is needed: without any one of them it is
      kept. Each counterexample was confirmed by a run. Exit code 1.`,
    remedy: `Read 'What happens' from the first fault on. After a repair run \`ldfi replay\` on the result: the old
      counterexample first, then a new search.`,
    read: 'tutorial.md',
  },
  vacuous: {
    means: `Nothing breaks the promise, but the run without faults promises nothing: \`pre\` is empty at the end, or the
      check answers 'vacuous'. Nothing was tested, so it does not count as green. The report says whether any scenario
      at all promises something. Exit code 4.`,
    remedy: 'Raise `eot`, or look why `pre` stays empty without faults. Where that is meant, write `expect=vacuous`.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'no-post': {
    also: ['no post'],
    means: `The program has neither a relation \`post\` nor a \`never\`, so it promises nothing that could break. Exit
      code 4.`,
    remedy: 'Write `pre` and `post`, or `never`.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  'violated-failure-free': {
    also: ['violated without faults'],
    means: `The promise is broken before any fault is injected. The spec is wrong, or \`eot\` is too small for it to
      keep its promise. A search for faults would mean nothing, so there is none. Exit code 4.`,
    remedy: 'Raise `eot` first. If that does not help, the bug needs no faults: read the run in the report.',
    read: 'dedalus.md#what-a-verdict-compares',
  },
  inconclusive: {
    means: `The search was stopped before it had an answer: by a time-out, a budget, a limit, or Ctrl-C. What was found
      so far is printed and saved, and the report says up to which bounds it is exact. Exit code 3.`,
    remedy: 'Give it more time, or smaller bounds: `maxCost=2` is often small enough.',
    read: 'reference.md#exit-codes',
  },
};

export const LIVE_VERDICTS: Readonly<Record<LiveVerdictKind, Entry>> = {
  counterexamples: {
    also: ['violated'],
    means: `VIOLATED: the faults that are listed break the promise of the running system. Every subset of them was
      tried, and the report says how often they broke it again. Exit code 1.`,
    remedy: 'Run `ldfi live replay`, or `ldfi nodes --replay`, after a repair; `--emit` writes a test that pins it.',
    read: 'live.md#how-a-verdict-comes-about-and-what-it-rests-on',
  },
  exact: {
    also: ['holds'],
    means: `HOLDS: every set of up to so many faults was tried, or an experiment shows what it would do. Nothing is
      taken for granted but that the same faults do the same again. Exit code 0.`,
    remedy: 'Raise `--max-faults`, or add requests to the workload.',
    read: 'live.md#how-a-verdict-comes-about-and-what-it-rests-on',
  },
  monotone: {
    also: ['holds, as far as lineage tells'],
    means: `HOLDS, AS FAR AS LINEAGE TELLS: no set of faults is left that cuts every known way of succeeding. That takes
      for granted that no fault hides a call which another fault would have hit. Real systems with retries and fallbacks
      do hide calls, so this is quick and no proof. Exit code 0.`,
    remedy: 'Use `--exact`, or give it more runs.',
    read: 'live.md#how-a-verdict-comes-about-and-what-it-rests-on',
  },
  unreliable: {
    means: `Something happened that makes a good answer worthless: experiments with the same faults differ, a planned
      fault did not fire, a call belongs to no experiment. The reasons are listed. Exit code 3.`,
    remedy: 'Remove the reasons: reset state between experiments, pass trace headers on, allow more time.',
    read: 'live.md',
  },
  broken: {
    also: ['broken without faults', 'violated without faults'],
    means: `BROKEN WITHOUT FAULTS: the promise is broken, or requests are not answered, although nothing is injected.
      Nothing was tested. Exit code 4.`,
    remedy: 'See to it that the system works by itself; `ldfi live doctor` says what it answers.',
    read: 'live.md',
  },
  vacuous: {
    also: ['nothing to inject'],
    means: `NOTHING TO INJECT: there is no call or message at which a fault could be injected, so nothing was tested.
      Often the services do not call each other through the proxies. Exit code 4.`,
    remedy: 'See which calls arrive with `--dry-run`, and point the services at the proxies (`ldfi live env`).',
    read: 'live.md',
  },
  stopped: {
    also: ['inconclusive'],
    means: `INCONCLUSIVE: the budget of experiments or the time was spent, or the search was interrupted. What was found
      so far is printed and saved. Exit code 3.`,
    remedy: 'Raise `--max-runs` or `--timeout`.',
    read: 'live.md',
  },
};

/** What `--inject` and `--replay` answer, which make no search. */
export const INJECTED: Readonly<Record<string, Entry>> = {
  kept: {
    means: `KEPT: of \`ldfi nodes --inject\`. The faults that were named did not break the promise, however often they
      were tried. That says nothing of other faults. Exit code 0.`,
    remedy: 'Search without `--inject` to hear of all faults.',
    read: 'nodes.md#verdicts',
  },
};
