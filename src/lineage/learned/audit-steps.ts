/**
 * The transition audit: every slot of a run is compared with the learned transition, which was tried on a node of its
 * own with a copy of σ.
 *
 * Where they differ, the handlers depend on something that is not in σ: a variable of a closure or a module, the actor
 * itself, a clock that no guard could see. Learned transitions would then be false, so this is never let pass.
 */
import { invariant, LdfiError } from '../../core/invariant.js';
import type { Work } from '../../core/work.js';
import { textOf } from '../../protocol/data/plain-text.js';
import type { Delivery } from '../../protocol/runtime/delivery.js';
import type { HostRun } from '../../protocol/runtime/host.js';
import type { Slot } from '../../protocol/runtime/run.js';
import { differs, HiddenState, inShort } from './hidden-state.js';
import { nextMorning } from './morning.js';
import { EMPTY, inboxOf, NOTHING, RESTART, type Sigma, TIMERS } from './table.js';
import type { Step, Transitions } from './transitions.js';

/** A slot of a run as a transition: where it led. */
interface Seen {
  readonly slot: Slot;
  /** Undefined for `init`. */
  readonly step: Step | undefined;
  readonly reached: Sigma;
}

/** Learns what a run shows. @throws HiddenState, LdfiError as handlers make it */
export function* audit(
  transitions: Transitions,
  { slots, finals }: Pick<HostRun, 'slots' | 'finals'>,
  clock: Delivery,
): Work<void> {
  yield* transitions.learnStarts();
  const { seen, last } = follow(transitions, slots, clock);
  const steps = seen.flatMap(({ step, slot: { tick } }) => (step ? [{ step, tick }] : []));
  const tried = (yield* transitions.try(steps)).values();
  for (const { slot, step, reached } of seen) {
    const learned = step ? tried.next().value : transitions.start(slot.node);
    if (learned instanceof LdfiError) throw learned;
    invariant(learned !== undefined, 'what was tried is known');
    if (reached !== learned)
      throw differs(
        slot.reached.call,
        transitions,
        reached,
        learned,
        "when it is repeated on a copy of the node's state",
      );
    if (step) transitions.confirm(...step);
  }
  // A state that no handler of its node has changed is as it was.
  finals.forEach(({ state, failure }, number) => {
    const sigma = last[number];
    if (sigma === undefined || failure !== undefined) return;
    const [here, there] = [textOf(state), transitions.stateText(sigma)];
    if (here === there) return;
    throw new HiddenState(
      `the state of ${transitions.nodes[number]} is ${inShort(here)} in the end, and was ${inShort(there)} after its last handler: another node changed it`,
    );
  });
}

/** The transitions of a run, and the σ of each node after its last slot. */
function follow(
  transitions: Transitions,
  slots: readonly Slot[],
  clock: Delivery,
): { seen: readonly Seen[]; last: readonly Sigma[] } {
  const last: Sigma[] = [];
  const ticks: number[] = [];
  const seen: Seen[] = [];
  for (const slot of slots) {
    const { node, tick, kind } = slot;
    let before = last[node];
    if (kind === 'init' || before === undefined) {
      invariant(kind === 'init', 'a node starts with init');
      const reached = transitions.sigmaOf(slot.reached, EMPTY, tick);
      last[node] = transitions.still(reached);
      ticks[node] = tick;
      seen.push({ slot, step: undefined, reached });
      continue;
    }
    for (; (ticks[node] as number) < tick; (ticks[node] as number)++)
      before = nextMorning(transitions, before, node, (ticks[node] as number) + 1, clock);
    if (!transitions.failed(before)) {
      const step: Step =
        typeof kind === 'number'
          ? [node, before, inboxOf(kind), transitions.batch(slot.messages)]
          : [node, before, kind === 'return' ? RESTART : TIMERS, NOTHING];
      const reached = transitions.sigmaOf(slot.reached, transitions.parts(before), tick);
      before = transitions.still(reached);
      seen.push({ slot, step, reached });
    }
    last[node] = before;
  }
  return { seen, last };
}
