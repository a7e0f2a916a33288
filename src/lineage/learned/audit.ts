/**
 * The transition audit: every slot of a run is compared with the learned transition, which was tried on a node of its own with a copy of σ.
 *
 * Where they differ, the handlers depend on something that is not in σ: a variable of a closure or a module, the actor itself, a clock that no guard
 * could see. Learned transitions would then be false, so this is never let pass.
 */
import { invariant } from '../../core/invariant.js';
import type { Call } from '../../protocol/call.js';
import type { Node } from '../../protocol/node.js';
import { textOf } from '../../protocol/plain-text.js';
import type { Final, Observer, Slot } from '../../protocol/simulate.js';
import { differs, HiddenState, inShort } from './hidden.js';
import { inboxOf, type Sigma, TIMERS } from './table.js';
import type { Transitions } from './transitions.js';

/** Follows a run; the σ of every node after every slot. */
export class Audit implements Observer {
  /** By node: where it is. */
  private readonly sigmas: Sigma[] = [];
  /** By node: how many of its sends and facts of this tick are in its σ. */
  private readonly since: { sends: number; logged: number }[] = [];
  private last: Call | undefined;

  constructor(private readonly transitions: Transitions) {}

  call(call: Call): void {
    this.last = call;
  }

  slot(node: Node, number: number, tick: number, slot: Slot): void {
    const before = this.sigmas[number];
    const { transitions } = this;
    if (slot.kind === 'init') {
      const reached = transitions.read(node, tick, { log: 0, out: 0 }, { sends: 0, logged: 0 });
      this.compare(reached, transitions.initial(number));
      this.move(node, number, reached);
      return;
    }
    invariant(before !== undefined, 'a node starts with init');
    if (transitions.failed(before)) return;
    const reached = transitions.read(
      node,
      tick,
      transitions.parts(before),
      this.since[number] ?? { sends: 0, logged: 0 },
    );
    const [kind, batch] = slot.kind === 'timers' ? [TIMERS, 0] : [inboxOf(slot.from), transitions.batch(slot.messages)];
    this.compare(reached, transitions.try(number, before, kind, batch, tick));
    transitions.confirm(number, before, kind, batch);
    this.move(node, number, reached);
  }

  tick(_node: Node, number: number): void {
    this.sigmas[number] = this.transitions.end(this.sigmas[number] as Sigma).next;
    this.since[number] = { sends: 0, logged: 0 };
  }

  /** After the run: a state that no handler of its node has changed is as it was. */
  end(finals: readonly Final[]): void {
    finals.forEach(({ state, failure }, number) => {
      const sigma = this.sigmas[number];
      if (sigma === undefined || failure !== undefined) return;
      const [here, there] = [textOf(state), this.transitions.stateText(sigma)];
      if (here === there) return;
      const node = this.transitions.protocol.nodes[number];
      throw new HiddenState(
        `the state of ${node} is ${inShort(here)} in the end, and was ${inShort(there)} after its last handler: another node changed it`,
      );
    });
  }

  private move(node: Node, number: number, sigma: Sigma): void {
    this.sigmas[number] = sigma;
    this.since[number] = { sends: node.effects.sends.length, logged: node.effects.logged.length };
  }

  private compare(reached: Sigma, learned: Sigma): void {
    if (reached === learned) return;
    invariant(this.last, 'a slot without a call changes nothing');
    throw differs(this.last, this.transitions, reached, learned, "when it is repeated on a copy of the node's state");
  }
}
